"""Who is given room, and whose voice speaks, as the page shows it: a chart, and the same in tables.

In: shares of the words of documents. Out: values only. Documents stand in the order of the
comparison, whatever is measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from unspin.showing import accounts, charts
from unspin.showing.accounts import Named, Names
from unspin.types import Sourcing, VoiceShare

_SIDES = 5  # sides with bars of their own; the others are one
_UNNAMED = "not named"
_NO_SIDE = "no side known"
_OTHERS = "other sides"


@dataclass(frozen=True, slots=True)
class Sourced:
    """One speaker in one document, in numbers."""

    document: Named
    speaker: str
    side: str
    statements: str
    words: str
    share: str
    first: str


@dataclass(frozen=True, slots=True)
class SideShares:
    """The room each side gets in each document."""

    chart: charts.Drawn | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Named, tuple[str, ...]], ...]
    speakers: tuple[Sourced, ...]


@dataclass(frozen=True, slots=True)
class Voiced:
    """How one document divides between voices."""

    document: Named
    words: str
    report: str
    opinion: str
    quotation: str
    rate: str
    interval: str


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of the documents side by side."""

    chart: charts.Drawn | None
    rows: tuple[Voiced, ...]


def sourcing(
    found: Sequence[Sourcing], listed: tuple[Named, ...], called: Names
) -> SideShares | None:
    """The room each side gets in each of the `listed` documents; None where nobody speaks."""
    if not found:
        return None

    def side(one: Sourcing) -> str:
        if not one.named:
            return _UNNAMED
        return called.speaker(one.side) if one.side else _NO_SIDE

    totals: dict[str, float] = {}
    for one in found:
        totals[side(one)] = totals.get(side(one), 0.0) + one.share
    sided = sorted(
        (name for name in totals if name not in {_UNNAMED, _NO_SIDE}),
        key=lambda name: (-totals[name], name),
    )
    kept = sorted(sided[:_SIDES])
    names = [
        *kept,
        *([_OTHERS] if len(sided) > _SIDES else []),
        *(name for name in (_NO_SIDE, _UNNAMED) if name in totals),
    ]
    documents = listed or called.listed(one.document for one in found)
    shares = {(document.number, name): 0.0 for document in documents for name in names}
    for one in found:
        name = side(one) if side(one) in names else _OTHERS
        shares[called.document(one.document).number, name] += one.share
    most = max(shares.values(), default=0.0) or 1.0
    return SideShares(
        chart=charts.columns(
            "Share of the words of each article given to each side",
            [document.label for document in documents],
            [
                charts.Column(
                    name,
                    [shares[document.number, name] for document in documents],
                    most=most,
                    percent=True,
                )
                for name in names
            ],
        ),
        columns=tuple(names),
        rows=tuple(
            (document, tuple(accounts.percent(shares[document.number, name]) for name in names))
            for document in documents
        ),
        speakers=tuple(
            Sourced(
                called.document(one.document),
                called.speaker(one.speaker) if one.named else "all who are not named",
                side(one),
                f"{one.statements:,}",
                f"{one.words:,}",
                accounts.percent(one.share),
                accounts.percent(one.first),
            )
            for one in sorted(
                found, key=lambda one: (called.document(one.document).number, one.first)
            )
        ),
    )


def voices(found: Sequence[VoiceShare], called: Names) -> Voices | None:
    """The voices of the documents side by side; None where none were told apart."""
    if not found:
        return None
    ordered = sorted(found, key=lambda voice: called.document(voice.document).number)
    shares = (
        ("report", [voice.report for voice in ordered]),
        ("opinion", [voice.opinion for voice in ordered]),
        ("statements", [voice.quotation for voice in ordered]),
    )
    rates = charts.Column(
        "techniques",
        [voice.techniques_per_1000 for voice in ordered],
        [voice.low for voice in ordered],
        [voice.high for voice in ordered],
    )
    return Voices(
        chart=charts.columns(
            "Report, opinion and statements in each article, and techniques of persuasion per "
            "1,000 words in the outlet\u2019s own voice with 95% intervals",
            [called.document(voice.document).label for voice in ordered],
            [
                *(charts.Column(name, values, most=1, percent=True) for name, values in shares),
                rates,
            ],
        ),
        rows=tuple(
            Voiced(
                called.document(voice.document),
                f"{voice.words:,}",
                accounts.percent(voice.report),
                accounts.percent(voice.opinion),
                accounts.percent(voice.quotation),
                *accounts.rate(voice),
            )
            for voice in ordered
        ),
    )

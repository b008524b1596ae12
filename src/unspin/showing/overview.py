"""A comparison for a terminal: what differs first, each part cut short where it is long.

In: a Comparison and the Marks it was made from. Out: lines of text. Documents go by number and
outlet. In a word diff `[-words-]` were left out, `{+words+}` stand only here and `{~words~}` stood
elsewhere, so that nothing is told by colour alone.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from unspin.showing import accounts, diffs, lines, phrases
from unspin.showing.accounts import Account, Located, Named, Names
from unspin.showing.lines import Beside, Line
from unspin.types import (
    Carried,
    Comparison,
    Conflict,
    Contradiction,
    Copy,
    Held,
    Marks,
    Position,
    Quotation,
    Sourcing,
    VoiceShare,
)

_STORIES = 12  # stories that are told in full
_LISTED = 60  # stories that are named at all
_FIRST = 6  # items of one kind that are shown
_ALONE = 3  # things that one document alone carries
_DOCUMENTS = 12  # documents that are listed or set side by side
_QUOTED = 200  # characters of what is quoted
_CUT = 90  # characters of what was cut: the fullest wording above has them all
_OUTLET = 40  # characters of an outlet: its name is rarely longer
_INDENT = "    "


def render(comparison: Comparison, marks: Sequence[Marks], *, width: int, colour: bool) -> str:
    """The summary: an index where there are several stories, each story, then positions."""
    called = accounts.names(comparison, marks)
    texts = {found.document.id: found.document.text for found in marks}
    told = accounts.accounts(comparison, called)
    shown = [account for account in told if account.compared]
    alone = [document for a in told if not a.compared for document in a.documents]
    parts = (
        _index(shown, alone, len(comparison.documents)),
        *(_story(account, called, texts) for account in _widest(shown)),
        _more(len(shown) - _STORIES, "story", "", "stories"),
        _positions(comparison.positions, called),
        _foot(shown),
    )
    return lines.render((line for part in parts for line in part), width, colour=colour)


def _index(
    shown: Sequence[Account], alone: Sequence[Named], documents: int
) -> Iterator[Line | Beside]:
    if len(shown) != 1:
        yield Line(
            Text(
                f"{phrases.count(documents, 'article')}, "
                f"{phrases.count(len(shown), 'story', 'stories')} told by several",
                "bold",
            )
        )
        for number, account in enumerate(shown[:_LISTED], 1):
            yield Line(Text(f"{_title(account)} · {_about(account)}"), f"{number:>3}  ", "     ")
        yield from _more(len(shown) - _LISTED, "story", "     ", "stories")
    if alone:
        yield Line(Text(f"Told by no other article: {_listed(alone)}", "dim"))
    yield Line()


def _widest(shown: Sequence[Account]) -> list[Account]:
    """The stories told by most independent sources, in their order."""
    ranked = sorted(
        range(len(shown)),
        key=lambda at: -story.sources if (story := shown[at].story) else 0,
    )
    return [shown[at] for at in sorted(ranked[:_STORIES])]


def _story(account: Account, called: Names, texts: dict[str, str]) -> Iterator[Line | Beside]:
    yield Line()
    yield Line(Text(_title(account), "bold"))
    yield Line(Text(_about(account), "dim"))
    yield Line()
    for document in account.documents[:_DOCUMENTS]:
        told = f"{_short(document.outlet)}, {document.day}: {lines.shortened(document.title)}"
        yield Line(Text(told), f"{document.number:>3}  ", "     ")
    yield from _more(len(account.documents) - _DOCUMENTS, "article", "     ")
    for copy in account.copies:
        yield _copy(copy, called)
    parts = (
        _quotations(account.quotations, called, texts),
        _conflicts(account.conflicts, called),
        _pairs(account.contradictions, called),
        _only(account.only, called),
        _missing(account.missing, called),
        _sourcing(account.sourcing, account.documents, called),
        _voices(account.voices, called),
    )
    for part in parts:
        yield from part


def _copy(copy: Copy, called: Names) -> Line:
    listed = [called.document(name) for name in copy.documents]
    agency = f", credited to {lines.clean(copy.agency)}" if copy.agency else ""
    steps = sum(step.kind != "same" for edit in copy.edits for step in edit.diff)
    edits = f", {phrases.count(steps, 'edit')} between them" if steps else ""
    told = f"One text, counted once: {_listed(listed)}{agency}{edits}"
    return Line(Text(told), "  =  ", "     ")


def _quotations(
    found: Sequence[Quotation], called: Names, texts: dict[str, str]
) -> Iterator[Line | Beside]:
    varied = [quotation for quotation in found if accounts.varied(quotation)]
    if not found:
        return
    yield from lines.heading("The same words, given differently")
    for quotation in varied[:_FIRST]:
        yield from _quotation(quotation, called, texts)
    yield from _more(len(varied) - _FIRST, "utterance", "")
    if alike := len(found) - len(varied):
        yield Line(Text(f"{phrases.count(alike, 'utterance')} given alike", "dim"))


def _quotation(found: Quotation, called: Names, texts: dict[str, str]) -> Iterator[Line | Beside]:
    yield Line(
        Text(lines.clean(called.speaker(found.speaker)), "bold").append(
            f" · in {accounts.told_in(found)}", "dim not bold"
        )
    )
    shown = [diffs.pieces(v.place, found.variants[0].place, v.diff, texts) for v in found.variants]
    groups = accounts.alike(
        (pieces, variant.speech, variant.cut, variant.cue_kind, accounts.cue(variant))
        for pieces, variant in zip(shown, found.variants, strict=True)
    )
    for group in groups[:_FIRST]:
        variant = found.variants[group[0]]
        tellers = [called.document(found.variants[at].place.document) for at in group]
        cue = accounts.cue(variant)
        kind = f" ({variant.cue_kind})" if variant.cue_kind not in {None, "neutral"} else ""
        sign, word, _ = accounts.TELLINGS[accounts.telling(variant, found.variants[0])]
        told = f"{sign} {word}, {variant.speech}, " + (
            f"“{lines.clean(cue)}”{kind}" if cue else "no cue"
        )
        yield Line(Text(f"{_listed(tellers)} · {told}", "dim"), "  ", _INDENT)
        yield Line(marked(shown[group[0]]), _INDENT, _INDENT)
        for cut in variant.cut:
            if cut.changes:
                words = lines.shortened(accounts.content(cut.place), _QUOTED)
                where = "only here" if accounts.is_own(cut, variant) else "left out"
                yield Line(
                    Text(f"{where} “{words}”: may change {accounts.changes(cut)}", "yellow"),
                    _INDENT + "! ",
                    _INDENT + "  ",
                )
    yield from _more(len(groups) - _FIRST, "wording", _INDENT)
    if found.left_out:
        yield Line(Text(f"left out by {_listed(called.listed(found.left_out))}"), "  ", _INDENT)
    yield Line()


def marked(pieces: Sequence[diffs.Piece]) -> Text:
    """The pieces of a diff in a row, each with its signs."""
    shown = Text()
    for piece in pieces:
        words = lines.clean(phrases.line(piece.text))
        if piece.kind == "same":
            before = " " if piece.text[:1].isspace() else ""
            after = " " if piece.text[-1:].isspace() and words else ""
            shown.append(before + words + after)
        elif piece.kind == "cut":
            shown.append(f"[-{_ends(words)}-]", "red")
        elif piece.kind == "moved":
            shown.append(f"{{~{words}~}}", "cyan")
        else:
            shown.append(f"{{+{words}+}}", "green")
    return shown


def _ends(words: str) -> str:
    """How long words begin and end."""
    if len(words) <= _CUT:
        return words
    begin = words[: _CUT // 2].rpartition(" ")[0] or words[: _CUT // 2]
    end = words[-_CUT // 2 :].partition(" ")[2] or words[-_CUT // 2 :]
    return f"{begin} … {end}"


def _conflicts(found: Sequence[Conflict], called: Names) -> Iterator[Line | Beside]:
    if not found:
        return
    yield from lines.heading("Figures and dates that differ")
    for conflict in found[:_FIRST]:
        name, meaning = accounts.CONFLICTS[conflict.kind]
        counted = lines.shortened(accounts.counted(conflict))
        line = Text(counted, "bold").append(f" · {name} · score {conflict.score:.2f}", "not bold")
        yield Line(line, "", "  ")
        yield Line(Text(meaning, "dim"), "  ", "  ")
        groups = accounts.alike(accounts.same_figure(given) for given in conflict.places)
        yield from _beside([_given(conflict, group, called) for group in groups[:_DOCUMENTS]])
        yield from _more(len(groups) - _DOCUMENTS, "sentence", _INDENT)
        yield Line()
    yield from _more(len(found) - _FIRST, "figure or date", "", "figures or dates")


def _given(found: Conflict, group: Sequence[int], called: Names) -> Text:
    given = found.places[group[0]]
    told = Text(_listed([called.document(found.places[at].document) for at in group]), "dim")
    told.append(f"\n{lines.clean(accounts.reading(given, found.unit))}", "bold not dim")
    by = called.speaker(given.said_by) if given.said_by else "the article itself"
    told.append(f"\naccording to {lines.clean(by)}", "not dim")
    return _quoting(told, given.sentence)


def _quoting(told: Text, place: Located) -> Text:
    """What is told, and below it the words."""
    return told.append(f"\n“{lines.shortened(accounts.content(place), _QUOTED)}”", "not dim")


def _pairs(found: Sequence[Contradiction], called: Names) -> Iterator[Line | Beside]:
    told = [pair for pair in found if pair.relation != "agree"]
    if not found:
        return
    yield from lines.heading("Claims held against each other")
    for pair in told[:_FIRST]:
        name, meaning = accounts.RELATIONS[pair.relation]
        line = Text(name, "bold").append(f" · {meaning} Score {pair.score:.2f}.", "not bold")
        yield Line(line, "", "  ")
        yield from _beside(
            [
                _quoting(Text(_label(called.document(place.document)), "dim"), place)
                for place in pair.places
            ]
        )
        yield Line()
    yield from _more(len(told) - _FIRST, "pair of claims", "", "pairs of claims")
    if agreed := len(found) - len(told):
        yield Line(Text(f"{phrases.count(agreed, 'pair')} of claims that agree", "dim"))


def _only(
    found: Sequence[tuple[Named, Sequence[Carried]]], called: Names
) -> Iterator[Line | Beside]:
    if not found:
        return
    yield from lines.heading("What only one carries, of the documents given here")
    for document, alone in found[:_DOCUMENTS]:
        yield Line(Text(_label(document), "dim"), "  ", _INDENT)
        for carried in alone[:_ALONE]:
            words = lines.shortened(called.what(carried), _QUOTED)
            yield Line(Text(words), _INDENT + "• ", _INDENT + "  ")
        yield from _more(len(alone) - _ALONE, "thing", _INDENT)
    yield from _more(len(found) - _DOCUMENTS, "article", "  ")


def _missing(
    found: Sequence[tuple[Carried, tuple[Named, ...]]], called: Names
) -> Iterator[Line | Beside]:
    if not found:
        return
    yield from lines.heading("What most carry and some do not, of the documents given here")
    for carried, lacking in found[:_FIRST]:
        words = lines.shortened(called.what(carried), _QUOTED)
        yield Line(Text(words), "  ", _INDENT)
        told = f"{accounts.carried(carried)}; not in {_listed(lacking)}"
        yield Line(Text(told, "dim"), _INDENT, _INDENT)
    yield from _more(len(found) - _FIRST, "thing", "  ")


def _sourcing(
    found: Sequence[Sourcing], documents: Sequence[Named], called: Names
) -> Iterator[Line | Beside]:
    if not found:
        return
    yield from lines.heading("Who is given room: share of the words of each article")
    rooms = accounts.grouped((called.document(one.document), one) for one in found)
    ordered = sorted(dict.fromkeys((*documents, *rooms)), key=lambda document: document.number)
    for document in ordered[:_DOCUMENTS]:
        yield Line(Text(_label(document)), "  ", _INDENT)
        given = sorted(rooms.get(document, ()), key=lambda one: -one.share)
        told = [
            f"{accounts.percent(one.share)} "
            + (lines.clean(called.speaker(one.speaker)) if one.named else "not named")
            + (f" ({lines.clean(called.speaker(one.side))})" if one.side else "")
            for one in given[:_FIRST]
        ]
        others = f" · and {len(given) - _FIRST:,} more" if len(given) > _FIRST else ""
        yield Line(Text((" · ".join(told) or "quotes nobody") + others, "dim"), _INDENT, _INDENT)
    yield from _more(len(ordered) - _DOCUMENTS, "article", "  ")


def _voices(found: Sequence[VoiceShare], called: Names) -> Iterator[Line | Beside]:
    if not found:
        return
    yield from lines.heading("Whose voice, and techniques per 1,000 words of the outlet's own")
    ordered = sorted(found, key=lambda voice: called.document(voice.document).number)
    for voice in ordered[:_DOCUMENTS]:
        rate, interval = accounts.rate(voice)
        told = (
            f"report {accounts.percent(voice.report)} · "
            f"opinion {accounts.percent(voice.opinion)} · "
            f"statements {accounts.percent(voice.quotation)} · techniques {rate}"
            + (f" (95% interval {interval})" if interval else "")
        )
        yield Line(Text(_label(called.document(voice.document))), "  ", _INDENT)
        yield Line(Text(told, "dim"), _INDENT, _INDENT)
    yield from _more(len(ordered) - _DOCUMENTS, "article", "  ")


def _positions(found: Sequence[Position], called: Names) -> Iterator[Line | Beside]:
    moved = [position for position in found if position.shifts]
    if not found:
        return
    yield from lines.heading("Positions that moved")
    for position in moved[:_FIRST]:
        line = Text(lines.clean(called.speaker(position.speaker)), "bold")
        yield Line(line.append(f" on {lines.shortened(position.topic)}", "not bold"), "", "  ")
        for shift in position.shifts[:_FIRST]:
            if max(shift.before, shift.after) >= len(position.places):
                continue
            yield Line(Text(f"{shift.kind} · proposed with score {shift.score:.2f}"), "  ", "  ")
            pair = (position.places[shift.before], position.places[shift.after])
            yield from _beside([_dated(held, called) for held in pair])
            yield Line()
    yield from _more(len(moved) - _FIRST, "position", "")
    if held := len(found) - len(moved):
        yield Line(Text(f"{phrases.count(held, 'position')} without a shift", "dim"))


def _dated(held: Held, called: Names) -> Text:
    told = f"{phrases.dated(held.day)} · {_label(called.document(held.document))}"
    return _quoting(Text(told, "dim"), held)


def _foot(shown: Sequence[Account]) -> Iterator[Line | Beside]:
    if not shown:
        return
    quoted = any(accounts.varied(found) for account in shown for found in account.quotations)
    key = "[-words-] cut   {+words+} only here   {~words~} moved   " if quoted else ""
    yield Line()
    yield Line(Text(f"{key}--html FILE shows all", "dim"))


def _beside(sides: Sequence[Text]) -> Iterator[Line | Beside]:
    """Two and two side by side; the odd one alone."""
    for at in range(0, len(sides) - 1, 2):
        yield Beside(sides[at], sides[at + 1], _INDENT)
    if len(sides) % 2:
        yield Line(sides[-1], _INDENT, _INDENT)


def _more(number: int, noun: str, indent: str, plural: str | None = None) -> Iterator[Line]:
    if number > 0:
        more = phrases.count(number, f"more {noun}", plural and f"more {plural}")
        yield Line(Text(f"and {more}", "dim"), indent, indent)


def _title(account: Account) -> str:
    return lines.clean(accounts.title(account))


def _about(account: Account) -> str:
    if account.story is None:
        return "what belongs to no one story"
    return " · ".join(
        (
            accounts.days(account.story),
            phrases.count(len(account.documents), "article"),
            phrases.count(account.story.sources, "independent source"),
        )
    )


def _label(document: Named) -> str:
    number = f"{document.number} " if document.number else ""
    return number + _short(document.outlet)


def _listed(documents: Sequence[Named]) -> str:
    told = ", ".join(_label(document) for document in documents[:_DOCUMENTS])
    others = len(documents) - _DOCUMENTS
    return f"{told} and {others:,} more" if others > 0 else told


def _short(words: str) -> str:
    return phrases.clipped(lines.clean(phrases.line(words)), _OUTLET)

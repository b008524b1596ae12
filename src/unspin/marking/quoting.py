"""What one sentence reports: its reports, or a quotation beside a colon or a dash, as drafts.

In: the tokens of a sentence. Out: drafts, their words cut at quotation marks.
"""

from collections.abc import Sequence

from unspin.marking import lexicon, marked, phrases, reports, speakers
from unspin.marking.drafts import SIGNED, SPEECH, Draft, Setting, count
from unspin.marking.frames import Paragraph, Token
from unspin.marking.reports import Report
from unspin.types import CueKind, Span, Speaker, Speech

_HEADLINED = 3  # words of a quotation that opens a headline
_HEADLINE = 30  # tokens of one
_DASHES = frozenset("–—")


def find(
    paragraph: Paragraph,
    tokens: tuple[Token, ...],
    number: int,
    setting: Setting,
) -> list[Draft]:
    """What a sentence reports, or a quotation beside a colon or a dash."""
    found = reports.find(tokens, heading=paragraph.kind == "heading")
    drafts = [_drafted(tokens, report, number, setting) for report in found]
    drafts = [draft for draft in drafts if draft.words]
    return (
        _signed(paragraph, tokens, number, setting)
        or drafts
        or _by_colon_or_dash(tokens, number, setting)
    )


def with_tails(text: str, sentences: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """The sentences, with "Rell asked." put back behind its "Will you stay?"."""
    found: list[tuple[Token, ...]] = []
    for tokens in sentences:
        if found and found[-1][-1].quoted is not None and tokens[0].quoted is None:
            quoted = found[-1][-1].quoted
            if (
                quoted is not None
                and quoted.closed
                and reports.is_tail(tokens, strict=quoted.inner.of(text).rstrip().endswith("."))
            ):
                found[-1] = (*found[-1], *tokens)
                continue
        found.append(tokens)
    return found


def _drafted(
    tokens: tuple[Token, ...],
    report: Report,
    number: int,
    setting: Setting,
) -> Draft:
    cue = Span(tokens[report.cue[0]].start, tokens[report.cue[1] - 1].end)
    words, quoted, plain = _words(setting.text, tokens, report.content, cue)
    speech: Speech = "indirect" if not quoted else "mixed" if plain else "direct"
    return Draft(
        words,
        speech,
        (cue,),
        report.kind,
        subject_of(tokens, report.subject, setting),
        report.score,
        setting.number,
        number,
        quoted,
    )


def subject_of(
    tokens: tuple[Token, ...],
    subject: phrases.Range | None,
    setting: Setting,
) -> tuple[Speaker, ...]:
    """The speakers that a subject names, if there is one."""
    if subject is None:
        return ()
    return speakers.find(
        tokens,
        subject,
        setting.roster,
        quoting=setting.quoting,
        author=setting.depth == 0,
    )


def _words(
    text: str, tokens: tuple[Token, ...], content: tuple[phrases.Range, ...], cue: Span
) -> tuple[list[Span], list[Span], bool]:
    """The spans of a content, the quotations in it, and whether it has words outside them.

    What is in marks but no speech is a word like others where others stand beside it.
    """
    spans: list[Span] = []
    quoted: list[Span] = []
    plain = False
    for start, end in content:
        run: int | None = None
        for place in range(start, end):
            one = tokens[place].quoted
            if one is None or not marked.is_spoken(text, one, cue.of(text)):
                run = place if run is None and (one is None or end - start > 1) else run
                plain = plain or phrases.is_word(tokens[place])
                continue
            if run is not None:
                spans.append(Span(tokens[run].start, tokens[place - 1].end))
                run = None
            spans.append(one.inner)
            quoted.append(one.outer)
        if run is not None:
            spans.append(Span(tokens[run].start, tokens[end - 1].end))
    return spans, quoted, plain


def _by_colon_or_dash(tokens: tuple[Token, ...], number: int, setting: Setting) -> list[Draft]:
    """Rell: "No deal"; "No deal": Rell; "No deal" — Ana Rell."""
    at = [place for place, token in enumerate(tokens) if token.quoted is not None]
    if not at:
        return []
    place = at[0]
    quoted = tokens[place].quoted
    if quoted is None:
        return []
    subject: phrases.Range | None = None
    found = _before_colon(tokens, place, number, setting)
    if found is not None:
        return [found]
    signed = place + 2 < len(tokens) <= place + 2 + SIGNED and tokens[place + 1].text in "—–―-"
    runs_on = place + 1 < len(tokens) and phrases.is_word(tokens[place + 1])
    if 1 < place <= SIGNED and tokens[place - 1].text == ":" and not runs_on:
        subject = (place + 2, len(tokens)) if signed else (0, place - 1)
    elif place == 0 and 2 < len(tokens) <= 2 + SIGNED and tokens[1].text in ":—–―-":  # noqa: PLR2004 - quotation, dash, name
        end = len(tokens) - (tokens[-1].text == ".")
        subject = (2, end) if end > 2 else None  # noqa: PLR2004 - as above
    named: tuple[Speaker, ...] = ()
    if subject is not None and (signed or _is_name(tokens[subject[0] : subject[1]])):
        named = speakers.find(tokens, subject, setting.roster)
    elif not (
        (_opens_headline(tokens) or _ends_headline(tokens))
        and count(setting.text, quoted.inner) >= _HEADLINED
        and marked.is_spoken(setting.text, quoted, "")
    ):
        return []
    return [
        Draft(
            [quoted.inner], "direct", (), None, named, 0.85, setting.number, number, [quoted.outer]
        )
    ]


def _signed(
    paragraph: Paragraph, tokens: tuple[Token, ...], number: int, setting: Setting
) -> list[Draft]:
    """The headline that somebody signs: "Dam would be a ‘crime’ – Rell"."""
    dash = max((place for place, one in enumerate(tokens) if one.text in _DASHES), default=0)
    content, behind = tokens[:dash], tokens[dash + 1 :]
    if (
        paragraph.kind == "caption"
        or len(paragraph.sentences) > 1
        or len(tokens) > _HEADLINE
        or not any(map(phrases.is_word, content))
        or not _signs(behind)
        or tokens[dash].start == content[-1].end
    ):
        return []
    quoted = [one.quoted.inner for one in content if one.quoted is not None]
    words = sum(map(phrases.is_word, content)) + sum(count(setting.text, one) for one in quoted)
    tells = any(reports.may_be_verb(one) or one.text.endswith("ing") for one in content)
    if words < _HEADLINED or not (quoted or tells):
        return []
    named = speakers.find(tokens, (dash + 1, len(tokens)), setting.roster)
    alone = len(setting.table.paragraphs) == 1  # no text would tell who that is
    known = any(one.who_kind or (one.who and (quoted or alone)) for one in named)
    if len(named) != 1 or not known:
        return []
    spans, marks, _ = _words(setting.text, tokens, ((0, dash),), Span(0, 0))
    speech: Speech = "mixed" if marks else "indirect"
    return [Draft(spans, speech, (), None, named, 0.75, setting.number, number, marks)]


def _signs(tokens: Sequence[Token]) -> bool:
    """Whether some words behind a dash are a name, or somebody's role: "senior Galdovian envoy"."""
    closed = [lexicon.grammar(kind) for kind in ("boundary", "verb", "determiner", "label", "time")]
    return (
        0 < len(tokens) <= SIGNED
        and all(map(phrases.is_word, tokens))
        and not any(token.lower in words for token in tokens for words in closed)
        and (
            all(map(phrases.is_name, tokens))
            or tokens[-1].text.isupper()  # "former PM"
            or tokens[-1].lower in lexicon.grammar("calling")
            or phrases.is_source(tokens[-1].lower)
        )
    )


def _opens_headline(tokens: Sequence[Token]) -> bool:
    """Whether a quotation and a colon open it: "'We were dreadful': coach after the cup"."""
    return len(tokens) > 2 and tokens[0].quoted is not None and tokens[1].text == ":"  # noqa: PLR2004 - quotation, colon, more


def _ends_headline(tokens: Sequence[Token]) -> bool:
    """Whether a colon and a quotation end it: "Coach after the cup: 'We were dreadful'"."""
    return len(tokens) > 2 and tokens[-1].quoted is not None and tokens[-2].text == ":"  # noqa: PLR2004 - as above


def _before_colon(
    tokens: tuple[Token, ...],
    place: int,
    number: int,
    setting: Setting,
) -> Draft | None:
    """Rell had to own it before the cameras: "We lost."."""
    quoted = tokens[place].quoted
    ends = place > 1 and tokens[place - 1].text == ":" and len(tokens) <= place + 2
    if quoted is None or not ends or count(setting.text, quoted.inner) < SPEECH:
        return None
    cue: tuple[Span, ...] = ()
    kind: CueKind | None = None
    subject: phrases.Range | None = None
    introduced = reports.introduced(tokens[: place - 1])
    if introduced is not None and introduced[2] is not None:
        (first, end), kind, subject = introduced
        cue = (Span(tokens[first].start, tokens[end - 1].end),)
    else:
        subject = reports.before_colon(tokens, place - 1)
    named = subject_of(tokens, subject, setting)
    if not any(one.who_kind == "person" for one in named):
        return None
    return Draft(
        [quoted.inner], "direct", cue, kind, named, 0.7, setting.number, number, [quoted.outer]
    )


def _is_name(tokens: Sequence[Token]) -> bool:
    """Whether some words are a name, and no line such as "Read more:"."""
    if all(token.lower in lexicon.grammar("label") for token in tokens):
        return False
    return all(
        phrases.is_name(token)
        or token.lower in {"the", "of", "for", "and", "de", "von", "van", "al"}
        or token.lower in {"minister", "spokeswoman", "spokesman", "union", "ministry"}
        for token in tokens
    ) and any(phrases.is_name(token) for token in tokens)

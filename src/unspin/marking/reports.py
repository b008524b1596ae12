"""Reports in one sentence: which words are reported, by which cue, as whose.

In: the tokens of a sentence, each quotation one token. Out: `Report` values in token places. The
forms are: the content before its cue ("…", Rell said; "…", said Rell; the talks failed, Rell said),
the content after it (Rell said: "…"; said that …; vowed to …), around it ("…", said Rell, "…"), and
"according to Rell".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from unspin.marking import cues, lexicon, phrases
from unspin.marking.cues import Cue
from unspin.marking.frames import Token
from unspin.marking.phrases import Range
from unspin.types import CueKind

_QUESTION = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when"})
_SEARCH = 16  # tokens between a cue and its "that" or its quotation
_PHRASE_LINKS = frozenset({"of", "against", "for", "about", "at", "on", "as"})
_ADJUNCT_OPENERS = frozenset({"on", "in", "at", "during", "after", "before", "to", "by", "through",
                              "from", "late", "early", "earlier", "later", "last", "this", "when",
                              "while", "as", "with", "via", "ahead", "following", "here", "there",
                              "again", "but", "and"})  # fmt: skip
_STOPS = frozenset({".", "!", "?", ";", ":"})
_SHORTEST_CLAUSE = 3  # words
_ADJECTIVE = 3  # letters of "red", which is no verb
_NAMING = 8  # tokens between "called" and the name in quotation marks
_HANDED = frozenset({"seen", "obtained", "reviewed", "published", "released", "posted", "shared",
                     "leaked", "issued", "provided", "compiled", "prepared", "quoted", "cited",
                     "carried", "made", "given", "drawn", "filed", "sent"})  # fmt: skip
_ISSUING = frozenset(
    "issued issues released releases published posted gave gives made offered sent".split()
)
_UTTERANCES = frozenset(
    "statement response reply answer comment message warning apology denial plea tweet".split()
)  # what is issued, with words that follow
_UTTERED = 5  # tokens in which it stands behind the verb
_NOBODY = frozenset({"few", "nobody", "none", "neither", "nothing"})
_ANONYMOUS = frozenset({"named", "identified", "quoted"})  # "asked not to be named"
_AFTER_QUOTATION = frozenset({",", ".", ";", "—", "–", "?", "!"})


@dataclass(frozen=True, slots=True)
class Report:
    """One report; all places are those of tokens in its sentence."""

    content: tuple[Range, ...]
    cue: Range
    kind: CueKind
    subject: Range | None
    borrowed: bool  # the subject is that of the sentence: "…, adding that …"
    score: float


def find(tokens: Sequence[Token], *, heading: bool = False) -> tuple[Report, ...]:
    """The reports of a sentence, in the order of their cues."""
    found = cues.find(tokens, heading=heading)
    taken: set[int] = set()
    reports = _according(tokens)
    for report in reports:
        taken.update(place for start, end in report.content for place in range(start, end))
    trailing: set[int] = set()
    for cue in found:
        before = _trailing(tokens, cue, reports)
        if before is not None and not _uses(tokens, before, taken):
            reports.append(before)
            trailing.add(cue.start)
            taken.update(_quotations(tokens, before.content))
    for place, cue in enumerate(found):
        if cue.start in trailing:
            continue
        limit = _limit(tokens, cue, found[place + 1 :], trailing)
        behind = _leading(tokens, cue, limit, taken)
        if behind is not None and not _uses(tokens, behind, taken, cut=True):
            reports.append(behind)
            if _only_quotations(tokens, behind.content):
                taken.update(_quotations(tokens, behind.content))
    return tuple(sorted(reports, key=lambda report: report.cue))


def is_tail(tokens: Sequence[Token], *, strict: bool) -> bool:
    """Whether a sentence only says whose the quotation before it is: "Rell asked.".

    `strict` wants nothing after cue and subject.
    """
    for cue in cues.find(tokens[:12]):
        if cue.start == 0:
            subject = phrases.after(tokens, cue.end)
            end = subject[1] if subject else None
        else:
            subject = phrases.before(tokens, cue.subject_last)
            end = cue.end if subject and subject[0] == 0 else None
        if end is None or "quotation" not in cue.word.follows:
            return False
        if strict:
            return _at_end(tokens, end)
        rest = tokens[end : end + _SEARCH]
        introduces = any(
            token.quoted is not None and before.text in {",", ":"}
            for before, token in pairwise(rest)
        )
        return _closes(tokens, end) and not introduces and tokens[end - 1].text != ":"
    return False


def _according(tokens: Sequence[Token]) -> list[Report]:
    found = []
    for place in range(len(tokens) - 2):
        if tokens[place].lower != "according" or tokens[place + 1].lower != "to":
            continue
        subject = phrases.after(tokens, place + 2)
        if subject is None:
            continue
        if tokens[subject[1] - 1].lower in _HANDED and subject[1] - subject[0] > 1:
            subject = (subject[0], subject[1] - 1)
        closed = _past_participle(tokens, subject[1])
        following = tokens[closed] if closed < len(tokens) else None
        content: tuple[Range, ...] = ()
        if place == 0 and following is not None and following.text in {",", ":"}:
            content = _clause(tokens, closed + 1, len(tokens))
        elif place > 0:
            start = _clause_start(tokens, place)
            end = place - 1 if tokens[place - 1].text == "," else place
            content = _clause(tokens, start, end)
        if content:
            found.append(
                Report(content, (place, place + 2), "neutral", subject, borrowed=False, score=0.8)
            )
    return found


def _past_participle(tokens: Sequence[Token], place: int) -> int:
    """Where "seen by Tideline" behind a source ends, at a comma; `place` when there is none."""
    if place >= len(tokens) or tokens[place].lower not in _HANDED:
        return place
    for end in range(place + 1, min(len(tokens), place + _SEARCH)):
        if tokens[end].text == ",":
            return end
        if not phrases.is_word(tokens[end]):
            break
    return place


def _trailing(tokens: Sequence[Token], cue: Cue, before: Sequence[Report]) -> Report | None:
    """The report whose content stands before its cue."""
    floor = max(
        (
            end
            for report in before
            for start, end in (*report.content, report.cue, report.subject or report.cue)
            if end <= cue.start
        ),
        default=0,
    )
    subject = phrases.before(tokens, cue.subject_last)
    if subject is not None and subject[0] > floor:
        last, inverted = subject[0] - 1, False
    elif cue.start > 0 and cue.subject_last == cue.start - 1 and cue.word.form != "ing":
        subject = phrases.after(tokens, cue.end)
        last, inverted = cue.start - 1, True
    else:
        return None
    if subject is None or last < floor:
        return None
    comma = tokens[last].text in {",", "—", "–", "-"}
    end = last if comma else last + 1
    if end <= floor:
        return None
    quotation = tokens[end - 1].quoted is not None
    right = subject[1] if inverted else cue.end
    if quotation:
        if "quotation" not in cue.word.follows:
            names_it = "naming" in cue.word.follows and not inverted and _is_object(tokens, right)
            if not names_it:
                return None
            right += 1
        if not (comma or inverted or _pauses(tokens[end - 1])) and end - 1 > floor:
            return None
        if not (comma or inverted or _pauses(tokens[end - 1]) or _closes(tokens, right)):
            return None
    elif (
        not comma
        or not {"clause", "that"} & cue.word.follows
        or not _closes(tokens, right)
        or (inverted and cue.word.form not in {"past", "third"})
        or (_is_setting(tokens[_clause_start(tokens, end) : end]) and not _resumes(tokens, right))
    ):
        return None
    start = max(floor, _clause_start(tokens, end))
    content = _clause(tokens, start, end)
    if not content or (
        not quotation and end - start < _SHORTEST_CLAUSE and not _resumes(tokens, right)
    ):
        return None
    content += _resumed(tokens, right, content)
    score = 0.95 if _only_quotations(tokens, content) else 0.8
    return Report(
        content, (cue.start, cue.end), cue.word.kind, subject, borrowed=False, score=score
    )


def _is_object(tokens: Sequence[Token], place: int) -> bool:
    """Whether it is the "it" of "Rell called it"."""
    return place < len(tokens) and tokens[place].lower in {"it", "this", "that", "them", "him"}


def _leading(tokens: Sequence[Token], cue: Cue, limit: int, taken: set[int]) -> Report | None:
    """The report whose content follows its cue."""
    subject = phrases.before(tokens, cue.subject_last)
    if subject is not None and _of_nobody(tokens, subject[0]):
        return None
    borrowed = False
    if subject is None:
        before = tokens[cue.subject_last].lower if cue.subject_last >= 0 else ""
        if before in {"and", "but"} or (cue.word.form == "ing" and before == ","):
            subject, borrowed = _sentence_subject(tokens, cue.start), True
        elif cue.start > 0 and cue.word.form == "past" and tokens[cue.start - 1].text == ",":
            return None
    content = _complement(tokens, cue, limit, taken)
    if not content:
        return None
    direct = _only_quotations(tokens, content)
    if subject is None and not direct and cue.word.form != "ing":
        return None
    if direct:
        content += _resumed_quotation(tokens, content[-1][1], limit)
    score = (0.95 if direct else 0.75) - (0.15 if borrowed or subject is None else 0)
    return Report(content, (cue.start, cue.end), cue.word.kind, subject, borrowed, score)


def _of_nobody(tokens: Sequence[Token], start: int) -> bool:
    """Whether a phrase only says where nobody is: "Nobody from the ministry has said"."""
    return (
        start > 1
        and tokens[start - 1].lower in lexicon.grammar("preposition")
        and tokens[start - 2].lower in _NOBODY
    )


def _asks_for_secrecy(tokens: Sequence[Token], place: int) -> bool:
    """Whether it is "to be named": a source's wish, not what it says."""
    return (
        place + 2 < len(tokens)
        and tokens[place + 1].lower == "be"
        and tokens[place + 2].lower in _ANONYMOUS
    )


def _complement(
    tokens: Sequence[Token], cue: Cue, limit: int, taken: set[int]
) -> tuple[Range, ...]:
    follows = cue.word.follows
    start = cue.end
    if start >= limit:
        return ()
    direct = _quotation_after(tokens, start, limit) if "quotation" in follows else None
    that = _that_after(tokens, start, limit) if "that" in follows else None
    if direct is not None and (that is None or direct < that):
        if direct in taken:
            return ()
        whole = direct + 1 >= limit or tokens[direct + 1].text in _AFTER_QUOTATION
        if direct > start or whole:
            return ((direct, direct + 1),)
        return _clause(tokens, start, limit)
    opening = that if that is not None else _bare_opening(tokens, follows, start, limit)
    if opening is not None:
        return _clause(tokens, opening, limit)
    if cue.subject_last > 0 and tokens[cue.subject_last - 1].lower == "what":
        return ()  # "what he calls his “plan”" quotes a name, not a statement
    named = any(
        tokens[place].quoted is not None and place not in taken
        for place in range(start, min(limit, start + _NAMING))
    )
    return _clause(tokens, start, limit) if named and follows & {"naming", "as"} else ()


def _bare_opening(
    tokens: Sequence[Token], follows: frozenset[str], start: int, limit: int
) -> int | None:
    """Where content without "that" and without marks begins behind its cue, hearer passed over."""
    hearer = _hearer_end(tokens, start, limit) if "hearer" in follows else None
    for place in (start,) if hearer is None else (hearer, start):
        if (
            place + 1 < limit
            and phrases.is_word(tokens[place + 1])
            and _opens_phrase(tokens, place, follows)
        ):
            return place
    if "clause" in follows:
        place = hearer if hearer is not None else _after_adjunct(tokens, start, limit)
        if _opens_clause(tokens, place, limit):
            return place
    return None


def _opens_phrase(tokens: Sequence[Token], place: int, follows: frozenset[str]) -> bool:
    """Whether an infinitive, a question or a phrase that the cue asks for begins here."""
    opening = tokens[place].lower
    return (
        (
            opening == "to"
            and "to" in follows
            and _is_infinitive(tokens, place)
            and not _asks_for_secrecy(tokens, place)
        )
        or (opening in _QUESTION and "question" in follows and opening != "when")
        or (opening in _PHRASE_LINKS and opening in follows)
        or (opening.endswith("ing") and "ing" in follows)
    )


def _quotation_after(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """The quotation a cue introduces: at once, or behind a comma or colon."""
    for place in range(start, min(limit, start + _SEARCH)):
        if tokens[place].quoted is not None:
            introduced = place == start or tokens[place - 1].text in {",", ":", "—", "–"}
            return place if introduced else None
        if tokens[place].text in _STOPS - {":"}:
            return None
        if tokens[place].lower in {"that", "and", "but"}:
            return None
    return None


def _that_after(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    for place in range(start, min(limit, start + _SEARCH)):
        token = tokens[place]
        if token.lower == "that":
            behind = tokens[place - 1].lower in {"of", "in", "on", "for", "to", "with", "from"}
            return None if behind else place
        if token.quoted is not None or token.text in _STOPS:
            return None
        if token.lower in lexicon.grammar("verb") or (
            token.text == ","
            and place + 1 < limit
            and tokens[place + 1].lower != "that"
            and not (
                place + 4 < limit
                and any(tokens[k].text == "," for k in range(place + 1, min(limit, place + 8)))
            )
        ):
            return None
    return None


def _hearer_end(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """Where the one who is told ends."""
    token = tokens[start]
    if token.quoted is not None or not phrases.is_word(token):
        return None
    if token.lower in {"me", "him", "her", "them", "us", "you", "it", "reporters", "journalists"}:
        return start + 1
    if token.lower in lexicon.grammar("preposition") | lexicon.grammar(
        "boundary"
    ) | lexicon.grammar("verb"):
        return None
    end = start + 1
    if phrases.is_name(token):
        while end < limit and phrases.is_name(tokens[end]):
            end += 1
        return end
    determined = token.lower in lexicon.grammar("determiner")
    while end < limit and end - start < 8:  # noqa: PLR2004 - a long hearer is no hearer
        lower = tokens[end].lower
        if not phrases.is_word(tokens[end]) or lower in lexicon.grammar("boundary"):
            break
        if lower in {
            "to",
            "of",
            "against",
            "for",
            "about",
            "he",
            "she",
            "they",
            "it",
            "we",
            "i",
            "as",
        }:
            break
        if lower in lexicon.grammar("determiner") and tokens[end - 1].lower not in lexicon.grammar(
            "preposition"
        ):
            break
        if tokens[end - 1].lower.endswith("s") and not determined:
            break
        end += 1
    return end


def _after_adjunct(tokens: Sequence[Token], start: int, limit: int) -> int:
    """Past "on Monday", "Monday", "in a statement" between a cue and its clause."""
    place = start
    if place < limit and tokens[place].lower in {"on", "late", "early", "last", "this"}:
        place += 1
    while place < limit and tokens[place].lower in lexicon.grammar("time") and place - start < 4:  # noqa: PLR2004 - "late last Monday evening"
        place += 1
    return place


def _opens_clause(tokens: Sequence[Token], place: int, limit: int) -> bool:
    """Whether a clause without "that" may begin here: a subject, and room for a verb."""
    if place + 1 >= limit or tokens[place].quoted is not None:
        return (
            place + 2 < limit
            and tokens[place].quoted is not None
            and phrases.is_word(tokens[place + 1])
        )
    token = tokens[place]
    lower = token.lower
    if not phrases.is_word(token) or lower in {
        "so",
        "yes",
        "no",
        "nothing",
        "goodbye",
        "more",
        "something",
        "what",
        "much",
        "anything",
    }:
        return False
    if lower in lexicon.grammar("verb") or lower in {
        "to",
        "by",
        "from",
        "of",
        "about",
        "as",
        "than",
        "on",
        "at",
        "with",
        "for",
        "through",
        "into",
        "like",
    }:
        return False
    if lower in lexicon.grammar("boundary") or lower.endswith("ly"):
        return False
    words = sum(1 for one in tokens[place:limit] if phrases.is_word(one) or one.quoted)
    if words < _SHORTEST_CLAUSE:
        return False
    return any(may_be_verb(one) for one in tokens[place + 1 : limit])


def may_be_verb(token: Token) -> bool:
    """Whether a word can be the verb of a clause."""
    lower = token.lower
    return (
        lower in lexicon.grammar("verb")
        or (
            lower.endswith(("ed", "n't", "n’t", "'s", "’s", "'ll", "’ll", "'re", "’re"))
            and len(lower) > _ADJECTIVE
        )
        or (lower,) in lexicon.cues()
        or (lower.endswith("s") and token.text[0].islower() and not lower.endswith("ss"))
    )


def _is_infinitive(tokens: Sequence[Token], place: int) -> bool:
    return (
        place + 1 < len(tokens)
        and phrases.is_word(tokens[place + 1])
        and tokens[place + 1].text[0].islower()
        and tokens[place + 1].lower not in lexicon.grammar("determiner")
    )


def _limit(tokens: Sequence[Token], cue: Cue, later: Sequence[Cue], trailing: set[int]) -> int:
    """Where the clause of a cue must stop because another report begins beside it."""
    for place in range(cue.end, len(tokens)):
        if tokens[place].text == ";":
            return place
    for other in later:
        start = other.start
        if other.word.form != "ing" or other.subject_last != other.start - 1:
            subject = phrases.before(tokens, other.subject_last)
            if subject is not None:
                start = subject[0]
            elif other.start in trailing:
                continue
            else:
                start = other.subject_last + 1
        place = start
        while place > cue.end and tokens[place - 1].lower in {
            "and",
            "but",
            "while",
            "as",
            "although",
            "though",
        }:
            place -= 1
        if (
            place > cue.end
            and tokens[place - 1].text in {",", "—", "–"}
            and other.start not in trailing
        ):
            return place - 1
        if (
            place < start
            and other.start not in trailing
            and tokens[start - 1].lower in {"and", "but", "while"}
        ):
            return place
    for place in range(cue.end, len(tokens) - 1):
        if tokens[place].text == "," and tokens[place + 1].lower == "according":
            return place
    return len(tokens)


def _sentence_subject(tokens: Sequence[Token], cue: int) -> Range | None:
    """The noun phrase a sentence opens with, if it is plainly its subject."""
    start = 0
    while start < cue and tokens[start].lower in {"but", "and", "so", "yet", "then"}:
        start += 1
    if start < cue and tokens[start].lower in lexicon.grammar("preposition"):
        start = _past_setting(tokens, start, cue)
    subject = phrases.after(tokens, start)
    if subject is None or subject[1] >= cue:
        return None
    following = tokens[subject[1]]
    if following.text == "," and subject[1] + 1 < cue:
        following = tokens[subject[1] + 1]
    named = phrases.is_name(tokens[subject[0]]) or tokens[subject[0]].lower in lexicon.grammar(
        "determiner"
    ) | lexicon.grammar("pronoun")
    return subject if named and may_be_verb(following) else None


def _past_setting(tokens: Sequence[Token], start: int, cue: int) -> int:
    """Where the subject begins behind an opening "On Wednesday" or "In January,"."""
    place = start + 1
    while place < cue and tokens[place].lower in lexicon.grammar("time") | {"the", "early", "late"}:
        place += 1
    if place == start + 1:
        return start
    return place + 1 if tokens[place].text == "," else place


def _clause_start(tokens: Sequence[Token], end: int) -> int:
    """Where the clause that ends at `end` begins in its sentence."""
    for place in range(end - 1, -1, -1):
        if tokens[place].text in {";", ":"}:
            return place + 1
    start = 0
    while start < end and tokens[start].lower in {"but", "and", "—", "–", "-"}:
        start += 1
    return start


def _clause(tokens: Sequence[Token], start: int, end: int) -> tuple[Range, ...]:
    """The tokens from `start` to `end` without punctuation at either end."""
    while start < end and tokens[start].text in {",", ":", "—", "–", "-", ".", ")", "»", "”"}:
        start += 1
    while (
        end > start
        and tokens[end - 1].quoted is None
        and tokens[end - 1].text
        in {
            ",",
            ".",
            ";",
            ":",
            "—",
            "–",
            "-",
            "!",
            "?",
            "…",
            "(",
            "”",
            '"',
        }
    ):
        end -= 1
    return ((start, end),) if start < end else ()


def _is_setting(tokens: Sequence[Token]) -> bool:
    """Whether words before a comma only say when, where or how: "On the first day, Rell said …"."""
    opening = tokens[0].lower if tokens else ""
    return opening.endswith(("ed", "ing")) or (
        opening in lexicon.grammar("preposition")
        and not any(token.lower in lexicon.grammar("verb") for token in tokens)
    )


def _at_end(tokens: Sequence[Token], place: int) -> bool:
    return place >= len(tokens) or (
        tokens[place].text in {".", "!", "?", "…"} and place + 1 >= len(tokens)
    )


def _closes(tokens: Sequence[Token], place: int) -> bool:
    """Whether a cue's clause may end here: an end, a pause, or only when and where it was said."""
    if place >= len(tokens):
        return True
    token = tokens[place]
    return (
        token.quoted is not None
        or token.text in {",", ".", ";", ":", "!", "?", "—", "–", "…", "(", ")"}
        or token.lower in _ADJUNCT_OPENERS
        or token.lower in lexicon.grammar("time")
        or token.lower in {"reporters", "journalists", "him", "her", "them", "me", "us"}
        or (token.lower.endswith("ly") and len(token.lower) > 4)  # noqa: PLR2004 - an adverb, not "fly"
        or (place > 0 and tokens[place - 1].lower in {"told", "tells", "reminded", "asked"})
    )


def _resumes(tokens: Sequence[Token], place: int) -> bool:
    return place + 2 < len(tokens) and tokens[place].text == ","


def _resumed(tokens: Sequence[Token], place: int, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """What follows an attribution set into its own content: "We will", he said, "not yield"."""
    if _only_quotations(tokens, content):
        return _resumed_quotation(tokens, place, len(tokens))
    if not _resumes(tokens, place):
        return ()
    opening = tokens[place + 1]
    if (
        opening.quoted is not None
        or opening.lower.endswith("ing")
        or opening.lower in lexicon.grammar("boundary") | lexicon.grammar("preposition")
        or opening.lower in {"the", "a", "an", "who"} | lexicon.titles()
        or any(tokens[k].quoted is not None for k in range(place, len(tokens)))
    ):
        return ()
    if content[0][1] - content[0][0] > 8 and not may_be_verb(opening):  # noqa: PLR2004 - a whole clause stands before
        return ()
    return _clause(tokens, place + 1, len(tokens))


def _resumed_quotation(tokens: Sequence[Token], place: int, limit: int) -> tuple[Range, ...]:
    for k in range(place, min(limit, place + _SEARCH)):
        if tokens[k].quoted is not None:
            introduced = k == place or tokens[k - 1].text in {",", ":", "—", "–", "."}
            return (
                ((k, k + 1), *_resumed_quotation(tokens, k + 1, min(limit, k + 2)))
                if introduced
                else ()
            )
        if tokens[k].lower in {"and", "but", "that", "of"} or (tokens[k].lower,) in lexicon.cues():
            return ()
    return ()


def _pauses(token: Token) -> bool:
    """Whether a quotation ends as one does before its cue."""
    return token.text[1:2] in {",", "?", "!", "…", "—", "–"}


def _only_quotations(tokens: Sequence[Token], content: tuple[Range, ...]) -> bool:
    return bool(content) and all(
        tokens[place].quoted is not None or not phrases.is_word(tokens[place])
        for start, end in content
        for place in range(start, end)
    )


def _quotations(tokens: Sequence[Token], content: tuple[Range, ...]) -> set[int]:
    return {
        place
        for start, end in content
        for place in range(start, end)
        if tokens[place].quoted is not None
    }


def _uses(tokens: Sequence[Token], report: Report, taken: set[int], *, cut: bool = False) -> bool:
    """Whether a report's content is spoken for already."""
    quotations = _quotations(tokens, report.content)
    if quotations & taken:
        return not cut or _only_quotations(tokens, report.content)
    return False


def introduced(tokens: Sequence[Token]) -> tuple[Range, CueKind, Range | None] | None:
    """The cue and subject of a sentence that ends in a colon: the words are in what follows."""
    for cue in reversed(cues.find(tokens)):
        if "quotation" in cue.word.follows:
            subject = phrases.before(tokens, cue.subject_last)
            return (cue.start, cue.end), cue.word.kind, subject
    return _issued(tokens)


def _issued(tokens: Sequence[Token]) -> tuple[Range, CueKind, Range | None] | None:
    """The cue and subject of "Rell issued a short statement on Monday"."""
    for place, token in enumerate(tokens):
        if token.lower not in _ISSUING or token.quoted is not None:
            continue
        uttered = next(
            (
                at
                for at in range(place + 1, min(len(tokens), place + _UTTERED))
                if tokens[at].lower in _UTTERANCES
            ),
            None,
        )
        if uttered is not None and all(map(phrases.is_word, tokens[place:uttered])):
            subject = _sentence_subject(tokens, place) or phrases.before(tokens, place - 1)
            return (place, uttered + 1), "neutral", subject
    return None


def before_colon(tokens: Sequence[Token], colon: int) -> Range | None:
    """The subject of the clause before a colon and a quotation, if nobody else is in it."""
    subject = _sentence_subject(tokens, colon)
    if subject is None or any(
        phrases.is_name(token) or token.lower in lexicon.titles() or _is_written(token)
        for token in tokens[subject[1] : colon]
    ):
        return None
    return subject


def _is_written(token: Token) -> bool:
    return token.lower in lexicon.sources("document") | {"read", "reads", "reading", "said", "says"}


def tail(tokens: Sequence[Token]) -> tuple[Range, CueKind, Range] | None:
    """The cue and subject of words that only say who spoke: "said Rell", "Rell asked"."""
    for cue in cues.find(tokens):
        if "quotation" not in cue.word.follows:
            continue
        if cue.start == 0 and cue.word.form in {"past", "third"}:
            subject = phrases.after(tokens, cue.end)
            if subject is not None:
                return (0, cue.end), cue.word.kind, subject
        subject = phrases.before(tokens, cue.subject_last)
        if subject is not None and subject[0] == 0 and _closes(tokens, cue.end):
            return (cue.start, cue.end), cue.word.kind, subject
    return None

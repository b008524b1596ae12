"""Whom "he", "she" and "who" mean, where a statement has such a word for its speaker.

In: the paragraphs of a document and the names in it; then the statements in order, each told as it
is settled. Out: a full name, or None where two readings are possible. The sentences just before are
looked at, and the nearest that is about somebody decides: whoever speaks in it is meant, else
whoever it begins with, else whoever it names alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from unspin.marking import frames, lexicon, people, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.people import Roster
from unspin.marking.phrases import Range
from unspin.types import Span, Speaker

_BACK = 5  # sentences that are looked at
_OPENING = 2  # sentences at the opening of a paragraph that look into those before
_CONTRACTED = re.compile(r"['’](?:d|ll|s)\Z")
_VERB = 4  # tokens behind a pronoun in which its verb is looked for
_ANSWERS = frozenset(
    {"replied", "replies", "answered", "answers", "responded", "responds", "retorted"}
)
_PRONOUNS = frozenset({"he", "she"})
_FORMS = {"he": frozenset({"he", "him", "his"}), "she": frozenset({"she", "her", "hers"})}


@dataclass(slots=True)
class Table:
    """The sentences of a document, and who is known to speak in them."""

    paragraphs: Sequence[Paragraph]
    roster: Roster
    starts: list[int]
    spoken: dict[int, dict[str | None, None]] = field(default_factory=dict)  # by its start

    def spoke(self, place: int, speaker: Speaker) -> None:
        """Note who speaks in the sentence around `place`: a pronoun means persons only."""
        found = self._sentence(place)
        if found is not None:
            tokens = self.paragraphs[found[0]].sentences[found[1]]
            person = speaker.who_kind in {"person", "unnamed"} or self._known(speaker.who)
            who = speaker.who if person else None
            self.spoken.setdefault(tokens[0].start, {})[who] = None

    def of(self, words: Span, said: str) -> str | None:
        """The one person that a pronoun at `words` means, `said` being what they say.

        Nobody speaks of themselves by name.
        """
        found = self._sentence(words.start)
        if found is None:
            return None
        number, row = found
        tokens = self.paragraphs[number].sentences[row]
        place = next(
            (
                place
                for place, token in enumerate(tokens)
                if token.start <= words.start < token.end and token.quoted is None
            ),
            None,
        )
        if place is None:
            return None
        lower = _CONTRACTED.sub("", tokens[place].lower)
        who = None
        if lower == "who":
            who = self._antecedent(tokens, place)
        elif lower in _PRONOUNS:
            who = self._before(lower, number, row, place)
        return None if who is None or who.rsplit(" ", maxsplit=1)[-1] in said else who

    def _antecedent(self, tokens: Sequence[Token], place: int) -> str | None:
        last = place - 2 if place > 1 and tokens[place - 1].text == "," else place - 1
        phrase = phrases.before(tokens, last)
        found = speakers.find(tokens, phrase, self.roster) if phrase else ()
        known = found[0].who if len(found) == 1 else None
        return known if known is not None and self._is_known(known) else None

    def _before(self, pronoun: str, number: int, row: int, place: int) -> str | None:
        passed = 0  # sentences about nobody
        sentence = self.paragraphs[number].sentences[row]
        answers = any(one.lower in _ANSWERS for one in sentence[place + 1 : place + _VERB])
        for tokens in self._backwards(number, row, place):
            if answers and tokens and (tokens[-1].text == "?" or tokens[0] == sentence[0]):
                continue  # of whoever is answered
            settled, who = self._told(pronoun, tokens, whole=tokens[:1] != sentence[:1])
            if settled:
                inside = tokens[0].start >= self.starts[number]
                return who if inside or not passed or self._is_alone(who, tokens) else None
            own = tokens[:1] == sentence[:1]
            again = any(one.lower in _FORMS[pronoun] for one in tokens)
            passed += any(map(phrases.is_word, tokens)) and not own and not again
        return None

    def _is_alone(self, who: str | None, tokens: Sequence[Token]) -> bool:
        """Whether nobody else is named in the paragraph around a sentence."""
        paragraph = self.paragraphs[bisect_right(self.starts, tokens[0].start) - 1]
        return {who}.issuperset(
            name for one in paragraph.sentences for name in people.named(one, self.roster)
        )

    def _backwards(self, number: int, row: int, place: int) -> Iterator[Sequence[Token]]:
        """What stands before a pronoun, sentence by sentence from the nearest on."""
        here = self.paragraphs[number].sentences
        yield here[row][:place]
        yield from reversed(here[max(0, row - _BACK) : row])
        left = _BACK - row
        while row < _OPENING and left > 0 and number > 0:
            number -= 1
            before = self.paragraphs[number]
            if before.kind == "heading":
                return
            yield from reversed(before.sentences[-left:])
            left -= len(before.sentences)

    def _told(
        self, pronoun: str, tokens: Sequence[Token], *, whole: bool
    ) -> tuple[bool, str | None]:
        """Whether a sentence, or its opening, settles whom a pronoun behind it means; and whom."""
        if not tokens:
            return False, None
        against, sure = self.roster.his, self.roster.hers
        if pronoun == "he":
            against, sure = sure, against
        named = [
            (run, who)
            for run, who in people.mentions(tokens, self.roster)
            if who not in against and (self._known(who) or " " not in who or _leads(tokens, run))
        ]
        certain = {who for _, who in named if who in sure}
        spoke = [who for who in self.spoken.get(tokens[0].start, ()) if who not in against]
        leading = {who: None for run, who in named if _leads(tokens, run)}
        if spoke:
            others = certain & leading.keys() if whole else {who for _, who in named}
            rivals = others - {*spoke}
            return True, spoke[0] if len(spoke) == 1 and (spoke[0] in sure or not rivals) else None
        again = next((place for place, one in enumerate(tokens) if _is(pronoun, one)), len(tokens))
        first = named[0][0][0] if named else len(tokens)
        role = speakers.has_role(tokens[: min(again, first)])
        if again < first:
            return role, None  # it is about the same person, whoever that is
        beside = {who for run, who in named if not people.is_possessive(tokens[run[1] - 1])}
        if leading and not _acts(tokens[:first]):
            who: str | None = next(iter(leading))
            if who not in sure and beside != {who}:
                who = certain.pop() if len(certain) == 1 and certain <= leading.keys() else None
            opens = who is not None and " " in who and who.startswith(tokens[0].text)
            return True, who if opens and who not in lexicon.metonyms() else self._known(who)
        whos = certain or {who for _, who in named}
        if role or len(whos) != 1:
            return bool(whos) or speakers.has_role(tokens), None
        return True, self._known(whos.pop())

    def _known(self, who: str | None) -> str | None:
        return who if who is not None and self._is_known(who) else None

    def _is_known(self, name: str) -> bool:
        roster = self.roster
        return any(
            name in kind for kind in (roster.attested, roster.titled, roster.his, roster.hers)
        ) or (" " not in name and len(roster.people.get(name.casefold(), ())) == 1)

    def _sentence(self, place: int) -> tuple[int, int] | None:
        """The number of the paragraph around a place and that of the sentence in it."""
        number = bisect_right(self.starts, place) - 1
        row = frames.row(self.paragraphs[number], place) if number >= 0 else None
        return None if row is None else (number, row)


def table(paragraphs: Sequence[Paragraph], roster: Roster) -> Table:
    """The table of a document, nobody having spoken yet."""
    return Table(paragraphs, roster, [paragraph.span.start for paragraph in paragraphs])


def _is(pronoun: str, token: Token) -> bool:
    return token.quoted is None and _CONTRACTED.sub("", token.lower) == pronoun


def _acts(tokens: Sequence[Token]) -> bool:
    """Whether somebody without a name does something in some tokens: "The mayor went to see"."""
    roles = [place for place, token in enumerate(tokens) if speakers.has_role([token])]
    return bool(roles) and any(
        token.lower in lexicon.grammar("verb")
        or (token.lower,) in lexicon.cues()
        or token.lower.endswith("ed")
        for token in tokens[roles[0] + 1 :]
        if token.quoted is None
    )


def _leads(tokens: Sequence[Token], run: Range) -> bool:
    """Whether a name can be what its sentence is about: nobody's owner, behind no preposition."""
    start, end = run
    while start > 0 and (
        tokens[start - 1].lower in lexicon.titles() | lexicon.grammar("determiner")
    ):
        start -= 1
    behind = tokens[start - 1].lower if start else ""
    return behind not in lexicon.grammar("preposition") and not people.is_possessive(
        tokens[end - 1]
    )

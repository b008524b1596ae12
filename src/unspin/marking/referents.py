"""Whom "he", "she" and "who" mean, where a statement has such a word for its speaker.

In: the paragraphs of a document and the names in it; then the statements in order, each told as it
is settled. Out: a full name, or None where two readings are possible. Only the sentences just
before are looked at, the nearest that names anybody decides, and it must name one person only.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from unspin.marking import frames, lexicon, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.speakers import Roster
from unspin.types import Span

_BACK = 4  # sentences of the same paragraph that are looked at
_ACROSS = 2  # sentences of the paragraph before
_PRONOUNS = frozenset({"he", "she"})
_OPENING = 2  # sentences at the opening of a paragraph that look into the one before


@dataclass(slots=True)
class Table:
    """The sentences of a document, and who is known to speak in them."""

    paragraphs: Sequence[Paragraph]
    roster: Roster
    starts: list[int]
    spoken: dict[int, set[str | None]] = field(default_factory=dict)  # by start of the sentence

    def spoke(self, place: int, who: str | None) -> None:
        """Note that `who` speaks in the sentence around `place`."""
        found = self._sentence(place)
        if found is not None:
            tokens = self.paragraphs[found[0]].sentences[found[1]]
            self.spoken.setdefault(tokens[0].start, set()).add(who)

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
        if place is None or tokens[place].end < words.end:
            return None
        lower = tokens[place].lower
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
        known = found[0].who if len(found) == 1 and found[0].who_kind == "person" else None
        return known if known in self.roster.attested else None

    def _before(self, pronoun: str, number: int, row: int, place: int) -> str | None:
        here = self.paragraphs[number].sentences
        stretches: list[Sequence[Token]] = [here[row][:place]]
        stretches += reversed(here[max(0, row - _BACK) : row])
        for step, tokens in enumerate(stretches):
            settled, who = self._told(pronoun, tokens, whole=step > 0)
            if settled:
                return who
        before = self.paragraphs[number - 1] if number and row < _OPENING else None
        if before is None or before.kind == "heading":
            return None
        names = {name for tokens in before.sentences for name in self._names(tokens)}
        told = [self._told(pronoun, tokens, whole=True) for tokens in before.sentences[-_ACROSS:]]
        people = {who for settled, who in told if settled}
        return people.pop() if len(people) == 1 and names <= people else None

    def _told(
        self, pronoun: str, tokens: Sequence[Token], *, whole: bool
    ) -> tuple[bool, str | None]:
        """Whether a sentence, or its opening, settles whom a pronoun behind it means; and whom.

        Whoever alone speaks in it is meant, unless it names another person.
        """
        if not tokens:
            return False, None
        against = self.roster.his if pronoun == "she" else self.roster.hers
        names = [name for name in self._names(tokens) if name not in against]
        spoke = self.spoken.get(tokens[0].start, set())
        if len(spoke) == 1:
            (who,) = spoke
            others = {name for name in names if self._is_known(name)} - spoke
            return True, None if who in against or others else who
        unknown = any(one.lower == pronoun and one.quoted is None for one in tokens)
        if unknown:
            return True, None
        if names:
            one = names[0] if len(names) == 1 and self._is_person(names[0], tokens) else None
            return True, one
        role = whole and speakers.has_role([one for one in tokens if one.quoted is None])
        return bool(spoke) or role, None

    def _names(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        return speakers.named(tokens, self.roster)

    def _is_person(self, name: str, tokens: Sequence[Token]) -> bool:
        """Whether a name is a person's: shown to be, or of two words and what a sentence is of."""
        if self._is_known(name):
            return True
        opens = tokens[0].text == name.split(" ", maxsplit=1)[0]
        return opens and " " in name and not name.isupper() and name not in lexicon.metonyms()

    def _is_known(self, name: str) -> bool:
        return name in self.roster.attested or name in self.roster.titled

    def _sentence(self, place: int) -> tuple[int, int] | None:
        """The number of the paragraph around a place and that of the sentence in it."""
        number = bisect_right(self.starts, place) - 1
        row = frames.row(self.paragraphs[number], place) if number >= 0 else None
        return None if row is None else (number, row)


def table(paragraphs: Sequence[Paragraph], roster: Roster) -> Table:
    """The table of a document, nobody having spoken yet."""
    return Table(paragraphs, roster, [paragraph.span.start for paragraph in paragraphs])

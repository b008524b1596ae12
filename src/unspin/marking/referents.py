"""Whom "he", "she", "who" and "the senator" mean, where a statement has such words for its speaker.

In: the paragraphs of a document and the names in it; then the statements in order, each told as it
is settled. Out: a full name, or None where another reading is likely. Everybody who is named
before a pronoun is weighed by a dozen signs: how near, who spoke last, whom the document calls
"she" elsewhere. Somebody without a name weighs as much and, where they win, nobody is given. A
role means the one person of whom the document tells it.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from unspin.marking import frames, lexicon, mentions, people, phrases, speakers
from unspin.marking.frames import Paragraph, Token
from unspin.marking.mentions import Key, Mention, Mentioned, Sentence
from unspin.marking.people import Roster
from unspin.marking.phrases import Range
from unspin.types import Span, Speaker

_CONTRACTED = re.compile(r"['’](?:d|ll|s)\Z")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_FORMS = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
}
_OTHER = {"he": "she", "she": "he"}
_VERB = 4  # tokens behind a pronoun in which its verb is looked for
_ANSWERS = frozenset(
    {"replied", "replies", "answered", "answers", "responded", "responds", "retorted"}
)
_NEAR = 3  # sentences before a role
_BACK = 10  # sentences that are looked at
_PARAGRAPHS = 5
_RANKS = 4  # nearer candidates that are told apart
_SURE = 0.72  # from this chance on somebody is meant
_CERTAIN = 0.9  # from this one on whatever other pronouns tell
_LEAST = 0.3  # added to votes, so that none are no proof
_MOST = 2.0  # what votes can weigh
_OTHERWISE = -1.0  # below it somebody is called by the other pronoun alone


class _Signs(NamedTuple):
    """What speaks for and against one candidate; as weights, how much."""

    paragraphs: float  # between the pronoun and the last mention: 0, 1, or 2 for more
    nearer: float  # candidates named since
    aside: float  # last named behind a preposition or as an owner
    spoke: float  # spoke in the last sentence in which anybody did
    reported: float  # last named in what somebody else says, or behind its cue
    simple: float  # the simplest reading of the sentence
    gender: float  # log odds of being "he" and not "she" to the document, or the reverse
    unnamed: float
    named: float  # in the very words that are said: nobody speaks of themselves by name
    mentions: float  # log of how often the document names them


# Fitted by maximum likelihood of the one who is meant, and nobody as one choice more, over pronouns
# of news articles whose referents were labelled by hand.
_WEIGHTS = _Signs(
    paragraphs=-1.45,
    nearer=-0.45,
    aside=-1.16,
    spoke=2.45,
    reported=-1.6,
    simple=1.23,
    gender=0.83,
    unnamed=-2.49,
    named=-3.1,
    mentions=0.95,
)
_NOBODY = -1.87


@dataclass(slots=True)
class _Candidate:
    """Somebody a pronoun may mean, by their last mention before it."""

    sentence: int
    place: int
    owner: bool
    aside: bool
    behind: bool  # named behind the same pronoun, which is somebody else
    spoke: bool = False  # in the last sentence in which anybody did
    spoke_in: int = -1  # that sentence


class _Saying(NamedTuple):
    """What somebody says in a sentence, and where the first cue for it begins."""

    cue: int
    words: list[Span]


@dataclass(slots=True)
class Table:
    """The sentences of a document, who is named in them, and who is known to speak."""

    paragraphs: Sequence[Paragraph]
    roster: Roster
    starts: list[int]
    mentioned: Mentioned
    often: Counter[str]  # how often each is mentioned
    guesses: Mapping[tuple[int, int], str]  # sentence and token of a pronoun -> whom it may mean
    votes: Mapping[str, Counter[str]]  # by these, how often "he" and "she" mean somebody
    spoken: dict[int, dict[Key, _Saying]] = field(default_factory=dict)  # by sentence: who
    bodies: dict[int, str] = field(default_factory=dict)  # one that speaks, by the same

    def spoke(self, place: int, speaker: Speaker, words: Sequence[Span]) -> None:
        """Note who says `words` in the sentence around `place`: a pronoun means persons only."""
        found = self._sentence(place)
        if found is not None:
            named = speaker.who_kind is None and " " in (speaker.who or "")
            person = (
                speaker.who_kind in {"person", "unnamed"}
                or self._is_known(speaker.who)
                or (named and speaker.who in self.often)  # no body that is known as one
            )
            who = speaker.who if person else None
            key: Key = place if who is None else self.mentioned.fulls.get(who.casefold(), who)
            said = self.spoken.setdefault(found, {}).setdefault(key, _Saying(place, []))
            said.words.extend(words)
            known = speaker.who_kind != "author" and (
                speaker.who_kind is not None or " " not in (speaker.who or " ")
            )
            if speaker.who is not None and not person and known and not speaker.who.endswith("s"):
                self.bodies[found] = speaker.who

    def of(self, words: Span, said: str) -> str | None:
        """The one person that a pronoun or a role at `words` means, `said` being what they say."""
        number = self._sentence(words.start)
        if number is None:
            return None
        tokens = self.mentioned.sentences[number].tokens
        places = [
            place
            for place, token in enumerate(tokens)
            if token.quoted is None and token.start < words.end and words.start < token.end
        ]
        if not places:
            return None
        if tokens[places[0]].lower == "who":
            return self._antecedent(tokens, places[0])
        pronoun = _pronoun(tokens[places[0]])
        if pronoun is not None and (len(places) == 1 or pronoun == tokens[places[0]].lower):
            return self._meant(pronoun, number, places[0], said)
        return self._by_role(number, phrases.core(tokens, (places[0], places[-1] + 1)), said)

    def speaks_before(self, place: int) -> str | None:
        """Whoever alone speaks in the sentence of its paragraph before that which begins there."""
        number = self._sentence(place)
        if not number:
            return None
        before, here = self.mentioned.sentences[number - 1 : number + 1]
        first = before.tokens[0].start
        together = bisect_right(self.starts, first) == bisect_right(self.starts, place)
        begins = here.tokens[0].start == place and together
        whos = tuple(self.spoken.get(number - 1, ())) if begins else ()
        return whos[0] if len(whos) == 1 and isinstance(whos[0], str) else None

    def _antecedent(self, tokens: Sequence[Token], place: int) -> str | None:
        last = place - 2 if place > 1 and tokens[place - 1].text == "," else place - 1
        phrase = phrases.before(tokens, last)
        found = speakers.find(tokens, phrase, self.roster) if phrase else ()
        one = found[0] if len(found) == 1 else None
        return one.who if one and (one.who_kind == "person" or self._is_known(one.who)) else None

    def _meant(self, pronoun: str, number: int, place: int, said: str) -> str | None:
        """Whoever is by far the likeliest of all who are named before a pronoun."""
        found = self._candidates(pronoun, number, place)
        chances = [
            sum(map(float.__mul__, map(float, signs), _WEIGHTS))
            for signs in self._signs(found, pronoun, (number, place), said)
        ]
        total = math.exp(_NOBODY) + sum(map(math.exp, chances))
        best, who = max(zip(chances, found, strict=True), default=(0.0, 0), key=lambda one: one[0])
        if not isinstance(who, str) or math.exp(best) < _SURE * total:
            return None
        if " " not in who and not self._is_known(who):
            return None  # a word alone may be an outlet: "Tideline"
        certain = math.exp(best) >= _CERTAIN * total
        safe = self._is_safe(who, found, pronoun, (number, place), certain=certain)
        return who if safe else None

    def _is_safe(
        self,
        who: str,
        found: Mapping[Key, _Candidate],
        pronoun: str,
        at: tuple[int, int],
        *,
        certain: bool,
    ) -> bool:
        """Whether other pronouns tell no other gender of somebody, or who is meant is `certain`.

        If they tell none, somebody must be meant by more than chance: as the simplest reading, as
        whoever has just spoken, or as the only one.
        """
        gender = self._gender(who, pronoun, at)
        one = found[who]
        rival = any(
            each.sentence == one.sentence and self._gender(other, pronoun, at) >= _MOST
            for other, each in found.items()
            if isinstance(other, str)
        )  # whom other pronouns tell to be the one
        if gender < 0 and (rival or not certain):
            return False
        beside = sum(
            each.sentence == one.sentence
            and not each.owner
            and (" " in other or self._is_known(other))
            for other, each in found.items()
            if isinstance(other, str)
        )
        return (
            (self.guesses.get(at) == who and beside == 1)
            or (one.spoke and one.spoke_in >= _before(self.mentioned.sentences, at[0]))
            or (len(found) == 1 and not one.behind)
            or gender > 0
        )

    def _candidates(self, pronoun: str, number: int, place: int) -> dict[Key, _Candidate]:
        """All whom a pronoun may mean by what is known of their gender, the nearest first."""
        against = self.roster.hers if pronoun == "he" else self.roster.his
        paragraph = self.mentioned.sentences[number].paragraph
        found: dict[Key, _Candidate] = {}
        tokens = self.mentioned.sentences[number].tokens
        answers = any(one.lower in _ANSWERS for one in tokens[place + 1 : place + _VERB])
        anybody = False
        for row in range(number, max(-1, number - _BACK - 1), -1):
            sentence = self.mentioned.sentences[row]
            if sentence.heading or sentence.paragraph < paragraph - _PARAGRAPHS:
                break
            if answers and (row == number or sentence.tokens[-1].text == "?"):
                continue  # of whoever is answered
            end = place if row == number else len(sentence.tokens)
            first = _first(pronoun, sentence.tokens[:end])
            again = end if first is None else first
            earlier = [one for one in _mentions(sentence, pronoun) if one.place < end]
            for mention in reversed(earlier):
                if mention.who not in against:
                    behind = again < mention.place
                    here = _Candidate(row, mention.place, mention.owner, mention.aside, behind)
                    one = found.setdefault(mention.who, here)
                    if one.sentence == row:
                        one.aside = one.aside and mention.aside
                        one.behind = one.behind and behind
            for who in self.spoken.get(row, ()):
                if who not in against:
                    one = found.setdefault(who, _Candidate(row, 0, False, False, False))
                    if not anybody:
                        one.spoke, one.spoke_in = True, row
            anybody = anybody or row in self.spoken
        nearest = sorted(found.items(), key=lambda one: (-one[1].sentence, -one[1].place))
        return {
            who: one
            for who, one in nearest
            if isinstance(who, int) or self._gender(who, pronoun, (number, place)) >= _OTHERWISE
        }

    def _signs(
        self, found: Mapping[Key, _Candidate], pronoun: str, at: tuple[int, int], said: str
    ) -> Iterator[_Signs]:
        paragraph = self.mentioned.sentences[at[0]].paragraph
        named = _capitals(said)
        for nearer, (who, one) in enumerate(found.items()):
            name = who if isinstance(who, str) else ""
            apart = paragraph - self.mentioned.sentences[one.sentence].paragraph
            yield _Signs(
                paragraphs=min(2, apart),
                nearer=min(_RANKS, nearer),
                aside=one.aside,
                spoke=one.spoke and not self._is_passed(who, found, paragraph),
                reported=self._is_reported(who, one),
                simple=self.guesses.get(at) == name,
                gender=self._gender(name, pronoun, at),
                unnamed=not name,
                named=bool(name) and people.surname(name) in named,
                mentions=math.log1p(self.often[name]),
            )

    def _is_reported(self, who: Key, one: _Candidate) -> bool:
        """Whether somebody is named in what somebody else says, or behind the cue for it."""
        start = self.mentioned.sentences[one.sentence].tokens[one.place].start
        return not one.spoke and any(
            start > said.cue or any(span.start <= start < span.end for span in said.words)
            for speaker, said in self.spoken.get(one.sentence, {}).items()
            if speaker != who
        )

    def _is_passed(self, who: Key, found: Mapping[Key, _Candidate], paragraph: int) -> bool:
        """Whether a later sentence in the paragraph of the pronoun is about somebody else."""
        spoke_in = found[who].spoke_in
        return any(
            isinstance(other, str)
            and each.sentence > spoke_in
            and not each.aside
            and self.mentioned.sentences[each.sentence].paragraph == paragraph
            for other, each in found.items()
            if other != who
        )

    def _gender(self, name: str, pronoun: str, at: tuple[int, int]) -> float:
        """What all the other pronouns say for taking somebody for "he", or "she"."""
        if name in (self.roster.his if pronoun == "he" else self.roster.hers):
            return _MOST
        votes = self.votes.get(name, Counter())
        others = votes[pronoun] - (self.guesses.get(at) == name)
        odds = (others + _LEAST) / (votes[_OTHER[pronoun]] + _LEAST)
        return max(-_MOST, min(_MOST, math.log(odds)))

    def _by_role(self, number: int, phrase: Range, said: str) -> str | None:
        """The one person of whom the document tells all that "the foreign minister" says.

        Whoever was just named or spoke need be told of less, and "the company" is what just spoke.
        """
        sentences, roles = self.mentioned.sentences, self.mentioned.roles
        here = sentences[number]
        tokens = here.tokens[phrase[0] : phrase[1]]
        rows = [
            row
            for row in range(max(0, number - _NEAR), number + 1)
            if sentences[row].paragraph >= here.paragraph - 1
        ]
        the, last = tokens[0].lower == "the", tokens[-1].lower
        if the and len(tokens) == 2 and last in roles.bodies:  # noqa: PLR2004 - "the committee"
            return roles.bodies[last]
        if the and last in lexicon.sources("organisation"):
            bodies = {self.bodies[row] for row in rows if row in self.bodies}
            return bodies.pop() if len(bodies) == 1 else None
        near: set[Key] = {who for row in rows for who in self.spoken.get(row, ())}
        told = [
            (row, one)
            for row in rows
            for one in sentences[row].mentions
            if not one.aside and (row < number or one.place < phrase[0])
        ]
        near.update(one.who for _, one in told)
        new = {
            sentences[row].tokens[one.place].lower
            for row, one in told
            if isinstance(one.who, int) and mentions.is_new(sentences[row].tokens, one.place)
        }
        bearer = roles.bearer(tokens, near, new)
        noun = roles.calling(tokens)
        if bearer is None and noun is not None:
            here_told = any(row == number for row, _ in told)
            who = self._topic(rows if here_told else rows[:-1], told)
            if who is not None and people.surname(who) not in _capitals(said):
                return who if self._can_be_called(who, noun) else None
        return bearer

    def _topic(self, rows: Sequence[int], told: Sequence[tuple[int, Mention]]) -> str | None:
        """The one person the text is about in the last of some sentences that names anybody.

        It is whoever alone speaks there, or else whoever alone it is about; `told` are those whom
        the sentences are about.
        """
        for row in reversed(rows):
            whos = set(self.spoken.get(row, ())) or {one.who for at, one in told if at == row}
            if whos or self.mentioned.sentences[row].mentions:
                who = whos.pop() if len(whos) == 1 else None
                return who if isinstance(who, str) else None
        return None

    def _can_be_called(self, who: str, noun: str) -> bool:
        """Whether nobody else in the document is called by a noun, nor somebody by no such noun."""
        against = self.roster.his if noun in lexicon.grammar("hers") else frozenset()
        if noun in lexicon.grammar("his"):
            against = self.roster.hers
        return (
            self._is_known(who)
            and who not in against
            and self.mentioned.roles.holding(noun) <= {who}
        )

    def _is_known(self, name: str | None) -> bool:
        return name is not None and mentions.is_known(name, self.roster)

    def _sentence(self, place: int) -> int | None:
        """The number of the sentence around a place."""
        number = bisect_right(self.starts, place) - 1
        row = frames.row(self.paragraphs[number], place) if number >= 0 else None
        return None if row is None else self.mentioned.firsts[number] + row


def table(paragraphs: Sequence[Paragraph], roster: Roster) -> Table:
    """The table of a document, nobody having spoken yet."""
    mentioned = mentions.read(paragraphs, roster)
    votes: dict[str, Counter[str]] = {}
    guesses: dict[tuple[int, int], tuple[str, str]] = {}
    for _ in range(2):  # the second time nobody is taken for whom the first time they never were
        guesses = _guesses(mentioned.sentences, roster, votes)
        votes = {}
        for pronoun, who in guesses.values():
            votes.setdefault(who, Counter())[pronoun] += 1
    return Table(
        paragraphs,
        roster,
        [paragraph.span.start for paragraph in paragraphs],
        mentioned,
        Counter(
            one.who
            for each in mentioned.sentences
            for one in each.mentions
            if isinstance(one.who, str)
        ),
        {at: who for at, (_, who) in guesses.items()},
        votes,
    )


def _capitals(words: str) -> frozenset[str]:
    """The words with a capital among some words, folded."""
    found = (word for word in _WORD.findall(words) if word[0].isupper())
    return frozenset(people.without_possessive(word).casefold() for word in found)


def _before(sentences: Sequence[Sentence], number: int) -> int:
    """The last sentence before one that is more than a quotation, of those that are looked at."""
    rows = range(number - 1, max(-1, number - _BACK - 1), -1)
    told = (row for row in rows if not sentences[row].line)
    spoken = (row for row in told if any(map(phrases.is_word, sentences[row].tokens)))
    return next(spoken, number - 1)


def _mentions(sentence: Sentence, pronoun: str) -> Iterator[Mention]:
    """The mentions of a sentence that a pronoun may mean by their nouns."""
    return filter(None, (one.for_(pronoun) for one in sentence.mentions))


def _is(pronoun: str, token: Token) -> bool:
    return token.quoted is None and _CONTRACTED.sub("", token.lower) == pronoun


def _guesses(
    sentences: Sequence[Sentence], roster: Roster, votes: Mapping[str, Counter[str]]
) -> dict[tuple[int, int], tuple[str, str]]:
    """For the place of each "he" and "she" which of both it is, and whom it most simply means.

    "He" means whoever the sentence begins with, "his" whoever was named last; else both mean
    whoever the sentence before begins with, be it by the same pronoun.
    """
    found: dict[tuple[int, int], tuple[str, str]] = {}
    before = -1
    for number, sentence in enumerate(sentences):
        before = number - 1 if number and not sentences[number - 1].line else before
        near = before >= 0 and sentence.paragraph - sentences[before].paragraph <= 1
        for place, token in enumerate(() if sentence.heading else sentence.tokens):
            pronoun = _pronoun(token)
            if pronoun is None:
                continue
            fitting = [
                one
                for one in _mentions(sentence, pronoun)
                if one.place < place and _can_be(pronoun, one.who, roster, votes)
            ]
            leading = [one for one in fitting if not one.aside]
            meant: Key | None = None
            if fitting:
                first = _is(pronoun, token) and bool(leading)
                meant = (leading[0] if first else (leading or fitting)[-1]).who
            elif near:
                earlier = next(
                    (
                        one
                        for one in _mentions(sentences[before], pronoun)
                        if not one.aside and _can_be(pronoun, one.who, roster, votes)
                    ),
                    None,
                )
                again = _first(pronoun, sentences[before].tokens)
                if again is not None and (earlier is None or again < earlier.place):
                    meant = found.get((before, again), ("", None))[1]
                elif earlier is not None:
                    meant = earlier.who
            if isinstance(meant, str):
                found[number, place] = (pronoun, meant)
    return found


def _pronoun(token: Token) -> str | None:
    """Of which of "he" and "she" a word is a form."""
    lower = _CONTRACTED.sub("", token.lower)
    found = (one for one, forms in _FORMS.items() if lower in forms and token.quoted is None)
    return next(found, None)


def _first(pronoun: str, tokens: Sequence[Token]) -> int | None:
    """Where a pronoun first stands in some tokens."""
    return next((place for place, one in enumerate(tokens) if _is(pronoun, one)), None)


def _can_be(pronoun: str, who: Key, roster: Roster, votes: Mapping[str, Counter[str]]) -> bool:
    """Whether somebody may be "he", or "she", and is not hardly ever but the other."""
    if isinstance(who, int):
        return True
    counted = votes.get(who, Counter())
    return (
        who not in (roster.hers if pronoun == "he" else roster.his)
        and counted[_OTHER[pronoun]] <= 2 * counted[pronoun]
    )

"""Who one document has speak, and one speaker of many documents as far as it is put together."""

from collections import Counter
from dataclasses import dataclass, field
from sys import maxsize

from unspin.comparing.described import SELDOM, Described, Office
from unspin.comparing.naming import Person
from unspin.types import Marks, WhoKind

_YEAR = 365.25  # days
SURE = 4.0  # log-odds of what the marks of one document say


@dataclass(slots=True)
class Source:
    """Who one document has speak under one name, or under several that are one speaker's."""

    document: int  # its place in the order of the documents
    marks: Marks
    names: dict[str, None]  # in the order they were met
    kind: WhoKind | None
    places: list[tuple[int, int]]  # statement, speaker
    person: Person | None = None
    office: Office | None = None  # of one without a name
    told: Described = field(default_factory=Described)

    @property
    def order(self) -> tuple[int, str]:
        """A key that sorts sources by document, then by name."""
        return self.document, min(self.names, default="")


@dataclass(slots=True)
class Cluster:
    """One speaker as far as it is put together."""

    sources: list[Source]
    odds: float = SURE  # log-odds of its weakest join
    documents: set[int] = field(default_factory=set)
    order: tuple[int, str] = (maxsize, "")  # sorts clusters by their first source
    ages: dict[tuple[int, float], None] = field(default_factory=dict)  # with the year they were so
    latest: int = 0  # year in which it is heard
    persons: Counter[Person] = field(default_factory=Counter)
    told: Described = field(default_factory=Described)
    common: bool = False  # whether others among the documents have each part of its name
    weighed: Described | None = None  # `said`, until more is told

    @staticmethod
    def of(source: Source) -> "Cluster":
        """A cluster of one source."""
        found = Cluster([])
        found.add(source, SURE)
        return found

    def add(self, source: Source, odds: float) -> None:
        """Take in one more source, joined with these log-odds."""
        self.sources.append(source)
        self.odds = min(self.odds, odds)
        self.documents.add(source.document)
        self.order = min(self.order, source.order)
        self.told.include(source.told)
        if published := source.marks.document.published:
            self.latest = max(self.latest, published.year)
            year = published.toordinal() / _YEAR
            self.ages |= {(age, year): None for age in sorted(source.told.ages)}
        if source.person:
            self.persons[source.person] += 1
        self.weighed = None

    def join(self, other: "Cluster", odds: float) -> None:
        """Take in all sources of another, joined with these log-odds."""
        self.common &= other.common
        for source in other.sources:
            self.add(source, min(odds, other.odds))

    @property
    def said(self) -> Described:
        """What its texts say of it, but for what few of many say."""
        if self.weighed is None:
            texts = len(self.documents)
            self.weighed = self.told.often(texts) if texts > 1 else self.told
        return self.weighed

    @property
    def called(self) -> list[Person]:
        """Its names as persons have them, but for those that few of many texts have."""
        texts = len(self.documents)
        usual = [one for one, count in self.persons.items() if count * SELDOM >= texts]
        return usual or list(self.persons)

    @property
    def kind(self) -> WhoKind | None:
        """What most of its sources are."""
        kinds = Counter(source.kind for source in self.sources if source.kind)
        ranked = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
        return ranked[0][0] if ranked else None

    @property
    def names(self) -> Counter[str]:
        """All names, with the number of documents that use each."""
        return Counter(name for source in self.sources for name in source.names)

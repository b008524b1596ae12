"""Who one document has speak, and one speaker of many documents as far as it is put together."""

from collections import Counter
from dataclasses import dataclass, field
from sys import maxsize

from unspin.comparing.described import Described, Office
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
    persons: dict[Person, None] = field(default_factory=dict)
    told: Described = field(default_factory=Described)

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
            self.persons[source.person] = None

    def join(self, other: "Cluster", odds: float) -> None:
        """Take in all sources of another, joined with these log-odds."""
        for source in other.sources:
            self.add(source, min(odds, other.odds))

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

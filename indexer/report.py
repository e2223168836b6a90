"""What a run of the indexer did, file by file and in sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from onrecord.indexer.errors import SourceError
from onrecord.indexer.numbers import counted

__all__ = ["Doubt", "Guess", "Linked", "Move", "Progress", "Report", "Sampled", "Skipped", "Tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of statements and of the paragraphs in them."""

    statements: int = 0
    paragraphs: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.statements + other.statements, self.paragraphs + other.paragraphs)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.statements - other.statements, self.paragraphs - other.paragraphs)

    def __str__(self) -> str:
        return f"{counted(self.statements, 'statement')} ({counted(self.paragraphs, 'paragraph')})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, why, and of what kind it is: an ending such as ``.doc``, or "hidden"."""

    path: str
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A path that was indexed, and the one at which its files were found again."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that is the same as another one, reached by another name, and was read once."""

    path: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files done of files to do, and the file in hand."""

    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True)
class LoadedInto:
    """Where an index was loaded in a cluster.

    ``statements`` is how many were written; None where the cluster had this state of the index already.
    """

    index: str
    generation: str
    statements: int | None


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that is not sure, the words it was read from, and the kind of evidence that they are."""

    value: str
    evidence: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was not understood of a statement.

    ``missing`` names the facts that are not known, ``doubtful`` has those that are guesses, by name.
    ``unresolved`` is a speaker of whom no delegation and no person is known.
    """

    path: str
    address: str
    source_id: str | None
    missing: tuple[str, ...]
    doubtful: Mapping[str, Guess]
    unresolved: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the doubt as plain data, ready for JSON."""
        return asdict(self) | {"missing": list(self.missing)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave."""
        doubtful = {name: Guess(**guess) for name, guess in data["doubtful"].items()}
        return cls(**{**data, "missing": tuple(data["missing"]), "doubtful": doubtful})


@dataclass(frozen=True, slots=True)
class Sampled:
    """A sure value drawn for a person to check.

    ``fact`` is "speaker", "forum", "date" or "place", ``of`` how many statements have a sure value by this
    kind of evidence, ``confidence`` "certain" or "high".
    """

    fact: str
    kind: str
    of: int
    address: str
    source_id: str | None
    value: str
    evidence: str
    confidence: str
    path: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did.

    ``skipped`` are files that are no statements, ``failed`` files that could not
    be read, ``absent`` paths that were indexed or named and are not there, or empty all of a sudden. Of what
    failed or is absent the index keeps what it held: ``kept`` counts it, ``lost`` says what could not be
    kept. ``told`` are those of ``failed`` and ``absent`` that an earlier run has told of, and that are as
    they were.
    ``moves`` are paths whose files were found at another one, and ``moved`` counts their statements;
    ``linked`` are files that were reached under two names.
    ``generation`` counts the commits of the index; ``written`` is False where
    there was nothing to do. Of the statements that were read in this run ``missing`` counts
    those without a speaker, forum, date, place or language. Where doubts were asked for it counts all
    statements of the index, ``doubts`` has a `Doubt` for each of which something is missing or unsure, and
    ``sample`` some of the values that are sure, drawn for a person to check.
    ``unmatched`` are corrections that fit no file or statement, ``unused_lists`` lists of speakers that have
    no row for any text. ``outdated`` says that an older version had
    written the index, which was made anew. ``loaded`` says of an index of a cluster what was written to it.
    """

    added: Tally = Tally()
    changed: Tally = Tally()
    removed: Tally = Tally()
    unchanged: Tally = Tally()
    moved: Tally = Tally()
    kept: Tally = Tally()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[SourceError, ...] = field(default=(), compare=False)
    absent: tuple[SourceError, ...] = field(default=(), compare=False)
    told: tuple[SourceError, ...] = field(default=(), compare=False, repr=False)
    lost: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    linked: tuple[Linked, ...] = ()
    generation: int = 0
    written: bool = False
    missing: Mapping[str, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    unused_lists: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=(), repr=False)
    sample: tuple[Sampled, ...] = field(default=(), repr=False)
    outdated: bool = False
    loaded: LoadedInto | None = None
    seconds: float = 0.0

    @property
    def needs_eyes(self) -> bool:
        """Whether something could not be read, is not there, or was lost."""
        return bool(self.failed or self.absent or self.lost)

    @property
    def skipped_kinds(self) -> dict[str, int]:
        """How many files of each kind were skipped, the most first."""
        counts = Counter(skipped.kind for skipped in self.skipped if skipped.kind)
        return dict(sorted(counts.items(), key=_most_first))

    @property
    def unsure(self) -> dict[str, dict[str, int]]:
        """How many statements have an unsure value of each fact, by kind of evidence, the most first."""
        found: dict[str, Counter[str]] = {}
        for doubt in self.doubts:
            for fact, guess in doubt.doubtful.items():
                found.setdefault(fact, Counter())[guess.kind] += 1
        facts = [*filter(found.__contains__, _FACTS), *sorted(found.keys() - _FACTS)]
        return {fact: dict(sorted(found[fact].items(), key=_most_first)) for fact in facts}

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, ready for JSON."""
        tallies = {
            name: {"statements": tally.statements, "paragraphs": tally.paragraphs}
            for name in ("added", "changed", "removed", "unchanged", "moved", "kept")
            for tally in (getattr(self, name),)
        }
        loaded = {} if self.loaded is None else {"loaded": asdict(self.loaded)}
        return tallies | {
            "skipped": [asdict(skipped) for skipped in self.skipped],
            "skipped_kinds": self.skipped_kinds,
            "failed": [self._told(error) for error in self.failed],
            "absent": [self._told(error) for error in self.absent],
            "lost": list(self.lost),
            "moves": [asdict(move) for move in self.moves],
            "linked": [asdict(linked) for linked in self.linked],
            "missing": dict(self.missing),
            "unmatched": list(self.unmatched),
            "unused_lists": list(self.unused_lists),
            "generation": self.generation,
            "written": self.written,
            "outdated": self.outdated,
            "seconds": round(self.seconds, 3),
            **loaded,
        }

    def _told(self, error: SourceError) -> dict[str, Any]:
        return {
            "path": error.source,
            "line": error.line,
            "reason": error.reason,
            "limit": error.limit,
            "told_before": error in self.told,
        }


# The order in which facts are listed.
_FACTS = ("speaker", "forum", "date", "place")


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]

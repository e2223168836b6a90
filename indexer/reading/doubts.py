"""What was not understood of a statement, so that a person sees what to correct.

It is told from the record that the index keeps of each statement, so that the whole of an index can be listed
without reading a text again, those included whose files cannot be read any more. To read 1,919 unchanged
speeches again takes as long as a build of them, 12 seconds of computing; their records take 0.08.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.report import Doubt, Guess
from onrecord.indexer.sources.beside import SPEAKERS_LISTED, speakers_list_of

if TYPE_CHECKING:
    from onrecord.indexer.segments.records import StatementRecord
    from onrecord.indexer.statement import Metadata

__all__ = ["FACTS", "doubt_of", "is_listed", "listed_twice", "missing_in", "shown_value"]

#: The facts that a statement should have.
FACTS = ("speaker", "forum", "date", "place", "language")


def missing_in(known: Metadata | StatementRecord) -> tuple[str, ...]:
    """Name the facts of a statement that are not known."""
    return tuple(name for name in FACTS if getattr(known, name) is None)


def doubt_of(record: StatementRecord, *, path: str, twice: bool = False) -> Doubt | None:
    """Return what is missing or unsure of a statement in a file, None where nothing is.

    ``twice`` says that the row of a list that names its speaker names another file's too.
    """
    missing = missing_in(record)
    guesses = [one for one in record.found if one.is_guess or (twice and one.kind == SPEAKERS_LISTED)]
    if not (missing or guesses or record.unresolved):
        return None
    return Doubt(
        path=path,
        address=record.slug,
        source_id=record.source_id,
        missing=missing,
        doubtful={one.fact: Guess(shown_value(record, one.fact), one.words, one.kind) for one in guesses},
        unresolved=record.printed_speaker if record.unresolved else None,
    )


def is_listed(record: StatementRecord) -> bool:
    """Tell whether a list of speakers says who gave a statement."""
    return any(fact.kind == SPEAKERS_LISTED for fact in record.found)


def listed_twice(found: Iterable[tuple[StatementRecord, str]]) -> Iterator[tuple[StatementRecord, str]]:
    """Yield the statements, with their paths, whose row of a list of speakers is that of several files."""
    by_row: dict[tuple[Path | None, str], list[tuple[StatementRecord, str]]] = {}
    for record, path in found:
        for fact in record.found:
            if fact.kind == SPEAKERS_LISTED:
                row = fact.words.partition("; ")[2]
                by_row.setdefault((speakers_list_of(Path(path)), row), []).append((record, path))
    for some in by_row.values():
        if len({path for _, path in some}) > 1:
            yield from some


def shown_value(record: StatementRecord, name: str) -> str:
    """Return the value of a fact; of a speaker with the printed form, where that says more."""
    value = str(getattr(record, name, None) or "")
    if name == "speaker" and record.printed_speaker and record.printed_speaker != value:
        return f"{value} ({record.printed_speaker})"
    return value

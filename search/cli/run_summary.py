"""The sentences on stderr that say what a run of the indexer did."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.indexer.numbers import counted
from onrecord.indexer.report import Report, Tally

__all__ = ["failures", "what_was_done", "what_was_not_understood"]

# Enough to see what is wrong; `--json` lists every one.
SHOWN_FAILURES = 20


def what_was_done(report: Report) -> str:
    """Say what a run of the indexer did."""
    left = [f"skipped {counted(len(report.skipped), 'file')}", f"failed {len(report.failed):,}"]
    if not report.written:
        unchanged = f"nothing to do: {counted(report.unchanged.statements, 'statement')} unchanged"
        return "; ".join([unchanged, *(left if report.skipped or report.failed else [])])
    done = [
        f"{verb} {tally}"
        for verb, tally in (("added", report.added), ("changed", report.changed), ("removed", report.removed))
        if tally != Tally()
    ]
    return "; ".join(
        [
            *(done or [f"added {report.added}"]),
            f"unchanged {report.unchanged.statements:,}",
            *left,
            f"generation {report.generation:,}",
            f"{report.seconds:.1f} s",
        ]
    )


def failures(report: Report) -> Iterator[str]:
    """Yield a line for each file that could not be read, and after the first 20 how many there are more."""
    for error in report.failed[:SHOWN_FAILURES]:
        yield f"failed: {error}"
    if len(report.failed) > SHOWN_FAILURES:
        yield f"failed: {len(report.failed) - SHOWN_FAILURES:,} more; --json lists every one."


def what_was_not_understood(report: Report, *, listed: bool) -> Iterator[str]:
    """Yield a line that counts the facts that are missing, and one for each correction that fits nothing."""
    for entry in report.unmatched[:SHOWN_FAILURES]:
        yield f"a correction of nothing: {entry}"
    if report.missing:
        counts = ", ".join(f"{number:,} without a {fact}" for fact, number in report.missing.items())
        where = "" if listed else "; --report FILE lists them"
        yield f"statements not wholly understood: {counts}{where}"

"""The sentences on stderr that say what a run of the indexer did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.indexer.numbers import counted
from onrecord.indexer.report import Report, Tally

__all__ = [
    "failures",
    "what_stays_out",
    "what_was_done",
    "what_was_found_elsewhere",
    "what_was_loaded",
    "what_was_not_understood",
]

# Enough to see what is wrong; `--json` lists every one.
SHOWN_FAILURES = 20
# Kinds of files; a folder of texts has few.
SHOWN_KINDS = 6


def what_was_done(report: Report) -> str:
    """Say what a run of the indexer did."""
    skipped = f"skipped {counted(len(report.skipped), 'file')}{_kinds(report)}"
    left = [skipped, f"failed {len(report.failed):,}"]
    if report.kept != Tally():
        left.append(f"kept {counted(report.kept.statements, 'statement')} of what could not be read")
    if not report.written:
        unchanged = f"nothing to do: {counted(report.unchanged.statements, 'statement')} unchanged"
        return "; ".join([unchanged, *(left if report.skipped or report.needs_eyes else [])])
    done = [
        f"{verb} {tally}"
        for verb, tally in (
            ("added", report.added),
            ("changed", report.changed),
            ("moved", report.moved),
            ("removed", report.removed),
        )
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


def what_was_loaded(report: Report) -> Iterator[str]:
    """Say what was written to a cluster."""
    loaded = report.loaded
    if loaded is None:
        return
    if loaded.statements is None:
        yield f"{loaded.index} has all of it already, as {loaded.generation}"
    else:
        yield f"loaded {counted(loaded.statements, 'statement')} into {loaded.index}, as {loaded.generation}"


def _kinds(report: Report) -> str:
    kinds = [f"{kind} {number:,}" for kind, number in report.skipped_kinds.items()]
    more = [f"{len(kinds) - SHOWN_KINDS:,} kinds more"] if len(kinds) > SHOWN_KINDS else []
    return f" ({', '.join([*kinds[:SHOWN_KINDS], *more])})" if kinds else ""


def failures(report: Report, *, again: bool = True) -> Iterator[str]:
    """Yield a line for each file that could not be read, and after the first 20 how many there are more.

    So for paths that are gone, and for what was lost. Without ``again`` what an earlier run has told is
    left out.
    """
    told = () if again else report.told
    failed = [error for error in report.failed if error not in told]
    for error in failed[:SHOWN_FAILURES]:
        yield f"failed: {error}"
    if len(failed) > SHOWN_FAILURES:
        yield f"failed: {len(failed) - SHOWN_FAILURES:,} more; --json lists every one."
    for error in report.absent:
        if error not in told:
            yield f"missing: {error}"
    for sentence in report.lost[:SHOWN_FAILURES]:
        yield f"lost: {sentence}."
    if len(report.lost) > SHOWN_FAILURES:
        yield f"lost: {len(report.lost) - SHOWN_FAILURES:,} more; --json lists every one."


def what_was_found_elsewhere(report: Report) -> Iterator[str]:
    """Yield a line for what has moved, one for files under two names, and one for an index made anew."""
    for move in report.moves:
        yield f"moved: {move.old} is {move.new} now; its statements are the same as before"
    if report.linked:
        first = report.linked[0]
        number = counted(len(report.linked), "file")
        yield f"linked: {number} under another name, read once ({first.path} is {first.same_as})"
    if report.outdated:
        yield "an older version of On Record had written the index; it was made anew from its texts"


def what_stays_out(paths: Iterable[Path]) -> Iterator[str]:
    """Yield a line that says how what was taken out comes in again."""
    yield f"{', '.join(map(str, paths))}: stays out until onrecord index names it again"


def what_was_not_understood(report: Report, *, listed: bool) -> Iterator[str]:
    """Yield a line that counts the facts that are missing, and one for what was said of nothing."""
    for entry in report.unmatched[:SHOWN_FAILURES]:
        yield f"a correction of nothing: {entry}"
    for entry in report.unused_lists[:SHOWN_FAILURES]:
        yield f"a list of speakers that fits no text: {entry}"
    if report.missing:
        counts = ", ".join(f"{number:,} without a {fact}" for fact, number in report.missing.items())
        where = "" if listed else "; --report FILE lists them"
        yield f"statements not wholly understood: {counts}{where}"

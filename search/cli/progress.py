"""The progress bar of long work, where someone is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.indexer.report import Progress
from onrecord.search.cli.terminal import printable

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(*, wanted: bool = True) -> Iterator[Callable[[Progress], None] | None]:
    """Show a bar on stderr and give the function that moves it; in a pipe, or unwanted, give None."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    # Rich takes longer to import than most searches take; only a bar that is drawn pays for it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        MofNCompleteColumn(),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def move(progress: Progress) -> None:
            at = printable(progress.path) or "writing the index"
            bar.update(task, completed=progress.done, total=progress.total, description=at)

        yield move

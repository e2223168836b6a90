"""The command `onrecord watch`."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import click

from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.watching.hints import hints_of
from onrecord.indexer.watching.watch import Round
from onrecord.indexer.watching.watch import watch as keep_watch
from onrecord.search.cli.delivering import Delivering, delivery_options
from onrecord.search.cli.options import shared_options
from onrecord.search.cli.run_summary import failures, what_was_done, what_was_found_elsewhere
from onrecord.search.cli.terminal import json_line, printable, write_lines

__all__ = ["watch"]

_TIME = re.compile(r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?) ?(?P<unit>s|m|min|h)?")
_SECONDS = {None: 1, "s": 1, "m": 60, "min": 60, "h": 3600}


def _seconds(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Read a length of time: 30s, 5m, 1h, or a number of seconds."""
    found = _TIME.fullmatch(value.strip())
    seconds = float(found["number"]) * _SECONDS[found["unit"]] if found else 0.0
    if not seconds:
        raise click.BadParameter(f'"{printable(value)}" is no length of time; write 30s, 5m or 1h.')
    return seconds


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--every", default="30s", metavar="TIME", callback=_seconds, help="How long from one look to the next."
)
@click.option("--ocr", is_flag=True, help="Read PDF pages that are pictures by text recognition.")
@click.option("--alerts", "with_alerts", is_flag=True, help="Deliver the saved searches after each update.")
@delivery_options
@shared_options(local="follow files as they change")
def watch(
    paths: tuple[Path, ...],
    folder: Path,
    *,
    every: float,
    ocr: bool,
    with_alerts: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """Keep the index up to date with files and folders until it is stopped.

        onrecord watch statements/ --every 5m --alerts --to feeds/

    Without a PATH, those indexed before are watched. A file is taken in when it is
    still: when two looks find it of the same size and time. A PATH that is not there,
    or suddenly empty, is waited for and keeps what the index has of it. What goes
    wrong is said, and tried again. Ctrl-C or SIGTERM let an update that has begun be
    finished. With --alerts the options of onrecord alerts say where news go.
    """
    delivering = Delivering.of(as_json=as_json, **asked)
    if not with_alerts and any(value for name, value in asked.items() if name != "keep"):
        raise click.UsageError("Where news go is said of --alerts.")
    rounds = _Rounds(folder, delivering if with_alerts else None, as_json=as_json)
    with _until_stopped() as stopped:
        keep_watch(
            paths,
            into=folder,
            told=rounds.told,
            is_over=lambda: bool(stopped),
            hinted=hints_of(paths),
            every=every,
            ocr=ocr,
        )


@dataclass(slots=True)
class _Rounds:
    """What is said of the rounds; a problem is said once, until it is another one or none."""

    folder: Path
    delivering: Delivering | None
    as_json: bool
    said: str | None = None
    due: bool = True  #: whether there may be news that were not delivered
    began: bool = False

    def told(self, done: Round) -> None:
        """Say what was taken in, or what went wrong, and deliver the news."""
        report = done.report
        if report is not None:
            self._say_report(done)
            self.due = self.due or report.written
            if self.due and self.delivering is not None and report.generation:
                done = Round(problem=self._deliver(self.delivering))
        if done.problem is not None and done.problem != self.said:
            _say(done.problem)
            self._print(done)
        if report is not None or done.problem is not None:
            self.said = done.problem

    def _say_report(self, done: Round) -> None:
        report = done.report
        assert report is not None
        lines = [*failures(report, again=not self.began)]
        self.began = True
        if report.written:
            lines += [what_was_done(report), *what_was_found_elsewhere(report)]
        for line in lines:
            _say(line)
        if lines:
            self._print(done)

    def _deliver(self, delivering: Delivering) -> str | None:
        try:
            self.due = bool(delivering.run(self.folder).failed)
        except (OnRecordError, OSError) as error:
            return str(error)
        return None

    def _print(self, done: Round) -> None:
        if self.as_json:
            write_lines([json_line(done.as_dict()) + b"\n"])


def _say(sentence: str) -> None:
    click.echo(printable(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {sentence}"), err=True)


@contextmanager
def _until_stopped() -> Iterator[list[int]]:
    """Note the signals that ask for the end; a second Ctrl-C does not wait for it."""
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if stopped and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopped.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

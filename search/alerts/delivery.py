"""One run: the news of some saved searches, written where they are wanted, and then noted in the ledger.

First all is written, then the ledger takes the place of the one before, in one step. A run that is killed on
the way has delivered nothing as far as the ledger knows: the next one finds the same news, and writes them
under the same names, by which a feed that has them and a program that was sent them know them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.errors import AlertError, DateError, QueryError
from onrecord.search.alerts.arrivals import news as news_of
from onrecord.search.alerts.digest import DigestForm, digest
from onrecord.search.alerts.feeds import KEPT, atom_feed, json_feed
from onrecord.search.alerts.ledger import Ledger, ledger_beside, one_run_at_a_time
from onrecord.search.alerts.news import News
from onrecord.search.alerts.saved_file import SavedSearches
from onrecord.search.alerts.saved_searches import Saved
from onrecord.search.alerts.webhook import Webhook
from onrecord.search.exports.whole_file import replaced
from onrecord.search.index import Index
from onrecord.search.language import GRAMMAR_VERSION
from onrecord.search.results.shown_text import json_line

__all__ = ["Delivery", "Outputs", "deliver", "forget", "what_is_new"]

#: What is told the news when all else is written, before the ledger: what prints them.
Told = Callable[[Sequence[News]], None]

# Pieces of news that are sent at once: some 300 KB.
_LOT = 100


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where and how news are written; ``keep`` is how many entries feeds keep."""

    folder: Path | None = None
    atom: bool = False
    json_feed: bool = False
    jsonl: bool = False
    digest: DigestForm | None = None
    webhook: Webhook | None = None
    keep: int = KEPT
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run did: the news of each search, and a sentence for each that was left out or went wrong."""

    news: tuple[News, ...] = ()
    left_out: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def needs_eyes(self) -> bool:
        """Whether someone should look."""
        return bool(self.left_out or self.failed)


@dataclass(slots=True)
class _Run:
    """A run on its way."""

    index: Index
    at: datetime
    ledger: Ledger
    since_first: bool
    left_out: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def what_is_new(
    index: Index,
    saved: SavedSearches,
    ledger: Ledger,
    *,
    names: Iterable[str] = (),
    at: datetime | None = None,
    since_first: bool = False,
) -> Delivery:
    """Return the news of the saved searches, or of those of some names, and deliver nothing.

    With ``since_first`` all that there is of a search of which nothing was delivered is taken for delivered.
    """
    run = _Run(index, at or datetime.now(UTC), ledger, since_first, list(saved.left_out))
    found = tuple(_news(run, saved, names))
    return Delivery(found, tuple(run.left_out))


def deliver(
    index: Index,
    folder: Path | str,
    outputs: Outputs,
    *,
    names: Iterable[str] = (),
    at: datetime | None = None,
    since_first: bool = False,
    told: Told | None = None,
    saved: SavedSearches | None = None,
) -> Delivery:
    """Write the news of the saved searches beside an index, then note them in its ledger (`AlertError`).

    ``folder`` is that of the index, or its address in a cluster; ``saved`` are other searches than those of
    the file beside it. A search whose news a webhook does not take keeps them for the next run, and
    `Delivery.failed` says so.
    """
    at = at or datetime.now(UTC)
    if outputs.folder is not None:
        _refuse_among_texts(outputs.folder, index)
    file = ledger_beside(folder)
    with one_run_at_a_time(file):
        ledger = Ledger.read(file)
        saved = SavedSearches.beside(folder) if saved is None else saved
        run = _Run(index, at, ledger, since_first, list(saved.left_out))
        found = tuple(_news(run, saved, names))
        _write_files(found, outputs, at=at, number=ledger.runs + 1)
        taken = _send(found, outputs.webhook, run)
        if told is not None:
            told(found)
        _note(taken, ledger, file)
        return Delivery(found, tuple(run.left_out), tuple(run.failed))


def forget(folder: Path | str, name: str) -> None:
    """Forget what was delivered of a saved search (`AlertError`)."""
    file = ledger_beside(folder)
    if not file.exists():
        return
    with one_run_at_a_time(file):
        ledger = Ledger.read(file)
        if ledger.of(name) is not None:
            ledger.without(name).write(file)


def _news(run: _Run, saved: SavedSearches, names: Iterable[str]) -> Iterator[News]:
    wanted = list(dict.fromkeys(names))
    for one in [saved.named(name) for name in wanted] if wanted else saved.searches:
        if one.grammar is not None and one.grammar < GRAMMAR_VERSION:
            run.left_out.append(_older(one))
        try:
            # The local day: dates count from it as the people do who run this.
            found = news_of(run.index, one, run.ledger, today=run.at.astimezone().date())
        except (QueryError, DateError) as error:
            run.left_out.append(f"{one.name} is left out: {str(error).removesuffix('.')}.")
            continue
        yield replace(found, new=()) if found.first and run.since_first else found


def _older(saved: Saved) -> str:
    return (
        f"{saved.name} was written in version {saved.grammar} of the query language, and is asked in version "
        f"{GRAMMAR_VERSION}; see how it is understood now, then set its grammar to {GRAMMAR_VERSION}."
    )


def _refuse_among_texts(folder: Path, index: Index) -> None:
    """Refuse to write where the next update would read news as statements."""
    target = folder.resolve()
    for root in index.status().roots:
        if target.is_relative_to(Path(root).resolve()):
            raise AlertError(
                f"{folder}: the texts below {root} are indexed, so that news there would be read as "
                "statements; name a folder elsewhere.",
                path=folder,
            )


def _write_files(found: Sequence[News], outputs: Outputs, *, at: datetime, number: int) -> None:
    folder = outputs.folder
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for news in found:
        _write_files_of(news, folder / news.saved.name, outputs, at)
    if outputs.digest is not None and any(found):
        written = digest(found, day=at.astimezone().date(), form=outputs.digest, base_url=outputs.base_url)
        _replace(folder / f"digest-{number:06}.{outputs.digest.value}", lambda _: written.encode())


def _write_files_of(news: News, stem: Path, outputs: Outputs, at: datetime) -> None:
    """Write the feeds and lines of one search."""
    keep, base_url = outputs.keep, outputs.base_url
    for wanted, ending, feed in ((outputs.atom, "atom", atom_feed), (outputs.json_feed, "json", json_feed)):
        if wanted:
            file = stem.with_name(f"{stem.name}.{ending}")
            _replace(file, partial(feed, news=news, at=at, keep=keep, base_url=base_url))
    if outputs.jsonl and news:
        _replace(stem.with_name(f"{stem.name}.jsonl"), partial(_lines, news=news))


def _replace(path: Path, write: Callable[[bytes | None], bytes]) -> None:
    """Write a file from what it is, where that is another one then (`AlertError`)."""
    before = path.read_bytes() if path.exists() else None
    try:
        now = write(before)
    except AlertError as error:
        raise AlertError(f"{path}: {error}.", path=path) from error
    if now != before:
        with replaced(path) as part:
            part.write_bytes(now)


def _lines(before: bytes | None, news: News) -> bytes:
    """Add the news to a file of lines; those that are in it are not written again."""
    lines = [] if before is None else before.split(b"\n")[:-1]
    try:
        ids = {json.loads(line)["id"] for line in lines}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise AlertError("these are not lines that onrecord alerts wrote; name another folder") from error
    fresh = [entry for entry in news.entries() if entry.id not in ids]
    return (before or b"") + b"".join(json_line(one.as_dict(news.saved.name)) + b"\n" for one in fresh)


def _send(found: Sequence[News], webhook: Webhook | None, run: _Run) -> list[News]:
    """Send the news of each search, and return the searches whose news were taken."""
    if webhook is None:
        return list(found)
    taken = []
    for news in found:
        try:
            for body, key in _lots(news):
                webhook.post(body, key=key)
        except AlertError as error:
            run.failed.append(f"{news.saved.name}: {error}")
        else:
            taken.append(news)
    return taken


def _lots(news: News) -> Iterator[tuple[bytes, str]]:
    """Part the news of a search into what is sent at once, each with a key made from what is in it."""
    entries = list(news.entries())
    parts = -(-len(entries) // _LOT)
    for part in range(1, parts + 1):
        lot = entries[(part - 1) * _LOT : part * _LOT]
        ids = "\n".join([news.saved.name, *(entry.id for entry in lot)])
        body = {
            "search": news.saved.as_dict(),
            "understood": news.understood,
            "part": part,
            "parts": parts,
            "entries": [entry.as_dict(news.saved.name) for entry in lot],
        }
        yield json_line(body), sha256(ids.encode()).hexdigest()


def _note(taken: Sequence[News], ledger: Ledger, file: Path) -> None:
    """Note what was delivered, where there is something to note."""
    now = ledger
    for news in taken:
        if news.delivered != ledger.of(news.saved.name):
            now = now.with_delivered(news.saved.name, news.delivered)
    if now is not ledger:
        replace(now, runs=ledger.runs + any(map(bool, taken))).write(file)

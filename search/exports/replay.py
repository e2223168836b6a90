"""Write an export again from its run record: the same bytes, or what is another than it was."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.indexer.errors import ExportError
from onrecord.indexer.numbers import counted
from onrecord.search.backend import Backend
from onrecord.search.exports.columns import read_columns
from onrecord.search.exports.export import Moved, export
from onrecord.search.exports.formats import read_format
from onrecord.search.exports.found import Plan
from onrecord.search.exports.run_record import RunRecord, read_record
from onrecord.search.exports.whole_file import replaced
from onrecord.search.request import Request, checked_number

__all__ = ["Replay", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of writing an export again.

    ``same`` tells that the bytes are those of then; else none was written. ``differs`` says what is another
    than it was, a sentence each, which need not have changed the bytes. ``record`` is that of now.
    """

    same: bool
    differs: tuple[str, ...]
    record: RunRecord


def replay(
    backend: Backend,
    record: RunRecord | Path | str,
    to: Path | str | BinaryIO | None,
    *,
    moved: Moved | None = None,
) -> Replay:
    """Write an export again where the same bytes come out (`Index.replay`)."""
    then = record if isinstance(record, RunRecord) else read_record(Path(record))
    plan = _plan_of(then)
    target = Path(to) if isinstance(to, str) else to
    with ExitStack() as stack:
        if isinstance(target, Path) and (target.is_file() or not target.exists()):
            part = stack.enter_context(replaced(target))
        else:
            part = Path(stack.enter_context(tempfile.TemporaryDirectory()), "export")
        now = export(backend, plan, part, moved)
        same = now.sha256 == then.sha256
        if not same:
            part.unlink()
        elif isinstance(target, Path) and target.exists() and not target.is_file():
            with part.open("rb") as written, target.open("wb") as device:
                shutil.copyfileobj(written, device)
        elif target is not None and not isinstance(target, Path):
            with part.open("rb") as written:
                shutil.copyfileobj(written, target)
    return Replay(same, tuple(_differs(then, now, same=same)), now)


def _plan_of(then: RunRecord) -> Plan:
    if then.request is None:
        raise ExportError("A query tree was exported, which no record keeps; export it again.")
    request = Request.from_dict(then.request)
    return Plan(
        request,
        form=read_format(then.form, path=None),
        columns=read_columns(then.columns, context=request.context),
        raw=then.raw,
        sample=None if then.sample is None else checked_number("sample", then.sample),
        seed=then.seed,
    )


def _differs(then: RunRecord, now: RunRecord, *, same: bool) -> Iterator[str]:
    """Say what is another than it was."""
    if now.fingerprint != then.fingerprint:
        verb = "matches" if now.paragraphs == 1 else "match"
        match = f"{counted(now.paragraphs, 'paragraph')} {verb}, then {then.paragraphs:,} did"
        yield f"the index: it says other things than that of the record ({match})."
    before, after = _flat(then.versions), _flat(now.versions)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            part = "the lexicon" if name.startswith("lexicon") else "the program"
            yield f"{part}: {name} is {after.get(name, 'none')} and was {before.get(name, 'none')}."
    if now.understood != then.understood:
        yield f"the question is understood otherwise: {now.understood}; then {then.understood}."
    if not same and now.fingerprint == then.fingerprint and before == after:
        yield (
            "the weights of words: an order by relevance and a score hang on what was taken out of an index"
            " and not merged yet; export by address, or rebuild the index."
        )


def _flat(versions: Mapping[str, object], above: str = "") -> dict[str, str]:
    """Return each version by its name."""
    flat: dict[str, str] = {}
    for name, value in versions.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{above}{name} ")
        else:
            flat[f"{above}{name}"] = str(value)
    return flat

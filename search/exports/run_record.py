"""How an export came about: all that is needed to write the same bytes again, as JSON.

There is no clock and no path in it: the same question to the same texts gives the same record everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from onrecord.indexer.errors import ExportError
from onrecord.search.results.shown_text import json_safe

__all__ = ["RECORD_ENDING", "RunRecord", "read_record", "record_beside"]

#: What the name of a run record has behind that of the file.
RECORD_ENDING = ".record.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How an export came about.

    ``request`` is the question with its options as `Request.as_dict` writes it, None where it was a tree, and
    ``understood`` what it was taken for. ``paragraphs`` and ``statements`` are all that was found, ``rows``
    what was written of it: all, or a ``sample`` of so many, drawn by ``seed``. ``notes`` say what could not
    be written as it is. ``fingerprint`` tells the index by what it says (`search.engine.index_fingerprint`).
    ``sha256`` and ``size`` are those of the file.
    """

    request: Mapping[str, object] | None
    understood: str
    form: str
    columns: tuple[str, ...]
    raw: bool
    sample: int | None
    seed: int
    paragraphs: int
    statements: int
    rows: int
    notes: tuple[str, ...]
    fingerprint: str
    versions: Mapping[str, object]
    sha256: str
    size: int

    def as_dict(self) -> dict[str, object]:
        """Return the record as plain data, ready for JSON."""
        return {
            "record": _VERSION,
            "query": None if self.request is None else self.request["text"],
            "understood": self.understood,
            "request": self.request,
            "format": self.form,
            "columns": list(self.columns),
            "raw": self.raw,
            "sample": self.sample,
            "seed": self.seed,
            "counts": {"paragraphs": self.paragraphs, "statements": self.statements, "rows": self.rows},
            "notes": list(self.notes),
            "index": {"fingerprint": self.fingerprint},
            "versions": self.versions,
            "output": {"sha256": self.sha256, "bytes": self.size},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave (`KeyError`, `TypeError` or `ValueError` of anything else)."""
        if data["record"] != _VERSION:
            raise ValueError("another version")
        counts, request = data["counts"], data["request"]
        return cls(
            request=None if request is None else dict(request),
            understood=str(data["understood"]),
            form=str(data["format"]),
            columns=tuple(map(str, data["columns"])),
            raw=bool(data["raw"]),
            sample=None if data["sample"] is None else int(data["sample"]),
            seed=int(data["seed"]),
            paragraphs=int(counts["paragraphs"]),
            statements=int(counts["statements"]),
            rows=int(counts["rows"]),
            notes=tuple(map(str, data["notes"])),
            fingerprint=str(data["index"]["fingerprint"]),
            versions=dict(data["versions"]),
            sha256=str(data["output"]["sha256"]),
            size=int(data["output"]["bytes"]),
        )

    def dump(self) -> bytes:
        """Write the record, the same record always in the same bytes."""
        written = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, indent=2)
        return "".join(f"{json_safe(line)}\n" for line in written.split("\n")).encode()


def read_record(path: Path) -> RunRecord:
    """Read a run record from a file (`ExportError`)."""
    try:
        return RunRecord.from_dict(json.loads(path.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportError(
            f"{path}: this is no run record of this version; give one that onrecord export wrote.", path=path
        ) from error


def record_beside(path: Path) -> Path:
    """Return where the record of a file stands."""
    return path.with_name(path.name + RECORD_ENDING)

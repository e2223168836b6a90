"""Records for programs that keep references: RIS and CSL, as JSON and as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.indexer.dates import PartialDate
from onrecord.search.citation.facts import Facts, Kind

__all__ = ["csl", "ris"]

# Zotero takes a slide for a presentation with its meeting, which is its word for a speech.
_TYPES = {Kind.SPEECH: "SLIDE", Kind.HEARING: "HEAR", Kind.DOCUMENT: "GEN"}


def ris(facts: Facts) -> str:
    """Write a record of RIS; each value is one line."""
    return "\n".join(f"{tag}  - {value}".rstrip() if value else f"{tag}  - " for tag, value in _tags(facts))


def _tags(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[facts.kind]
    known = (
        ("ID", facts.key),
        ("AU", facts.speaker),
        ("TI", facts.named),
        ("T2", facts.forum),
        ("CY", facts.place),
        ("PY", f"{facts.date.year:04}" if facts.date else None),
        ("DA", _slashed(facts.date) if facts.date else None),
        ("M1", facts.symbol),
        ("SP", facts.page),
        ("LA", facts.language),
        ("N1", facts.note),
        ("AB", " … ".join(facts.quotations)),
    )
    yield from ((tag, value) for tag, value in known if value)
    yield from (("UR", url) for url in facts.urls)
    if facts.accessed and facts.urls:
        yield "Y2", _slashed(facts.accessed)
    yield "ER", ""


def _slashed(date: PartialDate) -> str:
    """Write a date as RIS has it: year, month, day and more, each with its slash."""
    month = f"{date.month:02}" if date.month else ""
    day = f"{date.day:02}" if date.day else ""
    return f"{date.year:04}/{month}/{day}/"


def csl(statements: Sequence[Facts]) -> list[dict[str, Any]]:
    """Return items of CSL (``csl-data.json`` of CSL 1.0.2), ready for JSON or YAML."""
    return [dict(_item(facts)) for facts in statements]


def _item(facts: Facts) -> Iterator[tuple[str, Any]]:
    yield "id", facts.key
    yield "type", facts.kind.value
    yield "title", facts.named
    if facts.speaker:
        yield "author", [{"literal": facts.speaker}]
    known = (
        ("event-title", facts.forum),
        ("event", facts.forum),  # its name in styles that are older than CSL 1.0.2, such as OSCOLA's
        ("section", facts.forum if facts.kind is Kind.HEARING else None),  # "before the" committee
        ("event-place", facts.place),
        ("number", facts.symbol),
        ("page", facts.page),
        ("language", facts.language),
        ("note", facts.note),
        ("URL", facts.urls[0] if facts.urls else None),
        ("abstract", " … ".join(facts.quotations)),
    )
    yield from ((name, value) for name, value in known if value)
    if facts.date:  # that of the statement: a meeting may go on for days
        yield "issued", _parts(facts.date)
    if facts.accessed and facts.urls:
        yield "accessed", _parts(facts.accessed)


def _parts(date: PartialDate) -> dict[str, list[list[int]]]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}

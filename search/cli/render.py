"""Hits, statements and counts as lines for people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.indexer.paths import display_path
from onrecord.indexer.roles import Role
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import printable
from onrecord.search.results.hits import Hit

if TYPE_CHECKING:
    from onrecord.indexer.formats.tables.columns import Columns
    from onrecord.indexer.reading.inspection import Inspection
    from onrecord.indexer.statement import Finding, Paragraph, Statement
    from onrecord.search.results.counts import Count, Status
    from onrecord.search.results.passage import Passage

__all__ = ["columns_block", "hit_block", "passage_block", "statement_block", "status_block"]

# Enough for a look at the terminal; `--json` holds every one.
SHOWN_COUNTS = 10
_FACTS = ("speaker", "forum", "date", "place", "language")
# Roles that are told beside the speaker; most speak for a delegation or as a member.
_TOLD_ROLES = ("chair", "observer", "guest")
# Facts that few statements state.
_MORE_FACTS = {
    "role": "speaker_role",
    "spoken in": "original_language",
    "record": "document_symbol",
    "encoding": "encoding",
    "recognised": "recognised",
    "on behalf": "on_behalf_of",
    "given by": "delivered_by",
}


def hit_block(hit: Hit, screen: Screen, *, full: bool = False, short: bool = False) -> str:
    """Lay out a hit: address, facts, the words found; ``full`` or among neighbours, the whole paragraph."""
    words = _marked_text(hit) if full or hit.before or hit.after else hit.snippet
    return "\n".join(
        [
            screen.bold(printable(hit.short_address if short else hit.address)),
            *_facts(hit, screen, note=_note(hit)),
            *([screen.dim(screen.filled(f"lacks: {', '.join(hit.lacks)}"))] if hit.lacks else []),
            *_neighbours(hit.before, screen),
            screen.marked(screen.filled(words, lead="  ")),
            *_neighbours(hit.after, screen),
            "",
        ]
    )


def passage_block(passage: Passage, screen: Screen, *, short: bool = False) -> str:
    """Lay out a passage: what it is from, then its paragraphs, the one asked for behind a ``>``."""
    first = passage.hits[0]
    named = first.short_address.partition("#")[0] if short else first.statement
    head = [screen.bold(printable(named)), *_facts(first, screen)]
    head += [screen.filled(line) for line in (first.title, _where(first), *first.sources[1:]) if line]
    head += [screen.filled(f"also as: {', '.join(first.also_as)}")] if first.also_as else []
    digits = len(str(passage.hits[-1].number))
    paragraphs = []
    for hit in passage:
        mark = ">" if hit.address == passage.address else " "
        paragraphs.append(screen.filled(_numbered(hit), lead=f"{mark} #{hit.number:<{digits}}  "))
    return "\n\n".join(["\n".join(head), *paragraphs])


def statement_block(inspection: Inspection, screen: Screen) -> str:
    """Lay out a statement as it was understood: facts with their evidence, paragraphs with their roles."""
    statement = inspection.statement
    lines = [screen.bold(printable(statement.slug))]
    lines.append(screen.filled(f"{statement.source.path} ({statement.source.format})", lead=_label("source")))
    lines.append(screen.filled(inspection.file_hash, lead=_label("file")))
    lines.append(screen.filled(statement.metadata.title or "unknown", lead=_label("title")))
    for name in _FACTS:
        lines.append(screen.filled(_found(getattr(statement.metadata, name)), lead=_label(name)))
        lines += _evidence(inspection, name, screen)
        lines += _speaker_apart(statement, screen) if name == "speaker" else []
    for label, name in _MORE_FACTS.items():
        if (found := getattr(statement.metadata, name)) is not None:
            lines.append(screen.filled(_found(found), lead=_label(label)))
            lines += _evidence(inspection, name, screen)
    return "\n".join([*lines, "", *_paragraphs(statement.paragraphs, screen), ""])


def _speaker_apart(statement: Statement, screen: Screen) -> Iterator[str]:
    """Yield what is known of the speaker, each by itself."""
    known = statement.metadata.speaker
    if known is None:
        return
    who = known.value
    delegation = f"{who.delegation} ({who.code})" if who.delegation and who.code else who.delegation
    printed = who.printed if who.printed != who.name else None
    parts = {"printed": printed, "delegation": delegation, "person": who.person, "post": who.post}
    for name, value in parts.items():
        if value:
            yield screen.filled(value, lead=_label(name))


def _evidence(inspection: Inspection, fact: str, screen: Screen) -> Iterator[str]:
    """Yield the kind of evidence for a fact with its line, and what else it might have been."""
    known = getattr(inspection.statement.metadata, fact)
    nearest = inspection.statement.metadata.nearest.get(fact)
    if known is not None:
        line = inspection.lines.get(fact)
        at = f"line {line:,}: " if line is not None else ""
        yield screen.dim(screen.filled(f"{at}{inspection.kind_in_words(fact, known)}", lead=_label("")))
        nearest = known.runner_up
    if nearest is not None:
        called = "nearest" if known is None else "runner-up"
        kind = inspection.kind_in_words(fact, nearest)
        words = f'{called}: {nearest.value} (from "{nearest.evidence}": {kind})'
        yield screen.dim(screen.filled(words, lead=_label("")))


def columns_block(columns: Columns, screen: Screen, *, sidecar: str) -> str:
    """Lay out what the columns of a table are taken to hold, as a sidecar says it, and which are not read."""
    guessed = columns.of.keys() - columns.told
    how = f"guessed; to keep or change this, write it into {sidecar}" if guessed else "as told"
    lines = [screen.filled(how, lead=_label("columns")), "columns:"]
    lines += [f"  {kind}: {_quoted(name)}" for kind, name in columns.of.items()]
    lines += [screen.filled(", ".join(columns.unused), lead=_label("not read"))] if columns.unused else []
    return "\n".join([*lines, ""])


def _quoted(name: str) -> str:
    """Write a name as YAML does: in quotation marks where it is more than words."""
    plain = re.fullmatch(r"[^\W\d][\w. -]*", name) is not None and name.lower() not in ("null", "no", "yes")
    return printable(name) if plain else json.dumps(printable(name), ensure_ascii=False)


def status_block(status: Status, screen: Screen) -> str:
    """Lay out the counts of an index, and the names with the most paragraphs."""
    dates = " to ".join(dict.fromkeys(filter(None, (status.first_date, status.last_date)))) or "unknown"
    size = f"{status.size / 1_000_000:,.1f} MB"
    lines = [
        screen.filled(f"{status.path}, generation {status.generation:,}, {size}", lead=_label("index")),
        f"{_label('files')}{status.sources:,}",
        f"{_label('statements')}{status.statements:,}",
        f"{_label('paragraphs')}{status.paragraphs:,}",
        f"{_label('dates')}{dates}",
    ]
    for label, names in (
        ("texts", status.roots),
        ("missing", status.absent),
        ("failed", status.failed),
        ("taken out", status.removed),
    ):
        lines += [screen.filled(_listed(names), lead=_label(label))] if names else []
    for name in ("languages", "speakers", "forums"):
        lines += _table(name, getattr(status, name), screen)
    return "\n".join(lines)


def _listed(names: Sequence[str]) -> str:
    """List the first of some names, and say how many there are more."""
    more = [f"and {len(names) - SHOWN_COUNTS:,} more"] if len(names) > SHOWN_COUNTS else []
    return ", ".join([*names[:SHOWN_COUNTS], *more])


def _facts(hit: Hit, screen: Screen, *, note: str | None = None) -> Iterator[str]:
    role = hit.speaker_role if hit.speaker_role in _TOLD_ROLES else None
    person = hit.person if hit.person != hit.speaker else None
    group = hit.on_behalf_of if hit.on_behalf_of != hit.speaker else None
    spoken_for = f"on behalf of {group}" if group else None
    giver = f"given by {hit.delivered_by}" if hit.delivered_by else None
    beside = ", ".join(filter(None, (person, hit.post, role, spoken_for, giver)))
    speaker = f"{hit.speaker} ({beside})" if hit.speaker and beside else hit.speaker or beside
    read = "read by text recognition" if hit.recognised else None
    facts = (speaker, hit.forum, hit.date, hit.place, hit.document_symbol, _leaf(hit.page), note, read)
    known = [fact for fact in facts if fact]
    if known:
        yield screen.facts(known)


def _where(hit: Hit) -> str:
    """Write where the file of a hit lies."""
    return display_path(hit.path)


def _leaf(page: str | None) -> str | None:
    """Write the page of a hit: a number is a page, anything else says what it is."""
    return f"page {page}" if page and page.isdecimal() else page


def _neighbours(hits: Iterable[Hit], screen: Screen) -> Iterator[str]:
    for hit in hits:
        yield screen.dim(screen.filled(_numbered(hit), lead=f"    #{hit.number}  "))


def _note(hit: Hit) -> str | None:
    """Say that a hit is a note, and with which mark."""
    return " ".join(filter(None, (hit.role, hit.printed_number))) if hit.role == Role.NOTE.value else None


def _numbered(hit: Hit) -> str:
    if note := _note(hit):
        return f"({note}) {hit.text}"
    return f"{hit.printed_number} {hit.text}" if hit.printed_number else hit.text


def _marked_text(hit: Hit) -> str:
    """Put ``**`` around the matched words of the whole paragraph."""
    pieces, done = [], 0
    for start, end in hit.highlights:
        pieces += [hit.text[done:start], "**", hit.text[start:end], "**"]
        done = end
    return "".join([*pieces, hit.text[done:]])


def _label(name: str) -> str:
    return f"{name:<12}"


def _found(finding: Finding[Any] | None) -> str:
    if finding is None:
        return "unknown"
    return f'{finding.value} ({finding.confidence.value}, from "{finding.evidence}")'


def _paragraphs(paragraphs: Iterable[Paragraph], screen: Screen) -> Iterator[str]:
    for paragraph in paragraphs:
        place = f"#{paragraph.number} {paragraph.role.value}"
        if paragraph.line is not None:
            place += f", line {paragraph.line}"
        if paragraph.page is not None:
            place += f", {_leaf(paragraph.page)}"
        if paragraph.language is not None:
            place += f", {paragraph.language}"
        if paragraph.source_id is not None:
            place += f", {paragraph.source_id}"
        yield screen.dim(place)
        yield screen.filled(f"{paragraph.printed or ''} {paragraph.text}".lstrip(), lead="  ")


def _table(name: str, counts: Sequence[Count], screen: Screen) -> Iterator[str]:
    """Yield a heading and a row a name, the figures in columns."""
    if not counts:
        return
    shown = [(f"  {printable(count.name)}", count) for count in counts[:SHOWN_COUNTS]]
    width = max(len(name), *(len(named) for named, _ in shown))
    if screen.width is not None:
        width = max(len(name), min(width, screen.width - len(_figures("", ""))))
    yield ""
    yield screen.bold(f"{name:<{width}}{_figures('statements', 'paragraphs')}")
    for named, count in shown:
        cut = named if len(named) <= width else f"{named[: width - 1]}…"
        yield f"{cut:<{width}}{_figures(f'{count.statements:,}', f'{count.paragraphs:,}')}"
    if len(counts) > SHOWN_COUNTS:
        yield f"  and {len(counts) - SHOWN_COUNTS:,} more"


def _figures(statements: str, paragraphs: str) -> str:
    return f"{statements:>13}{paragraphs:>13}"

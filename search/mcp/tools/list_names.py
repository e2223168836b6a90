"""The tool `list_names`: what speakers, forums and places are called in the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh.query import Every

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import Answer, Item, cut, laid_out
from onrecord.search.mcp.schemas import NEXT_OFFSET, UNDERSTOOD, fields, listed, of, whole
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import OFFSET
from onrecord.search.research.counts.cells import Cell
from onrecord.search.results.tally import Key

__all__ = ["LIST_NAMES"]

_FIELDS = (Key.SPEAKER, Key.DELEGATION, Key.PERSON, Key.FORUM, Key.PLACE, Key.LANGUAGE)
_LONGEST_NAME = 300


def _answer(asked: Asked) -> Answer:
    given, generation = asked.given, asked.index.generation
    field, prefix = given["field"], given["prefix"] or ""
    cells = asked.index.count(Every(), by=Key(field), fill=False).sorted_by("count").rows
    named = _beginning_with(prefix, [cell for cell in cells if cell.keys[0] is not None])
    unknown = [cell for cell in cells if cell.keys[0] is None]
    notes = [f"{counted(cell.statements, 'statement')} with no {field} that is known." for cell in unknown]
    return laid_out(
        head=[f"{counted(len(named), f'{field} name')}, most paragraphs first, generation {generation}"],
        facts={"generation": generation, "notes": notes, "total": len(named)},
        lists=["names"],
        items=_items(named[given["offset"] :]),
        offset=given["offset"],
        total=len(named),
        inside=notes,
        apart=False,
    )


def _beginning_with(prefix: str, cells: Sequence[Cell]) -> list[Cell]:
    """Return the names that begin with some letters, then those in which another word does."""
    wanted = fold(prefix.strip())
    names = [(fold(str(cell.keys[0])), cell) for cell in cells]
    first = [cell for name, cell in names if name.startswith(wanted)]
    inside = [cell for name, cell in names if not name.startswith(wanted) and f" {wanted}" in name]
    return [*first, *inside]


def _items(cells: Sequence[Cell]) -> Iterator[Item]:
    for cell in cells:
        name = cut(str(cell.keys[0]), _LONGEST_NAME)
        data = {"name": name, "paragraphs": cell.paragraphs, "statements": cell.statements}
        held = f"{counted(cell.paragraphs, 'paragraph')} in {counted(cell.statements, 'statement')}"
        yield Item("names", data, [f"{name}: {held}"])


LIST_NAMES = Tool(
    name="list_names",
    title="List names",
    description=(
        "List speakers, delegations, persons, forums, places or languages as the index knows them, to filter"
        " by. A delegation is found under its other names too."
    ),
    arguments=(
        take.choice("field", "Names of what.", [key.value for key in _FIELDS], required=True),
        take.text("prefix", "Only names in which a word begins so."),
        OFFSET,
    ),
    gives=fields(
        {
            "generation": UNDERSTOOD["generation"],
            "notes": UNDERSTOOD["notes"],
            "total": whole("how many names there are"),
            "names": listed(fields({"name": of("string"), "paragraphs": whole(), "statements": whole()})),
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)

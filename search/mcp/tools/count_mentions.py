"""The tool `count_mentions`: how often, by year or by whom, and out of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.indexer.errors import QueryError
from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import Answer, Item, cut, few, laid_out
from onrecord.search.mcp.schemas import NEXT_OFFSET, UNDERSTOOD, fields, listed, maybe, of, whole
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import FORUM, MODE, OFFSET, QUERY, SINCE, SPEAKER, UNTIL
from onrecord.search.research.counts.cells import TOPIC, Cell
from onrecord.search.research.counts.counts import Counts
from onrecord.search.research.units import Per, Unit
from onrecord.search.results.tally import Key

__all__ = ["COUNT_MENTIONS"]

_MOST_QUESTIONS = 20
_ORDERS = ("name", "count", "rate")
_LONGEST_KEY = 200
# What a count was of, and the question that finds a row; of a longer one a part would be another question.
_LONGEST_QUESTION = 250
_MOST_KEYS = 4
_NUMBERS = ("occurrences", "paragraphs", "statements", "speakers", "of_paragraphs", "of_statements")
_ONLY_FOUND = "Only rows with a mention are listed; totals are of all."


def _answer(asked: Asked) -> Answer:
    given, generation = asked.given, asked.index.generation
    by = [Key(name) for name in given["by"]]
    fill = all(key.is_time for key in by)
    counts = asked.index.count(
        _questions(asked), by=by, of=given["of"], per=given["per"], fill=fill, **asked.filters()
    ).sorted_by(given["sort"] or ("name" if fill else "count"))
    notes = few([*counts.notes, *([] if fill else [_ONLY_FOUND])])
    return laid_out(
        head=[
            f"{counted(len(counts), 'row')}, generation {generation}",
            *(cut(line, _LONGEST_QUESTION) for line in counts.summary),
        ],
        facts={
            "understood": cut("; ".join(counts.understood)),
            "generation": generation,
            "notes": notes,
            "of": given["of"],
            "per": given["per"],
            "totals": list(_totals(counts)),
        },
        lists=["rows"],
        items=_rows(counts, given["offset"]),
        offset=given["offset"],
        total=len(counts),
        inside=notes,
        apart=False,
    )


def _questions(asked: Asked) -> str | dict[str, str]:
    """Return the question, or several by their names (`QueryError`)."""
    one: str | None = asked.given["query"]
    several: dict[str, str] | None = asked.given["queries"]
    if one is not None and several is None:
        return one
    if one is None and several is not None:
        return several
    raise QueryError('count_mentions takes "query" or "queries", one of them; give one.', query=one or "")


def _totals(counts: Counts) -> Iterator[dict[str, Any]]:
    for one, total in zip(counts.asked, counts.totals, strict=True):
        yield {**_row([] if one.name is None else [TOPIC], [one.name], total), "query": None}


def _rows(counts: Counts, offset: int) -> Iterator[Item]:
    for cell in counts.rows[offset:]:
        data = _row(counts.by, cell.keys, cell)
        yield Item("rows", data, [_line(data)])


def _row(by: Sequence[str], keys: Sequence[str | None], cell: Cell) -> dict[str, Any]:
    named = dict(zip(by, keys, strict=False))
    return {
        "keys": {name: key and cut(key, _LONGEST_KEY) for name, key in named.items()},
        **{name: getattr(cell, name) for name in _NUMBERS},
        "rate": None if cell.rate is None else round(cell.rate, 6),
        "query": cell.query if cell.query and len(cell.query) <= 2 * _LONGEST_QUESTION else None,
    }


def _line(row: dict[str, Any]) -> str:
    keys = " · ".join(str(key) if key is not None else "not known" for key in row["keys"].values()) or "all"
    paragraphs, there_are = (
        counted(row["paragraphs"], "paragraph"),
        counted(row["of_statements"], "statement"),
    )
    rate = "" if row["rate"] is None else f"; rate {row['rate']:.4g}"
    return f"{keys}: {paragraphs} in {row['statements']:,} of {there_are}{rate}"


_ROW = fields(
    {
        "keys": {
            "type": "object",
            "additionalProperties": maybe("string"),
            "description": "the value of each key; null is not known",
        },
        "occurrences": maybe("integer", "null where a question has no places of its own"),
        **{name: whole() for name in _NUMBERS[1:]},
        "rate": maybe("number", "what was counted, divided; null where there is nothing to divide by"),
        "query": maybe(
            "string", "finds these paragraphs, asked with the same filters and mode; null where it is long"
        ),
    }
)

COUNT_MENTIONS = Tool(
    name="count_mentions",
    title="Count mentions",
    description=(
        "Count how often something was said, by year, speaker, forum and so on, and out of how many"
        " statements. All numbers are exact; take them from here and never count passages yourself."
    ),
    arguments=(
        take.text("query", f"One question. {QUERY}"),
        take.questions(
            "queries", "Several questions in the place of one, each under a name.", most=_MOST_QUESTIONS
        ),
        take.choices(
            "by",
            "What to count by; an empty list counts all in one row.",
            [key.value for key in Key],
            most=_MOST_KEYS,
            default=[Key.YEAR.value],
        ),
        SPEAKER,
        FORUM,
        SINCE,
        UNTIL,
        MODE,
        take.choice(
            "of", "What the rate counts.", [unit.value for unit in Unit], default=Unit.STATEMENTS.value
        ),
        take.choice(
            "per", "What the rate is divided by.", [per.value for per in Per], default=Per.STATEMENT.value
        ),
        take.choice("sort", "The order of rows: of times one after the other, else the most first.", _ORDERS),
        OFFSET,
    ),
    gives=fields(
        {
            **UNDERSTOOD,
            "of": of("string", "what the rate counts"),
            "per": of("string", "what it is divided by"),
            "totals": listed(_ROW, "everything in one row, for each question"),
            "rows": listed(_ROW),
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)

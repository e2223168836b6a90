"""The tool `search_statements`: paragraphs that answer a question, each ready to be quoted."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import MOST_OF_ANSWER, Answer, Item, cut, few, laid_out, written_length
from onrecord.search.mcp.notes import notes_of
from onrecord.search.mcp.passages import Quoted, quoted
from onrecord.search.mcp.schemas import NEXT_OFFSET, UNDERSTOOD, fields, listed, passage, whole
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import FORUM, MODE, OFFSET, QUERY, SINCE, SPEAKER, UNTIL
from onrecord.search.request import Sort
from onrecord.search.results.hits import Hit, Results

__all__ = ["SEARCH_STATEMENTS"]

# Of a passage with its neighbours: as data it has less than half the room, for it is told as text too.
_MOST_OF_A_PASSAGE = MOST_OF_ANSWER * 2 // 5


def _answer(asked: Asked) -> Answer:
    given = asked.given
    page = {name: given[name] for name in ("sort", "limit", "offset", "context")}
    results = asked.index.search(given["query"], **page, **asked.filters())
    found = f"{counted(results.total, 'paragraph')} in {counted(results.statements, 'statement')}"
    notes = few(notes_of(results))
    return laid_out(
        head=[f"{found}, generation {asked.index.generation}", f"Understood as {results.understood}"],
        facts={
            "understood": cut(results.understood),
            "paragraphs": results.total,
            "statements": results.statements,
            "generation": asked.index.generation,
            "notes": notes,
        },
        lists=["passages"],
        items=_found(results, asked),
        offset=given["offset"],
        total=results.total,
        inside=notes,
    )


def _found(results: Results, asked: Asked) -> Iterator[Item]:
    for number, hit in enumerate(results, results.offset + 1):
        one = _with_neighbours(hit, asked.base_url)
        yield Item("passages", one.as_dict(), one.lines(f"{number:,}."))


def _with_neighbours(hit: Hit, base_url: str | None) -> Quoted:
    """Quote a paragraph with as many of its neighbours as have room."""
    before, after = hit.before, hit.after
    while True:
        one = quoted(hit, base_url=base_url, before=before, after=after)
        if not (before or after) or written_length(one.as_dict()) <= _MOST_OF_A_PASSAGE:
            return one
        before, after = before[1:], after[:-1]


SEARCH_STATEMENTS = Tool(
    name="search_statements",
    title="Search statements",
    description=(
        "Find paragraphs of what states, delegations and parliamentarians said, each with its words, speaker,"
        " date, forum, citation and address. Totals are exact. That a word occurs is no support: read the"
        " passage before you say what its speaker holds."
    ),
    arguments=(
        take.text("query", QUERY, required=True),
        SPEAKER,
        FORUM,
        SINCE,
        UNTIL,
        MODE,
        take.choice(
            "sort",
            "The order of what was found.",
            [sort.value for sort in Sort],
            default=Sort.RELEVANCE.value,
        ),
        take.number("limit", "How many passages.", least=1, most=20, default=5),
        OFFSET,
        take.number("context", "How many neighbouring paragraphs on each side.", most=2, default=0),
    ),
    gives=fields(
        {
            **UNDERSTOOD,
            "paragraphs": whole("how many match in all"),
            "statements": whole("in how many statements they stand"),
            "passages": listed(passage()),
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)

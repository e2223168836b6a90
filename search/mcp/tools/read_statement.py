"""The tool `read_statement`: a paragraph between its neighbours, or a whole statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.indexer.address import parse_address
from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import Answer, Item, cut, few, laid_out
from onrecord.search.mcp.passages import Piece, pieces, quoted
from onrecord.search.mcp.schemas import (
    NEXT_OFFSET,
    UNDERSTOOD,
    fields,
    flag,
    listed,
    maybe,
    of,
    passage,
    whole,
)
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import OFFSET
from onrecord.search.results.hits import Hit

__all__ = ["READ_STATEMENT"]

_FACTS = (
    *("speaker", "printed_speaker", "person", "post", "on_behalf_of", "delivered_by", "speaker_role"),
    *("forum", "date", "place", "language", "original_language", "title", "document_symbol", "source"),
)
_LONGEST_FACT = 300
_MOST_COPIES = 5


def _answer(asked: Asked) -> Answer:
    given, index = asked.given, asked.index
    address = parse_address(given["address"])
    sought = address.statement if given["whole"] else given["address"]
    shown = index.show(sought, context=given["context"])
    length = len(index.show(shown[0].statement))
    parts = [(hit, piece) for hit in shown for piece in pieces(hit.text)]
    facts = _facts(shown[0], paragraphs=length)
    notes = few([shown.note] if shown.note else [])
    return laid_out(
        head=[f"{len(shown):,} of {counted(length, 'paragraph')}, generation {index.generation}"],
        facts={
            "facts": facts,
            "generation": index.generation,
            "notes": notes,
            "words_found": shown.words_found,
        },
        lists=["passages"],
        items=_read(parts[given["offset"] :], asked.base_url),
        offset=given["offset"],
        total=len(parts),
        inside=[*notes, *_told(facts)],
    )


def _read(parts: list[tuple[Hit, Piece]], base_url: str | None) -> Iterator[Item]:
    for hit, piece in parts:
        one = quoted(hit, piece, base_url=base_url)
        yield Item("passages", one.as_dict(), one.lines(f"Paragraph {hit.number:,}"))


def _facts(hit: Hit, *, paragraphs: int) -> dict[str, Any]:
    known = {name: getattr(hit, name) for name in _FACTS}
    return {
        "statement": hit.statement,
        **{name: cut(value, _LONGEST_FACT) if value else None for name, value in known.items()},
        "paragraphs": paragraphs,
        "recognised": hit.recognised,
        "also_as": list(hit.also_as[:_MOST_COPIES]),
    }


def _told(facts: dict[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if value:
            yield f"{name.replace('_', ' ')}: {', '.join(value) if isinstance(value, list) else value}"


READ_STATEMENT = Tool(
    name="read_statement",
    title="Read a statement",
    description=(
        "Read a paragraph between its neighbours, or a whole statement, with all that is known of it. An "
        "address that was given earlier leads to the same words, or the answer says what became of them."
    ),
    arguments=(
        take.text("address", "STATEMENT#NUMBER or STATEMENT, as a tool gave it.", required=True),
        take.number("context", "How many neighbouring paragraphs on each side.", most=20, default=2),
        take.yes_or_no("whole", "The whole statement of a paragraph."),
        OFFSET,
    ),
    gives=fields(
        {
            "facts": fields(
                {
                    "statement": of("string"),
                    **{name: maybe("string") for name in _FACTS},
                    "paragraphs": whole("how many the statement has"),
                    "recognised": flag("read off pictures, so that any word may be wrong"),
                    "also_as": listed(of("string"), "statements that are nearly the same"),
                }
            ),
            "generation": UNDERSTOOD["generation"],
            "notes": UNDERSTOOD["notes"],
            "words_found": flag("false where the words that the address cites are no longer there"),
            "passages": listed(passage()),
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)

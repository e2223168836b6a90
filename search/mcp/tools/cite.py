"""The tool `cite`: citations of paragraphs and statements, in the form that is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.indexer.errors import QueryError
from onrecord.search.citation.cite import Format
from onrecord.search.citation.footnotes import Style
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import MOST_OF_ANSWER, Answer, go_on, written_length
from onrecord.search.mcp.fence import fenced, visible
from onrecord.search.mcp.schemas import NEXT_OFFSET, fields, of
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import OFFSET

__all__ = ["CITE"]

_MOST_ADDRESSES = 50
# Of the citations, which are told twice, as data and as text.
_MOST_OF_CITATIONS = MOST_OF_ANSWER * 2 // 5


def _answer(asked: Asked) -> Answer:
    given = asked.given
    offset, total = given["offset"], len(given["addresses"])
    addresses = given["addresses"][offset:]
    written = _written(asked, addresses)
    while written_length(written) > _MOST_OF_CITATIONS:
        if len(addresses) == 1:
            raise QueryError(
                f"The citation of {addresses[0]} is too long for an answer; onrecord cite writes it.",
                query=addresses[0],
            )
        addresses = addresses[: len(addresses) * 3 // 4]
        written = _written(asked, addresses)
    more = go_on(offset + len(addresses), total)
    data = {"format": given["format"], "citations": written, "next_offset": more.offset if more else None}
    return Answer(data, "\n".join([fenced(written), *([more.line] if more else [])]))


def _written(asked: Asked, addresses: Sequence[str]) -> str:
    given = asked.given
    return visible(
        asked.index.cite(addresses, format=given["format"], style=given["style"], base_url=asked.base_url)
    )


CITE = Tool(
    name="cite",
    title="Cite paragraphs and statements",
    description=(
        "Write the citations of some addresses: footnotes in five styles, or entries of a bibliography. What"
        " is not known is left out and never made up."
    ),
    arguments=(
        take.texts("addresses", "Addresses, as a tool gave them.", most=_MOST_ADDRESSES, required=True),
        take.choice("format", "In which form.", [one.value for one in Format], default=Format.FOOTNOTE.value),
        take.choice(
            "style", "Of footnotes, text and Markdown.", [one.value for one in Style], default=Style.UN.value
        ),
        OFFSET,
    ),
    gives=fields(
        {
            "format": of("string"),
            "citations": of("string", "as they are to be written, one after the other"),
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)

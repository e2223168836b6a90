"""A tool: its name, what a model is told of it, its arguments, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.search.index import Index
from onrecord.search.mcp.answer import Answer
from onrecord.search.mcp.arguments import Argument, Given, read, schema_of

__all__ = ["Asked", "Tool"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tool is asked: an index that stays as it is, and arguments that were read.

    With a ``base_url`` passages and citations have URLs below it.
    """

    index: Index
    given: Given
    base_url: str | None = None

    def filters(self) -> dict[str, Any]:
        """Return the filters that were given, as `Index.search` takes them."""
        named = {name: self.given.get(name) for name in ("speaker", "forum", "since", "until", "mode")}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Tool:
    """A question of one kind that a model may ask; none of them changes anything."""

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    gives: Mapping[str, Any]  #: the JSON Schema of its data
    answer: Callable[[Asked], Answer]

    @property
    def takes(self) -> dict[str, Any]:
        """The JSON Schema of its arguments."""
        return schema_of(self.arguments)

    def ask(self, index: Index, sent: Mapping[str, Any], *, base_url: str | None = None) -> Answer:
        """Answer what was sent (`OnRecordError` with the sentence to show)."""
        return self.answer(Asked(index, read(self.name, self.arguments, sent), base_url))

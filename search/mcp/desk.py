"""Where questions of a model arrive: each is put to the newest state of the index, from any thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from onrecord.indexer.errors import OnRecordError, QueryError, StoreError
from onrecord.search.index import Index
from onrecord.search.mcp.answer import Answer, cut
from onrecord.search.mcp.catalogue import TOOLS
from onrecord.search.mcp.resources import read_resource

__all__ = ["Desk", "Refused"]

_log = logging.getLogger(__name__)
_BY_NAME = {tool.name: tool for tool in TOOLS}
# A word that most indexes have, which is asked for so that all is loaded.
_COMMON = "peace"
_BUG = "On Record failed at this, by a fault of its own ({kind}); ask in another way."
Given = TypeVar("Given")


class Refused(Exception):
    """What was asked cannot be answered; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers questions of a model from an index, which it refreshes before each."""

    index: Index
    base_url: str | None = None

    def call(self, name: str, sent: Mapping[str, Any]) -> Answer:
        """Ask a tool by its name (`Refused`)."""
        return self._answered(lambda index: self._tool(name, sent, index))

    def read(self, uri: str) -> str:
        """Read a resource (`Refused`)."""
        return self._answered(lambda index: read_resource(uri, index, base_url=self.base_url))

    def warm_up(self) -> None:
        """Load what the tools need, so that none waits for it when it is first asked."""
        with suppress(Refused):
            passages = self.call("search_statements", {"query": _COMMON, "limit": 1}).data["passages"]
            for passage in passages:
                self.call("read_statement", {"address": passage["address"], "context": 0})
                self.call("verify_quotations", {"quotations": [passage["quotation"]]})
            self.call("count_mentions", {"query": _COMMON})
            self.call("who_spoke", {"query": _COMMON})
            self.call("list_names", {"field": "speaker"})

    def _tool(self, name: str, sent: Mapping[str, Any], index: Index) -> Answer:
        tool = _BY_NAME.get(name)
        if tool is None:
            raise QueryError(
                f"There is no tool {cut(name, 60)}; the tools are {', '.join(_BY_NAME)}.", query=name
            )
        return tool.ask(index, sent, base_url=self.base_url)

    def _answered(self, question: Callable[[Index], Given]) -> Given:
        """Put a question to the newest generation, and make a sentence of what it raises."""
        try:
            self.index.refresh()
            return question(self.index.pinned())
        except StoreError as error:  # whoever asks from elsewhere learns nothing of this machine's folders
            # Of what needs an index in a folder the sentence names no place.
            said = str(error).replace(error.path, "the index") if error.path else str(error)
            raise Refused(cut(said)) from error
        except OnRecordError as error:
            raise Refused(cut(str(error))) from error
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise Refused(f"The index could not be read: {cut(reason)}; try again.") from error
        except Exception as error:
            _log.exception("a question of a model failed")
            raise Refused(_BUG.format(kind=type(error).__name__)) from error

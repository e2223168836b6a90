"""The official client of the Model Context Protocol, for tests that are no coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import mcp_types as types
from mcp import Client

from onrecord import Index
from onrecord.search.mcp.server import create_server

__all__ = ["ask", "text_of", "with_client"]

Given = TypeVar("Given")


def with_client(index: Index, talk: Callable[[Client], Awaitable[Given]], *, mode: str = "auto") -> Given:
    """Let somebody talk with a server in this process."""

    async def talked() -> Given:
        async with Client(create_server(index), mode=mode) as client:
            return await talk(client)

    return asyncio.run(talked())


def ask(index: Index, tool: str, **arguments: Any) -> types.CallToolResult:
    """Ask one tool one question."""
    return with_client(index, lambda client: client.call_tool(tool, arguments))


def text_of(result: types.CallToolResult) -> str:
    """Return the text of an answer or of an error."""
    [content] = result.content
    assert isinstance(content, types.TextContent)
    return content.text

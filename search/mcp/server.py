"""The tools under the Model Context Protocol: on standard input and output, or over HTTP.

The one module that knows the protocol's library (the extra ``mcp``). It uses the library's lower layer, which
hands on arguments as they were sent: what is wrong with them is said in a sentence of ours.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from threading import Thread
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import mcp_types as types
import uvicorn
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from onrecord.search.index import Index
from onrecord.search.mcp.catalogue import INSTRUCTIONS, TOOLS
from onrecord.search.mcp.desk import Desk, Refused
from onrecord.search.mcp.resources import TEMPLATES
from onrecord.search.mcp.tool import Tool

__all__ = ["create_server", "listening", "serve_http", "serve_stdio"]

Context = ServerRequestContext[Any]
# Questions that are answered at a time: a dear one holds a thread for seconds, and cheap ones pass by it.
_THREADS = 16
_RESOURCE_NOT_FOUND = -32002
_PLAIN = "text/plain"
Given = TypeVar("Given")


def create_server(index: Index, *, base_url: str | None = None) -> Server[Any]:
    """Make a server of the official library that answers from an index.

    It follows the index when that moves on. With a ``base_url`` citations have URLs.
    """
    answering = _Answering(Desk(index, base_url))
    return Server(
        "onrecord",
        version=_version(),
        title="On Record",
        instructions=INSTRUCTIONS,
        on_list_tools=answering.list_tools,
        on_call_tool=answering.call_tool,
        on_list_resources=answering.list_resources,
        on_list_resource_templates=answering.list_templates,
        on_read_resource=answering.read_resource,
    )


def serve_stdio(index: Index, *, base_url: str | None = None) -> None:
    """Answer on standard input and output until the input ends."""
    server = create_server(index, base_url=base_url)

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def listening(host: str, port: int) -> socket.socket:
    """Take a port; raises `OSError`, which names it, where that is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        # What is said of an address that cannot be bound repeats it in the middle of the sentence.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise OSError(error.errno, reason, f"{host}:{port}") from error


def serve_http(index: Index, *, host: str, taken: socket.socket, base_url: str | None = None) -> None:
    """Answer over HTTP at a port that was taken, below ``/mcp``, until the process is stopped.

    At an address of this machine alone, questions of pages from elsewhere are refused.
    """
    server = create_server(index, base_url=base_url)
    application = server.streamable_http_app(host=host, stateless_http=True, json_response=True)
    uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[taken])


class _Answering:
    """What is answered to each message of the protocol."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._warm = False
        self._threads: anyio.CapacityLimiter | None = None

    async def list_tools(self, _: Context, __: object) -> types.ListToolsResult:
        if not self._warm:  # a client lists the tools and then waits for a person
            self._warm = True
            Thread(target=self._desk.warm_up, daemon=True).start()
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(self, _: Context, asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            answer = await self._in_a_thread(partial(self._desk.call, asked.name, asked.arguments or {}))
        except Refused as refused:
            return types.CallToolResult(content=[_text(str(refused))], is_error=True)
        return types.CallToolResult(content=[_text(answer.text)], structured_content=dict(answer.data))

    async def list_resources(self, _: Context, __: object) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[])  # there are thousands: tools find them

    async def list_templates(self, _: Context, __: object) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=one.uri,
                    name=one.name,
                    title=one.title,
                    description=one.description,
                    mime_type=_PLAIN,
                )
                for one in TEMPLATES
            ]
        )

    async def read_resource(
        self, _: Context, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(asked.uri)
        try:
            text = await self._in_a_thread(partial(self._desk.read, uri))
        except Refused as refused:
            raise MCPError(code=_RESOURCE_NOT_FOUND, message=str(refused)) from refused
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=asked.uri, mime_type=_PLAIN, text=text)]
        )

    async def _in_a_thread(self, question: Callable[[], Given]) -> Given:
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(_THREADS)
        return await anyio.to_thread.run_sync(question, abandon_on_cancel=True, limiter=self._threads)


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # a copy of the source that was never installed
        return "0"


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes,
        output_schema=dict(tool.gives),
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)

"""The command `onrecord mcp`, asked by the official client: over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters, stdio_client
from mcp_client import text_of
from oracles.asked import quoted_in_data, quoted_in_text
from program import PROJECT, command, environment

import onrecord
from onrecord import Index, build, update
from onrecord.search.cli import main

Talk = Callable[[Client], Awaitable[None]]


def over_stdio(folder: Path, talk: Talk) -> None:
    program, *arguments = command("mcp", "--index", folder)
    parameters = StdioServerParameters(command=program, args=arguments, env=environment())

    async def talked() -> None:
        with Path(os.devnull).open("w") as errors:
            async with Client(stdio_client(parameters, errlog=errors), mode="legacy") as client:
                await talk(client)

    asyncio.run(talked())


def over_http(folder: Path, talk: Talk) -> None:
    with served(folder) as url:

        async def talked() -> None:
            async with Client(url) as client:
                await talk(client)

        asyncio.run(talked())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Start the server, and stop it as an operator does: it ends by itself, without a traceback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    started = command("mcp", "--index", folder, "--http", place)
    with subprocess.Popen(started, env=environment(), stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == f"Answering at http://{place}/mcp; Ctrl-C ends it.\n"
        _wait_for(place)
        try:
            yield f"http://{place}/mcp"
        finally:
            running.send_signal(signal.SIGTERM)
            assert "Traceback" not in running.stderr.read()


def _wait_for(place: str) -> None:
    host, _, port = place.partition(":")
    while not _is_there(host, int(port)):
        time.sleep(0.05)


def _is_there(host: str, port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex((host, port)) == 0


@pytest.mark.parametrize("over", [over_stdio, over_http])
def test_the_official_client_is_answered(
    over: Callable[[Path, Talk], None], index_folder: Path, index: Index
) -> None:
    async def talk(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert len(tools) == 7
        found = await client.call_tool("search_statements", {"query": "canal", "context": 1})
        assert found.structured_content is not None
        quoted = [*quoted_in_data(found.structured_content), *quoted_in_text(text_of(found))]
        assert len(quoted) > 2
        for words, address in quoted:
            assert index.verify(words, address=address).grade.is_exact
        asked = [{"quotation": one.words, "address": one.address} for one in quoted]
        verified = await client.call_tool("verify_quotations", {"quotations": asked})
        assert verified.structured_content is not None
        assert {one["exact"] for one in verified.structured_content["verdicts"]} == {True}
        wrong = await client.call_tool("search_statements", {"query": "("})
        assert (wrong.is_error, text_of(wrong)[:27]) == (True, "This bracket is never close")
        [address] = {one.address.partition("#")[0] for one in quoted[:1]}
        read = await client.read_resource(f"onrecord://statement/{address}")
        assert address in read.contents[0].text  # type: ignore[union-attr]

    over(index_folder, talk)


@pytest.mark.parametrize("over", [over_stdio, over_http])
def test_the_running_command_follows_the_index(over: Callable[[Path, Talk], None], tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Statement by Chad\n\nOf the canal we speak.", "utf-8")
    build(texts, into=tmp_path / "index")

    async def talk(client: Client) -> None:
        (texts / "b.txt").write_text("Statement by Japan\n\nOf the canal we speak too.", "utf-8")
        update(texts, into=tmp_path / "index")
        found = await client.call_tool("search_statements", {"query": "canal"})
        assert found.structured_content is not None
        assert (found.structured_content["paragraphs"], found.structured_content["generation"]) == (2, 2)

    over(tmp_path / "index", talk)


def test_pages_of_other_sites_are_not_answered(index_folder: Path) -> None:
    """A page in a browser of this machine may not ask: its host and its origin are looked at."""
    with served(index_folder) as url:
        host, port = url.removeprefix("http://").removesuffix("/mcp").split(":")
        for header in ("Host: evil.example", f"Host: {host}:{port}\r\nOrigin: https://evil.example"):
            with socket.create_connection((host, int(port)), timeout=30) as asking:
                body = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
                asking.sendall(
                    f"POST /mcp HTTP/1.1\r\n{header}\r\nContent-Type: application/json\r\n"
                    "Accept: application/json, text/event-stream\r\nConnection: close\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
                )
                answered = asking.recv(100).decode()
            assert re.match(r"HTTP/1\.1 4(?:03|21) ", answered), answered


@pytest.mark.parametrize("place", ["8765", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "a b:1", ":80"])
def test_a_place_that_is_none_is_wrong_usage(place: str, index_folder: Path) -> None:
    ended = CliRunner().invoke(main, ["mcp", "--index", str(index_folder), "--http", place])
    assert ended.exit_code == 2
    assert f'"{place}" is no HOST:PORT; write 127.0.0.1:8765.' in ended.output


def test_a_port_that_another_has_is_named(index_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        ended = CliRunner().invoke(main, ["mcp", "--index", str(index_folder), "--http", place])
    assert (ended.exit_code, ended.output) == (1, f"onrecord: {place}: address already in use.\n")


def test_a_host_that_is_not_there_is_named(index_folder: Path) -> None:
    ended = CliRunner().invoke(main, ["mcp", "--index", str(index_folder), "--http", "none.invalid:8765"])
    assert ended.exit_code == 1
    assert ended.output.startswith("onrecord: none.invalid:8765: ")
    assert len(ended.output.splitlines()) == 1


def test_without_the_library_there_is_one_sentence(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.search.cli.mcp.find_spec", lambda _: None)
    ended = CliRunner().invoke(main, ["mcp", "--index", str(index_folder)])
    assert (ended.exit_code, ended.output) == (
        1,
        "onrecord: Language models are answered with the library mcp, which is not installed; "
        "pip install 'onrecord[mcp]'.\n",
    )


def test_an_index_that_is_not_there_ends_the_command(tmp_path: Path) -> None:
    ended = subprocess.run(
        command("mcp", "--index", tmp_path / "none"),
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"onrecord: {tmp_path / 'none'}")


def test_the_command_ends_with_its_input(index_folder: Path) -> None:
    ended = subprocess.run(
        command("mcp", "--index", index_folder), env=environment(), input=b"", capture_output=True
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_lines_that_are_no_messages_do_not_end_it(index_folder: Path) -> None:
    lines = [b"hello", b"{}", b"[]", b"\xff\xfe", b'{"jsonrpc": "2.0", "id": 1, "method": "nothing"}', b""]
    ended = subprocess.run(
        command("mcp", "--index", index_folder),
        env=environment(),
        input=b"\n".join(lines),
        capture_output=True,
    )
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stdout + ended.stderr
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in ended.stdout.splitlines())


# What registries are told.


def test_name_and_version_agree_everywhere() -> None:
    told = json.loads((PROJECT / "server.json").read_text("utf-8"))
    [package] = told["packages"]
    [named] = re.findall(r"<!-- mcp-name: (\S+) -->", (PROJECT / "README.md").read_text("utf-8"))
    setup = (PROJECT / "setup.cfg").read_text("utf-8")
    assert named == told["name"]
    assert {told["version"], package["version"]} == {onrecord.__version__}
    assert f"\nname = {package['identifier']}\n" in setup
    assert "\nlong_description = file: README.md\n" in setup
    assert re.search(r"\nmcp =\n(?:    .*\n)*    mcp >= 2\.2, < 3\n", setup)


def test_what_registries_are_told_is_what_they_take() -> None:
    """The rules of the registry, as its schema of 2025-12-11 has them."""
    told = json.loads((PROJECT / "server.json").read_text("utf-8"))
    assert told["$schema"] == "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", told["name"])
    assert 3 <= len(told["name"]) <= 200
    assert 1 <= len(told["description"]) <= 100
    assert len(told["title"]) <= 100
    [package] = told["packages"]
    assert (package["registryType"], package["transport"]) == ("pypi", {"type": "stdio"})
    assert {"identifier", "version"} <= package.keys()
    positional = [one["value"] for one in package["packageArguments"] if one["type"] == "positional"]
    assert positional == ["mcp"]
    assert [one["name"] for one in package["environmentVariables"]] == ["ONRECORD_INDEX"]

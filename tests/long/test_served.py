"""The web application under load: rebuilt all the time, for a million requests, and by a generator of cases.

Run it with::

    pytest -m long tests/long/test_served.py --log-cli-level=INFO

It needs no texts of others. ``ONRECORD_SECONDS`` is how long it is rebuilt, ``ONRECORD_REQUESTS`` how many
requests memory is looked at over, ``ONRECORD_CASES`` how many cases Schemathesis puts to it, which has to be
installed.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from onrecord import build, update

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
SECONDS = float(os.environ.get("ONRECORD_SECONDS", "120"))
REQUESTS = int(os.environ.get("ONRECORD_REQUESTS", "1000000"))
CASES = int(os.environ.get("ONRECORD_CASES", "20000"))
TREE = Path(__file__).parents[2]
CORPUS = TREE / "tests" / "corpus"


@contextmanager
def served(index: Path, *options: str) -> Iterator[tuple[int, int]]:
    """Serve an index, and give the port and the number of the process."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    command = [sys.executable, "-m", "onrecord", "serve", "-i", str(index), "--port", str(port), *options]
    process = subprocess.Popen(command, cwd=TREE, stderr=subprocess.DEVNULL, process_group=0)
    try:
        for _ in range(300):
            try:
                if ask(port, "/healthz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def ask(port: int, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def write(texts: Path, state: int) -> None:
    """Write the texts of a state: each names it, and there are other numbers of them in each."""
    shutil.rmtree(texts, ignore_errors=True)
    texts.mkdir()
    for number in range(statements_of(state)):
        said = (
            f"We recall state{state} and ask for peace {number}.\n\nIt is state{state}, our peace {number}."
        )
        (texts / f"{number}.txt").write_text(f"Statement by Panama\n\n{said}\n", "utf-8")


def statements_of(state: int) -> int:
    return 40 + state % 7


# What is asked for, and what each answer says it found: paragraphs, each of which holds one "peace".
ASKED: dict[str, Callable[[bytes], int]] = {
    "/search.json?q=peace&limit=200": lambda body: json.loads(body)["paragraphs"],
    "/search.jsonl?q=peace": lambda body: len(body.splitlines()),
    "/search.csv?q=peace": lambda body: len(body.splitlines()) - 1,
    "/kwic.json?q=peace&limit=200": lambda body: json.loads(body)["total"],
    "/count.json?q=state*&by=forum": lambda body: json.loads(body)["totals"][0]["paragraphs"],
}
STATE = re.compile(rb"state([0-9]+)")


def what_is_wrong(path: str, status: int, body: bytes) -> str | None:
    """Say in what an answer is not that of one state; None where it is."""
    if status != 200:
        return f"{path}: {status} {body[:200]!r}"
    found, states = ASKED[path](body), {int(state) for state in STATE.findall(body)}
    if "count" in path:
        answer = json.loads(body)["totals"][0]
        whole = found == 2 * answer["statements"] == answer["of_paragraphs"]
        return None if whole else f"{path}: {answer}"
    if len(states) != 1 or found != 2 * statements_of(*states):
        return f"{path}: {found} paragraphs of the states {states}"
    return None


def test_each_answer_is_of_one_generation_while_the_index_is_rebuilt_every_second(tmp_path: Path) -> None:
    texts, index = tmp_path / "texts", tmp_path / "index"
    write(texts, 0)
    build(texts, into=index)
    stop, asked, wrong = threading.Event(), list[str](), list[str]()

    def client(seed: int) -> None:
        draw = Random(seed)
        while not stop.is_set():
            path = draw.choice(list(ASKED))
            asked.append(path)
            problem = what_is_wrong(path, *ask(port, path))
            if problem:
                wrong.append(problem)

    with served(index) as (port, _):
        threads = [threading.Thread(target=client, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        end, state = time.monotonic() + SECONDS, 0
        while time.monotonic() < end:
            state += 1
            write(texts, state)
            (build if state % 2 else update)(texts, into=index)
            time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join()
    log.info("%d answers over %d generations, %d wrong", len(asked), state, len(wrong))
    assert not wrong, wrong[:5]
    assert len(asked) > SECONDS


def memory(process: int) -> int:
    """Return the memory of a process, in KiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def test_memory_is_flat_over_a_million_requests(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(CORPUS, into=index)
    asked = ["the", "of", "and", "peace", "weapons", "convention", "state", "people", "mines", "water"]
    paths = [
        f"/{name}?q={word}"
        for word in asked
        for name in ("search.json", "kwic.json", "count.json", "search.csv")
    ]
    paths += ["/status.json", "/healthz", "/suggest.json?prefix=j", "/search.json?q=(", "/nothing"]
    samples = []
    with (
        served(index) as (port, process),
        closing(http.client.HTTPConnection("127.0.0.1", port)) as connection,
    ):
        for number in range(REQUESTS):
            new = f"/search.json?q={asked[number % len(asked)]}&offset={number}"  # answered from no memory
            connection.request("GET", paths[number % len(paths)] if number % 4 else new)
            connection.getresponse().read()
            if not number % max(1, REQUESTS // 20):
                samples.append(memory(process))
    log.info("%d requests; KiB after each twentieth: %s", REQUESTS, samples)
    settled = samples[len(samples) // 4 :]
    assert max(settled) - min(settled) < 0.05 * min(settled)


def test_a_generator_of_cases_finds_no_answer_that_is_not_described(tmp_path: Path) -> None:
    program = shutil.which(
        "schemathesis", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    )
    if program is None:
        pytest.skip("schemathesis is not installed")
    index, config = tmp_path / "index", tmp_path / "schemathesis.toml"
    build(CORPUS, into=index)
    # What matches the schema of a question, a text, may mean nothing all the same: that is a 400. That oEmbed
    # does not come in XML is a 501, as oEmbed has it.
    config.write_text(
        '[checks.positive_data_acceptance]\nexpected-statuses = ["2xx", "400", "404", "409", "501"]\n'
        '[checks.not_a_server_error]\nexpected-statuses = ["2xx", "3xx", "4xx", "501"]\n'
    )
    with served(index) as (port, _):
        operations = 25
        done = subprocess.run(
            [
                program,
                "--config-file",
                str(config),
                "run",
                f"http://127.0.0.1:{port}/openapi.json",
                "--checks",
                "all",
                "--max-examples",
                str(max(1, CASES // operations)),
                "--seed",
                "17",
                "--continue-on-failure",
                "--suppress-health-check",
                "all",
                "--workers",
                "1",  # two threads of Python 3.11 break its parser, which the generator asks
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
    log.info("%s", done.stdout)
    assert done.returncode == 0, done.stdout[-8000:]

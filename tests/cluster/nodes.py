"""Nodes of OpenSearch on this machine, for tests: real ones, which end with the process that started them.

``PYTHONPATH=tests python -m cluster.nodes`` starts three and says their address, until it is stopped: tests
that are given it in ``ONRECORD_TEST_CLUSTER`` start none. With ``ONRECORD_OPENSEARCH=3`` they are nodes of
OpenSearch 3, which takes a newer Java. ``--missing`` lists what they need and is not installed, and ends with
1 where anything is listed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

__all__ = ["RELEASES", "CannotStart", "Hosts", "Nodes", "Release", "missing_programs", "release"]

HERE = Path(__file__).parent
_POM = HERE / "pom.xml"
_LAUNCHER = HERE / "OneNode.java"
_MACHINES = Path("/usr/lib/jvm")
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
# Three fit into a gigabyte so; the second compiler takes longer than it wins in a minute of tests.
_FLAGS = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_QUIET = "-Dlog4j2.disable.jmx=true"
# Seconds that nodes may take until they have found each other, on a machine with much else to do.
_START = 180.0


@dataclass(frozen=True)
class Release:
    """A version of OpenSearch, the lowest version of Java that runs it, and our source of a node of it."""

    version: str
    java: int
    source: Path


RELEASES = {
    "2": Release("2.19.6", 17, HERE / "opensearch-2" / "Plugged.java"),
    "3": Release("3.9.0", 21, HERE / "opensearch-3" / "Plugged.java"),
}


class CannotStart(Exception):
    """Nodes that did not start; the message is the end of what they said."""


def release() -> Release:
    """Return the version of OpenSearch that is asked for."""
    return RELEASES[os.environ.get("ONRECORD_OPENSEARCH", "2")]


def missing_programs() -> list[str]:
    """Return which of the programs are not installed that nodes are made with."""
    needed = release().java
    missing = [] if _java(needed) else [f"Java {needed} or later, with its compiler"]
    return missing if shutil.which("mvn") else [*missing, "mvn"]


@cache
def _java(needed: int) -> Path | None:
    """Return the folder of the programs of a Java that is new enough: of the one in use, if it is."""
    used = shutil.which("java")
    named = [Path(os.environ["JAVA_HOME"], "bin")] if "JAVA_HOME" in os.environ else []
    if used:
        named.append(Path(used).resolve().parent)
    for folder in [*named, *sorted(_MACHINES.glob("*/bin"))]:
        if (folder / "javac").exists() and _version(folder / "java") >= needed:
            return folder
    return None


def _version(java: Path) -> int:
    """Return which Java this is, 0 where it does not say."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def _programs() -> Path:
    java = _java(release().java)
    if java is None:
        raise CannotStart(f"{', '.join(missing_programs())}: not installed.")
    return java


def _classes() -> Path:
    """Return the folder of the jars and of our launcher, fetched and compiled where that was not yet done."""
    wanted, sources = release(), (_LAUNCHER, release().source)
    parts = (_POM.read_bytes(), wanted.version.encode(), *(source.read_bytes() for source in sources))
    made_of = sha256(b"".join(parts)).hexdigest()[:16]
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    done = home / "onrecord" / f"opensearch-{made_of}"
    if done.exists():
        return done
    done.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=done.parent) as folder:
        part = Path(folder, "part")
        jars = f"-DoutputDirectory={part / 'jars'}"
        _run(
            "mvn",
            "-B",
            "-q",
            "-f",
            _POM,
            _COPY,
            jars,
            "-DincludeScope=runtime",
            f"-Dopensearch={wanted.version}",
        )
        _run(_programs() / "javac", "-cp", f"{part}/jars/*", "-d", part, *sources)
        try:
            part.rename(done)
        except OSError:
            if not done.exists():  # where it does, another run was faster
                raise
    return done


def _run(*command: object) -> None:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"{command[0]}: {(done.stdout + done.stderr)[-2000:]}")


class Hosts:
    """Nodes that run on this machine; ``ports`` are those that they answer at."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports = list(ports)

    @classmethod
    def of(cls, address: str) -> Hosts:
        """Return the nodes of an address, which somebody else started."""
        return cls([int(port) for port in re.findall(r":(\d+)", address)])

    def address(self, name: str = "") -> str:
        """Return the address of an index of these nodes."""
        return f"opensearch+http://{','.join(f'127.0.0.1:{port}' for port in self.ports)}/{name}"

    def ask(self, method: str, path: str, body: Any = None, *, at: int | None = None) -> Any:
        """Put a request to a node that runs, past all that is tested; None where it does not answer well."""
        asked = HTTPConnection("127.0.0.1", self.ports[self._any() if at is None else at], timeout=60)
        written = None if body is None else json.dumps(body)
        try:
            asked.request(method, path, written, {"Content-Type": "application/json"})
            answer = asked.getresponse()
            read = answer.read()
            return json.loads(read) if answer.status < 300 else None
        except (OSError, HTTPException):
            return None
        finally:
            asked.close()

    def wait_for(self, status: str, index: str = "") -> None:
        """Wait until an index, or all there are, is ``green`` or ``yellow``."""
        path = f"/_cluster/health/{index}?wait_for_status={status}&timeout=5s"
        self._until(lambda: self.ask("GET", path) is not None)

    def _any(self) -> int:
        return 0

    def _until(self, reached: Callable[[], bool]) -> None:
        ends = time.monotonic() + _START
        while not reached():
            if self._ended() or time.monotonic() > ends:
                raise CannotStart(self._last_words())
            time.sleep(0.2)

    def _ended(self) -> bool:
        return False

    def _last_words(self) -> str:
        return f"{self.address()} does not become what a test waits for."


class Nodes(Hosts):
    """Nodes of our own that are one cluster, and may be killed; `running` has those that were not."""

    def __init__(self, number: int, folder: Path) -> None:
        super().__init__(_free_ports(number))
        self._folder = folder
        self._transport = _free_ports(number)
        self._names = [f"n{at + 1}" for at in range(number)]
        self._classes = _classes()
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, *which: int) -> Nodes:
        """Start all nodes, or some that were killed, and wait until all that run are one cluster."""
        for at in which or range(len(self.ports)):
            self.running[at] = self._start(at)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def kill(self, at: int) -> None:
        """End a node as a loss of power does."""
        process = self.running.pop(at)
        process.kill()
        process.communicate()

    def stop(self) -> None:
        """End all nodes, without waiting for what they would write."""
        for at in list(self.running):
            self.kill(at)

    def _any(self) -> int:
        return next(iter(self.running))

    def _start(self, at: int) -> subprocess.Popen[bytes]:
        home = self._folder / self._names[at]
        (home / "config").mkdir(parents=True, exist_ok=True)
        transport = [self._transport[at], *(port for port in self._transport if port != self._transport[at])]
        given = [self._names[at], home, self.ports[at], ",".join(map(str, transport)), ",".join(self._names)]
        path = f"{self._classes}:{self._classes}/jars/*"
        with (home / "log").open("ab") as log:
            return subprocess.Popen(
                [_programs() / "java", *_FLAGS, _QUIET, "-cp", path, "OneNode", *map(str, given)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=home,
                start_new_session=True,  # a Ctrl-C is ours to pass on
            )

    def _wait(self) -> None:
        path = f"/_cluster/health?wait_for_nodes={len(self.running)}&timeout=5s"
        self._until(lambda: all(self.ask("GET", path, at=at) is not None for at in self.running))

    def _ended(self) -> bool:
        return any(process.poll() is not None for process in self.running.values())

    def _last_words(self) -> str:
        logs = [self._folder / self._names[at] / "log" for at in self.running]
        return "\n".join(f"{log}: …{log.read_text('utf-8', 'replace')[-2000:]}" for log in logs)

    def __enter__(self) -> Nodes:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _free_ports(number: int) -> list[int]:
    """Return ports that nobody listens at now; they are all taken at once, so that none comes twice."""
    with ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def main() -> int:
    """Run three nodes until the process is stopped."""
    if sys.argv[1:] == ["--missing"]:
        missing = missing_programs()
        sys.stdout.write("".join(f"{program}\n" for program in missing))
        return bool(missing)
    with tempfile.TemporaryDirectory() as folder, Nodes(3, Path(folder)) as nodes:
        sys.stdout.write(f"{nodes.address().rstrip('/')}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())

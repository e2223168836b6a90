"""The nodes of one run of the suite: the first process that needs them starts them, and ends them last."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster.nodes import Hosts, Nodes

__all__ = ["nodes_of_a_run"]


@contextmanager
def nodes_of_a_run(folder: Path) -> Iterator[Hosts]:
    """Give three nodes, one set to all processes that name this folder."""
    given = os.environ.get("ONRECORD_TEST_CLUSTER")
    if given:
        yield Hosts.of(given)
        return
    folder.mkdir(parents=True, exist_ok=True)
    address, users, door = folder / "address", folder / "users", folder / "door"
    with users.open("w") as using:
        own: Nodes | None = None
        with _held(door):
            if address.exists():
                hosts = Hosts.of(address.read_text("utf-8"))
            else:
                hosts = own = Nodes(3, folder / f"nodes-{os.getpid()}").start()
                address.write_text(own.address(), "utf-8")
            fcntl.flock(using, fcntl.LOCK_SH)
        try:
            yield hosts
        finally:
            fcntl.flock(using, fcntl.LOCK_UN)
            if own is not None:
                # Nobody comes in meanwhile, and whoever is in goes on to the end.
                with _held(door):
                    fcntl.flock(using, fcntl.LOCK_EX)
                    address.unlink()
                    own.stop()


@contextmanager
def _held(file: Path) -> Iterator[None]:
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield

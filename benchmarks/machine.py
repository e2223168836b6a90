"""The machine and the libraries that the figures are of."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe_machine"]

_LIBRARIES = ("whoosh3", "whoosh-reloaded", "tantivy", "numpy", "pyroaring", "simplemma")


def describe_machine() -> str:
    """Return one line: processor, cores, load, Python and the versions of the libraries."""
    cores = f"{os.cpu_count()} cores" if os.cpu_count() != 1 else "1 core"
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    parts = [
        _processor(),
        cores,
        load,
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    return ", ".join([*filter(None, parts), *filter(None, map(_library, _LIBRARIES))])


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""

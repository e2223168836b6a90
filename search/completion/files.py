"""Names that stand in files beside an index, or come along: of saved searches, of topics."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["saved_names", "topics"]

# The name of an entry in a file of saved searches, which begins in the first column.
_ENTRY = re.compile(r"""(?P<mark>["']?)(?P<name>[^\s#%:"'\-}\]][^:"']*)(?P=mark)\s*:""")
_LARGEST_FILE = 4_000_000
_TOPICS = Path(__file__).parent.parent / "research" / "topics"


def saved_names(index: Path, typed: str) -> list[str]:
    """Return the names of the saved searches beside an index that begin with what was typed."""
    try:
        with (index.absolute().parent / "onrecord-saved.yaml").open("rb") as file:
            text = file.read(_LARGEST_FILE).decode("utf-8-sig", "replace")
    except OSError:
        return []
    found = (entry["name"].strip() for line in text.splitlines() if (entry := _ENTRY.match(line)))
    return sorted({name for name in found if name.casefold().startswith(typed.casefold())})


def topics(typed: str) -> list[str]:
    """Return the names of the files of topics that come along."""
    return sorted(file.stem for file in _TOPICS.glob("*.yaml") if file.stem.startswith(typed.casefold()))

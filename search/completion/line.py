"""A command line as far as it is typed: which names may come next, where an index has them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Wanted", "folder_of", "wanted"]

# The options that take a name, and the fields of their names.
_OPTIONS = {
    f"--{field}": field
    for field in ("speaker", "person", "post", "behalf", "delivered", "forum", "place", "language")
}
_FOLDER = ("-i", "--index")
# The commands whose arguments are names, and what names they are.
_ARGUMENTS = {
    "show": "address",
    "cite": "address",
    "alerts": "saved",
    "saved show": "saved",
    "saved remove": "saved",
    "brief": "topics",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may come next: a ``kind`` of names (a field, "address", "saved", "topics"), and what is typed.

    ``before`` is what stands before the name in the same word: ``--speaker=``.
    """

    kind: str
    typed: str
    before: str = ""


def wanted(words: Sequence[str], typed: str) -> Wanted | None:
    """Return what may come behind some words, where that is a name that an index has; None where it is not.

    >>> wanted(["search", "mines", "--speaker"], "Jap")
    Wanted(kind='speaker', typed='Jap', before='')
    >>> wanted(["show"], "1973-pan").kind
    'address'
    """
    words, typed = _parted_at_equals(words, typed)
    option, mark, value = typed.partition("=")
    if mark and option.startswith("--"):
        kind = _kind_of(option, words)
        return Wanted(kind, value, f"{option}=") if kind else None
    if typed.startswith("-"):
        return None
    if words and words[-1].startswith("-"):
        kind = _kind_of(words[-1], words)
        if kind or words[-1] in _FOLDER:
            return Wanted(kind, typed) if kind else None
    kind = _ARGUMENTS.get(_command(words), "")
    return Wanted(kind, typed) if kind else None


def folder_of(words: Sequence[str]) -> Path | None:
    """Return the folder of the index that some words name, else that of the environment, else the usual.

    None where it is the address of a cluster: a key was pressed, and nobody waits for other machines.
    """
    named = os.environ.get("ONRECORD_INDEX") or ".onrecord"
    joined, _ = _parted_at_equals(words, "")
    for at, word in enumerate(joined):
        if word in _FOLDER and at + 1 < len(joined):
            named = joined[at + 1]
        elif word.startswith("--index="):
            named = word.partition("=")[2]
        elif word.startswith("-i") and len(word) > 2:
            named = word[2:]
    if named.startswith("opensearch+"):
        return None
    return Path(os.path.expanduser(named))  # noqa: PTH111  (a ~ in the middle is none)


def _parted_at_equals(words: Sequence[str], typed: str) -> tuple[list[str], str]:
    """Put together what bash takes apart: ``--speaker``, ``=``, ``Jap``."""
    joined: list[str] = []
    for word in [*words, typed]:
        after = len(joined) > 0 and joined[-1].startswith("--")
        if (word == "=" or (joined and joined[-1].endswith("=") and joined[-1].count("=") == 1)) and after:
            joined[-1] += word
        else:
            joined.append(word)
    return joined[:-1], joined[-1]


def _kind_of(option: str, words: Sequence[str]) -> str:
    return "topics" if option == "--topics" else _OPTIONS.get(option, "")


def _command(words: Sequence[str]) -> str:
    """Return the command that some words begin with, and where that has commands of its own, both."""
    names = [word for word in words if not word.startswith("-")]
    return " ".join(names[: 2 if names[:1] == ["saved"] else 1])

"""Completion in bash, zsh and fish: Click's own, and the names of the index where an option takes one.

Only the names that are asked for are read, and no command is loaded for them: someone waits for a key.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from onrecord.search.completion.line import Wanted, folder_of, wanted

__all__ = ["SHELLS", "VARIABLE"]

#: The variable by which a shell asks what may come next.
VARIABLE = "_ONRECORD_COMPLETE"
# As Click's; but a name with blanks and signs is one word, and no blank follows what is only begun.
_BASH = r"""%(complete_func)s() {
    local IFS=$'\n'
    local type value
    COMPREPLY=()

    while IFS=',' read -r type value; do
        if [[ $type == 'dir' ]]; then
            compopt -o dirnames
        elif [[ $type == 'file' ]]; then
            compopt -o default
        elif [[ $type == 'begun' ]]; then
            compopt -o nospace
            COMPREPLY+=("$value")
        elif [[ $type == 'plain' ]]; then
            COMPREPLY+=("$value")
        fi
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")

    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
# As Click's; but names with commas are whole.
_FISH = r"""function %(complete_func)s;
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) \
COMP_CWORD=(commandline -t | string collect) %(prog_name)s);

    for completion in $response;
        set -l metadata (string split -m 1 "," -- $completion);

        if test $metadata[1] = "dir";
            __fish_complete_directories $metadata[2];
        else if test $metadata[1] = "file";
            __fish_complete_path $metadata[2];
        else;
            echo $metadata[2];
        end;
    end;
end;

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)";
"""
# What bash would take for something else in a word without quotation marks, or between double ones.
_BARE = re.compile(r"([^\w@%+,./#-]|^#)")
_BETWEEN = re.compile(r'(["$`\\])')


class _WithNames(ShellComplete):
    """Completion that knows the names of an index."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return what may come next."""
        asked = wanted(args, incomplete)
        if asked is None:
            return super().get_completions(args, incomplete)
        return _items(asked, args)


class _Bash(_WithNames, BashComplete):
    source_template = _BASH

    def format_completion(self, item: CompletionItem) -> str:
        words = os.environ["COMP_WORDS"].split("\n")
        at = int(os.environ["COMP_CWORD"])
        typed = words[at] if at < len(words) else ""
        # Of --speaker=Jap bash has what stands behind the = replaced, and only that.
        name = str(item.value) if typed.startswith("-") else str(item.value).removeprefix(item.before or "")
        return f"{item.type},{_quoted_as(typed, name)}"

    @staticmethod
    def _check_version() -> None:
        """Leave out what Click asks bash for: it takes as long as all else."""


class _Zsh(_WithNames, ZshComplete):
    def format_completion(self, item: CompletionItem) -> str:
        shown = CompletionItem(item.value, "plain", item.help) if item.type == "begun" else item
        return super().format_completion(shown)


class _Fish(_WithNames, FishComplete):
    source_template = _FISH


#: The shells in which names are completed.
SHELLS = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
for _name, _shell in SHELLS.items():
    add_completion_class(_shell, _name)


def _items(asked: Wanted, words: Sequence[str]) -> list[CompletionItem]:
    found, begun = _found(asked, words)
    items = [
        CompletionItem(
            f"{asked.before}{name}",
            "begun" if begun and name.endswith(begun) else "plain",
            before=asked.before,
        )
        for name in found
    ]
    return [*items, CompletionItem(asked.typed, "file")] if asked.kind == "topics" else items


def _found(asked: Wanted, words: Sequence[str]) -> tuple[list[str], str]:
    """Return the names, and how those end that are only begun; only what is needed for them is loaded."""
    from onrecord.search.completion.files import saved_names, topics

    if asked.kind == "topics":
        return topics(asked.typed), ""
    folder = folder_of(words)
    if asked.kind == "saved":
        # What is saved for a cluster lies in this folder, beside what would be an index here.
        return saved_names(folder or Path(".onrecord"), asked.typed), ""
    if folder is None:
        return [], ""
    from onrecord.search.completion.names import STEM, addresses, names

    if asked.kind == "address":
        return addresses(folder, asked.typed), STEM
    return names(folder, asked.kind, asked.typed), ""


def _quoted_as(typed: str, name: str) -> str:
    r"""Write a name so that bash takes it for one word, behind the quotation mark with which it was begun.

    >>> print(_quoted_as("C", "Côte d'Ivoire"), _quoted_as('"C', "Côte d'Ivoire"))
    Côte\ d\'Ivoire Côte d'Ivoire
    """
    if typed.startswith("'"):
        return shlex.quote(name)[1:-1] if "'" in name else name
    if typed.startswith('"'):
        return _BETWEEN.sub(r"\\\1", name)
    return _BARE.sub(r"\\\1", name)

"""A command whose arguments are a query, in which a word may begin with a minus."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

import click

__all__ = ["OptionalFile", "QueryCommand"]


class OptionalFile(click.Option):
    """An option that takes a file, or nothing: what follows it is its file where that has the ``ending``."""

    #: The value of an option that was given without a file.
    NONE = "-"

    def __init__(self, names: Sequence[str], *, ending: str, **settings: Any) -> None:
        super().__init__(names, is_flag=False, flag_value=self.NONE, **settings)
        self.ending = ending


class QueryCommand(click.Command):
    """A command that takes ``-landmine`` for a word of its query and ``--lmit`` for a mistake.

    An option is ``--name``, or a minus and one letter. A minus before two letters
    or more begins a word of the query, so ``-iDIR`` is written ``-i DIR`` here;
    after ``--`` everything is a word of the query.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set the words of the query apart from the options, then parse as Click does."""
        options, words = self._part(args)
        return super().parse_args(ctx, [*options, "--", *words])

    def _part(self, args: list[str]) -> tuple[list[str], list[str]]:
        valued = set(self._names_of(param for param in self.params if _takes_value(param)))
        endings = {
            name: param.ending
            for param in self.params
            if isinstance(param, OptionalFile)
            for name in param.opts
        }
        # Of an option in one letter Click asks first, with `difflib`, which long one was meant: 5 ms.
        long = {name: max(param.opts, key=len) for param in self.params for name in param.opts}
        options: list[str] = []
        words: list[str] = []
        rest = deque(args)
        while rest:
            arg = rest.popleft()
            if arg == "--":
                words.extend(rest)
                break
            if not _is_option(arg):
                words.append(arg)
                continue
            options.append(long.get(arg, arg))
            if arg in valued and rest and rest[0].endswith(endings.get(arg, "")):
                options.append(rest.popleft())
        return options, words

    def _names_of(self, params: Iterable[click.Parameter]) -> Iterable[str]:
        return (name for param in params for name in (*param.opts, *param.secondary_opts))


def _takes_value(param: Any) -> bool:
    return isinstance(param, click.Option) and not param.is_flag and not param.count


def _is_option(arg: str) -> bool:
    return arg.startswith("--") or (arg.startswith("-") and len(arg) == len("-i"))

"""A command whose arguments are a query, in which a word may begin with a minus."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import click

__all__ = ["QueryCommand"]


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
        # Of an option in one letter Click asks first, with `difflib`, which long one was meant: 5 ms.
        long = {name: max(param.opts, key=len) for param in self.params for name in param.opts}
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                words.extend(rest)
            elif _is_option(arg):
                options.append(long.get(arg, arg))
                options.extend(islice(rest, 1 if arg in valued else 0))
            else:
                words.append(arg)
        return options, words

    def _names_of(self, params: Iterable[click.Parameter]) -> Iterable[str]:
        return (name for param in params for name in (*param.opts, *param.secondary_opts))


def _takes_value(param: Any) -> bool:
    return isinstance(param, click.Option) and not param.is_flag and not param.count


def _is_option(arg: str) -> bool:
    return arg.startswith("--") or (arg.startswith("-") and len(arg) == len("-i"))

"""What no rule gives, written down by hand: irregular forms and endings, and errors of the dictionary."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["corrections", "endings", "irregular", "rows"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table beside this module."""
    yield from csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())


@cache
def irregular(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lemmas of irregular forms, which are added to what the dictionary says."""
    return _lemmas_of_forms("irregular.csv", language)


@cache
def corrections(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lemmas of forms of which the dictionary is wrong; they take the place of all others."""
    return _lemmas_of_forms("corrections.csv", language)


@cache
def endings(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the endings of lemmas by the ending of the form: "mis" is of ``mettre``, so "remis" is too."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows("endings.csv"):
        if row["language"] == language:
            found[row["form"]].append(row["lemma"])
    return {form: tuple(lemmas) for form, lemmas in found.items()}


def _lemmas_of_forms(name: str, language: str) -> dict[str, tuple[str, ...]]:
    return {row["form"]: tuple(row["lemmas"].split()) for row in rows(name) if row["language"] == language}

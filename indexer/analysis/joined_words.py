"""Words of statements that are also written with a hyphen.

``joined_words.csv`` has those that are met with most, and a few that general dictionaries lack
(``peacebuilding``): of these no dictionary need be asked whether the parts are one word.
"""

from __future__ import annotations

from functools import cache

__all__ = ["is_joined_word"]


def is_joined_word(word: str) -> bool:
    """Tell whether a word, or what it is the plural of, is in the list."""
    small = word.lower()
    return small in _listed() or (small.endswith("s") and small[:-1] in _listed())


@cache
def _listed() -> frozenset[str]:
    from importlib.resources import files  # most searches need none of it

    text = files(__package__).joinpath("joined_words.csv").read_text(encoding="utf-8")
    return frozenset(text.split()[1:])

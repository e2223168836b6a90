"""Frozen values, made in the time of plain ones.

A frozen dataclass sets each of its fields by a call: a value of thirty takes 10 microseconds, a sixth of what
it takes to read a paragraph. Its twin here has the same fields and is not frozen; it becomes the value when
its class is set, which Python allows between classes of the same slots.
"""

from __future__ import annotations

from dataclasses import fields, make_dataclass
from typing import Any, TypeVar, cast

__all__ = ["thawed"]

_Value = TypeVar("_Value")


def thawed(frozen: type[_Value]) -> type[_Value]:
    """Return the twin of a frozen dataclass with slots: to be filled, and then given its class.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Place:
    ...     name: str
    >>> place = thawed(Place)(name="Oslo")
    >>> place.__class__ = Place
    >>> place
    Place(name='Oslo')
    """
    facts = [(fact.name, Any, fact) for fact in fields(cast(Any, frozen))]
    # What it never needs takes half of the time to make.
    twin = make_dataclass(frozen.__name__, facts, slots=True, repr=False, eq=False, match_args=False)
    return cast(type[_Value], twin)

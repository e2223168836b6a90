"""Frozen values, made in the time of plain ones.

A frozen dataclass sets each of its fields by a call: a value of thirty takes 10 microseconds, a sixth of what
it takes to read a paragraph. Its twin here has the same slots and is not frozen; it becomes the value when
its class is set, which Python allows between classes of the same slots.
"""

from __future__ import annotations

from typing import Any

__all__ = ["thawed"]


def thawed(frozen: Any) -> type[Any]:
    """Return the twin of a frozen dataclass with slots: each field is to be set, and then its class.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Place:
    ...     name: str
    >>> place = thawed(Place)()
    >>> place.name = "Oslo"
    >>> place.__class__ = Place
    >>> place
    Place(name='Oslo')
    """
    return type(frozen.__name__, (), {"__slots__": frozen.__slots__})

"""A speech as the formats write it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Speech"]


@dataclass(frozen=True, slots=True)
class Speech:
    """Who spoke, and the paragraphs."""

    speaker: str
    paragraphs: tuple[str, ...]

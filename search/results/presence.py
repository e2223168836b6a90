"""Statements that pass some filters, each with how much of it matches a question."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GivenStatement"]


class GivenStatement(NamedTuple):
    """A statement, and how many of its paragraphs match.

    ``first`` is the number of the first that does, None where none does. ``on_behalf_of`` is the group for
    which it was given, where the text says so.
    """

    statement: str
    speaker: str | None
    code: str | None
    date: str | None
    forum: str | None
    paragraphs: int
    of_paragraphs: int
    first: int | None
    on_behalf_of: str | None = None

    @property
    def address(self) -> str | None:
        """The address of the first paragraph that matches."""
        return None if self.first is None else f"{self.statement}#{self.first}"

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands in the order of dates, and of addresses."""
        return self.date or "9999", self.statement

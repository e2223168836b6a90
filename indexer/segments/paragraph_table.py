"""The paragraphs of a segment: how long each is, whose it is, its text and what is known of it alone."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from onrecord.indexer.roles import Role
from onrecord.indexer.segments.columns.blocks import BlockReader
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Container
from onrecord.indexer.segments.layout import ROLES, Ints, paragraph_starts
from onrecord.indexer.segments.validation import checked_below

__all__ = ["ParagraphTable"]


class ParagraphTable:
    """The paragraphs of one segment, numbered from 0, deleted ones included."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.lengths: Ints = container["lengths"]  #: of each paragraph, its words
        self.statement_of: Ints = container["statement"]  #: and its statement

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def tokens(self) -> int:
        """The number of words in all paragraphs."""
        return int(self.lengths.sum(dtype=np.int64))

    @cached_property
    def average_length(self) -> float:
        """The number of words in a paragraph, on average."""
        return self.tokens / len(self) if self.tokens else 1.0

    @cached_property
    def starts(self) -> Ints:
        """The first position of each paragraph."""
        return paragraph_starts(self.lengths)[:-1].astype(np.uint32)

    @cached_property
    def formal(self) -> npt.NDArray[np.bool_]:
        """Marks the paragraphs that are greetings or closings."""
        return np.isin(self.roles, (ROLES.index(Role.GREETING), ROLES.index(Role.CLOSING)))

    @cached_property
    def roles(self) -> npt.NDArray[np.uint8]:
        """The role of each paragraph, as its place in `ROLES`."""
        return checked_below(self._container, "roles", len(ROLES))

    @cached_property
    def printed(self) -> npt.NDArray[np.unsignedinteger]:
        """The number of what is printed before each paragraph, counted from 1; 0 for nothing."""
        return checked_below(self._container, "printed", len(self.printed_numbers) + 1)

    @cached_property
    def languages(self) -> npt.NDArray[np.unsignedinteger]:
        """The number of each paragraph's language, counted from 1; 0 where it is not known."""
        return checked_below(self._container, "languages", len(self.language_codes) + 1)

    @cached_property
    def texts(self) -> BlockReader:
        """The texts, in UTF-8."""
        return BlockReader(self._container, "text")

    @cached_property
    def printed_numbers(self) -> TermList:
        """The different numbers that are printed before paragraphs, sorted."""
        return TermList(self._container, "printed.values")

    @cached_property
    def language_codes(self) -> TermList:
        """The different languages of paragraphs, sorted."""
        return TermList(self._container, "languages.values")

    @cached_property
    def languages_known(self) -> tuple[str, ...]:
        """The different languages of paragraphs, as text."""
        return tuple(map(bytes.decode, self.language_codes))

    def text(self, paragraph: int) -> str:
        """Return a paragraph as it is quoted (`IndexDamaged`)."""
        return self.decoded(self.texts[paragraph])

    def decoded(self, stored: bytes) -> str:
        """Return the text of a paragraph that was read as it is stored (`IndexDamaged`)."""
        try:
            return stored.decode()
        except UnicodeDecodeError as error:
            raise self._container.damaged("text") from error

    def role(self, paragraph: int) -> str:
        """Return what a paragraph does in its statement."""
        return ROLES[int(self.roles[paragraph])].value

    def printed_number(self, paragraph: int) -> str | None:
        """Return the number printed before a paragraph."""
        value = int(self.printed[paragraph])
        return self.printed_numbers[value - 1].decode() if value else None

    def language(self, paragraph: int) -> str | None:
        """Return the language of a paragraph."""
        value = int(self.languages[paragraph])
        return self.language_codes[value - 1].decode() if value else None

"""What is new of a saved search: values that outlive the index they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from onrecord.search.alerts.ledger import Delivered, hash_of
from onrecord.search.alerts.saved_searches import Saved
from onrecord.search.alerts.word_difference import Piece, difference
from onrecord.search.results.hits import Hit

__all__ = ["Changed", "Entry", "Kind", "News", "Withdrawn"]

_TAG = "tag:onrecord,2026:"
# What of a hit says where files lie here, or how good it was beside others of its page.
_OF_THIS_MACHINE = frozenset({"root", "score"})


class Kind(Enum):
    """What became of a paragraph."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Changed:
    """A paragraph that was delivered and says other words now.

    ``hit`` is what stands there now, ``was`` what was delivered, under ``former_address``. ``found`` is False
    where the search does not find it any more.
    """

    hit: Hit
    was: str
    former_address: str
    found: bool = True

    @cached_property
    def difference(self) -> tuple[Piece, ...]:
        """Both versions, word by word."""
        return difference(self.was, self.hit.text)

    @property
    def former_hash(self) -> str:
        """The hash of what was delivered."""
        return hash_of(self.was)

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, ready for JSON."""
        return {
            **self.hit.as_dict(),
            "found": self.found,
            "was": self.was,
            "former_address": self.former_address,
            "former_hash": self.former_hash,
            "difference": [piece._asdict() for piece in self.difference],
        }


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A paragraph that was delivered and is found no longer.

    ``stands`` is True where its words still stand at ``address``, and the search does not find them: when,
    where or by whom they were said is known otherwise, or the forms of a word are.
    """

    address: str
    text: str
    stands: bool = False

    @property
    def hash(self) -> str:
        """The hash of what was delivered."""
        return hash_of(self.text)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return {"address": self.address, "text": self.text, "hash": self.hash, "stands": self.stands}


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news with its name, which is the same whenever and wherever it is told."""

    id: str
    kind: Kind
    item: Hit | Changed | Withdrawn

    @property
    def hit(self) -> Hit | None:
        """The paragraph as it stands now, None where it was withdrawn."""
        if isinstance(self.item, Changed):
            return self.item.hit
        return self.item if isinstance(self.item, Hit) else None

    @property
    def address(self) -> str:
        """The address of the paragraph, of one that was withdrawn its last."""
        return self.item.hit.address if isinstance(self.item, Changed) else self.item.address

    @property
    def text(self) -> str:
        """The words of the paragraph, of one that was withdrawn its last."""
        return self.item.hit.text if isinstance(self.item, Changed) else self.item.text

    def as_dict(self, search: str) -> dict[str, Any]:
        """Return it as plain data, ready for JSON: which search it is of, what became of what."""
        facts = self.item.as_dict()
        for name in _OF_THIS_MACHINE & facts.keys():
            del facts[name]
        return {"search": search, "kind": self.kind.value, "id": self.id, **facts}


@dataclass(frozen=True)
class News:
    """What became of the answer of a saved search since it was last delivered, each in order of address.

    ``delivered`` is what counts as delivered once all this is; ``first`` says that nothing was before,
    ``other_question`` that the question was another one: what it found alone is not withdrawn, but forgotten.
    ``total`` is how many paragraphs are found today.
    """

    saved: Saved
    understood: str
    total: int
    new: tuple[Hit, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Withdrawn, ...]
    delivered: Delivered
    first: bool = False
    other_question: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.withdrawn)

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.withdrawn)

    def entries(self) -> Iterator[Entry]:
        """Yield each piece of news with its name: what is new, what has changed, what was withdrawn."""
        for hit in self.new:
            yield self._entry(Kind.NEW, hit, hit.hash, stays=True)
        for change in self.changed:
            yield self._entry(Kind.CHANGED, change, change.hit.hash, stays=change.found)
        for gone in self.withdrawn:
            yield self._entry(Kind.WITHDRAWN, gone, gone.hash, stays=False)

    def _entry(self, kind: Kind, item: Hit | Changed | Withdrawn, digest: str, *, stays: bool) -> Entry:
        """Name a piece of news by address and hash, and by a number where these words were news before."""
        address = item.hit.address if isinstance(item, Changed) else item.address
        times = self.delivered.before.get(digest, 0) + stays
        mark = ",withdrawn" if kind is Kind.WITHDRAWN else ""
        again = f",{times}" if times > 1 else ""
        return Entry(f"{_TAG}{address},{digest}{mark}{again}", kind, item)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return {
            "search": self.saved.as_dict(),
            "understood": self.understood,
            "total": self.total,
            "first": self.first,
            "entries": [entry.as_dict(self.saved.name) for entry in self.entries()],
        }

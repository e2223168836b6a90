"""The people and bodies that a ParlaMint corpus names once for all its files.

A component file says ``who="#AnaMoyo"``; who that is stands in the corpus's root
(``ParlaMint-XX.xml``), or in lists that the root includes (``ParlaMint-XX-listPerson.xml``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.formats.debates.xml_stream import (
    attribute,
    events,
    local_name,
    text_without,
    xml_attribute,
)
from onrecord.indexer.sources.archives import Stamp, exists, stamp_of
from onrecord.indexer.sources.beside import corpus_lists
from onrecord.indexer.sources.contents import read_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Corpus", "Name", "corpus_beside", "files_beside"]

_NOTHING: frozenset[str] = frozenset()
# What a name is made of, in the order in which it is spoken; a role or a title is no part of it.
_FIRST, _LAST = ("forename", "addName"), ("nameLink", "surname", "genName")
_CORPORA_KEPT = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person or a body, the language it is in, and the days between which it was borne."""

    text: str
    language: str | None = None
    since: str = ""
    until: str = "9999"


@dataclass(slots=True)
class Corpus:
    """Persons and bodies by their identifiers; ``parliament`` is the identifier of the one that meets."""

    people: dict[str, list[Name]] = field(default_factory=dict)
    bodies: dict[str, list[Name]] = field(default_factory=dict)
    parliament: str | None = None

    def person(self, pointer: str, *, day: str) -> str | None:
        """Return the name that a person (``#AnaMoyo``) bore on a day."""
        names = self.people.get(_target(pointer), [])
        borne = [
            name.text
            for name in names
            if name.since <= day[: len(name.since)] and day[: len(name.until)] <= name.until
        ]
        return next(iter(borne or (name.text for name in names)), None)

    def body(self, pointer: str | None, *, language: str | None) -> str | None:
        """Return the name of a body, or of the parliament, in a language or else the first it has."""
        names = self.bodies.get(_target(pointer) if pointer else self.parliament or "", [])
        in_language = [name.text for name in names if name.language == language]
        return next(iter(in_language or (name.text for name in names)), None)

    def add_person(self, person: _Element) -> None:
        """Take in a ``person``."""
        names = [name for child in person.iterchildren("{*}persName") if (name := _name(child)).text]
        self.people.setdefault(xml_attribute(person, "id") or "", []).extend(names)

    def add_body(self, body: _Element) -> None:
        """Take in an ``org``: its full names before its abbreviations."""
        children = sorted(body.iterchildren("{*}orgName"), key=lambda child: child.get("full") != "yes")
        names = [name for child in children if (name := _name(child)).text]
        identifier = xml_attribute(body, "id") or ""
        self.bodies.setdefault(identifier, []).extend(names)
        if attribute(body, "role") == "parliament" and self.parliament is None:
            self.parliament = identifier

    def under(self, other: Corpus) -> Corpus:
        """Return what both hold; what ``other`` says goes first."""
        return Corpus(
            {**self.people, **other.people},
            {**self.bodies, **other.bodies},
            other.parliament or self.parliament,
        )


def files_beside(path: Path) -> list[Path]:
    """List the files that say who speaks in a component, beside it or one folder above."""
    for names in corpus_lists(path.name):
        for folder in (path.parent, path.parent.parent):
            found = [folder / name for name in names if exists(folder / name)]
            if found:
                return found
    return []


def corpus_beside(path: Path) -> Corpus:
    """Read the people and bodies of the corpus that a component belongs to; empty where it stands alone."""
    corpus = Corpus()
    for file in files_beside(path):
        corpus = corpus.under(_corpus_in(file, stamp_of(file)))
    return corpus


@lru_cache(maxsize=_CORPORA_KEPT)
def _corpus_in(path: Path, stamp: Stamp) -> Corpus:
    """Read one file; ``stamp`` tells it from what it was before."""
    corpus = Corpus()
    for _, element in events(read_bytes(path), path=path, ends=("person", "org", "u")):
        kind = local_name(element)
        if kind == "u":
            break
        if kind == "person":
            corpus.add_person(element)
        else:
            corpus.add_body(element)
    return corpus


def _target(pointer: str) -> str:
    return pointer.strip().rpartition("#")[2].rpartition(":")[2]


def _name(element: _Element) -> Name:
    parts = [*_parts(element, _FIRST), *_parts(element, _LAST)]
    text = " ".join(parts) or text_without(element, unspoken=_NOTHING)
    language = xml_attribute(element, "lang")
    return Name(text, language, attribute(element, "from") or "", attribute(element, "to") or "9999")


def _parts(element: _Element, kinds: tuple[str, ...]) -> Iterator[str]:
    for child in element:
        if local_name(child) in kinds:
            yield text_without(child, unspoken=_NOTHING)

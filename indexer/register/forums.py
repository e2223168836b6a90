"""Forums: bodies that meet, treaties with their meetings, under every name they are known by.

The lexicon of the field, ``lexicon.csv``, says in its column ``forum`` which of the entries are
forums, and of which kind. A forum has the names of its entry, and those in ``headings``: other
languages, Russian in the cases that headings print, what only a heading calls so.
``forum_words.csv`` holds the words that show a forum is
named at all, one the register does not know included. ``short_names.csv`` adds what
people type for a forum and no heading is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from onrecord.indexer.analysis.words import words
from onrecord.indexer.register.names import KEPT, Mention, NameTable
from onrecord.indexer.register.tables import LEXICON_LANGUAGES, listed, rows

__all__ = ["Forum", "find_forum_words", "find_forums", "forum_named", "forum_names"]

Value = TypeVar("Value")

# A meeting by its abbreviation and number: COP26, UNGA 79, 11MSP.
_NUMBERED = re.compile(
    r"\b\d{0,3}(?P<name>COP|CMP|UNGA|UNEA|UNOC|MSP|HRC|CSW|WHA|CSP|CD|RC|PC)[- ]?\d{0,3}\b"
)


@dataclass(frozen=True, slots=True)
class Forum:
    """A body, a treaty or a kind of meeting.

    ``kind`` is "body", "treaty" or "meeting" (a kind of meeting that treaties
    have); ``name`` is the register's English name, ``names`` the others. ``parts``
    are sets of codes that mean this forum where they are named together, as an agency
    and its general conference.
    """

    code: str
    kind: str
    name: str
    names: tuple[str, ...] = ()
    parts: tuple[frozenset[str], ...] = ()


def forum_named(name: str) -> Forum | None:
    """Return the forum that the whole of ``name`` names, in whatever language; it may be its code.

    >>> forum_named("CCM").name, forum_named("Совет Безопасности ООН").code, forum_named("UNGA-C1").code
    ('Convention on Cluster Munitions', 'UNSC', 'UNGA-C1')
    >>> forum_named("Committee") is None
    True
    """
    return _names().get(name) or _short_names().get(name)


@lru_cache(maxsize=KEPT)
def find_forums(text: str) -> tuple[Mention[Forum], ...]:
    """Find the registered forums that a text names, in order; the longest name wins.

    >>> [mention.value.code for mention in find_forums("Second Review Conference of the CCM")]
    ['RC', 'CCM']
    """
    numbered = [
        Mention(forum, match[0], match.start(), match.end())
        for match in _NUMBERED.finditer(text)
        if (forum := _names().get(match["name"])) and match["name"] != match[0]
    ]
    return _in_order([*_names().find(text), *numbered])


@lru_cache(maxsize=4096)
def forum_names(printed: str) -> tuple[str, ...]:
    """Return the names a printed forum is known by: first the register's, which counts are grouped by.

    The register's name puts a kind of meeting behind its treaty and leaves out the
    number and the year; a forum the register does not know goes by what is printed.

    >>> forum_names("Deuxième Conférence d'examen de la Convention sur les armes à sous-munitions")[0]
    'Convention on Cluster Munitions, Review Conference'
    >>> forum_names("First Committee, 76th session of the General Assembly")[0]
    'United Nations General Assembly, First Committee'
    >>> forum_names("Stockholm+50")
    ('Stockholm+50',)
    """
    found = _with_wholes(dict.fromkeys(mention.value for mention in find_forums(printed)))
    bodies = [forum for forum in found if forum.kind != "meeting"]
    if not bodies:
        return (printed,)
    body = min(bodies, key=lambda forum: (forum.kind != "treaty", -_parents(forum, among=bodies)))
    meeting = next((forum.name for forum in found if forum.kind == "meeting"), None)
    group = f"{body.name}, {meeting}" if meeting and body.kind == "treaty" else body.name
    holders = (_by_code(code) for forum in found for parts in forum.parts for code in sorted(parts))
    known = (forum.name for forum in (*found, *holders) if forum.kind != "meeting")
    others = [name for name in known if name not in group]
    return tuple(dict.fromkeys((group, printed, *others)))


@lru_cache(maxsize=KEPT)
def find_forum_words(text: str) -> tuple[Mention[str], ...]:
    """Find the words that show a forum is named, in order; the value is the language they are in.

    The value is "mul" for an abbreviation and for a forum the register knows.

    >>> [mention.text for mention in find_forum_words("79e session de l’Assemblée générale; COP26")]
    ['session', 'Assemblée générale', 'COP26']
    """
    numbered = [
        Mention("mul", match[0], match.start(), match.end())
        for match in _NUMBERED.finditer(text)
        if any(map(str.isdigit, match[0]))
    ]
    parts = [_whole_word(text, match) for match in _parts().finditer(text)]
    bodies = [
        Mention("mul", found.text, found.start, found.end)
        for found in _names().find(text)
        if found.value.kind == "body"
    ]
    return _in_order([*_words().find(text), *numbered, *parts, *bodies])


def _with_wholes(found: Iterable[Forum]) -> list[Forum]:
    """Put before the forums found those whose parts all are among them."""
    named = list(found)
    codes = {forum.code for forum in named}
    wholes = [forum for forum in _forums() if any(parts <= codes for parts in forum.parts)]
    return [*wholes, *(forum for forum in named if forum not in wholes)]


def _parents(forum: Forum, *, among: Iterable[Forum]) -> int:
    """Count the forums this one belongs to, a committee to its assembly, a council to its organisation."""
    inside = sum(forum.name != other.name and forum.name.startswith(other.name) for other in among)
    return inside + (2 if forum.name.count(",") and not forum.parts else 0) + bool(forum.parts)


def _whole_word(text: str, match: re.Match[str]) -> Mention[str]:
    """Return the word that a part was found in, from its beginning."""
    start = match.start()
    while start and (text[start - 1].isalpha() or text[start - 1] == "-") and match["ending"]:
        start -= 1
    return Mention("mul", text[start : match.end()], start, match.end())


def _in_order(found: list[Mention[Value]]) -> tuple[Mention[Value], ...]:
    """Sort mentions and leave out what lies inside another."""
    kept: list[Mention[Value]] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


@cache
def _forums() -> tuple[Forum, ...]:
    return tuple(
        Forum(
            code=row["code"],
            kind=row["forum"],
            name=row["forum_name"],
            names=(*listed(row["headings"]), *_long_names(row)),
            parts=tuple(frozenset(codes.split()) for codes in listed(row["parts"])),
        )
        for row in rows("lexicon.csv")
        if row["forum"]
    )


def _long_names(row: dict[str, str]) -> list[str]:
    """List the names of an entry that are too long for a heading to mean anything else by them."""
    names = [name for language in LEXICON_LANGUAGES for name in listed(row[language])]
    return [name for name in names if len(words(name)) > 1]


def _by_code(code: str) -> Forum:
    return next(forum for forum in _forums() if forum.code == code)


@cache
def _names() -> NameTable[Forum]:
    return NameTable((name, forum) for forum in _forums() for name in (forum.name, *forum.names))


@cache
def _short_names() -> NameTable[Forum]:
    """Codes, and what people type: too short to be looked for in a heading, where they mean other things."""
    short = [
        (name, _by_code(row["code"]))
        for row in rows("short_names.csv")
        if row["kind"] == "forum"
        for name in listed(row["names"])
    ]
    return NameTable([*((forum.code, forum) for forum in _forums()), *short])


@cache
def _words() -> NameTable[str]:
    return NameTable(
        (words, row["language"])
        for row in rows("forum_words.csv")
        if row["as"] == "word"
        for words in listed(row["words"])
    )


@cache
def _parts() -> re.Pattern[str]:
    """Match words by how they begin or end: declined in Russian, compound in German and Swedish."""
    by_kind: dict[str, list[str]] = {"beginning": [], "ending": [], "inside": []}
    for row in rows("forum_words.csv"):
        if row["as"] != "word":
            by_kind[row["as"]] += listed(row["words"])
    return re.compile(
        rf"\b(?:{'|'.join(by_kind['beginning'])})\w{{0,4}}\b"
        rf"|(?P<ending>{'|'.join(by_kind['ending'])})(?:e[nst]|ens|s|n|t|ts)?\b"
        rf"|(?:{'|'.join(by_kind['inside'])})",
        re.IGNORECASE,
    )

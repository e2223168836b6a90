"""What a text declares about itself: front matter, or a sidecar file beside it.

Both hold YAML with the keys ``title``, ``speaker``, ``forum``, ``date``, ``place``,
``language``, ``speaker_role`` and ``on_behalf_of``; other keys belong to other programs and are left
alone. The speaker is a name, or a mapping of ``printed``, ``delegation``, ``code``,
``person`` and ``post``. The sidecar of a table may have ``columns`` as well: a mapping of
what a column holds to its name.

The YAML is composed into nodes and never into Python objects: a value is the
text as it was typed (so that ``language: no`` is Norwegian and not False), and
each node knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError, SourceError
from onrecord.indexer.limits import DECLARED_SIZE, NESTING, OVERRIDES_SIZE, TextLimit, check_time, reading
from onrecord.indexer.sources.contents import read_bytes
from onrecord.indexer.sources.decoding import clean, decode, noting_guesses
from onrecord.indexer.statement import Confidence, Finding, Metadata, Party, Speaker, SpeakerRole

__all__ = [
    "FACTS",
    "DeclaredValue",
    "metadata_of",
    "read_columns",
    "read_entries",
    "read_sidecar",
    "split_front_matter",
]

Value = TypeVar("Value")
# Opened and closed by a rule, and its first line, comments aside, holds a key.
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\n(?P<yaml>\s*(?:#[^\n]*\n\s*)*\w+[ \t]*:.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
#: What can be declared, as `Metadata` names it.
FACTS = ("title", "speaker", "forum", "date", "place", "language", "speaker_role", "on_behalf_of")
# Site builders write a time behind the day: 2021-05-03T00:00:00.000Z.
_DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*(?: [+-]\d\d:?\d\d)?$")
_SPEAKER_KEYS = ("printed", "delegation", "code", "person", "post")


def read_sidecar(path: Path) -> Metadata:
    """Read a sidecar file; a `SourceError` names the line of a value that cannot be meant."""
    return _read(_text(path, limit=DECLARED_SIZE), path=path, kind="sidecar")


def read_columns(path: Path) -> dict[str, DeclaredValue]:
    """Return what a sidecar file says of the columns of a table, under ``columns``."""
    told = _entries(_text(path, limit=DECLARED_SIZE), path=path).get("columns")
    return told.mapping() if told else {}


def split_front_matter(text: str, *, path: Path) -> tuple[Metadata, str]:
    r"""Take front matter off the top of a text.

    The text comes back with blank lines in its place, so that line numbers hold.
    Rules (``---``) around prose are not front matter.

    >>> split_front_matter("---\nplace: Geneva\n---\nThank you.", path=Path("a.md"))[1]
    '\n\n\nThank you.'
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Metadata(), text
    lines_above = text.count("\n", 0, match.start("yaml"))
    if len(match["yaml"]) > DECLARED_SIZE.most:
        raise DECLARED_SIZE.error(path, line=lines_above + 1)
    metadata = _read("\n" * lines_above + match["yaml"], path=path, kind="front matter")
    return metadata, "\n" * match.group().count("\n") + text[match.end() :]


def read_entries(path: Path) -> dict[str, DeclaredValue]:
    """Read a file of corrections; a `SourceError` names what cannot be meant or is there twice."""
    return _entries(_text(path, limit=OVERRIDES_SIZE), path=path, once=True)


@dataclass(frozen=True, slots=True)
class DeclaredValue:
    """One ``key: value`` with the place to blame for it."""

    key: str
    node: yaml.Node
    path: Path
    line: int

    def error(self, reason: str) -> SourceError:
        """Return an error to raise for it."""
        return SourceError(self.path, reason, line=self.line)

    def mapping(self) -> dict[str, DeclaredValue]:
        """Return the keys and values that it holds, none of them twice."""
        return _mapping(self.node, path=self.path, once=True)

    def text(self) -> str | None:
        """Return the value as typed; None where it is empty."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error(f'"{self.key}" must be text; write {self.key}: and the words on one line.')
        if self.node.tag == "tag:yaml.org,2002:null":
            return None
        return " ".join(str(self.node.value).split()) or None


def _text(path: Path, *, limit: TextLimit) -> str:
    """Return the text of a file beside others; the encoding of these is not guessed from it."""
    with noting_guesses():
        return clean(decode(read_bytes(path, limit=limit)))


def _read(text: str, *, path: Path, kind: str) -> Metadata:
    return metadata_of(_entries(text, path=path), kind=kind)


def metadata_of(entries: Mapping[str, DeclaredValue], *, kind: str) -> Metadata:
    """Return what keys and values declare; a `SourceError` names the line of a value that cannot be meant.

    ``kind`` says where they are declared: "front matter", "sidecar", "correction".
    """
    title = entries.get("title")
    return Metadata(
        title=title.text() if title else None,
        speaker=_finding(entries.get("speaker"), _speaker, kind=kind),
        forum=_finding(entries.get("forum"), _words, kind=kind),
        date=_finding(entries.get("date"), _date, kind=kind),
        place=_finding(entries.get("place"), _words, kind=kind),
        language=_finding(entries.get("language"), _language, kind=kind),
        speaker_role=_finding(entries.get("speaker_role"), _speaker_role, kind=kind),
        on_behalf_of=_finding(entries.get("on_behalf_of"), _party, kind=kind),
    )


class _Loader(yaml.SafeLoader):
    """Composes nodes, and refuses those that stand in each other too deep."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self.depth += 1
        NESTING.check(self.depth)
        check_time()
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _entries(text: str, *, path: Path, once: bool = False) -> dict[str, DeclaredValue]:
    try:
        with reading(path):
            root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise SourceError(
            path, f"this is not YAML ({error.problem}); write key: value.", line=line
        ) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: numbers beyond their range
        raise SourceError(path, "this is not YAML; write key: value.") from error
    return _mapping(root, path=path, once=once)


def _mapping(node: yaml.Node | None, *, path: Path, once: bool = False) -> dict[str, DeclaredValue]:
    """Return the keys and values of a node by their keys; ``once`` refuses a key that is there twice."""
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        raise SourceError(path, "metadata must be keys and values; write key: value.", line=line)
    entries: dict[str, DeclaredValue] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            entry = DeclaredValue(key.value, value, path, key.start_mark.line + 1)
            if once and entry.key in entries:
                raise entry.error(f'"{entry.key}" is there twice; put both together.')
            entries[entry.key] = entry
    return entries


def _finding(
    entry: DeclaredValue | None, read: Callable[[DeclaredValue], tuple[Value, str] | None], *, kind: str
) -> Finding[Value] | None:
    found = read(entry) if entry else None
    if entry is None or found is None:
        return None
    value, typed = found
    return Finding(value, f"{entry.key}: {typed}", Confidence.CERTAIN, kind, line=entry.line)


def _words(entry: DeclaredValue) -> tuple[str, str] | None:
    text = entry.text()
    return (text, text) if text else None


def _party(entry: DeclaredValue) -> tuple[Party, str] | None:
    text = entry.text()
    return (Party(text), text) if text else None


def _date(entry: DeclaredValue) -> tuple[PartialDate, str] | None:
    text = entry.text()
    if text is None:
        return None
    day = _DAY_AND_TIME.match(text)
    try:
        return PartialDate.parse(day[1] if day else text), text
    except DateError as error:
        raise entry.error(error.reason) from error


def _language(entry: DeclaredValue) -> tuple[str, str] | None:
    text = entry.text()
    if text is None:
        return None
    code = re.fullmatch(r"([a-z]{2})(?:[-_]\w+)*", text.lower())
    if code is None:
        raise entry.error(f'"{text}" is not a language code; write two letters such as en or fr.')
    return code[1], text


def _speaker_role(entry: DeclaredValue) -> tuple[SpeakerRole, str] | None:
    text = entry.text()
    if text is None:
        return None
    try:
        return SpeakerRole(text.lower()), text
    except ValueError as error:
        roles = ", ".join(SpeakerRole)
        raise entry.error(f'"{text}" is not the role of a speaker; write one of {roles}.') from error


def _speaker(entry: DeclaredValue) -> tuple[Speaker, str] | None:
    if not isinstance(entry.node, yaml.MappingNode):
        text = entry.text()
        return (Speaker(printed=text), text) if text else None
    parts = _mapping(entry.node, path=entry.path)
    values = {key: parts[key].text() for key in _SPEAKER_KEYS if key in parts}
    named = [f"{key}: {value}" for key, value in values.items() if value]
    printed = next(
        (value for key in ("printed", "delegation", "person", "code") if (value := values.get(key))), None
    )
    if printed is None:
        raise entry.error('the speaker has no name; write speaker: and the name, or "printed" inside it.')
    values["printed"] = None
    return replace(Speaker(printed), **{key: value for key, value in values.items() if value}), ", ".join(
        named
    )

"""What holds of every draft and statement, whatever it was read from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.reading.inspection import Inspection
from onrecord.indexer.statement import Finding, Metadata, Paragraph, Party, Statement

__all__ = ["broken_in_draft", "broken_in_statements"]

_FINDINGS = tuple(one.name for one in fields(Metadata) if one.name != "title")
_NOT_IN_SLUGS = re.compile(r"[\s#~/?%&=]")
_PILED = re.compile("[\u0300-\u036f]{20}")
_CONTROL = "with a control character"


def broken_in_draft(draft: Draft, *, path: Path, lines: int | None) -> str | None:
    """Say what is wrong with a draft, None where nothing is; ``lines`` are those of its file, if any."""
    return next(_not_given(_of_draft(draft, lines), path), None)


def broken_in_statements(statements: Sequence[Statement], *, path: Path, lines: int | None) -> str | None:
    """Say what is wrong with the statements of a file, None where nothing is."""
    return next(_not_given(_of_statements(statements, lines), path), None)


def _not_given(broken: Iterator[str], path: Path) -> Iterator[str]:
    """Pass over control characters in JSON lines: what another program has read is kept as it gave it."""
    return (one for one in broken if path.suffix != ".jsonl" or _CONTROL not in one)


def _of_draft(draft: Draft, lines: int | None) -> Iterator[str]:
    for block in (*draft.blocks, *draft.letterhead):
        yield from _of_block(block, lines)
    yield from _of_paragraphs(draft.paragraphs or (), lines)
    yield from _of_metadata(draft.declared)
    if list(draft.pages) != sorted(draft.pages):
        yield f"pages out of order: {draft.pages[:20]}"


def _of_block(block: Block, lines: int | None) -> Iterator[str]:
    if not block.lines:
        yield "a block without lines"
    for line in block.lines:
        if not line.strip():
            yield f"a blank line in a block: {line!r}"
        yield from _of_signs(line.replace("\t", " "), "a line")
    yield from _of_place(block.line, lines)


def _of_paragraphs(paragraphs: Sequence[Paragraph], lines: int | None) -> Iterator[str]:
    if [one.number for one in paragraphs] != list(range(1, len(paragraphs) + 1)):
        yield f"paragraphs numbered {[one.number for one in paragraphs][:20]}"
    for one in paragraphs:
        yield from _of_text(one.text, "a paragraph")
        yield from _of_name(one.printed, "a printed number")
        yield from _of_name(one.page, "a page")
        yield from _of_name(one.source_id, "an identifier of a paragraph")
        yield from _of_language(one.language)
        yield from _of_place(one.line, lines)


def _of_place(line: int | None, lines: int | None) -> Iterator[str]:
    if line is not None and (line < 1 or (lines is not None and line > lines)):
        yield f"line {line} of {lines}"


def _of_text(text: str, what: str) -> Iterator[str]:
    """Hold a text to what all that is quoted is: not empty, and no blanks around it."""
    if not text or text != text.strip():
        yield f"{what} that is empty, or has blanks around it: {text[:80]!r}"
    yield from _of_signs(text, what)


def _of_signs(text: str, what: str) -> Iterator[str]:
    """Hold a text to having neither control characters nor line ends, and to NFC."""
    if not text.isprintable() and any(_is_control(sign) for sign in text):
        yield f"{what} {_CONTROL}: {text[:200]!r}"
    # Marks piled up on a letter are composed some at a time.
    if not text.isascii() and not unicodedata.is_normalized("NFC", text) and not _PILED.search(text):
        yield f"{what} that is not composed: {text[:200]!r}"


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")


def _of_name(name: str | None, what: str) -> Iterator[str]:
    if name is not None:
        yield from _of_text(name, what)


def _of_language(language: str | None) -> Iterator[str]:
    if language is not None and not (language.isascii() and language.islower() and len(language) in (2, 3)):
        yield f"a language called {language[:40]!r}"


def _of_metadata(metadata: Metadata) -> Iterator[str]:
    yield from _of_name(metadata.title, "a title")
    for name in _FINDINGS:
        found = getattr(metadata, name)
        if isinstance(found, Finding):
            if not found.evidence.strip():
                yield f"no evidence of the {name}"
            if isinstance(found.value, str | Party):
                yield from _of_name(str(found.value), f"the {name}")
    if metadata.language:
        yield from _of_language(metadata.language.value)
    if metadata.speaker:
        speaker = metadata.speaker.value
        for value, what in (
            (speaker.printed, "a speaker"),
            (speaker.delegation, "a delegation"),
            (speaker.person, "a person"),
            (speaker.post, "a post"),
            (speaker.code, "a code"),
        ):
            yield from _of_name(value, what)


def _of_statements(statements: Sequence[Statement], lines: int | None) -> Iterator[str]:
    if len(_distinct(one.slug for one in statements)) < len(statements):
        yield "two statements of one slug"
    for one in statements:
        if not one.paragraphs:
            yield "a statement without paragraphs"
        yield from _of_paragraphs(one.paragraphs, lines)
        yield from _of_metadata(one.metadata)
        yield from _of_name(one.source_id, "an identifier of a statement")
        if not one.slug or _NOT_IN_SLUGS.search(one.slug):
            yield f"a slug such as {one.slug[:80]!r}"
        json.dumps(Inspection(one, "0").as_dict(), ensure_ascii=False).encode()


def _distinct(values: Iterable[str]) -> set[str]:
    return set(values)

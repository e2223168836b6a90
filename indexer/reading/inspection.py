"""What the reader understood of one file, with the words it was understood from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.errors import IndexMissing, SourceError
from onrecord.indexer.formats.not_read import NO_READER, why_not_read
from onrecord.indexer.formats.pdf.recognition import require_recognition
from onrecord.indexer.formats.tables.columns import Columns
from onrecord.indexer.formats.tables.statements import read_columns_of
from onrecord.indexer.paths import SourceFile, key_of
from onrecord.indexer.reading.evidence_lines import EvidenceLines
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.reading.kinds import kind_in_words
from onrecord.indexer.reading.statements import read_statements
from onrecord.indexer.register import delegation_named, delegation_of_adjective, find_delegations
from onrecord.indexer.sources.archives import exists
from onrecord.indexer.sources.contents import read_beginning, read_bytes
from onrecord.indexer.sources.overrides import hash_of
from onrecord.indexer.statement import Confidence, Finding, Paragraph, RunnerUp, Speaker, Statement
from onrecord.indexer.store.catalogue import Catalogue, CataloguedSource
from onrecord.indexer.store.store import Store
from onrecord.indexer.turns.speaker import LABEL

__all__ = ["Inspection", "inspect", "shown_speaker"]

_READ = "text, Markdown, web pages, PDF, DOCX, tables of speeches and debates in XML"
_TABLE = "table"
# Letters that the forms of a name have in common.
_STEM = 4
_FACTS = (
    "speaker",
    "forum",
    "date",
    "place",
    "language",
    "speaker_role",
    "original_language",
    "document_symbol",
    "encoding",
    "recognised",
    "on_behalf_of",
    "delivered_by",
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """One statement as it would be indexed; ``file_hash`` names its file in ``onrecord-overrides.yaml``.

    ``columns`` are those of its table, None where it is from none. ``lines`` has the lines in which the
    words of its facts stand.
    """

    statement: Statement
    file_hash: str
    columns: Columns | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    def found(self) -> dict[str, Finding[Any]]:
        """Return what is known, by the name of the fact."""
        known = self.statement.metadata
        return {name: finding for name in _FACTS if (finding := getattr(known, name)) is not None}

    def kind_in_words(self, fact: str, one: Finding[Any] | RunnerUp) -> str:
        """Say of what kind the evidence for a value is."""
        return kind_in_words(fact, one.kind or self.statement.source.format)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON.

        Each of speaker, forum, date, place, language, speaker_role, original_language, document_symbol,
        encoding, on_behalf_of and delivered_by is a string or None; ``evidence`` and ``confidence`` hold a
        string for each that is known. The speaker is the register's name, with the person or the printed form
        in brackets where the text names the delegation otherwise; ``delegation``, ``delegation_code``,
        ``person`` and ``post`` apart. ``findings`` has of each fact how it was read: the value, how sure it
        is, the kind of evidence, the same in words, the words and their line, and the runner-up; of a fact
        that is not known, what came nearest. ``recognised`` tells whether the text was
        read off pictures.
        """
        known = self.statement.metadata
        found = self.found()
        facts = {name: str(found[name].value) if name in found else None for name in _FACTS}
        if known.speaker:
            facts["speaker"] = shown_speaker(known.speaker)
        return {
            "source": self.statement.source.path,
            "file_hash": self.file_hash,
            "format": self.statement.source.format,
            "address": self.statement.slug,
            "title": known.title,
            **facts,
            "recognised": known.recognised is not None,
            "source_id": self.statement.source_id,
            "printed_speaker": known.speaker.value.printed if known.speaker else None,
            "delegation": known.speaker.value.delegation if known.speaker else None,
            "delegation_code": known.speaker.value.code if known.speaker else None,
            "person": known.speaker.value.person if known.speaker else None,
            "post": known.speaker.value.post if known.speaker else None,
            "on_behalf_of_code": known.on_behalf_of.value.code if known.on_behalf_of else None,
            "delivered_by_code": known.delivered_by.value.code if known.delivered_by else None,
            "evidence": {name: finding.evidence for name, finding in found.items()},
            "confidence": {name: finding.confidence.value for name, finding in found.items()},
            "findings": self._findings(facts),
            "paragraphs": [
                _paragraph(paragraph, language=self.statement.language_of(paragraph))
                for paragraph in self.statement.paragraphs
            ],
        }

    def _findings(self, shown: Mapping[str, str | None]) -> dict[str, dict[str, Any]]:
        """Return how each fact was read, and of those that are not known what came nearest."""
        found, nearest = self.found(), self.statement.metadata.nearest
        known = {
            name: {
                "value": shown[name],
                "confidence": one.confidence.value,
                "kind": one.kind or self.statement.source.format,
                "what": self.kind_in_words(name, one),
                "evidence": one.evidence,
                "line": self.lines.get(name),
                "runner_up": self._passed_over(name, one.runner_up),
            }
            for name, one in found.items()
        }
        silent = {
            name: {"value": None, "nearest": self._passed_over(name, nearest[name])}
            for name in _FACTS
            if name in nearest and name not in found
        }
        return known | silent

    def _passed_over(self, fact: str, one: RunnerUp | None) -> dict[str, str] | None:
        if one is None:
            return None
        return {
            "value": one.value,
            "kind": one.kind or self.statement.source.format,
            "what": self.kind_in_words(fact, one),
            "evidence": one.evidence,
        }


def inspect(
    path: Path | str, *, index: Path | str | None = None, ocr: bool = False
) -> tuple[Inspection, ...]:
    r"""Read a file as `indexer.building.build` would, and say what was understood.

    With an ``index`` that holds the file, its addresses are those that the index has for it; without,
    those that it would have if it were indexed by itself. Raises `SourceError` for a file that is not there,
    that no reader takes, or that cannot be read, and `StoreError` for an index that cannot be. With ``ocr``
    pages of a PDF that are pictures are read by text recognition (`NotInstalled` where it is not there).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = Path(folder, "panama.txt")
    ...     _ = text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    ...     inspect(text)[0].as_dict()["speaker"]
    'Panama'
    """
    path = Path(path)
    if ocr:
        require_recognition()
    if not exists(path):
        raise SourceError(path, "there is no such file; name the file of a statement.")
    known = None if index is None else _indexed(path, index)
    file = SourceFile.alone(path)
    statements = read_statements(
        known.named(file) if known else file, content_hash=content_hash(path), ocr=ocr
    )
    if statements is None:
        why = why_not_read(path, read_beginning(path))
        raise SourceError(path, f"{why}; {_READ} are read." if why == NO_READER else f"{why}.")
    if not statements:
        raise SourceError(path, "there are no paragraphs in it; name a file that holds a statement.")
    if known and known.slugs and len(known.slugs) == len(statements):
        statements = [
            replace(statement, slug=slug) for statement, slug in zip(statements, known.slugs, strict=True)
        ]
    table = statements[0].source.format == _TABLE
    columns = read_columns_of(path, read_bytes(path)) if table else None
    # A picture has no lines to look a word up in, and to recognise it again would take as long.
    pictured = any(statement.metadata.recognised for statement in statements)
    lines = None if pictured else EvidenceLines(path)
    file_hash = hash_of(path)
    ends = (0, *(statement.paragraphs[-1].line or 0 for statement in statements))
    return tuple(
        Inspection(statement, file_hash, columns, _lines_of_facts(statement, lines, end) if lines else {})
        for statement, end in zip(statements, ends, strict=False)
    )


def _lines_of_facts(statement: Statement, lines: EvidenceLines, end: int) -> dict[str, int]:
    """Return the line of each fact's words: where they are declared, or where they stand in the text.

    ``end`` is the line with which the statement before it ends.
    """
    first = statement.paragraphs[0].line
    found: dict[str, int] = {}
    for name in _FACTS:
        one = getattr(statement.metadata, name)
        if one is None:
            continue
        before = first if one.kind == LABEL else None
        line = one.line or lines.line_of(one.evidence, before=before, behind=end)
        if line is not None:
            found[name] = line
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What an index has of a file: the names its addresses are made of, and those of its statements.

    ``slugs`` is empty where the file has changed since.
    """

    source: CataloguedSource
    slugs: tuple[str, ...]

    def named(self, file: SourceFile) -> SourceFile:
        return self.source.named(file)


def _indexed(path: Path, index: Path | str) -> _Known | None:
    try:
        segments = Store(index).open().segments
    except IndexMissing:
        return None
    source = Catalogue(segments).source(key_of(path))
    if source is None:
        return None
    if source.record.content_hash != content_hash(path):
        return _Known(source, ())
    table = segments[source.segment].statements
    return _Known(source, tuple(table.slug(number).decode() for number in source.statements))


def shown_speaker(finding: Finding[Speaker]) -> str:
    """Return the name of a speaker, with the person or the printed form in brackets.

    They stand there where the text names the delegation otherwise than the register.

    Where the words that were read do not name the delegation at all, as it was guessed from the speech, it is
    the person who is shown.
    """
    speaker = finding.value
    if speaker.delegation is None or f" {fold(speaker.name)} " in f" {fold(speaker.printed)} ":
        behind = speaker.printed.removeprefix(speaker.name).strip(" ()")
        short = speaker.code is not None and behind.isupper() and " " not in behind
        other = short and fold(behind) != fold(speaker.name) and delegation_named(behind) is not None
        return _beside(speaker.name, behind) if other else speaker.name
    if speaker.code is None or finding.confidence is Confidence.CERTAIN:
        return _beside(speaker.name, speaker.printed)
    named = _mentioned(speaker.printed, code=speaker.code)
    guessed = finding.is_guess and not _mentioned(finding.evidence, code=speaker.code)
    if not named and guessed and speaker.person:
        return speaker.person
    inflected = any(" " in form and _same_stem(speaker.name, word) for form in named for word in form.split())
    return _beside(speaker.name, speaker.person or named[0]) if named and not inflected else speaker.name


def _same_stem(name: str, word: str) -> bool:
    """Tell whether a word is another form of a name of one word: "Italian" of Italy, "gabonaise" of Gabon."""
    return " " not in name and len(word) >= _STEM and fold(word)[:_STEM] == fold(name)[:_STEM]


def _mentioned(text: str, *, code: str) -> list[str]:
    """Return how a text names a delegation."""
    named = [found.text for found in find_delegations(text) if found.value.code == code]
    adjectives = (
        word
        for word in re.findall(r"\w+", text)
        if (owner := delegation_of_adjective(word)) and owner.code == code
    )
    return named or list(adjectives)


def _beside(name: str, printed: str | None) -> str:
    return f"{name} ({printed})" if printed and printed != name else name


def _paragraph(paragraph: Paragraph, *, language: str | None) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "printed_number": paragraph.printed,
        "source_id": paragraph.source_id,
        "page": paragraph.page,
        "role": paragraph.role.value,
        "language": language,
        "line": paragraph.line,
        "text": paragraph.text,
        "hash": paragraph.content_hash,
    }

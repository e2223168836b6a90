"""From a file to statements: reader, heading and paragraphs, one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from onrecord.indexer.address import make_slug
from onrecord.indexer.analysis.languages import language_of, language_of_few_words, languages_apart
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import next_statement, reading
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.register import delegation_named
from onrecord.indexer.sources.overrides import override_for
from onrecord.indexer.statement import Confidence, Finding, Metadata, Paragraph, Source, Statement
from onrecord.indexer.turns.record import turns_of

__all__ = ["read_statements"]

# The longest draft, in characters, whose language is guessed from its heading too.
_MOST_OF_FEW = 1000
# How much evidence to keep of a language that was guessed from the words themselves, in characters.
_EVIDENCE_LENGTH = 60
_MOST_OF_RECORD = "most of the record"
_FINDINGS = tuple(one.name for one in fields(Metadata) if one.name != "title")


def read_statements(file: SourceFile, *, content_hash: str) -> list[Statement] | None:
    """Read the statements of one file; None where no reader takes it.

    Addresses are made from the relative path and the disambiguator of the file. A file that a reader takes
    and cannot read, or that goes beyond a limit (`indexer.limits`), is a `SourceError`.
    """
    path = file.path
    with reading(path):
        read = read_source(path)
        if read is None:
            return None
        format_name, drafts = read
        source = Source(path=file.display_path, format=format_name, content_hash=content_hash)
        statements: list[Statement] = []
        keys: Counter[str] = Counter()
        slugs: Counter[str] = Counter()
        override = override_for(path)
        record = True
        for ordinal, draft in enumerate(_turn_by_turn(drafts)):
            next_statement()
            record = record and draft.of_a_record
            metadata, paragraphs = _understand(draft, file_name=path.stem)
            if paragraphs:
                if override is not None:
                    number = len(statements) + 1
                    corrected = override.laid_over(metadata, number=number, source_id=draft.source_id)
                    metadata = _resolved(corrected)
                _refuse_half_characters(path, draft, metadata, paragraphs)
                key = _key_apart(draft.key_in_file, keys)
                slug = make_slug(
                    metadata,
                    relative_path=file.relative_path,
                    ordinal=ordinal,
                    key=key,
                    disambiguator=file.disambiguator,
                )
                slugs[slug] += 1
                while slugs[slug] > 1:  # five letters of ten thousand statements meet by chance
                    slug = make_slug(
                        metadata,
                        relative_path=file.relative_path,
                        ordinal=ordinal,
                        key=key,
                        disambiguator=f"{file.disambiguator} {slugs[slug]} of {slug}",
                    )
                    slugs[slug] += 1
                statements.append(Statement(slug, metadata, paragraphs, source, draft.source_id))
        if len(keys) > 1 and record:
            _agree_on_language(statements)
        # In place, so that no record is held twice.
        for at, statement in enumerate(statements):
            statements[at] = _in_languages(statement)
        return statements


def _turn_by_turn(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Part drafts that are records of many speakers into their turns."""
    for draft in drafts:
        yield from turns_of(draft) or (draft,)


def _agree_on_language(statements: list[Statement]) -> None:
    """Let the speeches of a record agree on what was guessed of each: a few words are a poor witness.

    The language of more than half of the words stands for all; where there is none, no guess stands.
    """
    letters: Counter[str | None] = Counter()
    for statement in statements:
        known = statement.metadata.language
        letters[known.value if known else None] += sum(len(one.text) for one in statement.paragraphs)
    language, most = letters.most_common(1)[0]
    agreed = None
    if language is not None and most > letters.total() / 2:
        agreed = Finding(language, evidence=_MOST_OF_RECORD, confidence=Confidence.LOW)
    for at, statement in enumerate(statements):
        known = statement.metadata.language
        if known is None or known.confidence is Confidence.LOW:
            statements[at] = replace(statement, metadata=replace(statement.metadata, language=agreed))


def _in_languages(statement: Statement) -> Statement:
    """Mark the paragraphs that are in another language than their statement."""
    known = statement.metadata.language
    texts = [paragraph.text for paragraph in statement.paragraphs]
    apart = languages_apart(texts, known.value if known else None)
    if not apart:
        return statement
    paragraphs = (
        replace(paragraph, language=apart[place]) if place in apart else paragraph
        for place, paragraph in enumerate(statement.paragraphs)
    )
    return replace(statement, paragraphs=tuple(paragraphs))


def _key_apart(key: str | None, keys: Counter[str]) -> str | None:
    """Tell a key from the same one before it: records give an identifier twice now and then."""
    if key is None:
        return None
    keys[key] += 1
    return key if keys[key] == 1 else f"{key}\0{keys[key]}"


def _understand(draft: Draft, *, file_name: str = "") -> tuple[Metadata, tuple[Paragraph, ...]]:
    """Find the facts and the paragraphs of a draft; what it declares goes before what we read."""
    metadata, blocks = Metadata(), draft.blocks
    if draft.headed:
        # The patterns of headings take a tenth of a second to load, and not every format needs them.
        from onrecord.indexer.heading import read_heading

        declared = draft.declared.title
        heading = read_heading(blocks, title=declared, file_name=file_name)
        metadata, blocks = heading.metadata, heading.body
        if draft.letterhead and metadata.speaker is None:
            with_head = (*draft.letterhead, *draft.blocks)
            metadata = metadata.over(read_heading(with_head, title=declared, file_name=file_name).metadata)
        if draft.of_many:
            metadata = replace(metadata, speaker=None)
    paragraphs = split_paragraphs(blocks) if draft.paragraphs is None else draft.paragraphs
    if draft.pages:
        paragraphs = tuple(_on_page(paragraph, draft.pages) for paragraph in paragraphs)
    metadata = _resolved(draft.declared.over(metadata))
    if metadata.language is None:
        metadata = replace(metadata, language=_language(paragraphs) or _language_of_few(draft))
    return metadata, paragraphs


def _on_page(paragraph: Paragraph, pages: tuple[int, ...]) -> Paragraph:
    """Say on which page a paragraph begins."""
    if paragraph.line is None:
        return paragraph
    return replace(paragraph, page=str(bisect_right(pages, paragraph.line)))


def _resolved(metadata: Metadata) -> Metadata:
    """Give a speaker who was declared by a name of a delegation that delegation's code."""
    speaker = metadata.speaker
    if speaker is None or speaker.value.code:
        return metadata
    delegation = delegation_named(speaker.value.delegation or speaker.value.printed)
    if delegation is None:
        return metadata
    resolved = replace(speaker.value, delegation=delegation.name, code=delegation.code)
    return replace(metadata, speaker=replace(speaker, value=resolved))


def _language(paragraphs: tuple[Paragraph, ...]) -> Finding[str] | None:
    texts = [paragraph.text for paragraph in paragraphs]
    language = language_of(texts)
    if language is None:
        return None
    evidence = "\n".join(texts)[:_EVIDENCE_LENGTH]
    return Finding(language, evidence=evidence, confidence=Confidence.LOW)


def _language_of_few(draft: Draft) -> Finding[str] | None:
    """Guess the language of a draft whose paragraphs do not tell it, from its heading and them together."""
    text = "\n".join(line for block in draft.blocks for line in block.lines)
    language = language_of_few_words(text) if len(text) <= _MOST_OF_FEW else None
    if language is None:
        return None
    return Finding(language, evidence=text[:_EVIDENCE_LENGTH], confidence=Confidence.LOW)


def _refuse_half_characters(
    path: Path, draft: Draft, metadata: Metadata, paragraphs: tuple[Paragraph, ...]
) -> None:
    """Refuse a text that cannot be written down; JSON and YAML can spell half of a surrogate pair."""
    texts = [draft.key_in_file, draft.source_id, *_words_of(metadata)]
    for one in paragraphs:
        texts += (one.text, one.printed, one.source_id)
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError as error:
        raise SourceError(path, "it holds half a character (a lone surrogate); correct the text.") from error


def _words_of(metadata: Metadata) -> Iterator[str | None]:
    """Yield every text in what is known of a statement."""
    yield metadata.title
    for name in _FINDINGS:
        found: Finding[object] | None = getattr(metadata, name)
        if found is not None:
            yield found.evidence
            if isinstance(found.value, str):
                yield found.value
    if metadata.speaker:
        speaker = metadata.speaker.value
        yield from (speaker.printed, speaker.delegation, speaker.code, speaker.person, speaker.post)

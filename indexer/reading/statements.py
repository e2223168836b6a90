"""From a file to statements: reader, heading and paragraphs, one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path

from onrecord.indexer.address import make_slug
from onrecord.indexer.analysis.languages import language_of, language_of_few_words, languages_apart
from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.pdf.recognition import recognising
from onrecord.indexer.limits import next_statement, reading
from onrecord.indexer.paragraphs.notes import spoken_in, with_notes
from onrecord.indexer.paragraphs.sign_notes import without_sign_notes
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.register import delegation_named
from onrecord.indexer.sources.overrides import override_for
from onrecord.indexer.statement import Confidence, Finding, Metadata, Paragraph, Party, Source, Statement
from onrecord.indexer.turns.collection import statements_of
from onrecord.indexer.turns.record import turns_of

__all__ = ["read_statements"]

# The longest draft, in characters, whose language is guessed from its heading too.
_MOST_OF_FEW = 1000
# How much evidence to keep of a language that was guessed from the words themselves, in characters.
_EVIDENCE_LENGTH = 60
_MOST_OF_RECORD = "most of the record"
# The kind of evidence that the words of a text are for their language.
_OWN_WORDS = "own words"


def read_statements(file: SourceFile, *, content_hash: str, ocr: bool = False) -> list[Statement] | None:
    """Read the statements of one file; None where no reader takes it.

    Addresses are made from the relative path and the disambiguator of the file. A file that a reader takes
    and cannot read, or that goes beyond a limit (`indexer.limits`), is a `SourceError`. With ``ocr`` pages
    that are pictures are read by text recognition.
    """
    path = file.path
    with reading(path), recognising(ocr):
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
    """Part drafts that are records of many speakers into their turns, and several statements into each."""
    for draft in drafts:
        yield from turns_of(draft) or statements_of(draft) or (draft,)


def _agree_on_language(statements: list[Statement]) -> None:
    """Let the speeches of a record agree on what was guessed of each: a few words are a poor witness.

    The language of more than half of the words stands for all; where there is none, no guess stands.
    """
    letters: Counter[str | None] = Counter()
    for statement in statements:
        known = statement.metadata.language
        spoken = spoken_in(statement.paragraphs)
        letters[known.value if known else None] += sum(len(one.text) for one in spoken)
    language, most = letters.most_common(1)[0]
    agreed = None
    if language is not None and most > letters.total() / 2:
        agreed = Finding(language, _MOST_OF_RECORD, Confidence.LOW, _OWN_WORDS)
    for at, statement in enumerate(statements):
        known = statement.metadata.language
        if known is None or known.is_guess:
            statements[at] = replace(statement, metadata=replace(statement.metadata, language=agreed))


def _in_languages(statement: Statement) -> Statement:
    """Mark the paragraphs that are in another language than their statement, where it is not told."""
    known = statement.metadata.language
    language = known.value if known else None
    apart = languages_apart([one.text for one in statement.paragraphs], language)
    apart |= {place: one.language for place, one in enumerate(statement.paragraphs) if one.language}
    if not apart:
        return statement
    paragraphs = (
        replace(paragraph, language=apart[place] if apart[place] != language else None)
        if place in apart
        else paragraph
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
            metadata = metadata.without("speaker", "on_behalf_of", "delivered_by")
    in_blocks = draft.headed and draft.paragraphs is None
    blocks, signed = without_sign_notes(blocks) if in_blocks else (blocks, ())
    paragraphs = _split(blocks) if draft.paragraphs is None else draft.paragraphs
    if (draft.notes or signed) and paragraphs:
        paragraphs = with_notes(paragraphs, (*draft.notes, *signed))
    if draft.pages:
        paragraphs = tuple(_on_page(paragraph, draft.pages) for paragraph in paragraphs)
    metadata = _resolved(draft.declared.over(metadata))
    if metadata.language is None:
        metadata = replace(metadata, language=_language(paragraphs) or _language_of_few(draft))
    return metadata, paragraphs


def _split(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Split a text into paragraphs: as a whole, or where blocks are told to be in a language, each by itself.

    What is said twice, in two languages side by side, has a greeting and a closing in each.
    """
    if not any(block.language for block in blocks):
        return split_paragraphs(blocks)
    found: list[Paragraph] = []
    for language, run in groupby(blocks, key=lambda block: block.language):
        for one in split_paragraphs(list(run)):
            found.append(replace(one, number=len(found) + 1, language=language))
    return tuple(found)


def _on_page(paragraph: Paragraph, pages: tuple[int, ...]) -> Paragraph:
    """Say on which page a paragraph begins."""
    if paragraph.line is None:
        return paragraph
    return replace(paragraph, page=str(bisect_right(pages, paragraph.line)))


def _resolved(metadata: Metadata) -> Metadata:
    """Give whoever was declared by a name of a delegation that delegation's code."""
    group = metadata.on_behalf_of
    if group is not None and group.value.code is None and (known := delegation_named(group.value.name)):
        metadata = replace(metadata, on_behalf_of=replace(group, value=Party(known.name, known.code)))
    speaker = metadata.speaker
    if speaker is None or speaker.value.code:
        return metadata
    delegation = delegation_named(speaker.value.delegation or speaker.value.printed)
    if delegation is None:
        return metadata
    resolved = replace(speaker.value, delegation=delegation.name, code=delegation.code)
    return replace(metadata, speaker=replace(speaker, value=resolved))


def _language(paragraphs: tuple[Paragraph, ...]) -> Finding[str] | None:
    spoken = spoken_in(paragraphs)
    told: Counter[str] = Counter()
    for paragraph in spoken:
        if paragraph.language:
            told[paragraph.language] += len(paragraph.text)
    texts = [paragraph.text for paragraph in spoken]
    language = told.most_common(1)[0][0] if told else language_of(texts)
    if language is None:
        return None
    evidence = "\n".join(texts)[:_EVIDENCE_LENGTH]
    return Finding(language, evidence, Confidence.LOW, _OWN_WORDS)


def _language_of_few(draft: Draft) -> Finding[str] | None:
    """Guess the language of a draft whose paragraphs do not tell it, from its heading and them together."""
    text = "\n".join(line for block in draft.blocks for line in block.lines)
    language = language_of_few_words(text) if len(text) <= _MOST_OF_FEW else None
    if language is None:
        return None
    return Finding(language, text[:_EVIDENCE_LENGTH], Confidence.LOW, _OWN_WORDS)


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
    for fact in fields(metadata):
        found = getattr(metadata, fact.name)
        if isinstance(found, Finding):
            yield from (found.evidence, str(found.value))
    if metadata.speaker:
        speaker = metadata.speaker.value
        yield from (speaker.printed, speaker.delegation, speaker.code, speaker.person, speaker.post)

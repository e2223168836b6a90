"""The UN General Debate Corpus: one speech a file, named ``ISO_NN_YYYY.txt``.

Jankin, Baturo and Dasandi, "United Nations General Debate Corpus 1946-2022",
doi:10.7910/DVN/0TJX8Y. The name holds the delegation's code, the session of the
General Assembly and its year; the text begins with the first spoken word.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.markdown_marks import without_marks
from onrecord.indexer.formats.plain_text import blocks_of_lines, clean_lines
from onrecord.indexer.formats.verbatim.meeting import symbol_in
from onrecord.indexer.numbers import ordinal
from onrecord.indexer.paragraphs.page_furniture import is_running_head
from onrecord.indexer.register import delegation_by_code
from onrecord.indexer.sources.beside import SPEAKERS_LISTED, speakers_list_of, speech_name
from onrecord.indexer.statement import Confidence, Finding, Metadata, RunnerUp, Speaker

__all__ = ["is_general_debate", "read_general_debate"]


def is_general_debate(path: Path) -> bool:
    """Tell whether the file name follows the scheme, with a session that met in that year."""
    return speech_name(path.name) is not None


def read_general_debate(path: Path, data: bytes) -> list[Draft]:
    """Read a speech; the name of its file says who, where and when, the corpus's list which person."""
    text = without_marks(clean_lines(data))
    return [Draft(blocks_of_lines(text), declared=_metadata(path, text), headed=False)]


def _metadata(path: Path, text: str) -> Metadata:
    name, known = path.name, speech_name(path.name)
    assert known is not None, name
    code, session, year = known
    forum = f"United Nations General Assembly, {ordinal(session)} session, general debate"
    return Metadata(
        speaker=_listed(Finding(_speaker(code, year=year), name, Confidence.CERTAIN), path),
        forum=Finding(forum, name, Confidence.CERTAIN),
        date=Finding(PartialDate(year), name, Confidence.CERTAIN),
        language=Finding("en", name, Confidence.CERTAIN),
        document_symbol=_document_symbol(text),
    )


def _listed(speaker: Finding[Speaker], path: Path) -> Finding[Speaker]:
    """Add the person and the post that the corpus's list has; a guess, where it has several for it."""
    if speakers_list_of(path) is None:
        return speaker
    from onrecord.indexer.formats.speakers_list import speakers_of  # most texts have no list

    rows = speakers_of(path)
    if not rows:
        return speaker
    first = rows[0]
    value = replace(speaker.value, person=first.person, post=first.post)
    evidence = f"{speaker.evidence}; {first}"
    if len(rows) == 1:
        return Finding(value, evidence, Confidence.CERTAIN, SPEAKERS_LISTED, line=first.row)
    other = RunnerUp(str(rows[1].person or rows[1].post), SPEAKERS_LISTED, str(rows[1]))
    return Finding(value, evidence, Confidence.LOW, SPEAKERS_LISTED, other, first.row)


def _document_symbol(text: str) -> Finding[str] | None:
    """Read the symbol of the record from the heads of its pages, where all of them print the same."""
    if "/PV" not in text:
        return None
    heads = [line.strip() for line in text.splitlines() if "/PV" in line and is_running_head(line)]
    symbols = {symbol: head for head in heads if (symbol := symbol_in(head)) is not None}
    return Finding(*symbols.popitem()) if len(symbols) == 1 else None


def _speaker(code: str, *, year: int) -> Speaker:
    delegation = delegation_by_code(code, year=year)
    if delegation is None:
        return Speaker(printed=code)
    return Speaker(printed=code, delegation=delegation.name, code=delegation.code)

"""The UN General Debate Corpus: one speech a file, named ``ISO_NN_YYYY.txt``.

Jankin, Baturo and Dasandi, "United Nations General Debate Corpus 1946-2022",
doi:10.7910/DVN/0TJX8Y. The name holds the delegation's code, the session of the
General Assembly and its year; the text begins with the first spoken word.
"""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.markdown_marks import without_marks
from onrecord.indexer.formats.plain_text import blocks_of_lines, clean_lines
from onrecord.indexer.formats.verbatim.meeting import symbol_in
from onrecord.indexer.numbers import ordinal
from onrecord.indexer.paragraphs.page_furniture import is_running_head
from onrecord.indexer.register import delegation_by_code
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker

__all__ = ["is_general_debate", "read_general_debate"]

_NAME = re.compile(r"([A-Z]{2,3})_(\d{2})_(\d{4})\.txt")
# The first session met in 1946, and every year has had one since.
_YEAR_BEFORE_FIRST_SESSION = 1945


def is_general_debate(path: Path) -> bool:
    """Tell whether the file name follows the scheme, with a session that met in that year."""
    match = _NAME.fullmatch(path.name)
    return match is not None and int(match[3]) - int(match[2]) == _YEAR_BEFORE_FIRST_SESSION


def read_general_debate(path: Path, data: bytes) -> list[Draft]:
    """Read a speech; the name of its file says who, where and in which year."""
    text = without_marks(clean_lines(data))
    return [Draft(blocks_of_lines(text), declared=_metadata(path.name, text), headed=False)]


def _metadata(name: str, text: str) -> Metadata:
    match = _NAME.fullmatch(name)
    assert match is not None, name
    code, session, year = match[1], int(match[2]), int(match[3])
    forum = f"United Nations General Assembly, {ordinal(session)} session, general debate"
    return Metadata(
        speaker=Finding(_speaker(code, year=year), name, Confidence.CERTAIN),
        forum=Finding(forum, name, Confidence.CERTAIN),
        date=Finding(PartialDate(year), name, Confidence.CERTAIN),
        language=Finding("en", name, Confidence.CERTAIN),
        document_symbol=_document_symbol(text),
    )


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

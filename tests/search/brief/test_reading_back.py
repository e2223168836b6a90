"""Whatever is quoted, a whole document of it reads back quotation by quotation, in every form."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.indexer.reading.with_notes import read_with_notes
from onrecord.indexer.sources.decoding import clean
from onrecord.search.brief.document import Document, Heading, Items, Quoted, Words, plain
from onrecord.search.brief.markdown import markdown
from onrecord.search.brief.quoting import reads_back
from onrecord.search.brief.web_page import web_page
from onrecord.search.brief.word_document import word_document
from onrecord.search.research.verification.quotations import quotations_in
from onrecord.search.results.shown_text import printable

ADDRESS = "2018-chile-general-debate-abcde#{}~abcde"
# Marks, signs of Markdown and of pages, marks of notes, and words between them.
# fmt: off
PIECES = (
    "mines", "are", "the sea", "3", " ", " ", " ", '"', "“", "”", "„", "«", "»", "‘", "’", "'", "「", "」",
    "…", "[1]", "[n]", "[f1]", "[note-1]", "[^1]", "¹", "`", "``", "*", "**", "_", "~", "~~", "|", "<b>",
    "<", ">", "&amp;", "&", "\\", "[a](b)", "![c](d)", "(", ")", "[", "]", ".", ",", "- ", "# ",
    "—", "سلام", "地雷", "צה\"ל",
)
# fmt: on
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(
    lambda pieces: " ".join(printable(clean("".join(pieces))).split())
)


def document(quoted: list[str]) -> Document:
    items = tuple(
        (plain("Chile", strong=True), Words(": "), Quoted(text, number))
        for number, text in enumerate(quoted, 1)
    )
    notes = tuple(f"Chile, statement [{ADDRESS.format(number)}]." for number in range(1, len(quoted) + 1))
    return Document("Brief", (Heading(1, (Words("Brief"),)), Items(items)), notes)


@settings(max_examples=100)
@given(st.lists(texts, min_size=1, max_size=12))
def test_what_reads_back_alone_reads_back_among_others(some: list[str]) -> None:
    quoted = [text for text in some if reads_back(text)]
    if not quoted:
        return
    expected = [(text, ADDRESS.format(number)) for number, text in enumerate(quoted, 1)]
    made = document(quoted)
    with TemporaryDirectory() as folder:
        for name, written in (
            ("brief.md", markdown(made).encode()),
            ("brief.html", web_page(made).encode()),
            ("brief.docx", word_document(made)),
        ):
            path = Path(folder, name)
            path.write_bytes(written)
            found = quotations_in(read_with_notes(path).text)
            assert [(one.text, one.address) for one in found] == expected, name


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("plain words", True),
        ('He said "no" to it.', True),
        ("“He said no to it.", False),
        ("as they say” in the villages", False),
        ("see <inaudible> there", False),
        ("note [1] and [f1] of `it`", True),
        ('of "the', True),
    ],
)
def test_marks_that_do_not_pair_do_not_read_back(text: str, does: bool) -> None:
    assert reads_back(text) is does

"""Markdown: the words without the marks, blocks with the line they begin on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.formats.facing_columns import columns_in_languages
from onrecord.indexer.limits import MARKUP, NESTING, check_time
from onrecord.indexer.sources.declared import split_front_matter
from onrecord.indexer.sources.decoding import clean, decode, hold_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_REFERENCE = re.compile(r"\[\^(?P<name>[^\[\]\s]+)\](?!:)")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\]:?")
# A note: its mark at the beginning of a line, what follows as far as an empty line or the next note, and
# paragraphs that are indented below it.
_NOTE = re.compile(
    r"^ {0,3}\[\^(?P<name>[^\[\]\s]+)\]:[ \t]*"
    r"(?P<said>(?:(?!\n[ \t]*\n(?! {2,}|\t)|\n {0,3}\[\^[^\[\]\s]+\]:).)*)",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_RAISED = re.compile(r"<sup\b", re.IGNORECASE)
_FIGURE = re.compile(r"\u200b?\d{1,3}")
_SENTENCE_END = re.compile(r"[.!?;][\"”’»)]*$")
# A stop and the marks that close what it stands in.
_LONGEST_STOP = 6
# The signs that may mean something to Markdown in the middle of a line: each may become a piece of its own.
_SIGNS = "*_[]`<&\\"


def read_markdown(path: Path, data: bytes) -> list[Draft]:
    """Read one statement from Markdown (CommonMark and tables), with front matter if it has any.

    Link texts stay, addresses and pictures go; the figure of a note stands apart from its word, and notes
    (``[^1]: …``) are kept apart. A list item keeps a bullet or its number, a table gives a line a row, or a
    text after the other where it has one in two languages; a quotation is text like any other.
    """
    declared, text = split_front_matter(clean(decode(data)), path=path)
    hold_lines(text)
    MARKUP.check(sum(map(text.count, _SIGNS)))
    said, notes = _parted(_without_comments(text))
    return [Draft(tuple(_Document(said).blocks()), declared=declared, notes=notes)]


@cache
def _block_parser() -> MarkdownIt:
    """Return what parts a document into blocks, at most `NESTING` deep.

    The parser would drop in silence what stands deeper than its own limit.
    """
    from markdown_it import MarkdownIt

    # Indented lines are paragraphs here: statements indent text, and hold no program code.
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING.most + 3}).enable("table")
    inside = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "limits", _hold_nesting, {"alt": inside})
    return parser.disable(["code", "inline"])


@cache
def _line_parser() -> MarkdownIt:
    """Return what reads the words of a block; it looks 20 deep into brackets, and loses no words."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.inline.ruler.after("text", "limits", _hold_time)
    return parser


def _hold_nesting(state: Any, *_: object) -> bool:
    """Take part in parsing as a rule that never applies, and look at the depth and the clock each time."""
    NESTING.check(state.level)
    return _hold_time()


def _hold_time(*_: object) -> bool:
    check_time()
    return False


def _without_comments(text: str) -> str:
    """Blank out comments, and keep every line in its place."""
    return _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)


def _parted(text: str) -> tuple[str, tuple[Note, ...]]:
    """Part a text from the notes to which marks in it lead; their lines are blank, and the marks are gone."""
    found = {note["name"]: note for note in _NOTE.finditer(text)}
    if not found:
        return _FOOTNOTE_MARK.sub("", text), ()
    marks: dict[str, int] = {}
    outside = _NOTE.sub(lambda note: _blank(note[0]), text)
    for mark in _REFERENCE.finditer(outside):
        if mark["name"] in found:
            marks.setdefault(mark["name"], mark.start())
    said = _NOTE.sub(lambda note: _blank(note[0]) if note["name"] in marks else note[0], text)
    return _FOOTNOTE_MARK.sub("", said), tuple(_notes(text, outside, found, marks))


def _notes(
    text: str, outside: str, found: Mapping[str, re.Match[str]], marks: Mapping[str, int]
) -> Iterator[Note]:
    """Yield notes in the order of their marks; one that is no figure is printed as its place among them."""
    line, done = 1, 0
    for place, (name, start) in enumerate(marks.items(), start=1):
        check_time()
        line, done = line + outside.count("\n", done, start), start
        words = "\n".join(map(str.strip, found[name]["said"].split("\n")))
        texts = tuple(" ".join(block.lines) for block in _Document(_FOOTNOTE_MARK.sub("", words)).blocks())
        if texts:
            begins = text.count("\n", 0, found[name].start()) + 1
            yield Note(texts, name if name.isdecimal() else str(place), line, begins)


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


class _Document:
    """A document in tokens, which are read as they come: a tree would be walked by calls as deep as it is."""

    def __init__(self, text: str) -> None:
        self._known: dict[str, Any] = {}  # what the parser keeps of the document: where its links lead
        self._tokens = iter(_block_parser().parse(text, self._known))

    def blocks(self) -> Iterator[Block]:
        """Set the text; ``mark`` is what a list sets before its next words."""
        mark = ""
        for token in self._tokens:
            if token.type == "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else "• "
            elif token.type == "list_item_close":
                mark = ""
            elif token.type in ("paragraph_open", "heading_open"):
                yield from _set(self._lines(next(self._tokens)), token, mark=mark)
                mark = ""
            elif token.type == "table_open":
                yield from self._table()
            elif token.type in ("html_block", "fence"):
                yield from _set(_TAG.sub("", token.content).split("\n"), token)

    def _table(self) -> Iterator[Block]:
        """Set a table: a row as a line, texts in two languages one after the other."""
        rows: list[tuple[Token, list[str]]] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append((token, list(self._cells())))
        columns = columns_in_languages([cells for _, cells in rows])
        for column, language in columns.items():
            for token, cells in rows:
                number = next((text for at, text in enumerate(cells) if at not in columns), "")
                said = " ".join(filter(None, (number, cells[column]))) if cells[column] else ""
                yield from (replace(block, language=language) for block in _set([said], token))
        if not columns:
            for token, cells in rows:
                yield from _set([" | ".join(filter(None, cells))], token)

    def _cells(self) -> Iterator[str]:
        """Yield the words of each cell up to the end of a row."""
        for token in self._tokens:
            if token.type == "tr_close":
                return
            if token.type == "inline":
                yield " ".join(self._lines(token))

    def _lines(self, inline: Token) -> list[str]:
        """Return the words line by line, as they stand in the source.

        CommonMark reads a plain line end as a space. Headings are often typed with
        plain line ends, though, so all of them are kept, for the splitter to judge.
        """
        parts = _line_parser().parseInline(inline.content, self._known)
        return clean(_set_apart([word for part in parts for word in part.children or ()])).split("\n")


def _set(lines: Sequence[str], token: Token, *, mark: str = "") -> Iterator[Block]:
    """Set lines as blocks, a new one where a line is missing between two."""
    assert token.map is not None
    title = token.type == "heading_open" and not _stands_on_a_rule(token, lines)
    first, block = token.map[0] + 1, list[str]()
    for number, line in enumerate([*lines, ""], start=first):
        text = " ".join(line.split())
        if text:
            block.append(mark + text)
            mark = ""
        elif block:
            yield Block(tuple(block), line=number - len(block), title=title)
            block = []


def _stands_on_a_rule(token: Token, lines: Sequence[str]) -> bool:
    """Tell a paragraph with a rule right below it from an underlined title."""
    if token.markup not in ("-", "=") or not lines:
        return False
    return _SENTENCE_END.search(lines[-1][-_LONGEST_STOP:]) is not None


def _set_apart(tokens: Sequence[Token]) -> str:
    """Return the words, the figure of a note apart from its word: a link or raised text that is but a figure.

    A space without a width parts them, as `paragraphs.note_figures` has it; ``79<sup>th</sup>`` is one word.
    """
    pieces: list[str] = []
    begins: list[int] = []
    for token in tokens:
        if token.type == "link_open" or _RAISED.match(token.content if token.type == "html_inline" else ""):
            begins.append(len(pieces))
        elif begins and (token.type == "link_close" or token.content.lower().startswith("</sup")):
            begin = begins.pop()
            if _FIGURE.fullmatch("".join(pieces[begin:])):
                pieces.insert(begin, "\u200b")
        else:
            pieces.append(_words(token))
    return "".join(pieces)


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type in ("text", "code_inline") else ""

"""Markdown: the words without the marks, blocks with the line they begin on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.layout import Block, Draft
from indexer.sources.declared import split_front_matter
from indexer.sources.decoding import clean, decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["read_markdown"]

_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:?")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_SENTENCE_END = re.compile(r"[.!?;][\"”’»)]*$")


def read_markdown(path: Path, data: bytes) -> list[Draft]:
    """Read one statement from Markdown (CommonMark and tables), with front matter if it has any.

    Link texts stay, addresses and pictures go. A list item keeps a bullet or its
    number, a table gives a line a row, a quotation is text like any other.
    """
    from markdown_it.tree import SyntaxTreeNode

    declared, text = split_front_matter(clean(decode(data)), path=path)
    root = SyntaxTreeNode(_parser().parse(_without_dropped_marks(text)))
    return [Draft(tuple(_blocks(root)), declared=declared)]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Indented lines are paragraphs here: statements indent text, and hold no program code.
    return MarkdownIt("commonmark").enable("table").disable("code")


def _without_dropped_marks(text: str) -> str:
    """Blank out comments and footnote marks, and keep every line in its place."""
    text = _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    return _FOOTNOTE_MARK.sub("", text)


def _blocks(node: SyntaxTreeNode, *, mark: str = "") -> Iterator[Block]:
    """Walk down to the text; ``mark`` is what a list sets before its next words."""
    for child in node.children:
        if child.type == "list_item":
            yield from _blocks(child, mark=f"{child.info}{child.markup} " if child.info else "• ")
        elif child.type in ("paragraph", "heading"):
            yield from _set(_lines_of(child.children[0]), child, mark=mark)
            mark = ""
        elif child.type == "tr":
            cells = [" ".join(_lines_of(cell.children[0])) for cell in child.children]
            yield from _set([" | ".join(filter(None, cells))], child)
        elif child.type in ("html_block", "fence"):
            yield from _set(_TAG.sub("", child.content).split("\n"), child)
        else:
            yield from _blocks(child, mark=mark)


def _set(lines: Sequence[str], node: SyntaxTreeNode, *, mark: str = "") -> Iterator[Block]:
    """Set lines as blocks, a new one where a line is missing between two."""
    assert node.map is not None
    title = node.type == "heading" and not _stands_on_a_rule(node, lines)
    first, block = node.map[0] + 1, list[str]()
    for number, line in enumerate([*lines, ""], start=first):
        text = " ".join(line.split())
        if text:
            block.append(mark + text)
            mark = ""
        elif block:
            yield Block(tuple(block), line=number - len(block), title=title)
            block = []


def _stands_on_a_rule(node: SyntaxTreeNode, lines: Sequence[str]) -> bool:
    """Tell a paragraph with a rule right below it from an underlined title."""
    return node.markup in ("-", "=") and bool(lines) and _SENTENCE_END.search(lines[-1]) is not None


def _lines_of(inline: SyntaxTreeNode) -> list[str]:
    """Return the words line by line, as they stand in the source.

    CommonMark reads a plain line end as a space. Headings are often typed with
    plain line ends, though, so all of them are kept, for the splitter to judge.
    """
    return clean("".join(_words(inline))).split("\n")


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        if child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type in ("text", "code_inline"):
            yield child.content
        elif child.type not in ("image", "html_inline"):
            yield from _words(child)

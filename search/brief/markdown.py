"""A document as Markdown, with notes as GitHub, Pandoc and others read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from onrecord.search.brief.document import (
    Block,
    Code,
    Document,
    Heading,
    Items,
    Paragraph,
    Quoted,
    Rows,
    Span,
)

__all__ = ["code", "escaped", "markdown"]

# Signs of Markdown; an underscore or a tilde in a word is none.
_SIGNS = re.compile(r"[\\`*{}\[\]|~_]|(?<=\])\(")
_IN_A_WORD = re.compile(r"(?<=\w)\\(?=[_~]\w)")
# In a note the address stands in brackets, which are no link without what would follow them.
_BRACKETS = re.compile(r"\\([\[\]])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(?=[#+>=-])|^(\d+)(?=[.)])")


def markdown(document: Document) -> str:
    """Write a document."""
    blocks = [*(_block(block) for block in document.blocks), *_notes(document)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Write a text so that it is read as it is.

    >>> escaped("a [1] *b* 2018-x_y#1~abcde <i> & c")
    'a \\[1\\] \\*b\\* 2018-x_y#1~abcde &lt;i&gt; &amp; c'
    """
    text = re.sub("[&<>]", lambda found: _HTML[found[0]], text)
    return _IN_A_WORD.sub("", _SIGNS.sub(r"\\\g<0>", text))


def code(text: str) -> str:
    r"""Set a text as code, between as many marks as it needs.

    >>> code("a"), code("`a` b")
    ('`a`', '`` `a` b ``')
    """
    runs = [len(list(run)) for mark, run in groupby(text) if mark == "`"]
    mark = "`" * (1 + max(runs, default=0))
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{gap}{text}{gap}{mark}"


def _block(block: Block) -> str:
    match block:
        case Heading(level, spans):
            return f"{'#' * level} {_line(spans)}"
        case Paragraph(spans):
            return _LEADING.sub(r"\1\\", _line(spans))
        case Items(items):
            return "\n".join(f"- {_line(spans)}" for spans in items)
        case Rows():
            return "\n".join(_table(block))


def _table(rows: Rows) -> Iterator[str]:
    rules = ("---:" if at in rows.numbers else "---" for at in range(len(rows.names)))
    yield f"| {' | '.join(rows.names)} |"
    yield f"| {' | '.join(rules)} |"
    for row in rows.rows:
        yield f"| {' | '.join(_in_table(spans) for spans in row)} |"


def _in_table(span: Span) -> str:
    return _span(span).replace("|", "\\|") if isinstance(span, Code) else _span(span)


def _line(spans: tuple[Span, ...]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    if isinstance(span, Code):
        return code(span.text)
    if isinstance(span, Quoted):
        return f"“{escaped(span.text)}”[^{span.note}]"
    return f"**{escaped(span.text)}**" if span.strong and span.text else escaped(span.text)


def _notes(document: Document) -> Iterator[str]:
    for number, note in enumerate(document.notes, 1):
        written = _BRACKETS.sub(r"\1", escaped(note))
        yield f"[^{number}]: {written}"

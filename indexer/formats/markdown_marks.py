"""Marks of Markdown in a plain text, taken off: emphasis, quotation, headings, links.

Texts are saved as ``.txt`` that were written in Markdown, or taken from a page by a program that writes it.
The marks are no words, and hide what a line is: ``**Mr President,**``. Only what stands as Markdown
has it goes. A star that belongs to a note, a rule of stars and a comparison stay.
"""

from __future__ import annotations

import re

from onrecord.indexer.sources.decoding import compose

__all__ = ["without_marks"]

# In one block: a blank line ends it. Neither end may be a space, so that "2 ** 3" is none.
_INSIDE = r"(?=[^\s*])((?:[^*\n]|\*(?!\*)|\n(?![^\S\n]*\n))+)(?<=[^\s*])"
_STRONG = re.compile(rf"\*\*{_INSIDE}\*\*|(?<!\w)__(?=[^\s_])([^\n_]+)(?<=[^\s_])__(?!\w)")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^\n*]+)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^\n_]+)(?<=[^\s_])_(?![\w_])"
)
_QUOTED = re.compile(r"^(?:[^\S\n]{0,3}>)+[^\S\n]+(?=[^\W\d_]|[\"“”«‘'(\[*])", re.MULTILINE)
_EMPTY_QUOTED = re.compile(r"^(?:[^\S\n]{0,3}>)+[^\S\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^[^\S\n]{0,3}#{1,6}[^\S\n]+(?=[^\W_]|[*\"“«(])(.*)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|/|#)[^()\s]*\)")
_FIGURES = re.compile(r"\d{1,3}")
# What Markdown lets a backslash stand before, but for another one.
_ESCAPED = re.compile(r"\\([!-/:-@\[\]^-`{-~])")


def without_marks(text: str) -> str:
    r"""Take the marks of Markdown off; every line stays in its place.

    >>> without_marks("**Mr President,**"), without_marks("> “We agree.”"), without_marks("a * b * c")
    ('Mr President,', '“We agree.”', 'a * b * c')
    >>> without_marks("the Conference[1](#f1) and [the report](https://example.org/r)")
    'the Conference[1] and the report'
    >>> without_marks("caf**e**\u0301")
    'café'
    >>> without_marks(r"__First:__ it costs \$5 a day\."), without_marks(r"It costs \$5.")
    ('First: it costs $5 a day.', 'It costs \\$5.')
    """
    plain = _marks_taken_off(text)
    return text if plain == text else compose(plain)  # what stood on both sides of a mark may be one letter


def _marks_taken_off(text: str) -> str:
    # One sign is looked for in a tenth of the time of two.
    if "]" in text and "](" in text:
        text = _LINK.sub(lambda link: f"[{link[1]}]" if _FIGURES.fullmatch(link[1]) else link[1], text)
    if ">" in text:
        text = _EMPTY_QUOTED.sub("", _QUOTED.sub("", text))
    if "#" in text:
        text = _HEADING.sub(lambda heading: heading[1].rstrip("# "), text)
    if ("*" in text and "**" in text) or ("_" in text and "__" in text):
        plain = _STRONG.sub(lambda strong: strong[1] or strong[2], text)
        if plain != text:  # whoever writes strong words in this way writes others so too
            plain = _EMPHASIS.sub(lambda emphasis: emphasis[1] or emphasis[2], plain)
            return _ESCAPED.sub(r"\1", plain)
    return text

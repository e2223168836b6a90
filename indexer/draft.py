"""A text as it was laid out, before anyone decided what its lines mean.

Readers turn a file into blocks; the heading reader takes the first of them and
the paragraph splitter the rest: a block is the form in which each is given the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.indexer.statement import Metadata, Paragraph

__all__ = ["Block", "Draft", "Note"]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that the page sets together: between blank lines, or inside one ``<p>``.

    ``lines`` are plain text in NFC, no markup, no line ends, never blank;
    ``line`` is where the first of them stands in the source, counted from 1.
    ``title`` tells that the source marks the block as a title (``#``, ``<h1>``).
    ``stacked`` is False where the lines do not stand one below the other in the
    source (line breaks by ``<br>`` alone), so that only the first line has a number.
    ``language`` is its language where the layout tells: a text that stands beside the same in another.
    ``marked_up`` tells that the source marks it as a paragraph (``<p>``), as no page that was printed does.
    ``page_top`` tells that a form feed stands before it, with which a page begins.
    """

    lines: tuple[str, ...]
    line: int = 1
    title: bool = False
    stacked: bool = True
    language: str | None = None
    marked_up: bool = False
    page_top: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or an endnote: its paragraphs, its mark as it is printed, and where the mark stands.

    ``behind`` is the line in whose words the mark stands, so that a note goes with who spoke there;
    ``line`` is where the note itself begins, None where the source does not say.
    """

    texts: tuple[str, ...]
    mark: str | None = None
    behind: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement as its reader left it: blocks, and what the file itself declares.

    ``declared`` holds what front matter, a sidecar or the scheme of the file name
    says, and is laid over what the heading says. ``headed`` is False where the
    format never carries a heading, so that all blocks are spoken words. A source that
    splits its text itself gives ``paragraphs`` in the place of blocks.

    ``key_in_file`` tells the statement from the others of its file, ``source_id`` is the identifier
    that the source itself gives it. ``pages`` are the lines with which pages begin, the
    first page first. ``letterhead`` is what stands at the head of the first page apart from the
    text: it may say who speaks, and is not spoken. ``of_many`` tells that several speak in it and that
    whose words are whose cannot be told, so that they are nobody's. ``of_a_record`` is False where the
    statements of a file have nothing to do with each other, so that each has a language of its own.
    ``notes`` are in the order of their marks. ``unparted`` tells that ``paragraphs`` are of all who speak,
    each turn beginning with a label where there are labels.
    """

    blocks: tuple[Block, ...]
    declared: Metadata = field(default_factory=Metadata)
    headed: bool = True
    paragraphs: tuple[Paragraph, ...] | None = None
    key_in_file: str | None = None
    source_id: str | None = None
    pages: tuple[int, ...] = ()
    letterhead: tuple[Block, ...] = ()
    of_many: bool = False
    of_a_record: bool = True
    notes: tuple[Note, ...] = ()
    unparted: bool = False

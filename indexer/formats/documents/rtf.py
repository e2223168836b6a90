r"""RTF: the paragraphs of the running text, as a reader sees them.

Read by a small machine of our own, after the specification (Microsoft, "Rich Text Format (RTF)
Specification", 1.9.1), since what matters to a quotation is what other readers keep or add: text that
is hidden or deleted is left out, and so are the addresses of links, headers and whatever a group
marks with ``\*`` as its own; notes are kept apart. (striprtf 0.0.35 keeps the first two, writes addresses
into the sentence, and fails on damaged numbers.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from onrecord.indexer.draft import Block, Draft, Note
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.facing_columns import columns_in_languages
from onrecord.indexer.formats.verbatim.record import statements_in
from onrecord.indexer.formats.word.notes import written_mark
from onrecord.indexer.limits import MARKUP, check_time
from onrecord.indexer.sources.decoding import clean, hold_lines

__all__ = ["is_rtf", "read_rtf"]

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# Groups that are no running text.
_APART = frozenset(
    {
        "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl",
        "footerr", "footerf", "annotation", "pict", "object", "fldinst", "listtable", "revtbl",
        "listoverridetable", "rsidtbl", "themedata", "datastore", "xmlnstbl", "latentstyles", "generator",
        "filetbl", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "aftncn", "bkmkstart", "bkmkend",
        "atnid", "atnauthor", "atntime", "atnref", "atnparent", "atndate", "atnicn", "xe", "tc", "txe", "rxe",
        "private", "template", "nonshppict", "comment",
    }
)  # fmt: skip
_PARAGRAPH = frozenset({"par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow"})
_SIGNS = {
    "line": "\n", "lbr": "\n", "softline": "\n", "tab": " ", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "", "rtlmark": "",
}  # fmt: skip
_OF_SIGN = {"~": " ", "_": "-", "-": "", "|": "", ":": "", "\\": "\\", "{": "{", "}": "}", "\t": " "}
# Which code page the characters of a font are in, by its character set.
_CODE_PAGES = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
_NAMES = {10000: "mac_roman", 65001: "utf-8", 1361: "johab"}
# How the marks of notes are written: the end of a control word, and the name of the format in Word.
_FIGURES = {
    "nar": "decimal", "nalc": "lowerLetter", "nauc": "upperLetter", "nrlc": "lowerRoman",
    "nruc": "upperRoman", "nchi": "chicago",
}  # fmt: skip
_OF_NOTES = re.compile(r"s?(?P<end>a?)ftn(?P<rule>start|restart|rstcont|rstpg|n[a-z]{2,5})")
_TYPED_MARK = re.compile(r"\s*(?P<mark>[*†‡§]{1,3}|\d{1,3}(?=[.)\s]))[.)]?\s*")
_DEEPEST, _MOST_FALLBACK = 2000, 16
# A document sets the font of every run, with some ten words: a mark of a page stands for one.
_MARKS_OF_A_WORD = 8
_FIRST_SURROGATE, _LAST_SURROGATE, _CODES = 0xD800, 0xDFFF, 0x10000


def is_rtf(data: bytes) -> bool:
    """Recognise the format by its first bytes."""
    return data.startswith(b"{\\rtf")


def read_rtf(path: Path, data: bytes) -> Iterator[Draft]:
    """Read the statement in a document, or the turns of a record."""
    text = data.decode("latin-1")
    MARKUP.check((text.count("\\") - text.count("\\'")) // _MARKS_OF_A_WORD)
    machine = _Machine(path)
    paragraphs = [replace(one, text=clean(one.text)) for one in _paragraphs(machine, text)]
    hold_lines("\n\n".join(one.text for one in paragraphs))
    blocks: list[Block] = []
    begins = [1] * len(paragraphs)
    for place in _in_reading_order(paragraphs):
        said = " ".join(filter(None, (place.number, paragraphs[place.at].text)))
        begins[place.at] = _add_blocks(blocks, said, language=place.language)
    notes = tuple(replace(note, behind=begins[note.behind]) for note in machine.notes)
    yield from statements_in(tuple(blocks), notes=notes)


def _add_blocks(blocks: list[Block], text: str, *, language: str | None) -> int:
    """Set a paragraph, whose empty lines part it, and return the line on which it begins."""
    first = line = blocks[-1].line + len(blocks[-1].lines) if blocks else 1
    for part in text.split("\n\n"):
        lines = tuple(filter(None, (" ".join(one.split()) for one in part.split("\n"))))
        if lines:
            blocks.append(Block(lines, line=line, language=language))
            line += len(lines)
    return first


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, whether it stands in a table, and the word that ends it."""

    text: str
    in_table: bool
    end: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Which paragraph is read next, the number beside it, and its language if the table tells."""

    at: int
    number: str = ""
    language: str | None = None


def _in_reading_order(paragraphs: Sequence[_Paragraph]) -> Iterator[_Place]:
    """Yield all paragraphs as they stand, and columns of a table in two languages one after the other."""
    rows: list[list[list[int]]] = [[[]]]
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.in_table and paragraph.end not in ("cell", "row"):
            yield from _of_table(paragraphs, rows)
            rows = [[[]]]
            yield _Place(at)
            continue
        rows[-1][-1].append(at)
        if paragraph.end == "cell":
            rows[-1].append([])
        elif paragraph.end == "row":
            rows.append([[]])
    yield from _of_table(paragraphs, rows)


def _of_table(paragraphs: Sequence[_Paragraph], rows: Sequence[Sequence[Sequence[int]]]) -> Iterator[_Place]:
    """Yield the paragraphs of a table; behind the last cell of a row stands nothing but its end."""
    for _, run in groupby(rows, key=len):
        together = list(run)
        texts = [[" ".join(paragraphs[at].text for at in cell).strip() for cell in row] for row in together]
        ends = not any(row[-1] for row in texts)
        columns = columns_in_languages([row[:-1] for row in texts]) if ends else {}
        for column, language in columns.items():
            for row, words in zip(together, texts, strict=True):
                number = next((text for at, text in enumerate(words[:-1]) if at not in columns), "")
                for at in row[column]:
                    yield _Place(at, number if paragraphs[at].text else "", language)
                    number = "" if paragraphs[at].text else number
        if not columns:
            yield from (_Place(at) for row in together for cell in row for at in cell)


@dataclass(slots=True)
class _Counting:
    """How notes of a kind are counted, and how far: in which figures, from where, when anew."""

    figures: str | None
    start: int = 1
    counted: int | None = None
    by_section: bool = False
    by_page: bool = False

    def next_mark(self) -> str | None:
        """Count one note more and return its mark; None where that cannot be told."""
        self.counted = self.start if self.counted is None else self.counted + 1
        return None if self.by_page else written_mark(self.counted, self.figures)

    def set(self, rule: str, number: int | None) -> None:
        """Take in a rule of a document or a section."""
        if rule == "start":
            self.start = number if number is not None else 1
        elif rule in ("restart", "rstpg", "rstcont"):
            self.by_section, self.by_page = rule == "restart", rule == "rstpg"
        else:
            self.figures = _FIGURES.get(rule)


@dataclass(slots=True)
class _OpenNote:
    """A note that is being read: the words around it, how deep its group is, whether it stands at the end."""

    around: list[str]
    depth: int
    at_end: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group: whether it is apart, or hidden; its font; letters that stand for one."""

    apart: bool = False
    hidden: bool = False
    fonts: bool = False
    font: int | None = None
    fallback: int = 1


@dataclass(slots=True)
class _Machine:
    """The state of reading: the groups around, the words so far, bytes that are not decoded yet."""

    path: Path
    group: _Group = field(default_factory=_Group)
    around: list[_Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    letters: bytearray = field(default_factory=bytearray)
    page: int = 1252
    pages: dict[int, int] = field(default_factory=dict)
    default: int | None = None
    skipped: int = 0
    is_over: bool = False
    notes: list[Note] = field(default_factory=list)
    open_note: _OpenNote | None = None
    counted: bool = False  #: whether a mark that is counted has come since the last note
    paragraphs: int = 0
    in_table: bool = False  #: whether what is read stands in a table
    footnotes: _Counting = field(default_factory=lambda: _Counting("decimal"))
    endnotes: _Counting = field(default_factory=lambda: _Counting(None))

    @property
    def is_seen(self) -> bool:
        """Whether words are running text here."""
        return not (self.group.apart or self.group.hidden or self.group.fonts)

    def take(self, token: re.Match[str]) -> bool:
        """Do what a token says; tell whether a paragraph ends with it."""
        if token["brace"]:
            self._part(opens=token["brace"] == "{")
        elif token["word"]:
            return self._word(token["word"], int(token["number"]) if token["number"] else None)
        elif token["hex"]:
            self._byte(int(token["hex"], 16))
        elif token["sign"]:
            return self._sign(token["sign"])
        elif token["text"]:
            self.say(token["text"])
        return False

    def say(self, text: str) -> None:
        """Take in words, unless they stand for a sign that was read already."""
        self.decode()
        gone = min(self.skipped, len(text))
        self.skipped -= gone
        if self.is_seen and text[gone:]:
            self.words.append(text[gone:])

    def decode(self) -> None:
        """Decode the bytes that stand one after the other: some letters take two."""
        if self.letters:
            font = self.group.font if self.group.font is not None else self.default
            page = self.pages.get(font, self.page) if font is not None else self.page
            try:
                text = self.letters.decode(_NAMES.get(page, f"cp{page}"), "replace")
            except LookupError:
                text = self.letters.decode("cp1252", "replace")
            self.letters.clear()
            if self.is_seen:
                self.words.append(text)

    def paragraph(self) -> str:
        """Return the words so far and begin anew."""
        self.decode()
        text = _whole("".join(self.words))
        self.words = []
        self.paragraphs += 1
        return text

    def end(self) -> None:
        """End the note that a document breaks off in."""
        if self.open_note is not None:
            self._end_note(self.open_note)

    def _part(self, *, opens: bool) -> None:
        check_time()
        self.decode()
        self.skipped = 0
        if opens:
            if len(self.around) >= _DEEPEST:
                raise SourceError(
                    self.path, "its groups stand in each other too deep; save it again as DOCX."
                )
            self.around.append(self.group)
        elif self.around:
            if self.open_note is not None and len(self.around) <= self.open_note.depth:
                self._end_note(self.open_note)
            self.group = self.around.pop()
            self.is_over = not self.around

    def _begin_note(self) -> None:
        """Put the words around a note aside; what is hidden has none, and a note has none of its own."""
        if self.is_seen and self.open_note is None:
            self.open_note = _OpenNote(self.words, len(self.around))
            self.words = []
        else:
            self.group = replace(self.group, apart=True)

    def _end_note(self, note: _OpenNote) -> None:
        """Keep a note, with its mark, and go back to the words around it."""
        said = clean(_whole("".join(self.words)))
        self.words, self.open_note = note.around, None
        texts = [text for part in said.split("\n\n") if (text := " ".join(part.split()))]
        mark = None
        if note.counted or self.counted:
            mark = (self.endnotes if note.at_end else self.footnotes).next_mark()
        elif texts and (typed := _TYPED_MARK.match(texts[0])):
            mark, texts[0] = typed["mark"], texts[0][typed.end() :]
        self.counted = False
        texts = list(filter(None, texts))
        if texts:
            self.notes.append(Note(tuple(texts), mark, self.paragraphs))

    def _byte(self, code: int) -> None:
        if self.skipped:
            self.skipped -= 1
        elif self.is_seen:
            self.letters.append(code)

    def _sign(self, sign: str) -> bool:
        if sign in "\r\n":
            return self._word("par", None)
        if sign == "*":
            self.group = replace(self.group, apart=True)
        else:
            self.say(_OF_SIGN.get(sign, ""))
        return False

    def _word(self, word: str, number: int | None) -> bool:
        self.decode()
        if word in _PARAGRAPH:
            if self.open_note is not None:
                self.say("\n\n")
                return False
            if word == "sect":
                self._end_section()
            return self.is_seen
        if self._is_of_notes(word, number):
            return False
        if word in ("intbl", "pard") and self.is_seen and self.open_note is None:
            self.in_table = word == "intbl"
        if word in _SIGNS:
            self.say(_SIGNS[word])
        elif word == "u" and number is not None:
            self.skipped = 0
            code = number % _CODES
            self.say(chr(code) if code else "")
            self.skipped = self.group.fallback
        elif number is not None and word in ("ansicpg", "deff", "fcharset"):
            self._set(word, number)
        else:
            self.group = _changed(self.group, word, number)
        return False

    def _is_of_notes(self, word: str, number: int | None) -> bool:
        """Take in a word that has to do with notes; tell whether it has."""
        if word == "footnote":
            self._begin_note()
        elif word == "chftn":
            if self.open_note is not None:
                self.open_note.counted = True
            elif self.is_seen:
                self.counted = True
        elif word == "ftnalt":
            if self.open_note is not None:
                self.open_note.at_end = True
        elif "ftn" in word and (rule := _OF_NOTES.fullmatch(word)):
            (self.endnotes if rule["end"] else self.footnotes).set(rule["rule"], number)
        else:
            return False
        return True

    def _end_section(self) -> None:
        for counting in (self.footnotes, self.endnotes):
            if counting.by_section:
                counting.counted = None

    def _set(self, word: str, number: int) -> None:
        """Note what holds for the document, or for a font in the table of fonts."""
        if word == "ansicpg":
            self.page = number
        elif word == "deff":
            self.default = number
        elif self.group.fonts and self.group.font is not None and number in _CODE_PAGES:
            self.pages[self.group.font] = _CODE_PAGES[number] if number else self.page


def _changed(group: _Group, word: str, number: int | None) -> _Group:
    """Return what holds inside a group after a control word."""
    if word in _APART:
        return replace(group, apart=True)
    if word == "f":
        return replace(group, font=number)
    if word in ("v", "deleted"):
        return replace(group, hidden=number != 0)
    if word == "plain":
        return replace(group, hidden=False, font=None)
    if word == "uc":
        return replace(group, fallback=min(max(0, number or 0), _MOST_FALLBACK))
    return replace(group, fonts=True) if word == "fonttbl" else group


def _whole(text: str) -> str:
    """Join the halves of signs outside the first plane, which come as two."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _paragraphs(machine: _Machine, text: str) -> Iterator[_Paragraph]:
    at = 0
    while at < len(text) and not machine.is_over:
        token = _TOKEN.match(text, at)
        if token is None:  # nothing can stand here that no token is
            break
        at = token.end()
        if token["word"] == "bin":
            at += max(0, int(token["number"] or 0))
        elif machine.take(token):
            yield _Paragraph(machine.paragraph(), machine.in_table, token["word"] or "par")
    machine.end()
    yield _Paragraph(machine.paragraph(), False, "par")

"""A small press: sets paragraphs in columns on the pages of a PDF, as a printer would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

WIDTH, HEIGHT = 595.0, 842.0
MARGIN, GUTTER, PITCH = 70.0, 18.0, 13.0
SIZE, NOTE_SIZE = 11.0, 8.0
# A page set twice is the same bytes.
DAY = datetime(2021, 9, 20, tzinfo=UTC)


def blank() -> FPDF:
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_creation_date(DAY)
    return pdf


@dataclass
class Press:
    """Sets text; ``indent`` and ``space`` mark paragraphs, ``hyphenate`` breaks long words at line ends."""

    columns: int = 1
    indent: float = 0.0
    space: float = 6.0
    hyphenate: bool = False
    head: str = ""
    foot: str = ""
    bottom: float = 90.0
    pdf: FPDF = field(default_factory=blank)
    column: int = 0
    y: float = 0.0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page()

    @property
    def measure(self) -> float:
        """The width of a column."""
        return (WIDTH - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns

    def page(self) -> None:
        """Begin a page."""
        self.pdf.add_page()
        number = len(self.pdf.pages)
        self.column, self.y = 0, MARGIN + PITCH
        self.print(self.head.format(number), MARGIN, 40.0)
        self.print(self.foot.format(number), WIDTH / 2, HEIGHT - 40.0)

    def print(self, text: str, x: float, y: float, *, size: float = SIZE) -> None:
        """Put words at a place, counted from the top left corner."""
        if text:
            self.pdf.set_font("Times", size=size)
            self.pdf.text(x, y, text)

    def centred(self, text: str, *, size: float = SIZE) -> None:
        """Set a line in the middle."""
        self.pdf.set_font("Times", size=size)
        self.print(text, (WIDTH - self.pdf.get_string_width(text)) / 2, self.y, size=size)
        self.y += 1.3 * size

    def skip(self, points: float) -> None:
        """Leave a space."""
        self.y += points

    def paragraph(self, text: str) -> None:
        """Set a paragraph, over as many columns and pages as it takes."""
        words = text.split()
        indent = self.indent
        while words:
            line = self._line(words, self.measure - indent)
            if self.y > HEIGHT - self.bottom:
                self._next_column()
            self.print(line, MARGIN + self.column * (self.measure + GUTTER) + indent, self.y)
            self.y += PITCH
            indent = 0.0
        self.y += self.space

    def note(self, text: str) -> None:
        """Set a note at the foot of the column, its mark raised behind the last word."""
        self.print(text, MARGIN + self.column * (self.measure + GUTTER), HEIGHT - 75.0, size=NOTE_SIZE)

    def save(self, path: Path) -> Path:
        """Write the document."""
        self.pdf.output(str(path))
        return path

    def _next_column(self) -> None:
        self.column += 1
        self.y = MARGIN + PITCH
        if self.column == self.columns:
            self.page()

    def _line(self, words: list[str], width: float) -> str:
        self.pdf.set_font("Times", size=SIZE)
        line = words.pop(0)
        while words and self.pdf.get_string_width(f"{line} {words[0]}") <= width:
            line += f" {words.pop(0)}"
        if self.hyphenate and words and len(words[0]) > 7 and words[0].isalpha():
            half = len(words[0]) // 2
            if self.pdf.get_string_width(f"{line} {words[0][:half]}-") <= width:
                line += f" {words[0][:half]}-"
                words[0] = words[0][half:]
        return line

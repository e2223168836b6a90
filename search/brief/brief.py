"""A brief: some topics, what is said on each and by whom, and how that came about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.indexer.errors import ExportError
from onrecord.search.brief.document import Document
from onrecord.search.brief.layout import laid_out
from onrecord.search.brief.markdown import markdown
from onrecord.search.brief.values import Made, TopicBrief
from onrecord.search.brief.web_page import web_page
from onrecord.search.brief.word_document import word_document
from onrecord.search.exports.whole_file import replaced

__all__ = ["FORMS", "Brief", "form_of"]

#: The forms in which a brief is written, by the endings of files.
FORMS = ("md", "docx", "html")
_ALSO = {"markdown": "md", "htm": "html"}


@dataclass(frozen=True, slots=True)
class Brief:
    """What is said on some topics, with quotations, and how that came about.

    The same questions to the same index give the same bytes: there is no clock in them, and no path.
    """

    title: str
    topics: tuple[TopicBrief, ...]
    made: Made

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return {
            "title": self.title,
            "topics": [topic.as_dict() for topic in self.topics],
            "made": self.made.as_dict(),
        }

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return each topic as plain data that stands by itself, with how the brief was made."""
        return [{**topic.as_dict(), "made": self.made.as_dict()} for topic in self.topics]

    def markdown(self) -> str:
        """Write it as Markdown, with notes (``[^1]``)."""
        return markdown(self._document())

    def html(self) -> str:
        """Write it as a web page."""
        return web_page(self._document())

    def docx(self) -> bytes:
        """Write it as a Word document, with footnotes."""
        return word_document(self._document())

    def dump(self, form: str) -> bytes:
        """Write it in a form: "md", "docx" or "html" (`ExportError`)."""
        match _ALSO.get(form, form):
            case "md":
                return self.markdown().encode()
            case "html":
                return self.html().encode()
            case "docx":
                return self.docx()
        raise ExportError(f'"{form}" is no form of a brief; write one of {", ".join(FORMS)}.')

    def save(self, path: Path | str, *, form: str | None = None) -> None:
        """Write it into a file, whole or not at all; the ending says the form, unless one is given.

        Raises `ExportError`.
        """
        file = Path(path)
        written = self.dump(form or form_of(file))
        with replaced(file) as part:
            part.write_bytes(written)

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        return self.html()

    def _document(self) -> Document:
        return laid_out(self.title, self.topics, self.made)


def form_of(path: Path) -> str:
    """Return the form that the ending of a file says (`ExportError`).

    >>> form_of(Path("Brief.HTM"))
    'html'
    """
    ending = path.suffix.removeprefix(".").lower()
    form = _ALSO.get(ending, ending)
    if form not in FORMS:
        raise ExportError(
            f"{path}: a brief is written as {', '.join(FORMS)}; end the name in one of them.", path=path
        )
    return form

"""Templates, and the replies that they make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.search.results.shown_text import printable
from onrecord.search.web.marking import marked
from onrecord.search.web.pages.static import static_path
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.pages.wording import LANGUAGES
from onrecord.search.web.resource import HTML, Reply

__all__ = ["page"]

_TEMPLATES = Path(__file__).parent / "templates"


def _shown(value: Any) -> Any:
    """Take out of every text what turns or hides other text; what is markup of ours was looked at before."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else printable(value)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_shown,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_ENVIRONMENT.globals.update(static=static_path, languages=LANGUAGES, marked=marked)


def page(
    template: str, visit: Visit, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> Reply:
    """Make a page of a template."""
    words = visit.words
    html = _ENVIRONMENT.get_template(template).render(visit=visit, site=visit.site, t=words, **values)
    said = {"Content-Language": words.code, **(headers or {})}
    return Reply(html.encode("utf-8", "replace"), HTML, status, said)

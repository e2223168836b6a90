"""A digest: the news of one saved search after the other, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from html import escape

from onrecord.search.alerts.news import Entry, News
from onrecord.search.alerts.wording import as_html, cut, marked, shown, summary, title
from onrecord.search.results.hits import Hit

__all__ = ["DigestForm", "counts_of", "digest"]

# What Markdown would take for more than the sign that it is.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_BEGINNING = re.compile(r"^(\s*[0-9]*)([-+.)](?=\s|$))")
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ max-width: 45em; margin: auto; font-family: serif }}
ins {{ background: #dfd }} del {{ background: #fdd }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #111; color: #eee }}
  ins {{ background: #242 }} del {{ background: #422 }}
}}
</style>
</head>
<body>
"""


class DigestForm(Enum):
    """How a digest is written."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"


def digest(several: Sequence[News], *, day: date, form: DigestForm, base_url: str | None = None) -> str:
    """Write the news of some saved searches; those without any are left out.

    ``day`` stands in the heading. With a ``base_url`` each paragraph leads to its place there.
    """
    told = [news for news in several if news]
    heading = f"On Record, {day.isoformat()}"
    write = {DigestForm.MARKDOWN: _markdown, DigestForm.HTML: _html, DigestForm.TEXT: _text}[form]
    return "".join(f"{line}\n" for line in write(told, heading, base_url))


def counts_of(news: News) -> str:
    """Say how much is new, changed and withdrawn."""
    counts = (
        (len(news.new), "new"),
        (len(news.changed), "changed"),
        (len(news.withdrawn), "withdrawn"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in counts if number) or "nothing new"


def _text(told: Iterable[News], heading: str, base_url: str | None) -> Iterator[str]:
    yield heading
    for news in told:
        yield ""
        yield f"{news.saved.name}: {counts_of(news)}, for {shown(news.understood)}"
        for entry in news.entries():
            yield ""
            yield title(entry)
            yield f"  {_place(entry, base_url)}"
            yield f"  {marked(entry)}"
            if said := summary(entry):
                yield f"  {said}"


def _markdown(told: Iterable[News], heading: str, base_url: str | None) -> Iterator[str]:
    yield f"# {heading}"
    for news in told:
        yield ""
        yield f"## {_escaped(news.saved.name)}"
        yield ""
        yield f"{counts_of(news).capitalize()}, for {_escaped(shown(news.understood))}"
        for entry in news.entries():
            yield ""
            yield f"### {_escaped(title(entry))}"
            yield ""
            yield f"> {_escaped_words(entry)}"
            yield ""
            said = summary(entry)
            place = _place(entry, base_url)
            yield f"`{place}`" if base_url is None else f"<{place}>"
            if said:
                yield ""
                yield said


def _html(told: Iterable[News], heading: str, base_url: str | None) -> Iterator[str]:
    yield _HEAD.format(title=escape(heading)).rstrip("\n")
    yield f"<h1>{escape(heading)}</h1>"
    for news in told:
        yield f"<h2>{escape(news.saved.name)}</h2>"
        yield f"<p>{escape(counts_of(news).capitalize())}, for {escape(shown(news.understood))}</p>"
        for entry in news.entries():
            place = escape(_place(entry, base_url))
            leads = f"<code>{place}</code>" if base_url is None else f'<a href="{place}">{place}</a>'
            yield f"<h3>{escape(title(entry))}</h3>"
            yield as_html(entry)
            yield f"<p>{leads}</p>"
    yield "</body>"
    yield "</html>"


def _place(entry: Entry, base_url: str | None) -> str:
    address = entry.address if entry.hit is None else entry.hit.lasting_address
    return address if base_url is None else f"{base_url.rstrip('/')}/{address}"


def _escaped(text: str) -> str:
    return _BEGINNING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))


def _escaped_words(entry: Entry) -> str:
    """Write the words of a paragraph, what was asked for in bold."""
    if not isinstance(entry.item, Hit):
        return _escaped(marked(entry))
    pieces = (
        f"**{words}**" if is_match else words
        for text, is_match in cut(entry.item)
        if (words := _SIGNS.sub(r"\\\1", shown(text)))
    )
    return _BEGINNING.sub(r"\1\\\2", "".join(pieces))

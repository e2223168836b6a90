"""Strings that would be markup, code, headers or templates somewhere, and what a page may be made of.

What is drawn depends on the seed alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import yaml

__all__ = ["FIELDS", "hostile_markup", "strange_answer", "strange_markup", "write_hostile"]

_SEEDS = (
    *("<script>alert(1)</script>", '"><script src=//x.example></script>', "'><img src=x onerror=alert(1)>"),
    *("<svg/onload=alert(1)>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>"),
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//x.example",
    ),
    *('" onmouseover="alert(1)', "' autofocus onfocus='alert(1)", "` onload=alert(1) `", "<!--", "-->"),
    *("]]>", "<![CDATA[", "&lt;script&gt;", "&#60;script&#62;", "&", "%3Cscript%3E", "\\u003cscript\\u003e"),
    *("{{1337*7331}}", "{% for x in y %}", "{#", "${1337*7331}", "#{1337*7331}", "<%= 1337*7331 %>"),
    *("{{ self.__init__.__globals__ }}", "{0.__class__}", "{paragraphs}", "%s%n", "{}"),
    *("\r\nSet-Cookie: a=b", "\r\n\r\n<html>", "\nLocation: //x.example", "\x00", "\x1b[31m", "\x7f\x9b"),
    *(
        "\u202egnitirw",
        "\u2066a\u2069",
        "\u200f\u200e",
        "\ufeff",
        "\u2028",
        "\U000e0041",
        "\ufffe",
        "a\u0301" * 40,
    ),
    *("../../etc/passwd", "..%2f..%2f", "C:\\", "\\\\host\\share", "'; DROP TABLE--", "$(id)", "`id`", "|id"),
    *("<style>*{display:none}</style>", "<base href=//x.example>", "<meta http-equiv=refresh content=0>"),
    *(
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<a href=javascript:alert(1)>x</a>",
        "<form action=//x>",
    ),
    *(
        "</script><script>alert(1)</script>",
        "</style>",
        "<link rel=stylesheet href=//x.example>",
        '<math><mi//xlink:href="data:x">',
    ),
    *(
        "日本",
        "العربية",
        "עברית",
        "a" * 300,
        "peace",
        "the",
        "=",
        "*",
        "?",
        "~",
        "(",
        ")",
        ":",
        '"',
        "'",
        "`",
    ),
)
_ELEMENTS = frozenset(
    [
        *(
            "html",
            "head",
            "meta",
            "title",
            "link",
            "script",
            "body",
            "a",
            "header",
            "p",
            "nav",
            "ul",
            "ol",
            "li",
        ),
        *(
            "main",
            "form",
            "div",
            "label",
            "input",
            "button",
            "details",
            "summary",
            "select",
            "option",
            "footer",
        ),
        *("h1", "h2", "h3", "section", "aside", "span", "bdi", "blockquote", "mark", "cite", "time", "small"),
        *(
            "code",
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "article",
            "figure",
        ),
        *("svg", "desc", "rect", "text", "g", "textarea", "strong", "del", "ins", "q", "i", "pre"),
    ]
)
_FACTS = ("speaker", "person", "post", "forum", "place", "title", "behalf")
#: What may be typed, page by page.
FIELDS = (
    (
        "/search",
        ("q", "speaker", "person", "post", "behalf", "forum", "place", "language", "since", "sort", "lang"),
    ),
    ("/kwic", ("q", "node", "sort", "at")),
    ("/count", ("q", "by", "of", "per")),
    ("/silence", ("q", "forum", "among")),
    ("/compare", ("a", "b", "q")),
    ("/verify", ("address",)),
)
_PRODUCT = str(1337 * 7331)
# Attributes that hold what a browser asks for.
_LEADING = ("href", "src", "action", "formaction", "srcset", "xlink:href", "data", "poster")
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\|/)", re.IGNORECASE)


def hostile_markup(seed: int, number: int) -> Iterator[str]:
    """Yield strings of several that mean something elsewhere."""
    chance = Random(seed)
    yield from _SEEDS[: max(0, number)]
    for _ in range(number - len(_SEEDS)):
        yield chance.choice(("", " ")).join(chance.choices(_SEEDS, k=chance.randint(1, 5)))


class _Looked(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _ELEMENTS:
            self.strange.append(f"<{tag}>")
        own = given.get("src", "").rpartition("../")[2].startswith("static/script-")
        if tag == "script" and not own and given.get("type") != "application/ld+json":
            self.strange.append(f"<script {given}>")
        if tag == "meta" and "http-equiv" in given:
            self.strange.append("<meta http-equiv>")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc", "background"):
                self.strange.append(f"{tag} {name}")
            if name in _LEADING and _SCHEME.match(value) and not given.get("rel", "").startswith("external"):
                self.strange.append(f"{tag} {name}={value[:80]}")

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"<!--{data[:40]}-->")

    def unknown_decl(self, data: str) -> None:
        self.strange.append(f"<![{data[:40]}]>")


def strange_markup(html: str) -> list[str]:
    """List what of a page none of its templates has: elements, attributes, links to elsewhere."""
    return _Looked(html).strange


def strange_answer(answer: Any) -> list[str]:
    """List what is wrong with an answer of a test client: its status, its headers, what it is made of."""
    strange = strange_markup(answer.text)
    if answer.status_code >= 500:
        strange.append(str(answer.status_code))
    if "set-cookie" in answer.headers or "location" in answer.headers:
        strange.append("a header")
    if re.search("[\u202a-\u202e\u2066-\u2069\x00]", answer.text):
        strange.append("a sign that turns or hides text")
    if _PRODUCT in answer.text.replace(",", ""):
        strange.append("a template was filled in")
    return strange


def _file_name(text: str, number: int) -> str:
    kept = re.sub(r"[/\x00]", "", text)[:60].encode("utf-8", "ignore").decode()
    return f"{kept} {number}.md"


def write_hostile(folder: Path, strings: Iterable[str]) -> None:
    """Write statements whose every fact, text and name of file is hostile."""
    for number, text in enumerate(strings):
        plain = re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe]", " ", text)
        facts = dict.fromkeys(_FACTS, f"{plain} {number}") | {"date": "2021-03-04"}
        head = yaml.safe_dump(facts, allow_unicode=True)
        words = f"The peace of {text} was said here {text} and there, number {number}."
        written = f"---\n{head}---\n\n{words}\n\nMore {text}\n"
        (folder / _file_name(text, number)).write_text(written, "utf-8", errors="ignore")

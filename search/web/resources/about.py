"""What an application and a browser ask about the index itself: names, state, health, descriptions."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.errors import RequestError
from onrecord.search.language import GRAMMAR_VERSION
from onrecord.search.results.shown_text import printable
from onrecord.search.web.answers import Health, OEmbed, StatusAnswer
from onrecord.search.web.hit_answers import paragraph_url
from onrecord.search.web.marking import marked
from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.resource import JSON, Asked, Form, Reply, Resource, in_json
from onrecord.search.web.view import NAMED, View

__all__ = ["HEALTH", "OEMBED", "OPEN_SEARCH", "STATUS", "SUGGEST"]

_SUGGESTIONS = "application/x-suggestions+json"
_OPEN_SEARCH = "application/opensearchdescription+xml"
_MOST_NAMES = 100
# Bytes of a name in a description that OpenSearch 1.1 allows.
_SHORT_NAME = 16
# Where in a URL of ours a paragraph or a statement is named.
_PARAGRAPH = re.compile(r"/statements/(?P<slug>[^/?#]+?)(?:/(?P<number>[^/?#]+?))?(?:\.html)?/?$")
# A paragraph of it, as a path has it and as an anchor has it.
_PLACE = re.compile(r"[0-9]{1,9}(?:~[a-z2-7]{5})?", re.ASCII)
# Pixels that a quotation takes where nothing is said, and seconds for which it may be kept.
_WIDTH, _HEIGHT, _KEPT = 600, 300, 3600


def _suggest(view: View, asked: Asked) -> Reply:
    return in_json(_named(view, asked))


def _suggest_to_browser(view: View, asked: Asked) -> Reply:
    """Answer as browsers ask (OpenSearch suggestions 1.1): what was typed, then the names."""
    return in_json([asked.values.get("prefix", ""), _named(view, asked)], media=_SUGGESTIONS)


def _named(view: View, asked: Asked) -> list[str]:
    field, prefix = asked.values.get("field", "speaker"), asked.values.get("prefix", "")
    most = asked.values.get("limit", 10)
    if field == "lexicon":
        return _of_the_lexicon(view, prefix, most)
    return view.names_with(field, prefix, most=most)


def _of_the_lexicon(view: View, prefix: str, most: int) -> list[str]:
    wanted = fold(prefix.strip())
    forms = {form for entry in view.index.lexicon().entries for _, form in entry.forms}
    return sorted(form for form in forms if f" {wanted}" in f" {fold(form)}")[:most]


SUGGEST = Resource(
    "suggest",
    "/suggest",
    "Complete a name as the index has it.",
    (
        Form("json", JSON, _suggest, list[str]),
        Form("opensearch.json", _SUGGESTIONS, _suggest_to_browser, list[Any]),
    ),
    (
        Parameter("field", "whose names", Kind.CHOICE, (*NAMED, "lexicon"), default="speaker"),
        Parameter("prefix", "how a word of the name begins"),
        Parameter("limit", "how many names", Kind.NUMBER, least=1, most=_MOST_NAMES, default=10),
    ),
)


def _status(view: View, asked: Asked) -> Reply:
    status = view.index.status()
    return in_json(
        StatusAnswer(
            title=view.site.title,
            version=view.version,
            generation=view.generation,
            grammar=GRAMMAR_VERSION,
            sources=status.sources,
            statements=status.statements,
            paragraphs=status.paragraphs,
            first_date=status.first_date,
            last_date=status.last_date,
            languages=list(status.languages),
            forums=list(status.forums),
            speakers=len(status.speakers),
            delegations=len(status.delegations),
        )
    )


STATUS = Resource(
    "status", "/status", "Say what is in the index.", (Form("json", JSON, _status, StatusAnswer),)
)


def _health(view: View, asked: Asked) -> Reply:
    return in_json(Health(status="ok", generation=view.generation), lasting=False)


HEALTH = Resource(
    "healthz", "/healthz", "Say that the index can be asked.", (Form("", JSON, _health, Health),)
)


def _open_search(view: View, asked: Asked) -> Reply:
    """Describe the search to a browser (OpenSearch 1.1), so that it offers it in its own box."""
    base = asked.base or "."
    name, title = view.site.title[:_SHORT_NAME], view.site.title
    description = Markup(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>{name}</ShortName>\n<LongName>{title}</LongName>\n"
        "<Description>Search what was said, paragraph by paragraph.</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        '<Url type="text/html" template="{base}/search?q={{searchTerms}}"/>\n'
        '<Url type="application/x-suggestions+json"'
        ' template="{base}/suggest.opensearch.json?prefix={{searchTerms}}"/>\n'
        '<Url type="application/atom+xml" template="{base}/search.atom?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    ).format(name=printable(name), title=printable(title)[:48], base=base)
    return Reply(description.encode(), _OPEN_SEARCH)


OPEN_SEARCH = Resource(
    "opensearch",
    "/opensearch",
    "Describe the search to a browser.",
    (Form("xml", _OPEN_SEARCH, _open_search),),
)


def _oembed(view: View, asked: Asked) -> Reply:
    """Answer with a quotation to embed (oEmbed 1.0): a block with its citation and link, and no script.

    Of a statement it is the first paragraph of substance.
    """
    if asked.values.get("format", "json") != "json":
        raise RequestError("There is JSON alone here; ask with format=json.", status=501, kind="parameter")
    root, slug, number = _named_by(asked.values["url"], asked.base)
    passage = view.index.show(slug if number is None else f"{slug}#{number}", context=0)
    hit = next((one for one in passage if one.role == "body"), passage[0])
    cited = printable(hit.cite(base_url=asked.base and f"{asked.base}/statements"))
    html = Markup(
        '<blockquote cite="{url}" lang="{language}" dir="auto"><p>{words}</p></blockquote>'
        '<p><a href="{url}">{citation}</a></p>'
    ).format(
        url=f"{root}/{quote(paragraph_url(hit, ''))}",
        language=hit.language or "",
        words=marked(hit),
        citation=cited,
    )
    answer = OEmbed(
        version="1.0",
        type="rich",
        title=cited,
        author_name=printable(hit.speaker or ""),
        provider_name=view.site.title,
        html=str(html),
        width=min(_WIDTH, asked.values.get("maxwidth", _WIDTH)),
        height=min(_HEIGHT, asked.values.get("maxheight", _HEIGHT)),
        cache_age=_KEPT,
    )
    if not hit.speaker:
        del answer["author_name"]
    if asked.base:
        answer["provider_url"] = asked.base
    return in_json(answer)


def _named_by(url: str, base: str | None) -> tuple[str, str, str | None]:
    """Take a URL of ours apart: root of the application, statement, number of a paragraph where it has one.

    Which is ours is known where the application knows its own URL; without it, it is one of the web that
    names a statement, and the answer leads to the host that it names. `RequestError` for any other.
    """
    try:
        parts = urlsplit(url)
        named = _PARAGRAPH.search(unquote(parts.path, errors="strict"))
    except ValueError:
        named = None
    ours = base is None or url.startswith(f"{base}/")
    if named is None or not ours or parts.scheme not in ("http", "https") or not parts.hostname:
        raise RequestError("This URL names no paragraph here.", status=404, kind="address")
    number = named["number"] or unquote(parts.fragment) or None
    if number is not None and not _PLACE.fullmatch(number):
        raise RequestError("This URL names no paragraph here.", status=404, kind="address")
    root = f"{parts.scheme}://{parts.netloc}{quote(unquote(parts.path)[: named.start()])}"
    return base or root, named["slug"], number


OEMBED = Resource(
    "oembed",
    "/oembed",
    "Give a paragraph, or the first of a statement, as a quotation to embed.",
    (Form("json", JSON, _oembed, OEmbed),),
    (
        Parameter("url", "the URL of a paragraph or a statement here", needed=True),
        Parameter("maxwidth", "the width there is, in pixels", Kind.NUMBER, least=1, most=10_000),
        Parameter("maxheight", "the height there is, in pixels", Kind.NUMBER, least=1, most=10_000),
        Parameter("format", "json", Kind.CHOICE, ("json", "xml"), default="json"),
    ),
)

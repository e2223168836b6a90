"""Which resources have a page, and the pages that are nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from onrecord.search.web.pages.about import help_page, home_page, problems_page
from onrecord.search.web.pages.mistakes import mistake_page
from onrecord.search.web.pages.reading import paragraph_page, statement_page
from onrecord.search.web.pages.research import compare_page, count_page, kwic_page, silence_page
from onrecord.search.web.pages.searching import search_page
from onrecord.search.web.pages.verifying import SENT, SENT_AT_MOST, verify_form, verify_page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.pages.wording import LANGUAGE_PARAMETER, language_of
from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.resource import HTML, Asked, Form, Reply, Resource
from onrecord.search.web.view import Site, View

__all__ = ["language_of", "lost_page", "with_pages"]

Page = Callable[[View, Asked, Visit], Reply]
_OFFSET = Parameter("offset", "how many to pass over", Kind.NUMBER, most=1_000_000, default=0)
_FROM = Parameter(
    "from", "the paragraph from which on a long statement is shown", Kind.NUMBER, least=1, most=10**9
)
_ADDRESS = Parameter("address", "the paragraph whose words stand in the form")
#: The page of each resource that has one, and what it takes beside the parameters of the resource.
_PAGES: dict[str, tuple[Page, tuple[Parameter, ...]]] = {
    "search": (search_page, ()),
    "statement": (statement_page, (_FROM,)),
    "paragraph": (paragraph_page, ()),
    "kwic": (kwic_page, ()),
    "count": (count_page, (_OFFSET,)),
    "silence": (silence_page, (_OFFSET,)),
    "compare": (compare_page, ()),
    "verify": (verify_page, ()),
}
# What pages link to, and browsers ask for by themselves.
_BESIDE_PAGES = ("cite-statement", "cite-paragraph", "suggest", "opensearch", "oembed")


def with_pages(resources: Iterable[Resource], site: Site, *, api: bool) -> list[Resource]:
    """Give the resources their pages; without ``api`` there are pages alone, and what these need."""
    offered = []
    for resource in resources:
        own = (_form(resource, site, api=api),) if resource.name in _PAGES else ()
        forms = (*resource.forms, *own) if api or resource.name in _BESIDE_PAGES else own
        if forms:
            offered.append(replace(resource, forms=forms))
    return [*offered, *_alone(site, api=api)]


def _form(resource: Resource, site: Site, *, api: bool) -> Form:
    """Describe the page of a resource: what a program must say, a person may say on it."""
    make, more = _PAGES[resource.name]
    known = [replace(one, needed=False) for one in resource.parameters]
    sends = resource.method == "POST"
    parameters = (*known, *more, LANGUAGE_PARAMETER)
    form = _page(resource.path.lstrip("/"), make, parameters, site, api=api)
    return replace(form, sent=SENT, longest=SENT_AT_MOST) if sends else form


def _page(path: str, make: Page, parameters: Sequence[Parameter], site: Site, *, api: bool) -> Form:
    def visit(asked: Asked) -> Visit:
        return Visit(asked, site, api, path.format_map(asked.path) if asked.path else path)

    return Form(
        "html",
        HTML,
        lambda view, asked: make(view, asked, visit(asked)),
        parameters=parameters,
        refused=lambda error, asked: mistake_page(error, visit(asked)),
    )


def _alone(site: Site, *, api: bool) -> list[Resource]:
    """List the pages that no program asks for."""

    def resource(name: str, path: str, summary: str, make: Page, *more: Parameter) -> Resource:
        form = _page(path.lstrip("/"), make, (*more, LANGUAGE_PARAMETER), site, api=api)
        return Resource(name, path, summary, (form,))

    home = resource("home", "/", "Say what is here.", home_page)
    return [
        replace(home, forms=[replace(form, ending="") for form in home.forms]),
        resource("help", "/help", "Explain the query language.", help_page),
        resource("problems", "/problems", "Explain the kinds of problems.", problems_page),
        resource("verify-form", "/verify", "Paste a text.", verify_form, _ADDRESS),
    ]


def lost_page(site: Site) -> Form:
    """Describe the page of what is not there."""

    def nothing(view: View, asked: Asked) -> Reply:
        raise NotImplementedError  # it is a page of errors alone

    def refused(error: Exception, asked: Asked) -> Reply:
        return mistake_page(error, Visit(asked, site, False, ""))

    return Form("html", HTML, nothing, refused=refused)

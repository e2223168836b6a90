"""All that a site answers, in the order in which it is described."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from onrecord.search.web.openapi import description
from onrecord.search.web.pages.offering import with_pages
from onrecord.search.web.resource import JSON, Form, Reply, Resource, encoded
from onrecord.search.web.resources.about import HEALTH, OEMBED, OPEN_SEARCH, STATUS, SUGGEST
from onrecord.search.web.resources.citing import CITE_PARAGRAPH, CITE_STATEMENT
from onrecord.search.web.resources.embedding import EMBED
from onrecord.search.web.resources.research import COMPARE, COUNT, SILENCE, kwic_resource
from onrecord.search.web.resources.searching import search_resource
from onrecord.search.web.resources.statements import PARAGRAPH, STATEMENT
from onrecord.search.web.resources.verifying import VERIFY
from onrecord.search.web.view import Site

__all__ = ["VERSION", "resources_of"]


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # a tree that nobody installed
        return "0"


#: The version of On Record.
VERSION = _version()


def resources_of(site: Site) -> list[Resource]:
    """List what is answered: for programs, for people, or for both."""
    every = [
        search_resource(site.max_limit),
        STATEMENT,
        PARAGRAPH,
        CITE_STATEMENT,
        CITE_PARAGRAPH,
        kwic_resource(site.max_limit),
        COUNT,
        SILENCE,
        COMPARE,
        VERIFY,
        SUGGEST,
        STATUS,
        OPEN_SEARCH,
        OEMBED,
        EMBED,
    ]
    if not site.api:
        return [*(with_pages(every, site, api=False) if site.page else ()), HEALTH]
    described = encoded(description([*every, HEALTH], title=site.title, version=VERSION))
    openapi = Form("json", JSON, lambda view, asked: Reply(described))
    offered = with_pages(every, site, api=True) if site.page else every
    return [*offered, HEALTH, Resource("openapi", "/openapi", "Describe all this.", (openapi,))]

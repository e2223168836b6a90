"""One ASGI application over an index.

There is nothing to start or stop: the index is opened with the first request, so that a framework which
mounts the application without telling it of its life has it whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from onrecord.indexer.cluster.address import is_cluster_address
from onrecord.search.index import Index
from onrecord.search.web.catalogue import resources_of
from onrecord.search.web.defence import Headers, Rate
from onrecord.search.web.desk import Desk, static_file
from onrecord.search.web.lanes import Lanes
from onrecord.search.web.mounting import WholePath
from onrecord.search.web.pages.offering import lost_page
from onrecord.search.web.pages.static import STATIC
from onrecord.search.web.side_process import SideProcess, can_start
from onrecord.search.web.view import ServedIndex, Site

__all__ = ["create_app"]

_MOST_LIMIT = 10_000


def create_app(
    index: Index | Path | str,
    *,
    title: str = "On Record",
    base_url: str | None = None,
    cors: Sequence[str] = (),
    rate: str | None = None,
    page: bool = True,
    api: bool = True,
    embed_from: Sequence[str] = (),
    max_limit: int = 200,
    indexed: bool = True,
    threads: int | None = None,
    seconds: float = 60.0,
) -> Starlette:
    """Make the web application of an index: its folder, or one that is open already.

    Mount it under any path. ``base_url`` is the absolute URL at which it is reached; without one, links are
    relative, and what the host of a request claims counts nowhere. ``cors`` are the origins whose scripts may
    ask it, ``rate`` is how often a client may ("60/min"), ``embed_from`` the origins that may show it in a
    frame, ``max_limit`` how many hits a page has at most. ``page`` and ``api`` say whether there are pages
    for people and answers for programs. Without ``indexed``, search engines are asked to leave it out.
    ``threads`` is how many requests are worked on at once, else as many as there are cores. Of a folder, a
    dear question is answered in a process beside this one, which has so many ``seconds``.
    """
    if not 1 <= max_limit <= _MOST_LIMIT:
        raise ValueError(f"max_limit is a number from 1 to {_MOST_LIMIT:,}")
    site = Site(
        title=title,
        base_url=None if base_url is None else base_url.rstrip("/"),
        max_limit=max_limit,
        embed_from=tuple(embed_from),
        indexed=indexed,
        page=page,
        api=api,
    )
    aside = None
    if not isinstance(index, Index) and can_start():
        aside = SideProcess(site, _place(index), seconds=seconds)
    desk = Desk(
        ServedIndex(index, site),
        site,
        Lanes(threads=threads),
        aside=aside,
        rate=Rate(rate) if rate else None,
        lost=lost_page(site) if page else None,
    )
    routes = [route for resource in resources_of(site) for route in desk.routes(resource)]
    if page:
        routes += [Route(f"/{file.path}", static_file(file)) for file in STATIC]
    middleware = [Middleware(WholePath), Middleware(Headers, embed_from=site.embed_from, indexed=indexed)]
    if cors:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"], max_age=600)
        )
    app = Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={HTTPException: desk.nothing_here, Exception: desk.failed},
    )
    app.router.redirect_slashes = False  # which would write a URL with the host that the request claims
    return app


def _place(index: Path | str) -> str:
    """Return where an index is, for a process that may run in another folder."""
    return str(index) if is_cluster_address(index) else str(Path(index).absolute())

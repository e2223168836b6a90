"""One ASGI application over an index: what it is made of, and how a request goes through it.

A request is read, told that nothing has changed where nothing has, and else answered in a thread from one
generation. There is nothing to start or stop: the index is opened with the first request, so that a framework
which mounts the application without telling it of its life has it whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.indexer.errors import RequestError
from onrecord.search.index import Index
from onrecord.search.web.accepting import chosen_form
from onrecord.search.web.defence import LONGEST_QUERY, Headers, Rate
from onrecord.search.web.lanes import Lanes
from onrecord.search.web.openapi import description
from onrecord.search.web.pages.offering import language_of, lost_page, with_pages
from onrecord.search.web.pages.static import STATIC, Static
from onrecord.search.web.parameters import read_parameters
from onrecord.search.web.problems import PROBLEM, reply_of
from onrecord.search.web.resource import JSON, Asked, Form, Reply, Resource, encoded
from onrecord.search.web.resources.about import HEALTH, OEMBED, OPEN_SEARCH, STATUS, SUGGEST
from onrecord.search.web.resources.citing import CITE_PARAGRAPH, CITE_STATEMENT
from onrecord.search.web.resources.research import COMPARE, COUNT, SILENCE, kwic_resource
from onrecord.search.web.resources.searching import search_resource
from onrecord.search.web.resources.statements import PARAGRAPH, STATEMENT
from onrecord.search.web.resources.verifying import VERIFY
from onrecord.search.web.view import ServedIndex, Site, View

__all__ = ["create_app"]

_MOST_LIMIT = 10_000
_NOT_SENT = {JSON: "The body is not in JSON; send application/json."}


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
) -> Starlette:
    """Make the web application of an index: its folder, or one that is open already.

    Mount it under any path. ``base_url`` is the absolute URL at which it is reached; without one, links are
    relative, and what the host of a request claims counts nowhere. ``cors`` are the origins whose scripts may
    ask it, ``rate`` is how often a client may ("60/min"), ``embed_from`` the origins that may show it in a
    frame, ``max_limit`` how many hits a page has at most. ``page`` and ``api`` say whether there are pages
    for people and answers for programs. Without ``indexed``, search engines are asked to leave it out.
    ``threads`` is how many requests are worked on at once, else as many as there are cores.
    """
    if not 1 <= max_limit <= _MOST_LIMIT:
        raise ValueError(f"max_limit is a number from 1 to {_MOST_LIMIT:,}")
    site = Site(
        title=title,
        base_url=None if base_url is None else base_url.rstrip("/"),
        max_limit=max_limit,
        embed_from=tuple(embed_from),
        indexed=indexed,
    )
    desk = _Desk(
        ServedIndex(index, site),
        site,
        Lanes(threads=threads),
        rate=None if rate is None else Rate(rate),
        lost=lost_page(site) if page else None,
    )
    routes = [route for one in _resources(site, page=page, api=api) for route in desk.routes(one)]
    if page:
        routes += [_static(one) for one in STATIC]
    middleware = [Middleware(Headers, embed_from=tuple(embed_from), indexed=indexed)]
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


def _resources(site: Site, *, page: bool, api: bool) -> list[Resource]:
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
    ]
    if not api:
        return [*(with_pages(every, site, api=False) if page else ()), HEALTH]
    described = encoded(description([*every, HEALTH], title=site.title, version=_VERSION))
    openapi = Form("json", JSON, lambda view, asked: Reply(described))
    offered = with_pages(every, site, api=True) if page else every
    return [*offered, HEALTH, Resource("openapi", "/openapi", "Describe all this.", (openapi,))]


def _static(file: Static) -> Route:
    """Serve a file of the pages: it never changes under its name, and no index is asked for it."""

    async def endpoint(request: Request) -> Response:
        kept = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": file.media}
        return Response(file.body, headers=kept)

    return Route(f"/{file.path}", endpoint)


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:  # a tree that nobody installed
        return "0"


_VERSION = _version()


class _Desk:
    """Takes requests in, and hands answers out."""

    def __init__(
        self, served: ServedIndex, site: Site, lanes: Lanes, *, rate: Rate | None, lost: Form | None
    ) -> None:
        self._served = served
        self._site = site
        self._lanes = lanes
        self._rate = rate
        # What is shown to people where nothing is.
        self._lost = lost

    def routes(self, resource: Resource) -> list[Route]:
        """Return the routes of a resource: one for each form, and one for whichever is asked for."""
        named = {form.ending: form for form in resource.forms if form.ending}
        # A part of a path may hold a dot itself: the longer endings are looked for first.
        routes = [
            self._route(resource, f"{resource.path}.{ending}", [named[ending]])
            for ending in sorted(named, key=len, reverse=True)
        ]
        return [*routes, self._route(resource, resource.path, list(resource.forms))]

    def _route(self, resource: Resource, path: str, forms: Sequence[Form]) -> Route:
        return Route(path, self._endpoint(resource, forms), methods=[resource.method])

    def _endpoint(
        self, resource: Resource, forms: Sequence[Form]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            form: Form | None = None
            try:
                if self._rate is not None:
                    self._rate.take(request.client.host if request.client else "")
                form = chosen_form(forms, request.headers.get("accept"))
                return await self._answer(request, resource, forms, form)
            except RequestError as error:
                return self._response(_refusal(error, form or self._wanted(request), self._bare(request)))

        return endpoint

    async def _answer(
        self, request: Request, resource: Resource, forms: Sequence[Form], form: Form
    ) -> Response:
        asked = await self._read(request, resource, form)
        view = self._served.fresh
        if view is None:
            try:
                view = await self._lanes.run(self._served.view)
            except RequestError:
                raise
            except Exception as error:  # each is answered as what it is
                return self._failure(error, form, asked)
        tag = _tag(view, form, asked)
        if resource.method == "GET" and _is_known(request, tag):
            return Response(status_code=304, headers=self._lasting(tag, forms, form))
        reply = await self._lanes.run(lambda: _answered(form, view, asked))
        if isinstance(reply, Exception):
            return self._failure(reply, form, asked)
        lasts = _lasts(reply, asked)
        headers = self._lasting(tag, forms, form) if lasts else {"Cache-Control": "no-store"}
        return self._response(reply, headers)

    async def _read(self, request: Request, resource: Resource, form: Form) -> Asked:
        if len(request.scope["query_string"]) > LONGEST_QUERY:
            raise RequestError(
                f"The URL is longer than {LONGEST_QUERY:,} letters; ask for less.",
                status=414,
                kind="too-large",
            )
        asked = self._bare(request)
        known = resource.parameters if form.parameters is None else form.parameters
        values = read_parameters(known, asked.typed)
        body = await _body_of(request, form) if resource.method == "POST" else b""
        return replace(asked, values=values, body=body)

    def _bare(self, request: Request) -> Asked:
        """Return what a request says, and nothing read of it yet."""
        query = request.scope["query_string"][:LONGEST_QUERY]
        return Asked(
            path=request.path_params,
            typed=tuple(parse_qsl(query.decode("latin-1"), keep_blank_values=True)),
            up=_up(request),
            base=self._site.base_url,
            languages=request.headers.get("accept-language", ""),
        )

    def _failure(self, error: Exception, form: Form, asked: Asked) -> Response:
        reply = _refusal(error, form, asked)
        if reply.status >= 500 and reply.status not in (501, 503):
            raise error  # Starlette logs it, and asks `failed` what to answer
        return self._response(reply)

    def _lasting(self, tag: str, forms: Sequence[Form], form: Form) -> dict[str, str]:
        """Say that an answer may be kept, and has to be asked after."""
        varies = ["Accept"] if len(forms) > 1 else []
        varies += ["Accept-Language"] if form.is_page else []
        vary = {"Vary": ", ".join(varies)} if varies else {}
        return {"ETag": tag, "Cache-Control": "no-cache", **vary}

    def _wanted(self, request: Request) -> Form:
        """Return the form in which a client would be told that something is wrong."""
        if self._lost is None:
            return _PROBLEM
        try:
            return chosen_form((_PROBLEM, self._lost), request.headers.get("accept"))
        except RequestError:
            return _PROBLEM

    def _response(self, reply: Reply, headers: dict[str, str] | None = None) -> Response:
        every = {**(headers or {}), **reply.headers, "Content-Type": reply.media}
        if isinstance(reply.body, bytes):
            return Response(reply.body, reply.status, every)
        return StreamingResponse(self._lanes.parts(reply.body), reply.status, every)

    async def nothing_here(self, request: Request, error: Exception) -> Response:
        """Answer where no resource has a URL, or not by this method."""
        assert isinstance(error, HTTPException)
        path, root = request.scope["path"], request.scope.get("root_path", "")
        if path in ("", root) and root:  # where it is mounted, without the slash that links count from
            return Response(status_code=307, headers={"Location": f"{quote(root.rpartition('/')[2])}/"})
        kind, sentence = ("not-found", "There is nothing at this URL; openapi.json lists what there is.")
        if error.status_code == 405:
            kind, sentence = "method", "This is not done at this URL; Allow says what is."
        problem = RequestError(sentence, status=error.status_code, kind=kind)
        reply = _refusal(problem, self._wanted(request), self._bare(request))
        headers = dict(error.headers or {})
        if "Allow" in headers:  # which Starlette lists as a set does
            headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        return self._response(reply, headers)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer where something of ours is wrong."""
        return self._response(_refusal(error, self._wanted(request), self._bare(request)))


def _problem(view: View, asked: Asked) -> Reply:
    raise NotImplementedError  # it is a form of errors alone


_PROBLEM = Form("", PROBLEM, _problem)


def _refusal(error: Exception, form: Form, asked: Asked) -> Reply:
    """Say what is wrong, to a person or to a program."""
    return reply_of(error, up=asked.up) if form.refused is None else form.refused(error, asked)


def _answered(form: Form, view: View, asked: Asked) -> Reply | Exception:
    """Answer, in a thread; what is raised there comes back as a value, with its trace."""
    try:
        return form.answer(view, asked)
    except Exception as error:  # each is answered as what it is
        return error


def _up(request: Request) -> str:
    """Return what leads from a URL to the root of the application."""
    path: str = request.scope["path"]
    inside = path.removeprefix(request.scope.get("root_path", ""))
    return "../" * (inside.count("/") - 1)


def _tag(view: View, form: Form, asked: Asked) -> str:
    spoken = f"-{language_of(asked)}" if form.is_page else ""
    return f'W/"{view.version}-{_VERSION}{spoken}"'


def _is_known(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return any(one.strip() == tag for one in known.split(","))


def _lasts(reply: Reply, asked: Asked) -> bool:
    """Tell whether index and URL alone decide an answer: broad mode asks a file beside the index too."""
    return reply.lasting and reply.status == 200 and asked.values.get("mode") != "broad"


async def _body_of(request: Request, form: Form) -> bytes:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in (form.sent, "") or (form.is_page and not media):
        raise RequestError(
            _NOT_SENT.get(form.sent, f"The body is not {form.sent}; send that."), status=415, kind="body"
        )
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > form.longest:
                raise RequestError(
                    f"The body is longer than {form.longest:,} bytes; send it in parts.",
                    status=413,
                    kind="too-large",
                )
    except ClientDisconnect as error:
        raise RequestError("The client went away.", status=400, kind="body") from error
    return bytes(body)

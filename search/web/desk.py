"""How a request goes through the application: read, told that nothing has changed, or answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, quote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from onrecord.indexer.errors import OnRecordError, RequestError
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.web.accepting import chosen_form
from onrecord.search.web.answering import answer, belongs_aside, refusal
from onrecord.search.web.catalogue import VERSION
from onrecord.search.web.defence import LONGEST_QUERY, Rate
from onrecord.search.web.lanes import Lanes
from onrecord.search.web.mounting import path_inside
from onrecord.search.web.pages.offering import language_of
from onrecord.search.web.pages.static import Static
from onrecord.search.web.parameters import read_parameters
from onrecord.search.web.problems import PROBLEM
from onrecord.search.web.resource import JSON, Asked, Form, Replied, Reply, Resource
from onrecord.search.web.side_process import SideProcess
from onrecord.search.web.view import ServedIndex, Site, View

__all__ = ["Desk", "static_file"]

_OK = 200
_METHOD_NOT_ALLOWED = 405
_NOT_SENT = {JSON: "The body is not in JSON; send application/json."}
# Bytes of answers that are kept for whoever asks the same of the same generation, and what one takes beside
# its body: some thousand answers of ten hits.
_ROOM = 16 << 20
_OVERHEAD = 2000
_FOR_EVER = "public, max-age=31536000, immutable"


class Desk:
    """Takes requests in, and hands answers out.

    ``aside`` answers what is dear, ``rate`` says how often a client may ask, ``lost`` is what people are
    shown where nothing is.
    """

    def __init__(
        self,
        served: ServedIndex,
        site: Site,
        lanes: Lanes,
        *,
        aside: SideProcess | None,
        rate: Rate | None,
        lost: Form | None,
    ) -> None:
        self._served = served
        self._site = site
        self._lanes = lanes
        self._aside = aside
        self._rate = rate
        self._lost = lost
        self._kept = BoundedCache(_ROOM)

    def routes(self, resource: Resource) -> list[Route]:
        """Return the routes of a resource: one for each form, and one for whichever is asked for."""
        named = {form.ending: form for form in resource.forms if form.ending}
        # A part of a path may hold a dot itself: the longer endings are looked for first.
        routes = [
            self._route(resource, f"{resource.path}.{ending}", [named[ending]])
            for ending in sorted(named, key=len, reverse=True)
        ]
        return [*routes, self._route(resource, resource.path, resource.forms)]

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
            except OnRecordError as error:
                return self._response(refusal(error, form or self._wanted(request), self._bare(request)))

        return endpoint

    async def _answer(
        self, request: Request, resource: Resource, forms: Sequence[Form], form: Form
    ) -> Response:
        asked = await self._read(request, resource, form)
        view = self._served.fresh
        if view is None:
            view = await self._lanes.run(self._served.view)
        tag = resource.tag or _tag(view.version, form, asked)
        if resource.method == "GET" and _is_known(request, tag):
            return Response(status_code=304, headers=_lasting(tag, forms, form))
        what = _what(resource, form, asked) if resource.method == "GET" else None
        kept: Reply | None = self._kept.get((tag, what))
        if kept is not None:
            return self._response(kept, _lasting(tag, forms, form))
        reply, version = await self._replied(resource, form, view, asked)
        if not _lasts(reply, asked):
            return self._response(reply, {"Cache-Control": "no-store"})
        tag = resource.tag or _tag(version, form, asked)
        if what is not None and isinstance(reply.body, bytes):
            self._kept.keep((tag, what), reply, _OVERHEAD + len(reply.body))
        return self._response(reply, _lasting(tag, forms, form))

    async def _replied(self, resource: Resource, form: Form, view: View, asked: Asked) -> Replied:
        """Answer in a thread of this process or, where that would keep others waiting, aside."""
        aside = self._aside

        def answered() -> Replied | None:
            if aside is not None and belongs_aside(resource, form, view, asked):
                return None
            return Replied(answer(form, view, asked), view.version)

        replied = await self._lanes.run(answered)
        if replied is not None:
            return replied
        assert aside is not None
        return await self._lanes.run_dear(lambda: aside.ask(resource.name, form.ending, asked))

    async def _read(self, request: Request, resource: Resource, form: Form) -> Asked:
        if len(request.scope["query_string"]) > LONGEST_QUERY:
            raise RequestError(
                f"The URL is longer than {LONGEST_QUERY:,} letters; ask for less.",
                status=414,
                kind="too-large",
            )
        asked = self._bare(request)
        known = resource.parameters if form.parameters is None else form.parameters
        values = read_parameters(known, asked.typed, of_a_form=form.is_page)
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
        root = request.scope.get("root_path", "")
        if root and not path_inside(request.scope):  # mounted, without the slash that links count from
            return Response(status_code=307, headers={"Location": f"{quote(root.rpartition('/')[2])}/"})
        kind, sentence = ("not-found", "There is nothing at this URL; openapi.json lists what there is.")
        if error.status_code == _METHOD_NOT_ALLOWED:
            kind, sentence = "method", "This is not done at this URL; Allow says what is."
        problem = RequestError(sentence, status=error.status_code, kind=kind)
        headers = {name: _in_order(value) for name, value in (error.headers or {}).items()}
        return self._response(refusal(problem, self._wanted(request), self._bare(request)), headers)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer where something of ours is wrong."""
        return self._response(refusal(error, self._wanted(request), self._bare(request)))


def static_file(file: Static) -> Callable[[Request], Awaitable[Response]]:
    """Serve a file of the pages: it never changes under its name, and no index is asked for it."""

    async def endpoint(request: Request) -> Response:
        return Response(file.body, headers={"Cache-Control": _FOR_EVER, "Content-Type": file.media})

    return endpoint


def _problem(view: View, asked: Asked) -> Reply:
    raise NotImplementedError  # it is a form of errors alone


_PROBLEM = Form("", PROBLEM, _problem)


def _up(request: Request) -> str:
    """Return what leads from a URL to the root of the application."""
    return "../" * (path_inside(request.scope).count("/") - 1)


def _in_order(methods: str) -> str:
    """Name methods in the same order each time: Starlette has them in a set."""
    return ", ".join(sorted(methods.split(", ")))


def _tag(version: str, form: Form, asked: Asked) -> str:
    """Name what an answer depends on beside its URL: state of the index, version, a reader's language."""
    spoken = f"-{language_of(asked)}" if form.is_page else ""
    return f'W/"{version}-{VERSION}{spoken}"'


def _what(resource: Resource, form: Form, asked: Asked) -> tuple[Hashable, ...]:
    """Return what an answer follows from beside what its tag names; nobody else's answer has the same."""
    return resource.name, form.ending, tuple(sorted(asked.path.items())), asked.typed, asked.up, asked.base


def _lasting(tag: str, forms: Sequence[Form], form: Form) -> dict[str, str]:
    """Say that an answer may be kept, and has to be asked after."""
    varies = ["Accept"] if len(forms) > 1 else []
    varies += ["Accept-Language"] if form.is_page else []
    vary = {"Vary": ", ".join(varies)} if varies else {}
    return {"ETag": tag, "Cache-Control": "no-cache", **vary}


def _is_known(request: Request, tag: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return any(one.strip() == tag for one in known.split(","))


def _lasts(reply: Reply, asked: Asked) -> bool:
    """Tell whether index and URL alone decide an answer: broad mode asks a file beside the index too."""
    return reply.lasting and reply.status == _OK and asked.values.get("mode") != "broad"


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

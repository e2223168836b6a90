"""Applications of others, as far as they matter here: each has a page, a way to fail and words for that.

A host is made with one of ours mounted at a prefix, and is asked through a proxy by a client that knows the
outward URLs alone, as a browser does. All come without a lifespan: no framework tells a mounted application
of its beginning.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import django
import fastapi
import flask
import httpx
from a2wsgi import ASGIMiddleware
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send
from werkzeug.middleware.dispatcher import DispatcherMiddleware

__all__ = ["HOSTS", "NOT_FOUND", "OWN", "PROXIES", "WENT_WRONG", "visitor"]

OWN, NOT_FOUND, WENT_WRONG = "the host itself", "the host has no such page", "the host went wrong"


class Broken(Exception):
    """What a page of a host raises."""


# Starlette, FastAPI


async def _own(request: Request) -> Response:
    return PlainTextResponse(OWN)


async def _broken(request: Request) -> Response:
    raise Broken


async def _not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse(NOT_FOUND, 404)


async def _went_wrong(request: Request, error: Exception) -> Response:
    return PlainTextResponse(WENT_WRONG, 500)


_HANDLERS: Any = {404: _not_found, Exception: _went_wrong}
_ROUTES = [Route("/own/page", _own), Route("/own/broken", _broken)]


def starlette(ours: ASGIApp, prefix: str) -> ASGIApp:
    """A Starlette application with ours in it."""
    return Starlette(routes=[*_ROUTES, Mount(prefix or "/", ours)], exception_handlers=_HANDLERS)


def fast_api(ours: ASGIApp, prefix: str) -> ASGIApp:
    """A FastAPI application with ours in it."""
    host = fastapi.FastAPI(exception_handlers=_HANDLERS)
    host.add_api_route("/own/page", _own, response_class=PlainTextResponse)
    host.add_api_route("/own/broken", _broken, response_class=PlainTextResponse)
    host.mount(prefix or "/", ours)
    return host


# Django, whose URLs are those of this module


def _django_own(request: HttpRequest) -> HttpResponse:
    return HttpResponse(OWN, "text/plain")


def _django_broken(request: HttpRequest) -> HttpResponse:
    raise Broken


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django asks where it has no page."""
    return HttpResponse(NOT_FOUND, "text/plain", 404)


def handler500(request: HttpRequest) -> HttpResponse:
    """What Django asks where a page of its failed."""
    return HttpResponse(WENT_WRONG, "text/plain", 500)


urlpatterns = [path("own/page", _django_own), path("own/broken", _django_broken)]


def _set_up() -> None:
    if not settings.configured:
        settings.configure(
            ROOT_URLCONF=sys.modules[__name__],
            ALLOWED_HOSTS=["*"],
            SECRET_KEY="of a test",
            LOGGING_CONFIG=None,
        )
        django.setup()


def django_asgi(ours: ASGIApp, prefix: str) -> ASGIApp:
    """A Django project served by ASGI, and ours before it."""
    _set_up()
    beside = ASGIHandler()
    if not prefix:  # whatever is not Django's is ours
        return Starlette(routes=[Mount("/own", _whole(beside)), Mount("/", ours)])
    return Starlette(routes=[Mount(prefix, ours), Mount("/", beside)])


def _whole(application: Any) -> ASGIApp:
    """Give an application the whole path again that a mount took the beginning of."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        await application({**scope, "root_path": scope.get("app_root_path", "")}, receive, send)

    return asked


def django_wsgi(ours: ASGIApp, prefix: str) -> WSGIApplication:
    """A Django project served by WSGI, and ours beside it."""
    _set_up()
    return _dispatched(WSGIHandler(), ours, prefix)


# Flask


def in_flask(ours: ASGIApp, prefix: str) -> WSGIApplication:
    """A Flask application, and ours beside it."""
    host = flask.Flask(__name__)
    host.add_url_rule("/own/page", "own", lambda: OWN)
    host.add_url_rule("/own/broken", "broken", _flask_broken)
    host.register_error_handler(404, lambda error: (NOT_FOUND, 404))
    host.register_error_handler(500, lambda error: (WENT_WRONG, 500))
    return _dispatched(host.wsgi_app, ours, prefix)


def _flask_broken() -> str:
    raise Broken


def _dispatched(host: WSGIApplication, ours: ASGIApp, prefix: str) -> WSGIApplication:
    bridged: Any = ASGIMiddleware(ours)  # type: ignore[arg-type]  # it has types of its own for ASGI
    if prefix:
        return DispatcherMiddleware(host, {prefix: bridged})
    return DispatcherMiddleware(bridged, {"/own": _all_of_it(host)})


def _all_of_it(host: WSGIApplication) -> WSGIApplication:
    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = environ["SCRIPT_NAME"].removesuffix("/own")
        return host(
            environ | {"SCRIPT_NAME": name, "PATH_INFO": "/own" + environ["PATH_INFO"]}, start_response
        )

    return asked


HOSTS: dict[str, Callable[[ASGIApp, str], Any]] = {
    "Starlette": starlette,
    "FastAPI": fast_api,
    "Django by ASGI": django_asgi,
    "Django by WSGI": django_wsgi,
    "Flask": in_flask,
}
_BY_WSGI = ("Django by WSGI", "Flask")

#: Each proxy: the beginning of outward URLs, whether it takes that away, whether the server behind is told.
PROXIES = {
    "no proxy": ("", False, False),
    "a proxy that strips its prefix": ("/proxy", True, False),
    "a proxy that strips its prefix and says so": ("/proxy", True, True),
    "a server that has a root path": ("/proxy", False, True),
    "a root path like the beginning of a resource": ("/s", True, True),
}


def visitor(name: str, ours: ASGIApp, *, prefix: str, proxy: str) -> Any:
    """Return a client (of httpx or its like) of a host with ours at a prefix, behind a proxy."""
    outward, strips, tells = PROXIES[proxy]
    host = HOSTS[name](ours, prefix)
    if name in _BY_WSGI:
        transport = httpx.WSGITransport(_before_wsgi(host, outward, tells), raise_app_exceptions=False)
        return httpx.Client(transport=transport, base_url="http://testserver")
    return TestClient(_before_asgi(host, outward, strips, tells), raise_server_exceptions=False)


def _before_asgi(host: ASGIApp, outward: str, strips: bool, tells: bool) -> ASGIApp:
    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        assert path.startswith(outward + "/"), f"{path} leads out of the proxy"
        inward = path.removeprefix(outward) if strips else path
        root = {"root_path": outward} if tells else {}
        await host({**scope, **root, "path": inward, "raw_path": inward.encode()}, receive, send)

    return asked


def _before_wsgi(host: WSGIApplication, outward: str, tells: bool) -> WSGIApplication:
    """WSGI keeps what was taken away apart from the rest: a root path and a stripped prefix are one."""

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        assert path.startswith(outward + "/"), f"{path} leads out of the proxy"
        name = {"SCRIPT_NAME": outward} if tells else {}
        return host(environ | name | {"PATH_INFO": path.removeprefix(outward)}, start_response)

    return asked

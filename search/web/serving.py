"""The application as a server runs it, in one process or in several that share a port."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

import uvicorn
from starlette.applications import Starlette

from onrecord.search.web.application import create_app

__all__ = ["application", "serve"]

# Where the processes of a server find how they were asked for.
_SETTINGS = "ONRECORD_SERVE"
# Seconds that requests in flight have when the server is stopped.
_GRACE = 10
# Connections above which more are told that the server is busy, before anything is read of them.
_MOST_CONNECTIONS = 1_000


def serve(settings: Mapping[str, Any], *, host: str, port: int, workers: int) -> None:
    """Serve until it is stopped; ``settings`` are the arguments of `create_app`, as plain data."""
    every: dict[str, Any] = {
        "host": host,
        "port": port,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "lifespan": "off",
        "timeout_graceful_shutdown": _GRACE,
        "limit_concurrency": _MOST_CONNECTIONS,
    }
    if workers == 1:
        uvicorn.run(create_app(**settings), **every)
        return
    os.environ[_SETTINGS] = json.dumps(settings)
    uvicorn.run("onrecord.search.web.serving:application", factory=True, workers=workers, **every)


def application() -> Starlette:
    """Make the application in one of several processes."""
    return create_app(**json.loads(os.environ[_SETTINGS]))

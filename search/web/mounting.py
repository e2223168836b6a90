"""Where in a request the path below our own root is, whoever has mounted us or stands before us."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["WholePath", "path_inside"]


def path_inside(scope: Scope) -> str:
    """Return the path of a request below the root of the application.

    The path of a request has its `root_path` in it (ASGI 3.0). Where a server tells a root path that a proxy
    has taken away before, it has not, and only what frameworks mounted us under stands in it.
    """
    path, root = scope["path"], scope.get("root_path", "")
    if path == root or path.startswith(f"{root}/"):  # and not the first letters of a resource
        return str(path[len(root) :])
    told = scope.get("app_root_path", root)
    return str(path.removeprefix(root.removeprefix(told)))


class WholePath:
    """Gives every request the path that its `root_path` is the beginning of."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the path as it should be."""
        if scope["type"] == "http":
            scope = {**scope, "path": scope.get("root_path", "") + path_inside(scope)}
        await self._app(scope, receive, send)

"""On Record inside a web server: one ASGI application, which any framework can mount.

    from onrecord.web import create_app

    app = create_app("index/")

It needs what ``pip install 'onrecord[web]'`` brings along; without it, importing this is a `NotInstalled`.
"""

from onrecord.indexer.errors import NotInstalled

try:
    from onrecord.search.web.application import create_app
except ModuleNotFoundError as error:
    if (error.name or "").startswith("onrecord"):
        raise
    raise NotInstalled(
        f"The web application needs {error.name}, which is not installed; pip install 'onrecord[web]'."
    ) from error

__all__ = ["create_app"]

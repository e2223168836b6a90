"""The files that pages are made with: style, script, icon. Each bears in its name what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["STATIC", "Static", "static_path"]

_FOLDER = Path(__file__).parent / "files"
_MEDIA = {
    "style.css": "text/css; charset=utf-8",
    "script.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Static:
    """A file, and the path at which it is served: another file has another path."""

    name: str
    path: str
    body: bytes
    media: str


def _read(name: str) -> Static:
    body = (_FOLDER / name).read_bytes()
    stem, _, ending = name.partition(".")
    return Static(name, f"static/{stem}-{sha256(body).hexdigest()[:12]}.{ending}", body, _MEDIA[name])


STATIC = tuple(map(_read, _MEDIA))
_PATHS = {file.name: file.path for file in STATIC}


def static_path(name: str) -> str:
    """Return the path of a file, from the root of the application."""
    return _PATHS[name]

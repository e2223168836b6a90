"""`/embed.js`: the elements that put a search, or a quotation, into any page of anybody."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from onrecord.search.web.resource import Asked, Form, Reply, Resource
from onrecord.search.web.view import View

__all__ = ["EMBED", "LARGEST", "script"]

_SCRIPT = "text/javascript; charset=utf-8"
#: Bytes that the script has at most, as it is sent and before a server compresses it.
LARGEST = 8 << 10
# A page of another origin asks for a module as for data: without this it gets none. It holds nothing of ours.
_FOR_ANY_PAGE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@cache
def script() -> bytes:
    """Return the script as it is sent: without its comments and the space before its lines."""
    written = files(__package__).joinpath("embed.js").read_text("utf-8")
    lines = (line.strip() for line in written.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode()


def _embed(view: View, asked: Asked) -> Reply:
    return Reply(script(), _SCRIPT, headers=_FOR_ANY_PAGE)


EMBED = Resource(
    "embed",
    "/embed",
    "Give the elements onrecord-search and onrecord-quotation, for a page anywhere.",
    (Form("js", _SCRIPT, _embed),),
    tag=f'W/"{sha256(script()).hexdigest()[:16]}"',
)

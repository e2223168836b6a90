"""A visit to the web application, for the documents: it is asked when they are written and checked."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.testclient import TestClient

from docs.examples.console import block
from onrecord import update
from onrecord.web import create_app

__all__ = ["Visit"]

_EXAMPLES = Path(__file__).parent
_ENOUGH = 160
# The name of a state of an index is another each time that one is made.
_STATE = re.compile(r"(?<=\bat=)[0-9a-f]{16}")
_A_STATE = "5872272fc4a24d31"


class Visit:
    """The application over an index of some of the examples."""

    def __init__(self, example: str) -> None:
        self._made = TemporaryDirectory()
        folder = Path(self._made.name)
        shutil.copytree(_EXAMPLES / example, folder / example)
        update(folder / example, into=folder / "index")
        self._client = TestClient(create_app(folder / "index"))

    def shown(
        self, url: str, *, only: tuple[str, ...] = (), headers: tuple[str, ...] = (), **options: Any
    ) -> None:
        """Ask for a URL and show the answer: its status, some headers, some fields of what is in JSON."""
        method = "POST" if options else "GET"
        answer = self._client.request(method, url, **options)
        block("http", f"{method} {url}" + "".join(f"\n\n{json.dumps(one)}" for one in options.values()))
        lines = [f"{answer.status_code} {answer.reason_phrase}"]
        lines += [f"{name}: {answer.headers[name.lower()]}" for name in headers]
        media = answer.headers["content-type"].partition(";")[0]
        if media.endswith("json"):
            plain = answer.json()
            kept = {name: plain[name] for name in only} if only else plain
            lines += ["", json.dumps(_short(kept), ensure_ascii=False, indent=2)]
        else:
            lines += ["", *answer.text.splitlines()[:4]]
        block("text", _STATE.sub(_A_STATE, "\n".join(lines)))


def _short(value: Any) -> Any:
    """Cut what is long: texts, and lists behind their first element."""
    if isinstance(value, Mapping):
        return {name: _short(one) for name, one in value.items()}
    if isinstance(value, list):
        return [*map(_short, value[:1]), *(["…"] if len(value) > 1 else [])]
    if isinstance(value, str) and len(value) > _ENOUGH:
        return value[:_ENOUGH] + "…"
    return value

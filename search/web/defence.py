"""What every answer carries, and what is refused before anything is done: headers, sizes, rates.

Content-Security-Policy allows what the pages have and nothing else: a text that should become markup all the
same runs no script, and is asked nowhere.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.indexer.errors import RequestError

__all__ = ["LONGEST_QUERY", "Headers", "Rate", "policy"]

#: Bytes of the query of a URL, in which a question of the longest fits three times over.
LONGEST_QUERY = 64 << 10
# Clients whose requests are counted.
_CLIENTS = 10_000
_PERIODS = {"s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hour": 3600}


def policy(embed_from: Sequence[str]) -> str:
    """Write the policy of all pages; ``embed_from`` are the origins that may show them in a frame."""
    ancestors = " ".join(embed_from) or "'none'"
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
        f" form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )


class Headers:
    """Lays the headers over every answer of an application."""

    def __init__(self, app: ASGIApp, *, embed_from: Sequence[str] = (), indexed: bool = True) -> None:
        self._app = app
        every = {
            "content-security-policy": policy(embed_from),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "interest-cohort=()",
        }
        if not embed_from:
            every["x-frame-options"] = "DENY"
        if not indexed:
            every["x-robots-tag"] = "noindex"
        self._every = [(name.encode(), value.encode()) for name, value in every.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and add what is not there yet."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                there = {name.lower() for name, _ in headers}
                message["headers"] = headers + [one for one in self._every if one[0] not in there]
            await send(message)

        await self._app(scope, receive, send_with)


class Rate:
    """So many requests of a client in so much time: a bucket of tokens each, which fills as time goes by."""

    def __init__(self, rate: str) -> None:
        number, _, period = rate.partition("/")
        seconds = _PERIODS.get(period.strip().removesuffix("s") or period.strip())
        if not number.strip().isdecimal() or not int(number) or seconds is None:
            raise RequestError(
                f'"{rate}" is no rate; write a number of requests and a time, such as 60/min.',
                status=400,
                kind="parameter",
            )
        self._most = int(number)
        self._a_second = self._most / seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> None:
        """Take a token of a client (`RequestError`)."""
        now = time.monotonic()
        tokens, then = self._buckets.pop(client, (float(self._most), now))
        tokens = min(self._most, tokens + (now - then) * self._a_second)
        self._buckets[client] = (max(0.0, tokens - 1), now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        if tokens < 1:
            wait = int((1 - tokens) / self._a_second) + 1
            raise RequestError(
                f"There are {self._most} requests at once at most; wait {wait} seconds.",
                status=429,
                kind="too-many",
                retry=wait,
            )

"""The one room that talks to a cluster, and that looks at every answer: nothing partial is ever a number.

What would pass for an answer that is whole, and is none: a search whose shards are gone says ``failed: 0``,
and only ``successful`` is below ``total``; a search that ran out of time has the total of what it had seen; a
total is cut at 10,000 where nobody asks for all of it; a state that is held for several pages may be held of
some shards only, and what is asked of it is then whole as far as it says; of several searches in one request
each has to be looked at by itself. What is not whole is a `ClusterError`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from onrecord.indexer.cluster.address import ClusterAddress
from onrecord.indexer.cluster.credentials import credentials_of, trusted_by
from onrecord.indexer.cluster.refusals import cannot_be_asked, no_opensearch, part_only, refusal, refused
from onrecord.indexer.errors import ClusterError, NotInstalled

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

__all__ = ["Cluster"]

Json = dict[str, Any]

# Seconds that one request may take; and until a machine that says nothing at all is passed over for the next.
_PATIENCE = 60
_REACHED = 5
# What a node says that cannot answer now, while another may.
_NOT_NOW = (502, 503, 504)
# Connections to a node that are kept: threads beyond these open one for each question.
_KEPT = 16
# How long a node holds a state for the next page.
_HELD = "5m"


class Cluster:
    """A cluster of OpenSearch, for any number of threads at once, and for processes that are forked off."""

    def __init__(self, address: ClusterAddress, *, environ: Mapping[str, str] = os.environ) -> None:
        self.address = address
        self._given = _given(address, environ)
        self._made: tuple[int, OpenSearch] = (os.getpid(), _client(self._given))

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float | None = None,
        **parameters: str | int | bool,
    ) -> Any:
        """Put a request, and return the JSON of the answer (`ClusterError`, with its ``status``).

        A body is JSON, or lines of it where it is a list. ``seconds`` is how long it may take, a minute
        unless it is said.
        """
        from opensearchpy.exceptions import OpenSearchException, SerializationError, TransportError
        from urllib3 import Timeout

        patience = seconds or _PATIENCE
        # The client hands it on as it is, whatever its types say.
        timeout: Any = Timeout(connect=min(_REACHED, patience), read=patience)
        # In the path: the client takes some names of parameters for its own.
        written = urlencode({name: _written(value) for name, value in parameters.items()})
        try:
            answer = self._asked(
                method, f"{path}?{written}" if written else path, body=_lines(body), timeout=timeout
            )
        except (SerializationError, AttributeError) as error:  # the latter for JSON that is no object
            raise no_opensearch(self.address) from error
        except TransportError as error:
            raise refusal(error, self.address, index=_index_of(path), patience=patience) from error
        except OpenSearchException as error:
            raise cannot_be_asked(self.address, error) from error
        self._refuse_failures(answer, path)
        return answer

    def _asked(self, method: str, path: str, **given: Any) -> Any:
        """Ask the next node where one says that it cannot answer now, and believe the last that said so.

        The client would take it for a node that is gone; where another is gone, it would say that all are.
        """
        from opensearchpy.exceptions import TransportError

        for left in reversed(range(len(self.address.hosts))):
            try:
                return self._client.transport.perform_request(method, path, **given)
            except TransportError as error:
                if not left or error.status_code not in _NOT_NOW:
                    raise
        raise AssertionError("an address has a host")

    def search(self, index: str | None, body: Json, **parameters: str | int | bool) -> Json:
        """Search, and return an answer of all shards, with its whole total (`ClusterError`).

        The index is None where the body names a state that is `held`.
        """
        where = "/_search" if index is None else f"/{index}/_search"
        answer = self.ask(
            "POST", where, _exact(body), seconds=None, allow_partial_search_results=False, **parameters
        )
        return self._whole(answer, index, body)

    def searches(self, index: str, bodies: Sequence[Json]) -> list[Json]:
        """Put several searches in one request, and return their answers, each of all shards."""
        if not bodies:
            return []
        lines: list[Json] = []
        for body in bodies:
            lines += [{"allow_partial_search_results": False}, _exact(body)]
        answer = self.ask("POST", f"/{index}/_msearch", lines)
        answers = answer.get("responses", ()) if isinstance(answer, dict) else ()
        if len(answers) != len(bodies):
            raise part_only(self.address, index)
        return [self._whole(one, index, body) for one, body in zip(answers, bodies, strict=True)]

    @contextmanager
    def held(self, index: str, *, keep: str = _HELD) -> Iterator[str]:
        """Hold the state of all shards of an index, and give its id: for a ``pit`` of several searches."""
        answer = self.ask(
            "POST", f"/{index}/_search/point_in_time", keep_alive=keep, allow_partial_pit_creation=False
        )
        held = answer.get("pit_id") if isinstance(answer, dict) else None
        if not isinstance(held, str):
            raise no_opensearch(self.address)
        try:
            if _lacking(answer):
                raise part_only(self.address, index)
            yield held
        finally:
            # It ends by itself too, and what is away cannot be told.
            with suppress(ClusterError):
                self.ask("DELETE", "/_search/point_in_time", {"pit_id": [held]})

    def close(self) -> None:
        """Let go of the connections."""
        process, client = self._made
        if process == os.getpid():
            client.close()

    @property
    def _client(self) -> OpenSearch:
        """The client of this process: one that was forked off must not read what its parent asked for."""
        process, client = self._made
        if process != os.getpid():
            client = _client(self._given)
            self._made = os.getpid(), client
        return client

    def _whole(self, answer: Any, index: str | None, body: Json) -> Json:
        if not isinstance(answer, dict):
            raise no_opensearch(self.address)
        if "error" in answer:
            raise refused(answer["error"], self.address, index=index, status=answer.get("status"))
        # OpenSearch 3 says "terminated early" too where it wants no hits and knows the total without a look.
        ended_early = answer.get("terminated_early") and body.get("size") != 0
        if _lacking(answer) or answer.get("timed_out") or ended_early:
            raise part_only(self.address, index)
        return answer

    def _refuse_failures(self, answer: Any, path: str) -> None:
        """Refuse what says of itself that it went wrong in part, of whatever kind the request was."""
        if not isinstance(answer, dict):
            return
        shards = answer.get("_shards")
        if isinstance(shards, dict) and shards.get("failed"):
            raise part_only(self.address, _index_of(path))
        documents = answer.get("docs")
        for one in documents if isinstance(documents, list) else ():
            if isinstance(one, dict) and "error" in one:
                raise refused(one["error"], self.address, index=_index_of(path), status=None)


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _lines(body: Any) -> Any:
    """Write lines as the nodes read them; all else the client writes."""
    if not isinstance(body, list):
        return body
    from json import dumps

    return "".join(f"{dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in body)


def _exact(body: Json) -> Json:
    """Ask for the whole total, where it is not said that none is wanted."""
    return {"track_total_hits": True, **body}


def _lacking(answer: Json) -> bool:
    """Tell whether shards are missing in an answer, or whether it does not say."""
    shards = answer.get("_shards")
    if not isinstance(shards, dict) or shards.get("failed"):
        return True
    total, successful = shards.get("total"), shards.get("successful")
    return not (isinstance(total, int) and isinstance(successful, int) and successful >= total)


def _index_of(path: str) -> str | None:
    name = path.strip("/").partition("/")[0]
    return None if not name or name.startswith("_") else name


def _given(address: ClusterAddress, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what a client is made with."""
    given: dict[str, Any] = {
        "hosts": [{"host": host, "port": port} for host, port in address.hosts],
        "use_ssl": address.scheme == "https",
        "timeout": _PATIENCE,
        "pool_maxsize": _KEPT,
        # One turn to each node: the one that answers may be the last.
        "max_retries": max(3, len(address.hosts)),
        "retry_on_status": (),
    }
    asking = credentials_of(environ)
    if asking is not None:
        given["headers"] = {"authorization": asking}
    if address.scheme == "https":
        given["ssl_context"] = trusted_by(environ)
    return given


def _client(given: dict[str, Any]) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise NotInstalled(
            "An index of a cluster needs the package opensearch-py; install it with: "
            "pip install 'onrecord[cluster]'"
        ) from error
    return OpenSearch(**given)

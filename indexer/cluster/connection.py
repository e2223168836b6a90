"""The one room that talks to a cluster, and that looks at every answer: nothing partial is ever a number.

Three things would pass for an answer that is whole: a search whose shards are gone says ``failed: 0``, and
only ``successful`` is below ``total``; a search that ran out of time has a total of what it had seen; of
several searches in one request each has to be looked at by itself. What is not whole is a `ClusterError`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.indexer.cluster.address import ClusterAddress
from onrecord.indexer.errors import ClusterError, NotInstalled

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

__all__ = ["Cluster"]

Json = dict[str, Any]

# Seconds that one request may take.
_PATIENCE = 60


class Cluster:
    """A cluster of OpenSearch, for any number of threads at once."""

    def __init__(self, address: ClusterAddress, *, environ: Mapping[str, str] = os.environ) -> None:
        self.address = address
        self._client = _client(address, environ)

    def ask(self, method: str, path: str, body: Any = None, **parameters: str | int | bool) -> Any:
        """Put a request, and return the JSON of the answer (`ClusterError`)."""
        from opensearchpy.exceptions import ConnectionError as Unreachable
        from opensearchpy.exceptions import TransportError

        params = {name: _written(value) for name, value in parameters.items()}
        try:
            return self._client.transport.perform_request(method, path, params=params, body=body)
        except Unreachable as error:
            raise ClusterError(
                f"No node of {self.address} answers ({error.error}); see whether the cluster runs.",
                path=str(self.address),
            ) from error
        except TransportError as error:
            raise ClusterError(f"{self.address} refused: {error.error}.", path=str(self.address)) from error

    def search(self, index: str, body: Json, **parameters: str | int | bool) -> Json:
        """Search, and return an answer of all shards (`ClusterError`)."""
        answer: Json = self.ask(
            "POST", f"/{index}/_search", body, allow_partial_search_results=False, **parameters
        )
        return self._whole(answer, index)

    def searches(self, index: str, bodies: Sequence[Json]) -> list[Json]:
        """Put several searches in one request, and return their answers, each of all shards."""
        lines: list[Json] = []
        for body in bodies:
            lines += [{"allow_partial_search_results": False}, body]
        answer = self.ask("POST", f"/{index}/_msearch", "".join(f"{json.dumps(line)}\n" for line in lines))
        return [self._whole(one, index) for one in answer["responses"]]

    def _whole(self, answer: Json, index: str) -> Json:
        shards = answer.get("_shards")
        if shards is None or shards["successful"] < shards["total"] or answer.get("timed_out"):
            raise ClusterError(
                f"{self.address} answered for a part of {index} only; see which of its nodes are away, and "
                "ask again.",
                path=str(self.address),
            )
        return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _client(address: ClusterAddress, environ: Mapping[str, str]) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise NotInstalled(
            "An index of a cluster needs the package opensearch-py; install it with: "
            "pip install 'onrecord[cluster]'"
        ) from error
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.hosts],
        use_ssl=address.scheme == "https",
        timeout=_PATIENCE,
    )

"""What a cluster refused, in a sentence: what happened, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.indexer.cluster.address import ClusterAddress
from onrecord.indexer.errors import ClusterError

if TYPE_CHECKING:
    from opensearchpy.exceptions import TransportError

__all__ = ["cannot_be_asked", "no_opensearch", "part_only", "refusal", "refused"]

_UNKNOWN, _FORBIDDEN, _TOO_MANY = 401, 403, 429
# How the nodes say that shards are away, where they may not answer without; and that a node has just gone.
_AWAY = (
    "no_shard_available_action_exception",
    "search rejected due to missing shards",
    "all shards failed",
    "node_disconnected_exception",
    "node_not_connected_exception",
    "node_closed_exception",
    "connect_transport_exception",
)
# How they say that a state which was held for the next page is gone, with its node or its time.
_LET_GO = "search_context_missing_exception"
_NO_INDEX = "index_not_found_exception"


def refusal(
    error: TransportError, address: ClusterAddress, *, index: str | None, patience: float
) -> ClusterError:
    """Return the error for what the client raised, after so many seconds at most."""
    from opensearchpy.exceptions import ConnectionError as Unreachable
    from opensearchpy.exceptions import ConnectionTimeout, SSLError

    if isinstance(error, ConnectionTimeout):
        return _error(address, f"takes longer than {patience:g} seconds; ask again, or for less.")
    if isinstance(error, SSLError):
        return _error(
            address,
            f"cannot be asked safely ({_cause(error)}); name the file of its authority in "
            "$ONRECORD_CLUSTER_CA, and see whether the address is right.",
        )
    if isinstance(error, Unreachable):
        return ClusterError(
            f"No node of {address} answers ({_cause(error)}); see whether the cluster runs.",
            path=str(address),
        )
    if error.status_code == _UNKNOWN:
        return _error(
            address,
            "does not know who asks; give a name and a password in $ONRECORD_CLUSTER_USER and "
            "$ONRECORD_CLUSTER_PASSWORD, or a token in $ONRECORD_CLUSTER_TOKEN.",
            _UNKNOWN,
        )
    said = error.info.get("error") if isinstance(error.info, dict) else None
    return refused(said or error.status_code, address, index=index, status=int(error.status_code))


def refused(error: Any, address: ClusterAddress, *, index: str | None, status: int | None) -> ClusterError:
    """Return the error for what the cluster wrote of one."""
    reason = _reason(error)
    told = f"{_kinds(error)} {reason}".lower()
    if any(one in told for one in _AWAY):
        return part_only(address, index, status)
    if _LET_GO in told:
        return _error(address, "has let go of what the next page was to be read from; ask again.", status)
    if _NO_INDEX in told:
        return _error(address, f"does not have {index or 'it'} any more; open the index again.", status)
    if status == _FORBIDDEN:
        return _error(address, f"does not allow this ({reason}); ask as a user who may.", status)
    if status == _TOO_MANY:
        return _error(address, f"has too much to do ({reason}); ask again later.", status)
    return _error(address, f"refused: {reason}.", status)


def part_only(address: ClusterAddress, index: str | None, status: int | None = None) -> ClusterError:
    """Return the error where what is not there would be left out of an answer."""
    return _error(
        address,
        f"would answer for a part of {index or 'the index'} only; see which of its nodes are away, and ask "
        "again.",
        status,
    )


def no_opensearch(address: ClusterAddress) -> ClusterError:
    """Return the error where something else answers."""
    return ClusterError(
        f"What answers at {address} is no OpenSearch; see whether the address is right.", path=str(address)
    )


def cannot_be_asked(address: ClusterAddress, error: Exception) -> ClusterError:
    """Return the error where the client does not even ask."""
    return _error(address, f"cannot be asked ({_plain(error)}); see whether the address is right.")


def _error(address: ClusterAddress, rest: str, status: int | None = None) -> ClusterError:
    return ClusterError(f"{address} {rest}", path=str(address), status=status)


def _causes(error: Any) -> list[dict[str, Any]]:
    """Return an error and what led to it, as far as the cluster says."""
    if not isinstance(error, dict):
        return []
    roots = error.get("root_cause")
    return [error, *(one for one in (roots if isinstance(roots, list) else ()) if isinstance(one, dict))]


def _kinds(error: Any) -> str:
    kinds = [one.get("type") for one in _causes(error)]
    while isinstance(error, dict):
        error = error.get("caused_by")
        kinds += [one.get("type") for one in _causes(error)]
    return " ".join(map(str, kinds))


def _reason(error: Any) -> str:
    """Return what an error says of the root of it, and what a script stumbled over."""
    causes = _causes(error)
    if not causes:
        return _plain(error)
    root = causes[1] if len(causes) > 1 else causes[0]
    caused = causes[0].get("caused_by")
    while isinstance(caused, dict):
        root, caused = caused, caused.get("caused_by")
    return _plain(root.get("reason") or root.get("type") or "no reason given")


def _cause(error: TransportError) -> str:
    """Return what the system says of a connection that failed, without the names of classes around it."""
    found: BaseException | None = error.info if isinstance(error.info, BaseException) else error
    while found is not None:
        said = getattr(found, "verify_message", None) or getattr(found, "strerror", None)
        if said:
            return _plain(said).lower()
        below = found.__cause__ or getattr(found, "reason", None) or found.__context__
        found = below if isinstance(below, BaseException) else None
    return _plain(str(error.error).rpartition(": ")[2]).lower()


def _plain(said: object) -> str:
    """Return words in one line, without the dot that ends a sentence."""
    return " ".join(str(said).split()).removesuffix(".")

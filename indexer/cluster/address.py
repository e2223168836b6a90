"""Where an index of a cluster is: ``opensearch+https://host1,host2:9200/name``."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.indexer.errors import ClusterError

__all__ = ["ClusterAddress", "is_cluster_address", "parse_cluster_address", "path_beside"]

_SCHEMES = {"opensearch+https": "https", "opensearch+http": "http"}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORT = 9200
# What OpenSearch takes as the name of an index, less what begins the names of its own.
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")
# What the indexes of a generation are called, behind the name: another index may not be called so.
_GENERATION = re.compile(r".*-[0-9]{6,}(?:-words)?")
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Some hosts of a cluster, and the name of the index there."""

    scheme: str  #: "https", or "http" to this machine alone
    hosts: tuple[tuple[str, int], ...]  #: names with ports
    name: str  #: the alias that leads to the newest generation

    def __str__(self) -> str:
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return f"opensearch+{self.scheme}://{hosts}/{self.name}"


def is_cluster_address(path: Path | str) -> bool:
    """Tell whether what stands where an index is named is meant for one of a cluster, and no folder."""
    scheme, mark, _ = str(path).partition("://") if isinstance(path, str) else ("", "", "")
    return bool(mark) and (scheme.lower().startswith("opensearch") or scheme.lower() in ("http", "https"))


def path_beside(index: Path | str) -> Path:
    """Return the path by which what is kept beside an index is named: its folder, or its name in this folder.

    >>> path_beside("opensearch+https://search.example.org/debates") == Path("debates")
    True
    """
    if isinstance(index, str) and is_cluster_address(index):
        return Path(parse_cluster_address(index).name)
    return Path(index)


def parse_cluster_address(written: str) -> ClusterAddress:
    """Read an address (`ClusterError`).

    >>> str(parse_cluster_address("opensearch+http://localhost:9201,127.0.0.1/debates"))
    'opensearch+http://localhost:9201,127.0.0.1:9200/debates'
    """
    scheme, _, rest = written.partition("://")
    hosts, _, name = rest.partition("/")
    if "@" in hosts:
        raise ClusterError(
            "An address of a cluster holds no password, which others could read; give it in "
            "$ONRECORD_CLUSTER_USER and $ONRECORD_CLUSTER_PASSWORD, or a token in $ONRECORD_CLUSTER_TOKEN."
        )
    if scheme not in _SCHEMES or not hosts or not _NAME.fullmatch(name.rstrip("/")):
        raise ClusterError(
            f"{written} is no index of a cluster; write opensearch+https://HOST,HOST/NAME, the name in small "
            "letters."
        )
    if _GENERATION.fullmatch(name.rstrip("/")):
        raise ClusterError(
            f"{written} has the name of one generation of an index; name the index, without its number."
        )
    parsed = tuple(_host(one, written) for one in hosts.split(","))
    if scheme == "opensearch+http" and not all(host in _LOOPBACK for host, _ in parsed):
        raise ClusterError(f"{written} would go over the network unencrypted; write opensearch+https://.")
    return ClusterAddress(_SCHEMES[scheme], parsed, name.rstrip("/"))


def _host(written: str, address: str) -> tuple[str, int]:
    host, port = None, None
    if _HOST.fullmatch(written):
        with suppress(ValueError):  # a port beyond all ports, or no address of six groups
            parts = urlsplit(f"//{written}")
            host, port = parts.hostname, _PORT if parts.port is None else parts.port
    if not host or not port:
        raise ClusterError(f"{written!r} in {address} is no host; write HOST or HOST:PORT.")
    return host, port

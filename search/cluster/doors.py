"""Build, update and remove: of an index in a folder, or of one in a cluster by way of a folder.

A cluster has no texts read into it. They are read into an ordinary index in a folder, the *staging* index,
where files that change or move, languages, copies and addresses are settled as ever; its new state is then
loaded as a new generation (`indexer.cluster.load`). So a run that is stopped at any point leaves the cluster
as it was, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from onrecord.indexer.building import build as folders
from onrecord.indexer.building.build import WAIT, Paths
from onrecord.indexer.errors import ClusterError, IndexMissing
from onrecord.indexer.report import LoadedInto, Progress, Report

if TYPE_CHECKING:
    from onrecord.indexer.cluster.address import ClusterAddress

__all__ = ["BuildOptions", "UpdateOptions", "build", "remove", "staging_of", "update"]


class BuildOptions(TypedDict, total=False):
    """The options of `indexer.building.build.build`, which says what they mean."""

    progress: Callable[[Progress], None] | None
    wait: float
    memory: int
    doubts: bool
    sample: int
    seed: int
    addresses: Path | str | None
    ocr: bool


class UpdateOptions(BuildOptions, total=False):
    """The options of `indexer.building.build.update` likewise."""

    check: bool
    waiting: Collection[Path | str]


def build(
    paths: Paths = (),
    *,
    into: Path | str,
    staging: Path | str | None = None,
    **options: Unpack[BuildOptions],
) -> Report:
    """Build a fresh index from files and folders, and put it in the place of the one that stands.

    ``into`` is a folder, or the address of an index in a cluster (``opensearch+https://HOST/NAME``). The
    texts for a cluster are read into the index in the folder ``staging`` (``.onrecord-NAME``, where it is not
    said), and loaded from there. For the options and errors see `indexer.building.build.build`; a cluster
    that does not answer or refuses is a `ClusterError`.
    """
    address = _address(into, staging)
    if address is None:
        return folders.build(paths, into=into, **options)
    folder = staging_of(address, staging)
    _look_at(address)
    return _loaded(folders.build(paths, into=folder, **options), folder, address, options)


def update(
    paths: Paths = (),
    *,
    into: Path | str,
    staging: Path | str | None = None,
    **options: Unpack[UpdateOptions],
) -> Report:
    """Bring an index up to date with files and folders; make it where there is none.

    For ``into`` and ``staging`` see `build`, for the options `indexer.building.build.update`. A cluster that
    was loaded from another folder is not emptied by mistake: where ``staging`` has no index that is an error.
    """
    address = _address(into, staging)
    if address is None:
        return folders.update(paths, into=into, **options)
    folder = staging_of(address, staging)
    _look_at(address, folder)
    return _loaded(folders.update(paths, into=folder, **options), folder, address, options)


def remove(
    paths: Paths, *, into: Path | str, staging: Path | str | None = None, wait: float = WAIT
) -> Report:
    """Take files, or all files of folders, out of the index; the files themselves stay.

    For ``into`` and ``staging`` see `build`, for the rest `indexer.building.build.remove`.
    """
    address = _address(into, staging)
    if address is None:
        return folders.remove(paths, into=into, wait=wait)
    folder = staging_of(address, staging)
    _look_at(address, folder)
    return _loaded(folders.remove(paths, into=folder, wait=wait), folder, address, {"wait": wait})


def staging_of(address: ClusterAddress, staging: Path | str | None = None) -> Path:
    """Return the folder of the index that a cluster is loaded from."""
    return Path(f".onrecord-{address.name}") if staging is None else Path(staging)


def _address(into: Path | str, staging: Path | str | None) -> ClusterAddress | None:
    """Read where an index is to be; None of a folder (`ClusterError`)."""
    if isinstance(into, str) and "://" in into:
        from onrecord.indexer.cluster.address import is_cluster_address, parse_cluster_address

        if is_cluster_address(into):
            return parse_cluster_address(into)
    if staging is not None:
        raise ValueError("only an index of a cluster is loaded from another folder; leave staging out")
    return None


def _look_at(address: ClusterAddress, staging: Path | None = None) -> None:
    """Ask a cluster before texts are read for hours; and whether it was loaded from elsewhere.

    Raises `ClusterError` where it was, or does not answer.
    """
    from onrecord.indexer.cluster.connection import Cluster
    from onrecord.indexer.cluster.generations import aliased, meta_of
    from onrecord.indexer.store.store import Store

    cluster = Cluster(address)
    try:
        generation = aliased(cluster)
        meta = None if generation is None else meta_of(cluster, generation)
    finally:
        cluster.close()
    if meta is None or staging is None:
        return
    try:
        Store(staging).generation()
    except IndexMissing as error:
        raise ClusterError(
            f"{address} was loaded from the index in {meta.get('path')}, and there is none in {staging}; "
            "name the folder with --staging DIR, or build the index anew with --rebuild.",
            path=str(address),
        ) from error


def _loaded(report: Report, folder: Path, address: ClusterAddress, options: Any) -> Report:
    """Load what a run has left in a folder, and add that to its report."""
    from onrecord.indexer.store.store import Store
    from onrecord.search.cluster.loading import load_index

    with Store(folder).locked(wait=options.get("wait", WAIT)):
        loaded = load_index(folder, into=str(address), progress=options.get("progress"))
    into = LoadedInto(str(address), loaded.generation.paragraphs, loaded.written)
    return replace(report, loaded=into)

"""Build, update and remove: of an index in a folder, or of one in a cluster by way of a folder.

A cluster has no texts read into it. They are read into an ordinary index in a folder, the *staging* index,
where files that change or move, languages, copies and addresses are settled as ever; its new state is then
loaded as a new generation (`indexer.cluster.load`). So a run that is stopped at any point leaves the cluster
as it was, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.building import build as folders
from onrecord.indexer.building.build import MEMORY, SAMPLE, WAIT, Paths
from onrecord.indexer.errors import ClusterError, IndexMissing
from onrecord.indexer.report import LoadedInto, Progress, Report

if TYPE_CHECKING:
    from onrecord.indexer.cluster.address import ClusterAddress

__all__ = ["build", "remove", "update"]


def build(
    paths: Paths = (),
    *,
    into: Path | str,
    staging: Path | str | None = None,
    loaders: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    sample: int = SAMPLE,
    seed: int = 0,
    addresses: Path | str | None = None,
    ocr: bool = False,
) -> Report:
    r"""Build a fresh index from files and folders, and put it in the place of the one that stands.

    ``into`` is a folder, or the address of an index in a cluster (``opensearch+https://HOST/NAME``). Texts
    for a cluster are read into the index in the folder ``staging``, ``.onrecord-NAME`` unless it is said, and
    loaded from there, by so many processes as ``loaders`` says; one that does not answer or refuses is a
    `ClusterError`.

    Without ``paths`` the index is built from those it was given before. Readers
    keep the old index until the new one is whole. Of a file that cannot be read, or a path that is gone or
    empty all of a sudden, what the old one has is taken over, and `Report.needs_eyes` is true. ``progress``
    is called before each file. Raises `SourceError` where none of the paths is there, `IndexLocked`
    when another writer holds the index for longer than ``wait`` seconds. ``memory``
    is what all processes of the build may take together, in MiB: with less, there are
    more and smaller segments. With ``doubts`` the report lists what was not understood of any statement, and
    has a ``sample`` of so many of the values that are sure, drawn by ``seed``.
    ``addresses`` is a file of addresses that another index gave (``onrecord addresses``): they lead to the
    same words here, or are known to be gone. With ``ocr`` pages of PDFs that are pictures are read by text
    recognition, and their statements say so (`NotInstalled` where it is not there).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = Path(folder, "panama.txt")
    ...     _ = text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    ...     build(text, into=Path(folder, "index")).added
    Tally(statements=1, paragraphs=1)
    """
    target = _Target.of(into, staging, loaders)
    target.look_at(keep=False)
    report = folders.build(
        paths,
        into=target.folder,
        progress=progress,
        wait=wait,
        memory=memory,
        doubts=doubts,
        sample=sample,
        seed=seed,
        addresses=addresses,
        ocr=ocr,
    )
    return target.loaded(report, progress=progress, wait=wait)


def update(
    paths: Paths = (),
    *,
    into: Path | str,
    staging: Path | str | None = None,
    loaders: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    sample: int = SAMPLE,
    seed: int = 0,
    addresses: Path | str | None = None,
    check: bool = False,
    ocr: bool = False,
    waiting: Collection[Path | str] = (),
) -> Report:
    """Bring an index up to date with files and folders; make it where there is none.

    New files are added, changed ones replaced, those that have vanished from the
    folders dropped, all others left alone. A file has changed when what it holds has, whatever its times say;
    it is opened where its size, its times or its number on the disk are others than they were, or tell
    nothing yet, and with ``check`` always. A folder that was
    indexed and is found again elsewhere has moved. An index that an older version wrote is built anew, where
    its texts are there (else `IndexOutdated`). ``waiting`` are files and folders that are still being
    written, or have only just gone: they stay as the index has them. Other parameters and errors are those
    of `build`. A cluster that was loaded from another folder is not emptied by mistake: where ``staging`` has
    no index that is a `ClusterError`.
    """
    target = _Target.of(into, staging, loaders)
    target.look_at(keep=True)
    report = folders.update(
        paths,
        into=target.folder,
        progress=progress,
        wait=wait,
        memory=memory,
        doubts=doubts,
        sample=sample,
        seed=seed,
        addresses=addresses,
        check=check,
        ocr=ocr,
        waiting=waiting,
    )
    return target.loaded(report, progress=progress, wait=wait)


def remove(
    paths: Paths,
    *,
    into: Path | str,
    staging: Path | str | None = None,
    loaders: int | None = None,
    wait: float = WAIT,
) -> Report:
    """Take files, or all files of folders, out of the index; the files themselves stay.

    What lies below a path that is indexed stays out of later updates and rebuilds, until it is
    named to one of them. Raises `SourceError` for a path of which nothing is indexed, `IndexMissing`
    where there is no index. For ``into``, ``staging`` and ``loaders`` see `build`.
    """
    target = _Target.of(into, staging, loaders)
    target.look_at(keep=True)
    return target.loaded(folders.remove(paths, into=target.folder, wait=wait), progress=None, wait=wait)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where an index is to be: a folder, and the cluster that is loaded from it, if any."""

    folder: Path | str
    address: ClusterAddress | None = None
    loaders: int | None = None

    @classmethod
    def of(cls, into: Path | str, staging: Path | str | None, loaders: int | None) -> _Target:
        """Read where an index is to be (`ClusterError`)."""
        if isinstance(into, str) and "://" in into:
            from onrecord.indexer.cluster.address import is_cluster_address, parse_cluster_address

            if is_cluster_address(into):
                address = parse_cluster_address(into)
                return cls(f".onrecord-{address.name}" if staging is None else staging, address, loaders)
        if staging is not None or loaders is not None:
            raise ValueError(
                "only an index of a cluster is loaded from a folder; leave staging and loaders out"
            )
        return cls(into)

    def look_at(self, *, keep: bool) -> None:
        """Ask a cluster before texts are read for hours (`ClusterError`).

        With ``keep`` what it has is to be kept: it is an error where that was loaded from another folder.
        """
        if self.address is None:
            return
        from onrecord.indexer.cluster.connection import Cluster
        from onrecord.indexer.cluster.generations import aliased, meta_of
        from onrecord.indexer.store.store import Store

        cluster = Cluster(self.address)
        try:
            generation = aliased(cluster)
            meta = None if generation is None else meta_of(cluster, generation)
        finally:
            cluster.close()
        if meta is None or not keep:
            return
        try:
            Store(self.folder).generation()
        except IndexMissing as error:
            raise ClusterError(
                f"{self.address} was loaded from the index in {meta.get('path')}, and there is none in "
                f"{self.folder}; name the folder with --staging DIR, or build the index anew with --rebuild.",
                path=str(self.address),
            ) from error

    def loaded(self, report: Report, *, progress: Callable[[Progress], None] | None, wait: float) -> Report:
        """Load what a run has left in the folder, and add that to its report (`ClusterError`)."""
        if self.address is None:
            return report
        from onrecord.indexer.store.store import Store
        from onrecord.search.cluster.loading import load_index

        with Store(self.folder).locked(wait=wait):
            done = load_index(self.folder, into=str(self.address), processes=self.loaders, progress=progress)
        into = LoadedInto(str(self.address), done.generation.paragraphs, done.written)
        return replace(report, loaded=into)

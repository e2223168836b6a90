"""Lucene with its analyser of the language and its own BM25: `lucene/Rank.java`, compiled when it is run.

Maven fetches Lucene once, into its own store. Without Java or Maven Lucene is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.relevance.collection import Collection, Run, typed_words
from benchmarks.relevance.ranker import ALL, ANY, Ranker, Runs

__all__ = ["Lucene"]

_FOLDER = Path(__file__).parent / "lucene"
_MEMORY = "-Xmx2g"


class Lucene(Ranker):
    """A process of its own, which reads tab-separated lines and writes them."""

    def settings(self) -> str:
        """Return the program and the version of Lucene that its project file names."""
        return "".join((_FOLDER / name).read_text("utf-8") for name in ("Rank.java", "pom.xml"))

    def lacks(self) -> str:
        """Return which of Java and Maven is not here."""
        missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
        return f"{' and '.join(missing)} not found" if missing else ""

    def rank(self, collection: Collection) -> Runs:
        """Write documents and topics, run the program, read what it found."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write(folder / "documents.tsv", [(name, text) for name, text, _ in collection.documents()])
            topics = [(topic, " ".join(typed_words(text))) for topic, text in collection.topics().items()]
            _write(folder / "topics.tsv", topics)
            command = ["java", _MEMORY, "-cp", _class_path(folder), str(_FOLDER / "Rank.java")]
            _do([*command, str(folder), collection.language()])
            return {joint: _read(folder / f"{joint}.tsv") for joint in (ANY, ALL)}


def _class_path(folder: Path) -> str:
    file = folder / "class-path"
    _do(["mvn", "-q", "-B", "-f", str(_FOLDER), "dependency:build-classpath", f"-Dmdep.outputFile={file}"])
    return file.read_text("utf-8").strip()


def _do(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()}")


def _write(path: Path, rows: list[tuple[str, str]]) -> None:
    path.write_text("".join(f"{name}\t{' '.join(text.split())}\n" for name, text in rows), "utf-8")


def _read(path: Path) -> Run:
    run: Run = {}
    for line in path.read_text("utf-8").splitlines():
        topic, *found = line.split("\t")
        run[topic] = found
    return run

"""The command: ``python -m benchmarks TEXTS``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bench import Bench, Finding
from benchmarks.engine import ENGINES, OURS, installed
from benchmarks.goals import hold_against_goals
from benchmarks.machine import describe_machine
from benchmarks.relevance.ranker import RANKERS
from benchmarks.section_build import measure_build
from benchmarks.section_cluster import main as measure_cluster
from benchmarks.section_cold import measure_cold
from benchmarks.section_formats import main as measure_files
from benchmarks.section_formats import measure_formats
from benchmarks.section_growth import measure_growth
from benchmarks.section_headings import main as measure_headings
from benchmarks.section_loading import main as measure_loading
from benchmarks.section_pages import main as measure_pages
from benchmarks.section_query import measure_query
from benchmarks.section_random import measure_random
from benchmarks.section_relevance import measure_relevance
from benchmarks.section_served import main as measure_served
from benchmarks.section_stream import measure_stream
from benchmarks.section_unchanged import measure_unchanged
from benchmarks.section_update import measure_update
from benchmarks.table import Table

__all__ = ["main"]

SECTIONS: dict[str, Callable[[Bench], Finding]] = {
    "build": measure_build,
    "formats": measure_formats,
    "query": measure_query,
    "random": measure_random,
    "cold": measure_cold,
    "stream": measure_stream,
    "update": measure_update,
    "unchanged": measure_unchanged,
    "growth": measure_growth,
    "relevance": measure_relevance,
}
_WITHOUT_TEXTS = "relevance"

# What takes folders of its own.
_OF_THEIR_OWN = {
    "cluster": measure_cluster,
    "formats": measure_files,
    "headings": measure_headings,
    "loading": measure_loading,
    "pages": measure_pages,
    "served": measure_served,
}
_DESCRIPTION = (
    "Time On Record beside stock Whoosh, SQLite FTS5 and tantivy, on the same paragraphs, in one run; "
    "measure whether the best come first, on judged collections. python -m benchmarks pages FOLDER measures "
    "what is taken of judged web pages, python -m benchmarks formats FILE... how fast files are read."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections that are asked for and write their tables."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in _OF_THEIR_OWN:
        _OF_THEIR_OWN[given[0]](given[1:])
        return
    parser = _parser()
    asked = parser.parse_args(given)
    if asked.texts is None and (asked.only != [_WITHOUT_TEXTS] or asked.judged is None):
        parser.error("Name a folder of texts; only --only relevance --judged FOLDER does without.")
    engines = [name for name in installed() if name not in asked.without]
    if asked.work is None:
        with tempfile.TemporaryDirectory() as folder:
            _run(asked, engines, Path(folder))
    else:
        asked.work.mkdir(parents=True, exist_ok=True)
        _run(asked, engines, asked.work)


def _run(asked: argparse.Namespace, engines: list[str], work: Path) -> None:
    bench = Bench(
        asked.texts,
        work,
        engines,
        asked.scale,
        "build" in asked.only,
        asked.quick,
        judged=asked.judged,
        runs=asked.cache,
        without=asked.without,
    )
    machine = describe_machine()
    if asked.texts is not None:
        _claim(work, asked.texts)
        bench.lines(bench.scale)
    tables: list[Table] = []
    figures: dict[str, float] = {}
    for name in asked.only:
        finding = SECTIONS[name](bench)
        tables += finding.tables
        figures |= finding.figures
        # Written after each section, so that a run that is stopped leaves what it measured.
        asked.out.write_text(_page(bench, machine, [hold_against_goals(figures), *tables]), "utf-8")
    missing = [name for name in ENGINES if name not in engines]
    if missing:
        print(f"not measured: {', '.join(missing)}", file=sys.stderr)  # noqa: T201


def _page(bench: Bench, machine: str, tables: list[Table]) -> str:
    paragraphs = bench.paragraphs.get(bench.scale)
    corpus = (
        "No texts" if paragraphs is None else f"{paragraphs:,} paragraphs, corpus at scale {bench.scale:g}"
    )
    quick = " A quick run: its figures say that the harness works, and nothing else." if bench.quick else ""
    head = f"# Benchmarks\n\n{corpus}. {machine}.{quick}"
    return "\n\n".join([head, *(table.render() for table in tables)]) + "\n"


def _claim(work: Path, texts: Path) -> None:
    """Keep a work folder for one folder of texts."""
    claim = work / "TEXTS"
    if claim.exists() and claim.read_text("utf-8") != str(texts):
        sys.exit(f"{work} holds indexes of {claim.read_text('utf-8')}; name another folder with --work.")
    claim.write_text(str(texts), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=_DESCRIPTION)
    parser.add_argument(
        "texts", type=_folder, nargs="?", help="folder of texts, such as the UN General Debate corpus"
    )
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results.md"), help="file of the tables")
    parser.add_argument(
        "--only", type=_names(list(SECTIONS)), default=list(SECTIONS), help="sections, with commas"
    )
    parser.add_argument(
        "--without",
        type=_names([name for name in dict.fromkeys((*ENGINES, *RANKERS)) if name != OURS]),
        default=[],
        help="engines to leave out, with commas",
    )
    parser.add_argument("--scale", type=_scales, default=[0.1, 1.0, 10.0], help="such as 0.1,1,10")
    parser.add_argument("--judged", type=_folder, help="folder of judged collections, a folder each")
    parser.add_argument(
        "--cache", type=Path, help="folder to keep what the peers answered to their topics in"
    )
    parser.add_argument("--work", type=Path, help="folder to keep the corpus and the peers' indexes in")
    parser.add_argument(
        "--quick", action="store_true", help="measure next to nothing: does the harness work?"
    )
    return parser


def _folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not a folder; name a folder of texts.")
    return path


def _names(known: Sequence[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name} is not one of {', '.join(known)}.")
        return names

    return read


def _scales(text: str) -> list[float]:
    try:
        scales = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} are not numbers; write 0.1,1,10.") from error
    if not all(scale > 0 for scale in scales):
        raise argparse.ArgumentTypeError("A scale is above 0; write 0.1,1,10.")
    return scales


if __name__ == "__main__":
    main()

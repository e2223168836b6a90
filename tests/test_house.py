"""The rules of the house that a reader of the code relies on."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import inspect
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import onrecord
from onrecord import build

README = Path(__file__).parent.parent / "README.md"
CORPUS = README.parent / "corpus"
# The rooms of both packages from the ground up; a room imports from floors below its own.
FLOORS = (
    "indexer.confidence indexer.errors indexer.fingerprint indexer.numbers indexer.opening indexer.programs "
    "indexer.roles indexer.thawed",
    "search.bounded_cache",
    "indexer.dates indexer.limits indexer.paths indexer.report",
    "indexer.statement",
    "indexer.analysis indexer.draft",
    "indexer.address indexer.paragraphs indexer.register",
    "indexer.heading indexer.segments indexer.sources",
    "indexer.formats indexer.store indexer.whoosh",
    "indexer.cluster indexer.turns",
    "indexer.reading",
    "indexer.building",
    "indexer.doctor indexer.watching",
    "search.completion search.lexicon search.query",
    "search.collection search.language",
    "search.citation search.duplicates search.frames search.request",
    "search.results",
    "search.backend",
    "search.engine",
    "search.cluster",
    "search.exports search.research",
    "search.brief",
    "search.index",
    "search.alerts",
    "search.mcp search.publishing search.web",
    "search.cli",
)
NOT_FOR_A_SEARCH = {
    "onrecord.indexer.cluster",
    "onrecord.search.cluster",
    "opensearchpy",
    "onrecord.indexer.segments.writing.merge",
    "onrecord.indexer.segments.writing.segment_writer",
    "onrecord.indexer.doctor.repair",
    "onrecord.indexer.doctor.findings",
    "onrecord.indexer.reading.inspection",
    "onrecord.indexer.report",
    "onrecord.indexer.statement",
    "onrecord.indexer.store.catalogue",
    "onrecord.indexer.store.former_addresses",
    "onrecord.indexer.reading.statements",
    "onrecord.indexer.register",
    "bs4",
    "chardet",
    "lxml",
    "py3langid",
    "pymorphy3",
    "rich",
    "simplemma",
    "portalocker",
    "onrecord.search.alerts",
    "onrecord.search.brief",
    "onrecord.search.citation",
    "onrecord.search.cli.doctor",
    "onrecord.search.cli.index",
    "onrecord.search.cli.hit_lines",
    "onrecord.search.engine.instead",
    "onrecord.search.language.other_engines",
    "onrecord.search.engine.left_out",
    "onrecord.search.results.counts",
    "onrecord.search.engine.long_page",
    "onrecord.search.engine.near_names",
    "onrecord.search.lexicon",
    "onrecord.search.language.broad",
    "onrecord.search.mcp",
    "mcp",
    "onrecord.search.engine.standing",
    "onrecord.search.engine.stretches",
    "onrecord.search.exports",
    "onrecord.search.frames.frame",
    "onrecord.search.frames.notebook",
    "onrecord.search.results.two_processes",
    "onrecord.search.engine.whole_statement",
    "onrecord.search.engine.whoosh_fallback",
    "onrecord.search.research.concordances.concordance",
    "onrecord.search.results.stretches",
    "onrecord.search.duplicates.resemblance",
    "onrecord.search.cli.formats",
    "onrecord.search.engine.tally",
    "onrecord.search.research",
    "onrecord.search.results.keys",
    "onrecord.search.results.tally",
    "onrecord.search.engine.spoken_words",
    "onrecord.search.publishing",
    "onrecord.search.web",
    "jinja2",
    "msgspec",
    "starlette",
    "uvicorn",
    "yaml",
}


def modules() -> list[ModuleType]:
    return [
        onrecord,
        *(
            importlib.import_module(module.name)
            for module in pkgutil.walk_packages(onrecord.__path__, "onrecord.")
            if not module.name.endswith("__main__")
        ),
    ]


def imported_by(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def public_members(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name in getattr(module, "__all__", ()):
        member = getattr(module, name)
        yield f"{module.__name__}.{name}", member
        if inspect.isclass(member) and member.__module__ == module.__name__:
            for attribute, value in vars(member).items():
                documented = inspect.isfunction(value) or isinstance(value, property)
                if documented and not attribute.startswith("_"):
                    yield f"{module.__name__}.{name}.{attribute}", value


def room_of(name: str) -> str:
    """Return the folder or the file in one of the two packages that a module belongs to: `indexer.store`."""
    return ".".join(name.removeprefix("onrecord.").split(".")[:2])


def arrows() -> dict[str, set[str]]:
    """Return which modules of ours each module imports, at its head or later."""
    names = {module.__name__ for module in modules()}
    found: dict[str, set[str]] = {}
    for module in modules():
        tree = ast.parse(inspect.getsource(module))
        found[module.__name__] = {
            full if (full := f"{node.module}.{alias.name}") in names else str(node.module)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("onrecord")
            for alias in node.names
        } - {module.__name__, "onrecord"}
    return found


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return what is left of a graph when all that leads nowhere else is taken away, again and again."""
    left = {node: targets - {node} for node, targets in graph.items()}
    while ended := [node for node, targets in left.items() if not targets & left.keys()]:
        for node in ended:
            del left[node]
    return sorted(left)


def test_arrows_between_rooms_run_down() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
    rooms = {room_of(name) for name in arrows()} - {"onrecord", "indexer", "search", "web"}
    assert rooms == set(floor), "a room without a floor"
    assert {
        f"{module} imports {target}"
        for module, targets in arrows().items()
        for target in targets
        if room_of(module) != room_of(target)
        and room_of(module) in floor
        and floor[room_of(target)] >= floor[room_of(module)]
    } == set()


def test_no_circle_inside_the_rooms_either() -> None:
    assert circle(arrows()) == []
    packages = {module.__name__ for module in modules() if hasattr(module, "__path__")}

    def folder(name: str) -> str:
        """Take the modules of a folder inside a room, such as `segments.columns`, for one."""
        above = name.rpartition(".")[0]
        return above if name not in packages and above.count(".") > 2 else name

    folders: dict[str, set[str]] = {}
    for module, targets in arrows().items():
        folders.setdefault(folder(module), set()).update(map(folder, targets))
    assert circle(folders) == []


def test_few_rooms_of_the_search_open_a_segment() -> None:
    opening = {
        room_of(module)
        for module, targets in arrows().items()
        if "onrecord.indexer.segments.segment" in targets and module.startswith("onrecord.search")
    }
    assert opening == {"search.collection", "search.duplicates", "search.engine", "search.results"}


def test_only_the_command_line_knows_click_and_rich() -> None:
    assert {
        module.__name__.rpartition(".")[0]
        for module in modules()
        if {name.partition(".")[0] for name in imported_by(module)} & {"click", "rich"}
    } == {"onrecord.search.cli"}


def test_all_that_is_ours_is_imported_under_one_name() -> None:
    imported = {name.partition(".")[0] for module in modules() for name in imported_by(module)}
    assert imported & {"indexer", "search"} == set()


def test_nothing_of_ours_imports_the_face() -> None:
    assert [module.__name__ for module in modules() if "onrecord" in imported_by(module)] == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_every_module_says_what_it_is(module: ModuleType) -> None:
    assert module.__doc__


def test_the_public_names_are_sorted_and_what_a_type_checker_sees() -> None:
    typed = {
        alias.asname: node.module
        for node in ast.walk(ast.parse(inspect.getsource(onrecord)))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    homes = {name: home for home, names in onrecord._HOMES.items() for name in names}
    assert (homes, onrecord.__all__) == (typed, sorted([*typed, "__version__"]))


def test_public_names_are_loaded_when_they_are_asked_for() -> None:
    asked = "import sys, onrecord; print([name for name in sys.modules if name.startswith('onrecord.')])"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "[]\n"
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
    assert not hasattr(onrecord, "examined")
    assert set(onrecord.__all__) <= set(dir(onrecord))


def test_a_search_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    build(CORPUS, into=tmp_path / "index")
    asked = (
        "import sys; from onrecord.search.cli import main; main(standalone_mode=False); print(*sys.modules)"
    )
    command = [sys.executable, "-c", asked, "search", "the", "--index", str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {
        "onrecord.search.cli.search",
        "onrecord.search.engine.engine",
        "onrecord.indexer.store.store",
    } <= loaded
    assert all(importlib.util.find_spec(name) for name in NOT_FOR_A_SEARCH)
    assert loaded & NOT_FOR_A_SEARCH == set()


def test_every_public_name_has_a_docstring() -> None:
    undocumented = {
        name
        for module in modules()
        for name, member in public_members(module)
        if (inspect.isclass(member) or inspect.isroutine(member) or isinstance(member, property))
        and not inspect.getdoc(member)
    }
    assert undocumented == set()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_the_python_of_the_readme_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(README), module_relative=False)
    assert (result.attempted > 0, result.failed) == (True, 0)


def test_the_corpus_holds_texts_only() -> None:
    assert {path.suffix for path in CORPUS.iterdir()} == {".md"}

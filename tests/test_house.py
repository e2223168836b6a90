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

import indexer
import search
from indexer import build

PACKAGES = (indexer, search)
README = Path(__file__).parent.parent / "README.md"
CORPUS = README.parent / "corpus"
NOT_FOR_A_SEARCH = {
    "indexer.segments.writing.merge",
    "indexer.segments.writing.segment_writer",
    "indexer.doctor.repair",
    "indexer.doctor.findings",
    "indexer.reading.inspection",
    "indexer.reading.statements",
    "indexer.register",
    "lxml",
    "py3langid",
    "rich",
    "search.cli.doctor",
    "search.cli.index",
    "search.engine.whoosh_fallback",
    "search.duplicates.resemblance",
    "yaml",
}


def modules() -> list[ModuleType]:
    found = list(PACKAGES)
    for package in PACKAGES:
        found += [
            importlib.import_module(module.name)
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        ]
    return found


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


def test_the_indexer_never_imports_the_search() -> None:
    assert [
        module.__name__
        for module in modules()
        if module.__name__.startswith("indexer")
        and any(name.partition(".")[0] == "search" for name in imported_by(module))
    ] == []


def test_only_the_command_line_knows_click_and_rich() -> None:
    assert {
        module.__name__.rpartition(".")[0]
        for module in modules()
        if {name.partition(".")[0] for name in imported_by(module)} & {"click", "rich"}
    } == {"search.cli"}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_every_module_says_what_it_is(module: ModuleType) -> None:
    assert module.__doc__


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_public_names_are_sorted_and_complete(package: ModuleType) -> None:
    imported = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(inspect.getsource(package)))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(f"{package.__name__}.")
        for alias in node.names
    }
    assert package.__all__ == sorted(imported)


def test_what_is_loaded_later_is_there() -> None:
    assert all(hasattr(package, name) for package in PACKAGES for name in package.__all__)
    assert not hasattr(indexer, "examined")


def test_a_search_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    build(CORPUS, into=tmp_path / "index")
    asked = "import sys; from search.cli import main; main(standalone_mode=False); print(*sys.modules)"
    command = [sys.executable, "-c", asked, "search", "the", "--index", str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"search.cli.search", "search.engine.engine", "indexer.store.store"} <= loaded
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

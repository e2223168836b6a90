"""The documents: what they quote is checked, pictures are what is drawn, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord import build, open_index

TREE = Path(__file__).parent.parent
CHECK = re.search(r"cog -I \. --check (.*)", (TREE / ".ci" / "run").read_text("utf-8"))
DOCUMENTS = sorted(
    path
    for folder in (TREE, TREE / "docs", TREE / "docs" / "readers", TREE / "benchmarks")
    for path in folder.glob("*.md")
)
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(#[^)\s]+)?\)")


def checked() -> set[Path]:
    assert CHECK is not None
    return {path for pattern in CHECK[1].split() for path in TREE.glob(pattern)}


def spoken(document: Path) -> str:
    """Return a document without what it quotes."""
    return re.sub(r"```.*?```|<!--.*?-->|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.DOTALL)


def anchors(document: Path) -> set[str]:
    """Return where links lead in a document, as GitHub names its headings."""
    prose = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {"#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_document_that_quotes_the_program_is_checked() -> None:
    quoting = {path for path in TREE.glob("**/*.md") if "[[[cog" in path.read_text("utf-8")}
    assert {path.name for path in quoting} >= {"README.md", "commands.md", "research.md"}
    assert quoting - checked() == set()


def test_whoever_contributes_writes_what_is_checked() -> None:
    assert CHECK is not None
    assert f"cog -I . -r {CHECK[1]}" in (TREE / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_to_files_and_headings(document: Path) -> None:
    for name, heading in LINK.findall(spoken(document)):
        target = document.parent / name if name else document
        assert target.exists(), name
        assert not heading or heading in anchors(target), f"{name}{heading}"


def test_the_picture_of_the_readme_is_what_is_drawn(tmp_path: Path) -> None:
    build(TREE / "docs" / "examples" / "statements", into=tmp_path)
    with open_index(tmp_path) as index:
        drawn = index.count('"unexploded ordnance"', by="year").svg()
    assert (TREE / "docs" / "ordnance.svg").read_text("utf-8") == drawn


def test_the_readme_is_one_screen() -> None:
    shown = re.sub(r"<!--.*?-->\n?", "", (TREE / "README.md").read_text("utf-8"), flags=re.DOTALL)
    assert len(shown.splitlines()) <= 75

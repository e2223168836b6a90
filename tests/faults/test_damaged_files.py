"""Files cut off, or with bytes changed: each is read or refused with a sentence, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from faults.press import Press
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import SourceError
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.statements import read_statements

SAMPLES = Path(__file__).parents[1] / "indexer" / "sources"
SOME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def pdf(folder: Path) -> bytes:
    press = Press(columns=2)
    for _ in range(8):
        press.paragraph("We ask for the disarmament of the militias before the winter, and for bread.")
    return press.save(folder / "whole.pdf").read_bytes()


def docx(folder: Path) -> bytes:
    document = Document()
    document.add_heading("Statement by Panama", 0)
    document.add_paragraph("We agree.", style="List Number")
    document.save(str(folder / "whole.docx"))
    return (folder / "whole.docx").read_bytes()


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    return {
        "a.pdf": pdf(folder),
        "a.docx": docx(folder),
        "parlamint.xml": sample("parlamint/ParlaMint-QQ_2020-05-04.xml"),
        "akoma-ntoso.xml": sample("akoma-ntoso/three.xml"),
        "parlparse.xml": sample("parlparse/debates2011-02-03a.xml"),
        "verbatim.txt": sample("verbatim/council.txt"),
    }


def read(path: Path, data: bytes) -> bool:
    """Read a file of this content; True where statements or a sentence come of it."""
    path.write_bytes(data)
    try:
        read_statements(SourceFile.alone(path), content_hash="")
    except SourceError as error:
        return error.reason.endswith(".")
    return True


NAMES = ["a.pdf", "a.docx", "parlamint.xml", "akoma-ntoso.xml", "parlparse.xml", "verbatim.txt"]


@pytest.mark.parametrize("name", NAMES)
@SOME
@given(share=st.floats(0, 1))
def test_a_file_cut_off_is_read_or_refused(
    tmp_path: Path, whole: dict[str, bytes], name: str, share: float
) -> None:
    data = whole[name]
    assert read(tmp_path / name, data[: int(share * len(data))])


@pytest.mark.parametrize("name", NAMES)
@SOME
@given(changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_with_bytes_changed_is_read_or_refused(
    tmp_path: Path, whole: dict[str, bytes], name: str, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(whole[name])
    for share, byte in changes:
        data[int(share * len(data))] = byte
    assert read(tmp_path / name, bytes(data))

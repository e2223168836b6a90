"""Each extra alone in a fresh environment: it installs, and what it is for works.

Run it with::

    pytest -m long tests/long/test_extras.py --log-cli-level=INFO

It fetches packages. ``ONRECORD_PYTHONS`` names the Pythons to do it with (``python3.11 python3.13``).
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from program import PROJECT

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
PYTHONS = os.environ.get("ONRECORD_PYTHONS", sys.executable).split()
_NOT_BUILT_FROM = shutil.ignore_patterns(
    ".*", "build", "*.egg-info", "tests", "benchmarks", "docs", "__pycache__"
)
# What shows that an extra works: lines for a shell, in a folder with an index of one text.
WORKS = {
    "": ("onrecord search canal", "onrecord export canal -o out.csv", "onrecord export canal -o out.docx"),
    "parquet": ("onrecord export canal -o out.parquet",),
    "spreadsheets": ("onrecord export canal -o out.xlsx",),
    "xlsx": ("onrecord export canal -o out.xlsx",),
    "watch": (
        "python -c 'import watchfiles'",
        "timeout --preserve-status 20 onrecord watch texts --every 1s",
    ),
    "web": ("python -c 'from onrecord.web import create_app; create_app(\".onrecord\")'",),
    "mcp": ("onrecord mcp </dev/null",),
    # Nothing listens there, which only the client can tell.
    "cluster": ("onrecord search canal -i opensearch+http://127.0.0.1:9/debates 2>&1 | grep -q ' answers'",),
    "ocr": ("python -c 'import tesserocr'",),
    "all": ("onrecord export canal -o out.parquet", "onrecord export canal -o out.xlsx"),
}


def _known() -> set[str]:
    extras = ConfigParser()
    extras.read(PROJECT / "setup.cfg", "utf-8")
    return {*extras.options("options.extras_require")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(PROJECT, folder / "tree", symlinks=True, ignore=_NOT_BUILT_FROM)
    asked = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", folder, folder / "tree"]
    subprocess.run([*map(str, asked)], check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("extra", WORKS)
def test_an_extra_alone_installs_and_works(wheel: Path, tmp_path: Path, python: str, extra: str) -> None:
    if extra and extra not in _known():
        pytest.skip(f"there is no extra {extra} yet")
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    bin_folder = tmp_path / "venv" / "bin"
    wanted = f"{wheel}[{extra}]" if extra else str(wheel)
    subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", wanted], check=True)
    listed = subprocess.check_output(
        [bin_folder / "python", "-m", "pip", "list", "--format", "freeze"], text=True
    )
    log.info("%s [%s]: %d packages", python, extra, len(listed.splitlines()))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    clean = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "ONRECORD_INDEX")
    }
    variables = {**clean, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for line in ("onrecord index texts", *WORKS[extra]):
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"

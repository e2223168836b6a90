"""The pictures of the documents: pages over the invented statements, as Chromium shows them.

    python -m docs.examples.pictures

writes them anew into ``docs/pictures``. It needs the extra `web`, and Chromium on the path.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from docs.examples.console import EXAMPLES
from onrecord import build
from onrecord.web import create_app

__all__ = ["draw"]

PICTURES = EXAMPLES.parent / "pictures"
#: What each picture shows: the page, its width and its height.
SHOWN = {
    "search.png": ("search?q=%22unexploded+ordnance%22&sort=newest", 1200, 860),
    "concordance.png": ("kwic?q=ordnance&limit=12", 1200, 720),
}
_LONGEST = 60  # seconds that a picture may take


def draw(chromium: str, folder: Path) -> None:
    """Draw all pictures into a folder."""
    with TemporaryDirectory() as made:
        build(EXAMPLES / "statements", into=Path(made) / "index")
        with _served(Path(made) / "index") as base:
            for name, (page, width, height) in SHOWN.items():
                _draw(chromium, f"{base}/{page}", folder / name, size=f"{width},{height}", home=Path(made))


def _draw(chromium: str, url: str, file: Path, *, size: str, home: Path) -> None:
    quiet = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--lang=en")
    shown = (f"--user-data-dir={home / 'chromium'}", f"--window-size={size}", f"--screenshot={file}")
    subprocess.run([chromium, *quiet, *shown, url], check=True, capture_output=True, timeout=_LONGEST)


@contextmanager
def _served(index: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(index), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        sys.exit("There is no Chromium on the path; install it.")
    PICTURES.mkdir(exist_ok=True)
    draw(found, PICTURES)

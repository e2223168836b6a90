"""Make the documentation site: `python -m docs.site FOLDER`. A link or a name that leads nowhere ends it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.cmd.build import build_main

from docs.site.pages import lay_out

HERE = Path(__file__).parent


def main(folder: str) -> int:
    """Make the site in a folder, and return 0 where nothing is wrong."""
    with TemporaryDirectory() as source:
        lay_out(Path(source))
        strictly = ["--quiet", "--fail-on-warning", "--keep-going", "--nitpicky"]
        return build_main([*strictly, "-b", "html", "-c", str(HERE), source, folder])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the site goes: python -m docs.site FOLDER.")
    sys.exit(main(sys.argv[1]))

"""Pages made of a shape, that a system of sites gives its pages, and a site, that has a statement to show."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml

__all__ = ["PAGES", "MadeUpPage"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class MadeUpPage:
    """A page, and the lines of its statement: the title, where and when, what was said."""

    name: str
    html: str
    lines: list[str]


def _places(site: dict[str, Any]) -> dict[str, str]:
    """Name what a site says as the shapes do; what was said also by first word, second and rest."""
    places = {name: escape(said) for name, said in site.items() if isinstance(said, str)}
    for name, several in site.items():
        if isinstance(several, list):
            places |= {f"{name}_{number}": escape(said) for number, said in enumerate(several)}
    for number, said in enumerate(site["said"]):
        first, second, rest = (*escape(said).split(" ", 2), "", "")[:3]
        places |= {f"first_{number}": first, f"second_{number}": second, f"rest_{number}": rest}
    return places


def _made() -> list[MadeUpPage]:
    sites = yaml.safe_load((_HERE / "sites.yaml").read_text("utf-8"))
    return [
        MadeUpPage(
            f"{shape.stem}-{site['language']}",
            shape.read_text("utf-8").format_map(_places(site)),
            [site["title"], site["given"], *site["said"]],
        )
        for shape in sorted((_HERE / "shapes").glob("*.html"))
        for site in sites
    ]


PAGES = _made()

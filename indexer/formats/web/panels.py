"""What a reader opens on a page: panels of tabs and accordions, and the rest of a text behind "read more".

A page hides such text until somebody asks for it. It is found by what opens it, a control that names it, or
by what it is called. What else is hidden there (menus, windows) is told by the rules for surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from onrecord.indexer.formats.web.extents import BLOCK_TAGS, is_unseen
from onrecord.indexer.limits import check_time

__all__ = ["open_panels"]

# Where a control names what it opens; each may hold several ids.
_NAMES_PANEL = ("aria-controls", "data-target", "data-bs-target", "href")
_PANEL = re.compile(r"(?:^|[\s_-])(?:tabpanel|tab-?pane|collapse|accordion)(?:[\s_-]|$)")
_CONTROLS = ("a", "button", "summary")
# What stands for the rest of a text while that is hidden.
_DOTS = re.compile(r"[\s.…\[\]()]+")


def open_panels(page: BeautifulSoup) -> None:
    """Show what a reader can open, and take away the dots that stand for it."""
    named = set(_named(page))
    for element in page.find_all(is_unseen):
        check_time()
        inline = element.name not in BLOCK_TAGS
        if element.get("id") in named or _is_panel(element) or (inline and _has_button_beside(element)):
            for name in ("hidden", "aria-hidden", "style"):
                element.attrs.pop(name, None)
            before = element.find_previous_sibling()
            if inline and before is not None and _DOTS.fullmatch(before.get_text()):
                before.attrs["hidden"] = ""


def _named(page: BeautifulSoup) -> Iterator[str]:
    """Yield the ids that controls name."""
    for control in page.find_all(_CONTROLS):
        for name in _NAMES_PANEL:
            value = str(control.attrs.get(name) or "")
            if name != "href" or value.startswith("#"):
                yield from value.replace("#", " ").split()


def _is_panel(element: Tag) -> bool:
    classes = str(element.get("class") or "").lower()
    return element.get("role") == "tabpanel" or _PANEL.search(classes) is not None


def _has_button_beside(element: Tag) -> bool:
    """Tell what has a button behind it, or behind the paragraph in which it stands."""
    outside = element.parent
    after = (element.find_next_sibling(), outside.find_next_sibling() if outside is not None else None)
    return any(one is not None and (one.name == "button" or one.get("role") == "button") for one in after)

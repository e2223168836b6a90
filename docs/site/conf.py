"""How Sphinx makes the site; `docs.site.pages` lays out what it is made from."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.environment import BuildEnvironment

import onrecord

project = "On Record"
author = "the maintainers of On Record"
version = release = onrecord.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
html_title = f"On Record {version}"
exclude_patterns = ["docs/examples"]

# The pages are read on a forge too: their anchors are those that it makes of headings, and it knows more
# languages to colour than there are here.
myst_heading_anchors = 6
suppress_warnings = ["misc.highlighting_failure"]

# A name in single quotes in a docstring is a name of ours, and has to be there.
default_role = "py:obj"
# Names of others: where their documentation is cannot be asked without the network.
nitpick_ignore_regex = [
    (r"py:.*", r"(collections|datetime|enum|pandas|pathlib|polars|pyarrow|starlette|typing|whoosh)\..*"),
    (r"py:.*", r"Path|Query|Starlette"),
]

autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True}


def setup(app: Sphinx) -> None:
    """Resolve what is written short, and what is in the tree and has no page."""
    app.connect("missing-reference", _found)


def _found(app: Sphinx, env: BuildEnvironment, node: Any, shown: nodes.Element) -> nodes.Element | None:
    if node.get("refdomain") != "py":
        return None
    target = str(node["reftarget"])
    return _linked(app, env, node, shown) or (shown if _is_of_the_tree(target) else None)


def _linked(app: Sphinx, env: BuildEnvironment, node: Any, shown: nodes.Element) -> nodes.Element | None:
    """Link a name of which the last part alone is written, where something is documented that ends so."""
    domain = env.domains["py"]
    assert isinstance(domain, PythonDomain)
    ending = re.compile(rf"onrecord\.(?:.*\.)?{re.escape(str(node['reftarget']))}")
    full = sorted((name for name in domain.objects if ending.fullmatch(name)), key=len)
    if not full:
        return None
    builder: Any = app.builder
    return domain.resolve_xref(env, str(node["refdoc"]), builder, "obj", full[0], node, shown)


def _is_of_the_tree(name: str) -> bool:
    """Tell whether something has this name: a module, or what stands in one, with or without its module."""
    full = name if name.startswith("onrecord.") else f"onrecord.{name}"
    module, _, member = full.rpartition(".")
    every = _modules()
    if full in every or (module in every and hasattr(every[module], member)):
        return True
    return "." not in name and any(hasattr(one, name) for one in every.values())


@cache
def _modules() -> dict[str, ModuleType]:
    names = [one.name for one in walk_packages(onrecord.__path__, "onrecord.")]
    return {name: import_module(name) for name in names if not name.endswith("__main__")}

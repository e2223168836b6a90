"""Installed is one package, and it answers beside applications that have a `search` and an `indexer`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TREE = Path(__file__).parent.parent
NOT_BUILT_FROM = shutil.ignore_patterns(
    ".*", "build", "*.egg-info", "tests", "benchmarks", "docs", "__pycache__"
)
ASK = """
from onrecord import open_index
with open_index({index!r}) as index:
    results = index.search('"free navigation"', speaker="Panama")
print(results.total, results.hits[0].speaker)
"""
ANSWER = "1 Panama"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(TREE, folder / "tree", symlinks=True, ignore=NOT_BUILT_FROM)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, folder / "tree")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The folder in which the wheel is installed, and nothing else."""
    folder = wheel.parent / "installed"
    pip("install", "--no-deps", "--target", folder, wheel)
    return folder


@pytest.fixture
def question(index_folder: Path) -> str:
    return ASK.format(index=str(index_folder))


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True)


def run(installed: Path, folder: Path, *arguments: object, **variables: str) -> str:
    """Run Python in a folder, with the wheel before all else that is installed, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONWARNINGS": "ignore", **variables}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def files_of_the_tree() -> set[str]:
    """All modules and tables of the working tree, as the wheel should name them."""
    return {
        f"onrecord/{path.relative_to(TREE).as_posix()}"
        for package in ("indexer", "search")
        for path in (TREE / package).rglob("*")
        if path.suffix in {".py", ".csv", ".tsv", ".xz", ".yaml", ".html", ".css", ".js", ".svg"}
    }


def test_the_wheel_owns_one_name_and_holds_the_whole_tree(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.partition("/")[0] for name in names} == {"onrecord"}
    face = {f"onrecord/{name}" for name in ("__init__.py", "__main__.py", "py.typed", "web.py")}
    assert names == files_of_the_tree() | face


def test_neither_search_nor_indexer_can_be_imported(installed: Path, tmp_path: Path) -> None:
    code = "import importlib.util as u; print(u.find_spec('search'), u.find_spec('indexer'))"
    assert run(installed, tmp_path, "-c", code) == "None None"


def test_a_script_named_search_asks(installed: Path, tmp_path: Path, question: str) -> None:
    (tmp_path / "search.py").write_text(question)
    (tmp_path / "indexer.py").write_text("raise ImportError('this is not the indexer of On Record')")
    assert run(installed, tmp_path, "search.py") == ANSWER


def test_the_command_is_there_under_the_name_of_the_package(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "-m", "onrecord", "--version").startswith("onrecord ")


def test_a_new_wagtail_site_asks_beside_its_own_app_search(
    installed: Path, tmp_path: Path, question: str
) -> None:
    run(
        installed,
        tmp_path,
        "-c",
        "from wagtail.bin.wagtail import main; main()",
        "start",
        "statements",
        tmp_path,
    )
    where = "import search.views; print(search.views.__file__)"
    run(installed, tmp_path, "manage.py", "check")
    printed = run(installed, tmp_path, "manage.py", "shell", "-v", "0", "-c", question + where)
    assert printed.splitlines() == [ANSWER, str(tmp_path / "search" / "views.py")]


# The settings of such a site without what only its tables need made: tables are made as the models are now.
WITH_TABLES = """
from statements.settings.dev import *
INSTALLED_APPS += ["record"]
MIGRATION_MODULES = {app.split(".")[-1]: None for app in INSTALLED_APPS} | {
    name: None for name in ("wagtailcore", "wagtailimages", "wagtaildocs", "wagtailusers", "wagtailforms",
    "wagtailembeds", "wagtailredirects", "wagtailadmin", "wagtailsearch", "home")
}
"""
ASK_THE_SITE = """
import statements.wsgi, httpx
from search.views import search
site = httpx.Client(transport=httpx.WSGITransport(statements.wsgi.application), base_url="http://localhost")
for url in ("record/?q=free+navigation", "record/?q=(a", "record/", "search/", "mounted/search.json?q=canal"):
    answer = site.get("/" + url)
    print(answer.status_code, " ".join(answer.text.split()), sep="|")
"""


def test_a_wagtail_site_has_a_search_page_of_ours_under_its_own_design(
    installed: Path, tmp_path: Path, index_folder: Path
) -> None:
    start = "from wagtail.bin.wagtail import main; main()"
    run(installed, tmp_path, "-c", start, "start", "statements", tmp_path)
    shutil.copytree(index_folder, tmp_path / "index")
    view, mount = (written(name, tmp_path) for name in ("record/views.py", "mysite/wsgi.py"))
    written("record/templates/record.html", tmp_path)
    assert len([line for line in view.read_text().splitlines() if line.strip()]) == 10
    mounted = mount.read_text().replace("mysite", "statements").replace('"/record"', '"/mounted"')
    (tmp_path / "statements" / "wsgi.py").write_text(mounted)
    (tmp_path / "statements" / "settings" / "tables.py").write_text(WITH_TABLES)
    urls = tmp_path / "statements" / "urls.py"
    theirs = urls.read_text().replace("urlpatterns = [", 'urlpatterns = [path("record/", record),', 1)
    urls.write_text(f"from record.views import record\n{theirs}")
    settings = {"DJANGO_SETTINGS_MODULE": "statements.settings.tables"}
    run(installed, tmp_path, "manage.py", "migrate", "--run-syncdb", "-v", "0", **settings)

    printed = run(installed, tmp_path, "-c", ASK_THE_SITE, **settings).splitlines()
    found, refused, empty, own, mounted_there = (line.partition("|")[::2] for line in printed)
    design = "css/statements.css"  # that of the site, which all its pages have
    assert [page[0] for page in (found, refused, empty, own, mounted_there)] == ["200"] * 5
    assert all(design in page[1] for page in (found, refused, empty, own))
    assert "Free navigation through the canal belongs to every ship" in found[1]
    assert "This bracket is never closed" in refused[1]
    assert "<blockquote" not in empty[1]
    assert '"statements":' in mounted_there[1]


def written(name: str, folder: Path) -> Path:
    """Write a file that the manual shows, as it stands there."""
    shown = (TREE / "docs" / "frameworks.md").read_text("utf-8")
    found = re.search(rf"^`{re.escape(name)}`:\n\n```\w+\n(.*?)^```$", shown, re.MULTILINE | re.DOTALL)
    assert found is not None
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found[1], "utf-8")
    return path


VIEWS = """
from django.http import HttpResponse
from django.urls import path
from onrecord import open_index

def answer(request):
    with open_index({index!r}) as index:
        results = index.search(request.GET["q"], speaker="Panama")
    return HttpResponse(f"{{results.total}} {{results.hits[0].speaker}}")

urlpatterns = [path("answer", answer)]
"""
GET = """
from django.test import Client
import search, indexer
print(Client().get("/answer", {"q": '"free navigation"'}).content.decode())
"""


def test_a_django_project_has_apps_named_search_and_indexer(
    installed: Path, tmp_path: Path, index_folder: Path
) -> None:
    run(installed, tmp_path, "-m", "django", "startproject", "site_of_mine", tmp_path)
    for app in ("search", "indexer"):
        run(installed, tmp_path, "manage.py", "startapp", app)
    (tmp_path / "search" / "views.py").write_text(VIEWS.format(index=str(index_folder)))
    with (tmp_path / "site_of_mine" / "settings.py").open("a") as settings:
        settings.write("INSTALLED_APPS += ['search', 'indexer']\nROOT_URLCONF = 'search.views'\n")
        settings.write("ALLOWED_HOSTS = ['testserver']\n")
    assert run(installed, tmp_path, "manage.py", "shell", "-v", "0", "-c", GET) == ANSWER

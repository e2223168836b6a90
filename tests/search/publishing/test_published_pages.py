"""What `onrecord publish` writes: pages that lead to each other, and quote what the index has."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Index, build, open_index
from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import ExportError
from onrecord.search.publishing.publish import publish
from onrecord.search.publishing.site import folder_of_name, folder_of_statement
from onrecord.search.publishing.word_list import _folding

BASE = "https://host.example/record"
HOSTILE = {
    'a"><script>alert(1)</script>.txt': (
        'Statement by <script>alert("x")</script>\n\nOne & two </p></blockquote>.'
    ),
    "{{7*7}}{% raw %}.txt": "Statement by Japan\n\n{{ 7*7 }} {% include 'x' %} </script><!-- it goes on.",
    "b\u202ecod.txt": "Statement by Panama\n\nThe canal \u202eis ours\u0007 and \U0001f54a stays.",
    "con.txt": "Statement by Chile\n\n" + "x" * 3000 + "\n\n../../../etc/passwd is no page.",
    "'; DROP.txt": (
        "---\ntitle: \"' onload=alert(1) x='\"\nspeaker: '</title><script>'\n---\n\nWords enough to stand."
    ),
}


class Page(HTMLParser):
    """What a page links to, its anchors, its elements, and the texts of its paragraphs by their anchors."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.texts: dict[str, str] = {}
        self._quoted: str | None = None
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        self.links += [given[name] for name in ("href", "src") if name in given]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "blockquote":
            self._quoted = given.get("id", "")
            self.texts[self._quoted] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quoted = None

    def handle_data(self, data: str) -> None:
        if self._quoted is not None:
            self.texts[self._quoted] += data


@pytest.fixture(scope="module")
def site(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    publish(index, folder, base_url=BASE)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts, folder = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("hostile")
    for name, text in HOSTILE.items():
        (texts / name.replace("/", "")).write_text(text, "utf-8")
    build(texts, into=folder / "index")
    with open_index(folder / "index") as index:
        publish(index, folder / "site", title='On <b>Record</b> & "all"')
    return folder / "site"


def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def broken_links(site: Path, base: str | None) -> list[tuple[str, str]]:
    """Walk all links of all pages, as a browser resolves them below some host."""
    root = f"{base or 'https://anywhere.example/here'}/"
    parsed = pages(site)
    broken = []
    for path, page in parsed.items():
        place = str(path.relative_to(site)).removesuffix("index.html")
        for link in page.links:
            url = urljoin(root + place, link)
            if not url.startswith(root):
                broken.append((place, link))
                continue
            parts = urlsplit(url)
            target = site / unquote(parts.path[len(urlsplit(root).path) :])
            target = target / "index.html" if parts.path.endswith("/") else target
            anchored = not parts.fragment or unquote(parts.fragment) in parsed[target].ids
            if not target.is_file() or not anchored:
                broken.append((place, link))
    return broken


def test_every_link_leads_somewhere(site: Path) -> None:
    assert broken_links(site, BASE) == []


def test_every_link_leads_somewhere_whatever_texts_and_files_are_called(hostile: Path) -> None:
    assert broken_links(hostile, None) == []


def test_an_address_as_it_is_cited_is_an_anchor(site: Path, index: Index) -> None:
    for hit in index.search("the", limit=None):
        slug, _, place = hit.lasting_address.partition("#")
        ids = Page((site / "statements" / slug / "index.html").read_text("utf-8")).ids
        assert {place, str(hit.number)} <= set(ids)
        cited = hit.cite(base_url=f"{BASE}/statements")
        assert f"{BASE}/statements/{slug}#{place}" in cited


def test_every_statement_is_there_word_for_word(site: Path, index: Index) -> None:
    for path in (site / "statements").iterdir():
        texts = Page((path / "index.html").read_text("utf-8")).texts
        shown = index.show(path.name)
        assert texts == {f"{hit.number}~{hit.fingerprint}": hit.text for hit in shown}


def test_every_quotation_of_the_pages_is_exact(site: Path, index_folder: Path) -> None:
    for path in (site / "statements").glob("*/index.html"):
        asked = [sys.executable, "-m", "onrecord", "verify", str(path), "--json", "-i", str(index_folder)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        graded = [json.loads(line) for line in done.stdout.splitlines()]
        quoted = Page(path.read_text("utf-8")).texts
        assert len(graded) == len(quoted)
        assert {one["grade"] for one in graded if len(words(one["quotation"])) >= 4} <= {"exact"}


def test_no_script_and_no_markup_comes_out_of_texts_and_names(hostile: Path) -> None:
    for path, page in pages(hostile).items():
        written = path.read_text("utf-8")
        scripts = re.findall(r"<script[^>]*>", written)
        allowed = {'<script type="application/ld+json">', '<script src="search.js" type="module">'}
        assert set(scripts) <= allowed, path
        assert page.handlers == [], path
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u0000-\u0008]", written), path
        assert {"b", "iframe", "img", "svg"} & set(page.tags) == set(), path


def test_the_data_of_a_page_is_one_object_and_ends_where_it_ends(hostile: Path) -> None:
    for path in (hostile / "statements").glob("*/index.html"):
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"))
        (data,) = map(json.loads, found)
        assert data["@type"] == "CreativeWork"
        assert {one["@id"][1:] for one in data["hasPart"]} == set(Page(path.read_text("utf-8")).texts)


def test_the_same_index_gives_the_same_bytes(site: Path, index: Index, tmp_path: Path) -> None:
    publish(index, tmp_path / "again", base_url=BASE)
    assert contents(tmp_path / "again") == contents(site)


def test_a_feed_names_the_newest_statements(site: Path) -> None:
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert all(entry.link.startswith(f"{BASE}/statements/") for entry in feed.entries)


def test_a_map_lists_every_page_but_the_one_for_what_is_not_there(site: Path) -> None:
    locations = ElementTree.fromstring((site / "sitemap.xml").read_text("utf-8"))
    listed = {unquote(one[0].text or "").removeprefix(f"{BASE}/") for one in locations}
    there = {str(path.relative_to(site)).removesuffix("index.html") for path in pages(site)}
    assert listed == there - {"404.html"}
    assert f"Sitemap: {BASE}/sitemap.xml" in (site / "robots.txt").read_text()


def test_files_of_citations_are_those_of_cite(site: Path, index: Index) -> None:
    for path in (site / "statements").iterdir():
        cited = index.cite(path.name, format="ris", base_url=f"{BASE}/statements")
        assert (path / "cite.ris").read_text("utf-8") == f"{cited}\n"


def test_the_words_of_a_browser_find_what_holds_them_all(site: Path, index: Index) -> None:
    data = json.loads((site / "words.json").read_bytes())
    places = [
        f"{folder.removeprefix('statements/')}#{n + 1}"
        for folder, _, _, n_all in data["statements"]
        for n in range(n_all)
    ]
    texts = {hit.address: hit.text for folder, *_ in data["statements"] for hit in index.show(folder[11:])}
    for word, steps in data["words"].items():
        numbers, number = [], 0
        for step in steps:
            number += step
            numbers.append(number)
        assert [places[one] for one in numbers] == [
            address for address in places if word in words(texts[address])
        ]


@given(st.text())
def test_what_a_letter_folds_to_is_what_it_folds_to_in_an_index(text: str) -> None:
    folding = _folding(text)
    unfolded = {one for one in text if not one.isascii()}
    assert unfolded <= folding.keys()
    assert all(folding[one].split() == words(one) for one in unfolded)


def test_filters_choose_statements(index: Index, tmp_path: Path) -> None:
    done = publish(index, tmp_path / "site", speaker="Norway")
    assert done.statements == len(list((tmp_path / "site" / "statements").iterdir())) > 0
    assert all("norway" in path.name for path in (tmp_path / "site" / "statements").iterdir())


def test_words_that_are_too_many_are_left_to_a_server(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.search.publishing.word_list.LARGEST", 100)
    done = publish(index, tmp_path / "site", base_url=BASE)
    assert not (tmp_path / "site" / "words.json").exists()
    assert done.notes == (
        "The words of these statements take more than the 5 MB that a browser is given, so that nothing"
        " searches them; let a server do it with --server URL.",
    )


def test_a_server_searches_by_the_element(index: Index, tmp_path: Path) -> None:
    publish(index, tmp_path / "site", server="https://host.example/ask")
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert '<script src="https://host.example/ask/embed.js" type="module">' in home
    assert '<onrecord-search src="https://host.example/ask/">' in home
    assert "connect-src &#39;self&#39; https://host.example" in home
    assert not (tmp_path / "site" / "words.json").exists()


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "javascript:alert(1)", "//a", "https://", "https://a?b", "https://a b"]
)
def test_what_is_no_url_is_refused(index: Index, tmp_path: Path, url: str) -> None:
    with pytest.raises(
        ExportError, match=r"is no URL to publish at; write it as https://example\.org/record\."
    ):
        publish(index, tmp_path / "site", base_url=url)


def test_a_long_slug_lies_under_its_letters() -> None:
    assert folder_of_statement("言" * 100 + "-abcde") == "statements/abcde"
    assert len(folder_of_name("speakers", "言" * 300).encode()) < 255


def test_pages_without_their_library_are_one_sentence(index_folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['jinja2'] = None; from onrecord.search.cli import main;"
        f"main(['publish', {str(tmp_path / 'site')!r}, '-i', {str(index_folder)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "onrecord: Pages are written by Jinja2, which is not installed; pip install 'onrecord[web]'.\n",
    )
    assert not (tmp_path / "site").exists()


def test_the_command_says_what_it_did(index_folder: Path, tmp_path: Path) -> None:
    asked = [
        sys.executable,
        "-m",
        "onrecord",
        "publish",
        str(tmp_path / "site"),
        "--json",
        "-i",
        str(index_folder),
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["removed"], told["files"]) == (0, 0, told["written"])
    assert "statements: " in done.stderr
    assert "There is no sitemap.xml, and citations have no URLs; say with --base-url" in done.stderr

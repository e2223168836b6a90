"""Pages say what the index says, and their links work wherever they are mounted."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import yaml
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from onrecord import Index
from onrecord.search.web.pages import wording
from onrecord.search.web.pages.wording import LANGUAGES
from onrecord.search.web.problems import KINDS
from onrecord.web import create_app

WANTS_PAGES = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WORDS = Path(wording.__file__).parent / "words"
PAGES = (
    "/",
    "/search",
    "/search?q=the",
    "/search?q=the&speaker=panama&fold=true&context=1",
    "/search?q=peace+zqx+norway+2019",
    "/kwic?q=the",
    "/count?q=the",
    "/count?q=peace&by=speaker,language&per=1000-words&of=occurrences",
    "/silence?q=peace&absent=true&since=2000",
    "/compare?a=language:en&b=language:fr",
    "/compare?a=language:en&b=language:fr&q=the",
    "/verify",
    "/help",
    "/problems",
    "/search?q=(a",
    "/nothing/here",
)


class Page(HTMLParser):
    """A page as a tree that is looked through: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@pytest.fixture(scope="module")
def client(index_folder: Path) -> TestClient:
    return TestClient(create_app(index_folder), headers=WANTS_PAGES)


@pytest.fixture(scope="module")
def answered() -> dict[str, int]:
    """What was answered at each URL that a page led to: most pages lead to the same ones."""
    return {}


def page(client: TestClient, url: str, **options: str) -> Page:
    answer = client.get(url, headers=options)
    assert answer.headers["content-type"] == "text/html; charset=utf-8", url
    return Page(answer.text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_every_word_with_the_same_places(code: str) -> None:
    tables = [yaml.safe_load((WORDS / f"{one}.yaml").read_text("utf-8")) for one in ("en", code)]
    places = [{key: set(re.findall(r"{(\w+)}", said)) for key, said in table.items()} for table in tables]
    assert places[0] == places[1]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("url", PAGES)
def test_a_page_comes_in_each_language(client: TestClient, url: str, code: str) -> None:
    asked = page(client, url, **{"accept-language": f"xx, {code};q=0.9, en;q=0.2"})
    tag, root = asked.elements[0]
    assert (tag, root["lang"], root["dir"]) == ("html", code, "rtl" if code == "ar" else "ltr")


def test_a_language_of_the_url_goes_along(client: TestClient) -> None:
    asked = page(client, "/search?q=the&lang=fr")
    assert asked.elements[0][1]["lang"] == "fr"
    inside = [
        link for tag, one in asked.elements if tag == "a" and "lang" not in one for link in [one["href"]]
    ]
    own = [link for link in inside if not re.search(r"^#|^cite/|\.(json|csv|jsonl|atom)\b", link)]
    assert own
    assert all("lang=fr" in link for link in own), own


@pytest.mark.parametrize(
    ("mount", "url"),
    [
        *(("", url) for url in (*PAGES, "/statements/{slug}")),
        *(("/a/b", url) for url in ("/", "/search?q=the", "/statements/{slug}/1", "/nothing/here")),
    ],
)
def test_every_link_leads_somewhere_wherever_it_is_mounted(
    index_folder: Path, index: Index, answered: dict[str, int], mount: str, url: str
) -> None:
    app = create_app(index_folder)
    client = TestClient(Starlette(routes=[Mount(mount, app)]) if mount else app, headers=WANTS_PAGES)
    url = mount + url.format(slug=index.search("the")[0].statement)
    shown = client.get(url)
    asked = Page(shown.text)
    for link in {*asked.all("href"), *asked.all("src"), *asked.all("action")}:
        target = urljoin(f"http://testserver{url}", link)
        assert urlsplit(target).netloc == "testserver", link
        assert not link.startswith("/"), link
        status = answered.setdefault(target, 0) or client.get(target).status_code
        answered[target] = status
        assert status in (200, shown.status_code), link


def test_a_facet_leads_to_as_many_hits_as_it_says(client: TestClient) -> None:
    html = client.get("/search?q=the").text
    facets = re.findall(r'<li><a href="([^"]+)"[^>]*><bdi>[^<]*</bdi></a> <span class="n">([\d,]+)<', html)
    assert len(facets) > 3
    for link, number in facets:
        url = "/search.json?" + urlsplit(link.replace("&amp;", "&")).query
        assert client.get(url).json()["paragraphs"] == int(number.replace(",", "")), link


def test_pages_follow_each_other_to_the_last_hit(client: TestClient, index: Index) -> None:
    url: str | None = "/search?q=the&limit=4"
    found = []
    while url:
        html = client.get(url).text
        found += re.findall(r'<h3><a href="statements/([^"/]+)/(\d+)', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = following and urljoin(url, following[1].replace("&amp;", "&"))
    assert [f"{slug}#{number}" for slug, number in found] == [
        hit.address for hit in index.search("the", limit=None)
    ]


def test_a_statement_has_an_anchor_for_each_way_to_cite_a_paragraph(client: TestClient, index: Index) -> None:
    for hit in index.search("the", limit=None):
        ids = page(client, f"/statements/{hit.statement}").all("id")
        assert str(hit.number) in ids
        assert f"{hit.number}~{hit.fingerprint}" in ids
        assert len(ids) == len(set(ids))


def test_a_paragraph_is_shown_with_its_words_and_its_citation(client: TestClient, index: Index) -> None:
    hit = index.search("the")[0]
    asked = page(client, f"/statements/{hit.statement}/{hit.number}~{hit.fingerprint}")
    assert hit.text in asked.text
    assert hit.cite() in asked.text


def test_the_form_stands_as_it_was_beside_an_error_and_the_place_is_marked(client: TestClient) -> None:
    answer = client.get("/search?q=peace (war&speaker=norway")
    asked = Page(answer.text)
    assert answer.status_code == 400
    fields = {
        one["name"]: one.get("value") for tag, one in asked.elements if tag == "input" and "name" in one
    }
    assert (fields["q"], fields["speaker"]) == ("peace (war", "norway")
    assert "peace <mark>(</mark>war" in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_problem_is_explained(client: TestClient, kind: str) -> None:
    assert kind in page(client, "/problems").all("id")


def test_a_program_is_answered_as_a_program(index_folder: Path) -> None:
    client = TestClient(create_app(index_folder))
    assert client.get("/search?q=the").headers["content-type"] == "application/json"
    assert client.get("/search?q=(a").headers["content-type"] == "application/problem+json"
    assert client.get("/nothing").headers["content-type"] == "application/problem+json"


def test_pages_and_answers_for_programs_may_each_be_left_out(
    index_folder: Path,
) -> None:
    bare = TestClient(create_app(index_folder, page=False), headers=WANTS_PAGES)
    assert bare.get("/").status_code == 404
    assert bare.get("/search?q=the").headers["content-type"] == "application/json"
    alone = TestClient(create_app(index_folder, api=False), headers=WANTS_PAGES)
    assert alone.get("/search.json?q=the").status_code == 404
    html = alone.get("/search?q=the").text
    assert not re.search(r"search\.(json|csv|jsonl|atom)", html)


def test_quotations_are_graded_and_what_differs_is_marked(client: TestClient, index: Index) -> None:
    words = index.search("the", limit=1)[0].text.split()[:12]
    wrong = [*words[:5], "zqxzqx", *words[6:]]
    answer = client.post("/verify", data={"text": f"“{' '.join(words)}” and “{' '.join(wrong)}”"})
    assert "Exact" in answer.text
    assert re.search(rf"<del>.*zqxzqx.*</del> *<ins>.*{re.escape(words[5])}", answer.text)


def test_a_text_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/verify", data={"text": "a" * ((256 << 10) + 1)}).status_code == 413
    assert client.post("/verify", data={"text": "a" * ((256 << 10) * 4)}).status_code == 413


def test_files_of_the_pages_are_kept_for_a_year_and_ask_no_index(tmp_path: Path) -> None:
    client = TestClient(create_app(tmp_path / "none"), headers=WANTS_PAGES)
    broken = client.get("/")
    assert broken.status_code == 503
    for link in re.findall(r'(?:href|src)="(static/[^"]+)"', broken.text):
        answer = client.get(f"/{link}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_what_has_not_changed_is_not_sent_again_but_in_another_language(client: TestClient) -> None:
    first = client.get("/search?q=the", headers={"accept-language": "fr"})
    known = {"if-none-match": first.headers["etag"]}
    assert client.get("/search?q=the", headers={**known, "accept-language": "fr"}).status_code == 304
    assert client.get("/search?q=the", headers={**known, "accept-language": "ru"}).status_code == 200
    assert first.headers["vary"] == "Accept, Accept-Language"


def test_a_root_without_its_slash_leads_on(index_folder: Path) -> None:
    app = create_app(index_folder)

    async def rooted(scope, receive, send):  # type: ignore[no-untyped-def]
        await app({**scope, "root_path": "/a/record", "path": "/a/record"}, receive, send)

    answer = TestClient(rooted).get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "record/")


def test_the_canonical_url_of_a_page_has_no_language_and_no_state(index_folder: Path) -> None:
    app = create_app(index_folder, base_url="https://record.example/a", indexed=False)
    html = TestClient(app, headers=WANTS_PAGES).get("/search?q=the&lang=fr").text
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert canonical == "https://record.example/a/search?q=the"
    assert parse_qs(urlsplit(canonical).query) == {"q": ["the"]}
    assert '<meta name="robots" content="noindex">' in html

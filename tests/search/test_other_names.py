"""A delegation and a forum found under another name than the statement prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import Index, build, open_index

STATEMENTS = {
    "ankara": "Statement by Turkey\nat the Second Review Conference of the Convention on Cluster Munitions\n"
    "3 May 2016\n\nMr. President,\n\nMines are cleared.",
    "mbabane": "Statement by Swaziland\nat the First Committee\n4 May 2016\n\nMr. Chair,\n\n"
    "Mines are cleared.",
    "moscow": "Заявление Российской Федерации\nна Конференции по разоружению\nЖенева, 5 мая 2016 года\n\n"
    "Господин Председатель,\n\nMines are cleared.",
    "dakar": "Déclaration du Sénégal\nTroisième Conférence d'examen de la Convention sur les armes à "
    "sous-munitions\n6 mai 2016\n\nMonsieur le Président,\n\nMines are cleared.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("names")
    (folder / "texts").mkdir()
    for name, text in STATEMENTS.items():
        Path(folder, "texts", f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder / "texts"], into=folder / "index")
    with open_index(folder / "index") as opened:
        yield opened


def found(index: Index, query: str) -> list[str]:
    return sorted({Path(hit.source).stem for hit in index.search(f"mines {query}")})


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("speaker:Türkiye", ["ankara"]),
        ("speaker:Türkei", ["ankara"]),
        ("speaker:土耳其", ["ankara"]),
        ("speaker:Eswatini", ["mbabane"]),
        ("speaker:Suazilândia", ["mbabane"]),
        ('speaker:"Российская Федерация"', ["moscow"]),
        ("speaker:Russland", ["moscow"]),
        ("forum:CCM", ["ankara", "dakar"]),
        ('forum:"Convention sur les armes à sous-munitions"', ["ankara", "dakar"]),
        ('forum:"Conferencia de Examen"', ["ankara", "dakar"]),
        ('forum:"Primera Comisión"', ["mbabane"]),
        ("forum:UNGA", ["mbabane"]),
        ('forum:"Conference on Disarmament"', ["moscow"]),
        ("forum:CD", ["moscow"]),
        ("forum:UNGA-C1", ["mbabane"]),
        ("place:Genève", ["moscow"]),
        ("place:Genf", ["moscow"]),
        ("speaker:(GDR OR Türkei)", ["ankara"]),
        ("forum:裁谈会", ["moscow"]),
        ('forum:"Second Review Conference"', ["ankara"]),
    ],
)
def test_a_name_in_another_language_or_of_another_time_finds_the_same(
    index: Index, query: str, names: list[str]
) -> None:
    assert found(index, query) == names


def test_forums_are_counted_under_the_register_and_shown_as_printed(index: Index) -> None:
    results = index.search("mines speaker:Senegal")
    assert (results.hits[0].forum, [count.name for count in results.facets().forums]) == (
        "Troisième Conférence d'examen de la Convention sur les armes à sous-munitions",
        ["Convention on Cluster Munitions, Review Conference"],
    )

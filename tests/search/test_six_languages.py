"""The six languages of the United Nations: inflected words, exact phrases and right highlights in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Index, build, open_index

TEXTS = {
    "ar": "ندعو إلى حظر الذخائر العنقودية. السلاح يقتل المدنيين، ووقعت الدول على الاتفاقية في المؤتمر.",
    "en": "We call for a ban on cluster munitions. Weapons harm civilians, and all signed the conventions.",
    "es": "Pedimos la prohibición de las municiones en racimo. Las armas dañan a los civiles de los países.",
    "fr": "Nous demandons l’interdiction des armes à sous-munitions. Les États ont signé les conventions.",
    "ru": "Мы призываем к запрещению кассетных боеприпасов. Государства подписали конвенцию об оружии.",
    "zh": "我们呼吁禁止集束弹药。武器伤害平民，各国签署了《公约》，我们要求裁军。",
}
#: A word as typed, and the form of it in the text: found in normal mode, and not in exact mode.
INFLECTED = [
    *(("ar", typed, form) for typed, form in [
        ("سلاح", "السلاح"),
        ("ذخائر", "الذخائر"),
        ("دول", "الدول"),
        ("اتفاقية", "الاتفاقية"),
        ("والمؤتمر", "المؤتمر"),
        ("فالمدنيين", "المدنيين"),
    ]),
    *(("en", typed, form) for typed, form in [
        ("weapon", "Weapons"),
        ("harmed", "harm"),
        ("civilian", "civilians"),
        ("signing", "signed"),
        ("convention", "conventions"),
    ]),
    *(("es", typed, form) for typed, form in [
        ("prohibiciones", "prohibición"),
        ("munición", "municiones"),
        ("arma", "armas"),
        ("civil", "civiles"),
        ("país", "países"),
    ]),
    *(("fr", typed, form) for typed, form in [
        ("interdictions", "interdiction"),
        ("arme", "armes"),
        ("munition", "munitions"),
        ("état", "États"),
        ("convention", "conventions"),
    ]),
    *(("ru", typed, form) for typed, form in [
        ("запрещение", "запрещению"),
        ("кассетные", "кассетных"),
        ("боеприпасы", "боеприпасов"),
        ("государство", "Государства"),
        ("конвенция", "конвенцию"),
    ]),
]  # fmt: skip
#: A phrase of the text, and the same words in another order or form.
PHRASES = {
    "ar": ("الذخائر العنقودية", "العنقودية الذخائر"),
    "en": ("cluster munitions", "cluster munition"),
    "es": ("municiones en racimo", "munición en racimo"),
    "fr": ("armes à sous-munitions", "arme à sous-munitions"),
    "ru": ("кассетных боеприпасов", "кассетные боеприпасы"),
    "zh": ("集束弹药", "弹药集束"),
}


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("six")
    for language, text in TEXTS.items():
        (folder / f"{language}.txt").write_text(text, "utf-8")
    build(folder, into=folder / "index")
    return open_index(folder / "index")


def marked(index: Index, typed: str, *, mode: str, language: str) -> list[str]:
    """Return the words that are highlighted in a language."""
    [*hits] = index.search(typed, mode=mode, language=language)
    return [hit.text[start:end] for hit in hits for start, end in hit.highlights]


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_known_to_be_in_its_language(six: Index, language: str) -> None:
    assert [Path(hit.source).stem for hit in six.search(f"language:{language}")] == [language]


@pytest.mark.parametrize(("language", "typed", "form"), INFLECTED)
def test_another_form_is_found_in_normal_mode_and_not_in_exact_mode(
    six: Index, language: str, typed: str, form: str
) -> None:
    assert marked(six, typed, mode="normal", language=language) == [form]
    assert marked(six, typed, mode="exact", language=language) == []


@pytest.mark.parametrize(("language", "phrase", "other"), [(key, *pair) for key, pair in PHRASES.items()])
@pytest.mark.parametrize("mode", ["normal", "exact"])
def test_a_phrase_is_those_words_in_that_order(
    six: Index, language: str, phrase: str, other: str, mode: str
) -> None:
    [hit] = six.search(f'"{phrase}"', mode=mode)
    assert hit.text[hit.highlights[0][0] : hit.highlights[-1][1]] == phrase
    assert (hit.language, six.search(f'"{other}"', mode=mode).total) == (language, 0)


@pytest.mark.parametrize("mode", ["normal", "exact"])
def test_chinese_without_spaces_is_a_phrase_without_quotation_marks(six: Index, mode: str) -> None:
    [hit] = six.search("集束弹药", mode=mode)
    assert "**集束弹药**" in hit.snippet
    assert six.search("弹药集束", mode=mode).total == 0

"""The language of a text, guessed when sure and left unknown when not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import build, open_index
from onrecord.indexer.analysis.languages import guess_language, language_of, languages_apart

# The same sentence in the ten languages of headings and in three that our own words do not tell.
SAME = {
    "ar": "نشكر وفد فرنسا على البيان الذي أدلى به في الجلسة الأخيرة، ونؤيد مشروع القرار المعروض علينا اليوم.",
    "de": "Wir danken der Delegation Frankreichs für die Erklärung, die sie in der letzten Sitzung abgab.",
    "en": "We thank the delegation of France for the statement which it made at the last meeting of all.",
    "es": "Agradecemos a la delegación de Francia la declaración que formuló en la última sesión de ayer.",
    "fr": "Nous remercions la délégation de la France de la déclaration qu’elle a faite hier à la séance.",
    "it": "Ringraziamo la delegazione della Francia per la dichiarazione che ha reso nell’ultima seduta.",
    "pt": "Agradecemos à delegação da França a declaração que fez na última sessão e apoiamos o projeto.",
    "ru": "Мы благодарим делегацию Франции за заявление, сделанное на последнем заседании этого Комитета.",
    "sv": "Vi tackar Frankrikes delegation för det uttalande som den gjorde vid det senaste mötet i går.",
    "zh": "我们感谢法国代表团在上次会议上所作的发言，我们支持今天摆在我们面前的决议草案，并希望本届会议"
    "以协商一致方式通过这项决议草案，因为它反映了所有会员国的共同愿望，也符合《联合国宪章》的宗旨和原则。",
}
LONGER = {
    "nl": "Wij danken de delegatie van Frankrijk voor de verklaring die zij tijdens de laatste vergadering "
    "heeft afgelegd, en wij steunen de ontwerpresolutie die vandaag voor ons ligt. Wij hopen dat zij met "
    "algemene stemmen zal worden aangenomen, want zij is van groot belang voor ons land.",
    "tr": "Fransa heyetine son toplantıda yaptığı açıklama için teşekkür ederiz ve bugün önümüzde bulunan "
    "karar taslağını destekliyoruz. Bu taslağın oybirliğiyle kabul edilmesini umuyoruz, çünkü ülkemiz için "
    "büyük önem taşımaktadır ve uluslararası hukuka uygundur, bütün üyeler için de yararlıdır.",
    "uk": "Ми дякуємо делегації Франції за заяву, зроблену на останньому засіданні, і підтримуємо проект "
    "резолюції, який сьогодні перебуває на нашому розгляді. Сподіваємося, що його буде ухвалено "
    "консенсусом, адже він має велике значення для нашої країни та для всіх її громадян, які цього чекають.",
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We thank the President for the report of the Committee.", "en"),
        ("Nous remercions le Président pour le rapport de la Commission.", "fr"),
        ("Agradecemos al Presidente por el informe de la Comisión y los esfuerzos.", "es"),
        ("Agradecemos ao Presidente o relatório da Comissão e os esforços do Conselho.", "pt"),
        ("Wir danken dem Präsidenten für den Bericht und die Arbeit.", "de"),
        ("Vi tackar ordföranden för rapporten och det arbete som har gjorts.", "sv"),
        ("السيد الرئيس، أود أن أشكركم", "ar"),
        ("主席先生，我谨表示感谢", "zh"),
        ("Господин Председатель, благодарим вас", "ru"),
    ],
)
def test_a_language_shows_by_script_or_common_words(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Geneva 2021", "12345", "Пане Голово, дякуємо за звіт і роботу"])
def test_an_unsure_guess_is_no_guess(text: str) -> None:
    assert guess_language(text) is None


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert guess_language("the of and to " * 1000 + "le la des et " * 9000) == "en"


def test_a_language_that_is_not_known_is_not_called_by_the_name_of_another() -> None:
    malay = (
        "Saya ingin menyentuh keterangan yang dimaklumkan tadi bahawa jumlah kes di Hulu Langat adalah yang "
        "tertinggi sekali, dan bilangan ini di luar jangkaan la, maka Kerajaan sedang mempertimbangkan "
        "bantuan untuk semua rakyat."
    )
    assert guess_language(malay) is None


@pytest.mark.parametrize("language", [*SAME, *LONGER])
def test_a_sentence_is_known_to_be_in_its_language(language: str) -> None:
    assert language_of([(SAME | LONGER)[language]]) == language


@pytest.mark.parametrize("language", SAME)
def test_a_paragraph_in_another_language_than_its_statement_is_told(language: str) -> None:
    others = {other: text for other, text in SAME.items() if other != language}
    assert languages_apart([SAME[language], *others.values()], language) == dict(enumerate(others, 1))


@pytest.mark.parametrize("text", ["Je vous remercie.", "“Liberté, égalité, fraternité”", "Thank you.", "29."])
def test_a_few_words_stay_in_the_language_of_their_statement(text: str) -> None:
    assert languages_apart([text], "ru") == {}


def test_a_statement_is_in_the_language_of_most_of_its_words() -> None:
    assert language_of([SAME["fr"], *[SAME["en"]] * 3]) == "en"


@given(text=st.text(), language=st.sampled_from([*SAME, "xx"]))
def test_any_text_is_in_some_language_or_in_none(text: str, language: str) -> None:
    assert language_of([text]) is None or len(language_of([text]) or "") in (2, 3)
    assert languages_apart([text], language).get(0) != language


def test_a_word_is_inflected_in_the_language_of_its_paragraph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join([SAME["fr"], SAME["en"], SAME["en"], SAME["en"]]), "utf-8")
    build(tmp_path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [hit.language for hit in index.search("déclarations")] == ["fr"]
        assert index.search("statements").total == index.search("delegation", language="en").total == 3
        assert (
            index.search("france -language:en").total == index.search("language:fr OR language:de").total == 1
        )

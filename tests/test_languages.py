"""The language of a text, guessed when sure and left unknown when not."""

from __future__ import annotations

import pytest

from indexer.languages import guess_language


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

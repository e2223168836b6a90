"""Texts that say nothing of their encoding: read as they were written, and told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inspect
from onrecord.indexer.sources.decoding import clean, decode, is_text, noting_guesses

TEXTS = {
    "ru": "Уважаемый господин Председатель, прежде всего позвольте поздравить Вас с избранием. "
    "Мы убеждены, что разоружение и развитие неразрывно связаны между собой.",
    "ar": "السيد الرئيس، اسمحوا لي في البداية أن أهنئكم على انتخابكم لهذا المنصب الرفيع. "
    "إننا مقتنعون بأن نزع السلاح والتنمية مترابطان ترابطا وثيقا لا ينفصم.",
    "el": "Κύριε Πρόεδρε, επιτρέψτε μου πρώτα να σας συγχαρώ για την εκλογή σας. "
    "Είμαστε πεπεισμένοι ότι ο αφοπλισμός και η ανάπτυξη συνδέονται άρρηκτα.",
    "tr": "Sayın Başkan, öncelikle bu yüksek göreve seçilmenizden dolayı sizi kutlamama izin veriniz. "
    "Silahsızlanma ile kalkınmanın birbirine bağlı olduğuna inanıyoruz.",
    "pl": "Panie Przewodniczący, na wstępie pozwolę sobie pogratulować Panu wyboru. "
    "Jesteśmy przekonani, że rozbrojenie i rozwój są ze sobą nierozerwalnie związane.",
    "cs": "Pane předsedo, dovolte mi nejprve, abych Vám blahopřál ke zvolení do této vysoké funkce. "
    "Jsme přesvědčeni, že odzbrojení a rozvoj spolu neoddělitelně souvisejí.",
    "he": "אדוני היושב ראש, ראשית הרשה לי לברך אותך על בחירתך לתפקיד רם זה. "
    "אנו משוכנעים שפירוק הנשק והפיתוח קשורים זה בזה קשר בל יינתק.",
    "zh": "主席先生，首先请允许我祝贺你当选担任这一崇高职务。我们坚信，裁军与发展密不可分。",
    "zh-Hant": "主席先生，首先請允許我祝賀你當選擔任這一崇高職務。我們堅信，裁軍與發展密不可分。",
    "ja": "議長、まず初めに、この重要な職務に選出されたことに対し、心からお祝いを申し上げます。",
    "ko": "의장님, 먼저 이 높은 직책에 선출되신 것을 축하드립니다. 우리는 군축과 개발을 지지합니다.",
    "fr": "Monsieur le Président, permettez-moi de vous féliciter de votre élection à ces fonctions élevées.",
    "en": "We thank Côte d’Ivoire for its report – it is “of use” to all of us, and to the Assembly.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("ru", "iso-8859-5"),
        ("ar", "windows-1256"),
        ("el", "windows-1253"),
        ("tr", "windows-1254"),
        ("pl", "windows-1250"),
        ("pl", "iso-8859-2"),
        ("cs", "windows-1250"),
        ("cs", "iso-8859-2"),
        ("he", "windows-1255"),
        ("zh", "gb18030"),
        ("zh-Hant", "big5"),
        ("ja", "shift_jis"),
        ("ja", "euc-jp"),
        ("ko", "euc-kr"),
        ("ru", "utf-16-le"),
        ("ko", "utf-16-be"),
        ("ar", "utf-16-be"),
        ("en", "utf-16-le"),
        ("ja", "iso-2022-jp"),
        ("fr", "mac-roman"),
        ("fr", "cp850"),
    ],
)
def test_a_text_that_says_nothing_of_its_encoding_is_read_and_told_of(language: str, encoding: str) -> None:
    data = TEXTS[language].encode(encoding)
    with noting_guesses() as guesses:
        assert (is_text(data), decode(data)) == (True, TEXTS[language]), "L"
    assert len(guesses) == 1


WESTERN = {
    "de": "Herr Präsident, wir danken Ihnen für die Gelegenheit und möchten daran erinnern, daß größere "
    "Länder künftig mehr Aufgaben haben.",
    "es": "Señor Presidente, la delegación española agradece también a los demás países su participación.",
    "pt": "Senhor Presidente, a questão não é só da nossa delegação; não têm solução. NAÇÕES UNIDAS",
    "sv": "Herr talman, en lösning på frågan omfattar även små länder och människor över hela världen.",
    "da": "Jeg takker for æren, som også gælder små øer, på Grønland og på Færøerne, og ærlig talt alle.",
    "it": "Signor Presidente, è con gioia che ciò si fa: la libertà non è più così lontana, e l'unità c'è.",
    "is": "Forseti, það er mér ánægja að þakka fyrir þetta. Ísland styður ályktunina og þjóðirnar.",
    "fi": "Herra puheenjohtaja, tämä on hyvä ehdotus, ja me äänestämme sen puolesta.",
    "dashes": "The state–owned harbour—it is theirs—and the sea–borne trade, land–locked as we are.",
    "signs": "We ask for 25 m² of wall, 40 µg/m³ at 5°, the § 4 and the ± 3 of 1½ £5 ¢3 ® names.",
}


@pytest.mark.parametrize("language", [one for one in WESTERN if one not in ("fi", "dashes", "signs", "is")])
@pytest.mark.parametrize("encoding", ["mac-roman", "cp850"])
def test_western_letters_of_a_macintosh_or_of_dos_are_told_by_where_they_stand(
    language: str, encoding: str
) -> None:
    with noting_guesses() as guesses:
        assert decode(WESTERN[language].encode(encoding)) == WESTERN[language]
    assert [guess.name for guess in guesses] == [encoding]


@pytest.mark.parametrize("language", WESTERN)
@pytest.mark.parametrize("encoding", ["windows-1252"])
def test_western_letters_where_they_belong_are_not_told_of(language: str, encoding: str) -> None:
    with noting_guesses() as guesses:
        assert decode(WESTERN[language].encode(encoding)) == WESTERN[language]
    assert guesses == []


def test_what_may_be_of_a_macintosh_or_of_dos_is_read_as_usual_and_told_of() -> None:
    with noting_guesses() as guesses:
        decode(WESTERN["fi"].encode("mac-roman"))
    assert [guess.name for guess in guesses] == ["windows-1252"]


def test_the_possessive_of_a_macintosh_in_english_is_an_apostrophe() -> None:
    text = "Canada’s delegation and Norway’s don’t agree; it’s Peru’s view that all is well."
    assert decode(text.encode("mac-roman")) == text


@pytest.mark.parametrize("encoding", ["mac-cyrillic", "windows-1251"])
def test_cyrillic_of_a_macintosh_is_told_by_the_last_letter_of_the_alphabet(encoding: str) -> None:
    text = "Для меня и моя делегация, и вся наша земля благодарят Вас. Наша позиция ясна. Я благодарю."
    assert decode(text.encode(encoding)) == text


def test_an_escape_sequence_that_is_none_of_japanese_leaves_the_text_as_it_is() -> None:
    assert decode(b"We agree.\x1b$B and\x1b(B go") == "We agree.\x1b$B and\x1b(B go"
    assert clean(decode(b"We \x1b[1magree\x1b[0m.")) == "We [1magree[0m."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_windows_1252_is_usual_and_not_told_of(language: str) -> None:
    with noting_guesses() as guesses:
        assert decode(TEXTS[language].encode("windows-1252")) == TEXTS[language]
    assert guesses == []


@pytest.mark.parametrize(
    ("data", "text", "why"),
    [
        ("é".encode() * 20 + b"\xe9", "é" * 20 + "\ufffd", "a sample is cut in the middle of a letter"),
        ("é".encode() * 20 + b"\xe9 ", "é" * 20 + "é ", "a byte of Windows-1252 in UTF-8"),
        ("é".encode() * 20 + b"\x92 ", "é" * 20 + "’ ", "a mark of Windows-1252 in UTF-8"),
        (b"Caf\xe9", "Café", "the last letter of a text in Windows-1252"),
    ],
)
def test_a_few_bytes_amiss_do_not_change_how_the_others_are_read(data: bytes, text: str, why: str) -> None:
    assert decode(data) == text, why


@pytest.mark.parametrize(
    ("text", "read", "why"),
    [
        ("l\x92Acolliment", "l’Acolliment", "ParlaMint: Windows-1252 in a text that says Latin-1"),
        ("\x93so\x94 \x96 and on\x85", "“so” – and on…", "all of them"),
        ("one\x85two", "one\ntwo", "the line end of a mainframe, where there is no other"),
        ("zero\x81, so", "zero, so", "one that parts nothing"),
        ("the â€œzeroâ€\x9d and itâ€™s â€” so", "the “zero” and it’s — so", "a mark that was written twice"),
        ("today\xe2\x80\x99s \xe2\x80\x9cyes\xe2\x80\x9d", "today’s “yes”", "the same, read as Latin-1"),
        ("a\x81b", "a\ufffdb", "one that Windows-1252 leaves empty is no letter and glues none"),
    ],
)
def test_control_characters_of_latin_1_are_the_marks_of_windows_1252(text: str, read: str, why: str) -> None:
    assert clean(text) == read, why


@pytest.mark.parametrize(
    ("text", "read", "why"),
    [
        ("portâ€¨ouvert", "port\nouvert", "a line end that was written twice"),
        ("cafe\u00ad\u0301", "café", "a letter and its mark around a soft hyphen"),
        ("cafe\u200b\u0301", "café", "a letter and its mark around a space without a width"),
    ],
)
def test_what_is_taken_out_leaves_clean_text(text: str, read: str, why: str) -> None:
    assert clean(text) == read, why


def test_a_guessed_encoding_is_a_doubt(tmp_path: Path) -> None:
    page = f"<html><body><p>{TEXTS['ru']}</p></body></html>"
    for name, text in (("a.txt", TEXTS["ru"]), ("a.html", page)):
        (tmp_path / name).write_bytes(text.encode("windows-1251"))
        found = inspect(tmp_path / name)[0].as_dict()
        assert (found["paragraphs"][0]["text"], found["language"]) == (TEXTS["ru"], "ru")
        assert (found["encoding"], found["confidence"]["encoding"]) == ("windows-1251", "low"), name
        assert found["evidence"]["encoding"].startswith("Уважаемый")


def test_a_declared_encoding_is_no_doubt(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="koi8-r"></head><body><p>{TEXTS["ru"]}</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("koi8-r"))
    assert inspect(tmp_path / "a.html")[0].as_dict()["encoding"] is None


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert isinstance(clean(decode(data)), str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    with noting_guesses() as guesses:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    assert guesses == []


@pytest.mark.parametrize("sidecar", ["columns: {text: words}\n", "place: Łódź\n", "\n"])
def test_how_a_file_beside_a_text_is_written_says_nothing_of_the_text(tmp_path: Path, sidecar: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("country,date,words\nJapan,2021,We have cleared the whole harbour of its mines.\n")
    path.with_suffix(".yaml").write_bytes(sidecar.encode("utf-16-be"))
    found = inspect(path)
    assert all(one.statement.metadata.encoding is None for one in found)


@pytest.mark.parametrize("data", [b"\x00\n", b"\x00 \x00\n\x00\n"])
def test_an_encoding_of_no_words_is_no_guess(data: bytes) -> None:
    with noting_guesses() as noted:
        decode(data)
    assert not noted

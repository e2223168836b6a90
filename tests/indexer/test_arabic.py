"""How Arabic words are taken apart, how verbs and nouns are inflected, and what is not confused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import cuts
from onrecord.indexer.analysis.lemmas.arabic_forms.table import ArabicTable, rows
from onrecord.indexer.analysis.lemmas.dictionary import is_word, lemmas, release
from onrecord.indexer.analysis.lemmas.making.arabic import lexicon, meanings
from onrecord.indexer.analysis.lemmas.making.arabic_nouns import noun_forms
from onrecord.indexer.analysis.lemmas.making.arabic_verbs import verb_forms


@pytest.fixture(autouse=True, scope="module")
def _released() -> Iterator[None]:
    yield
    release("ar")


def meet(first: str, second: str) -> bool:
    return not set(lemmas(first, "ar")).isdisjoint(lemmas(second, "ar"))


@pytest.mark.parametrize(
    ("past", "imperfect", "note", "forms"),
    [
        ("كتب", "يكتب", "", "كتبت كتبوا كتبنا يكتبون نكتب تكتبين اكتبوا"),
        ("قال", "يقول", "", "قالت قلت قلنا يقولون يقل نقل قيل يقال قولوا"),
        ("أراد", "يريد", "", "أرادت أردنا يريدون يرد أريد أريدت يراد"),
        ("استفاد", "يستفيد", "", "استفدنا يستفيدون يستفد يستفاد"),
        ("دعا", "يدعو", "", "دعت دعوا دعونا يدعون يدع دعي يدعى"),
        ("أعطى", "يعطي", "", "أعطت أعطوا أعطينا يعطون يعط أعطي يعطى"),
        ("نسي", "ينسى", "", "نسيت نسوا ينسون ينس"),
        ("رأى", "يرى", "", "رأت رأوا رأينا يرون نرى ير"),
        ("وصل", "يصل", "", "وصلت وصلنا يصلون نصل أصل"),
        ("وجد", "يجد", "", "وجدوا يجدون يوجد توجد"),
        ("مد", "يمد", "doubled", "مدت مددنا مدوا يمدون يمد"),
        ("أعد", "يعد", "doubled", "أعدت أعددنا يعدون"),
        ("أخذ", "يأخذ", "", "أخذت آخذ نأخذ يأخذون يؤخذ خذوا"),
        ("قرأ", "يقرأ", "", "قرأت قرأوا قرؤوا يقرؤون يقرأون قرئ"),
        ("جاء", "يجيء", "intransitive", "جاءت جاؤوا جئنا يجيئون"),
        ("شارك", "يشارك", "", "شاركت شاركوا شورك يشاركون"),
    ],
)
def test_a_verb_has_its_forms(past: str, imperfect: str, note: str, forms: str) -> None:
    doubled, transitive = note == "doubled", note != "intransitive"
    found = {form for _, form in verb_forms(past, imperfect, doubled=doubled, transitive=transitive)}
    assert set(forms.split()) - found == set()


@pytest.mark.parametrize(
    ("word", "kind", "plurals", "forms"),
    [
        ("كتاب", "noun", "كتب", "كتابا كتابان كتابين كتب"),
        ("حكومة", "noun", "ات", "حكومت حكومتان حكومتين حكومات"),
        ("مسؤول", "noun", "ون", "مسؤولون مسؤولين مسؤولو مسؤولي مسؤولة"),
        ("مستوى", "noun", "ات", "مستوا مستويات مستويان"),
        ("عضو", "noun", "أعضاء", "أعضاء أعضائ أعضاؤ عضوين"),
        ("مبدأ", "noun", "مبادئ", "مبدئ مبدؤ مبدآن"),
        ("جزء", "noun", "أجزاء", "جزءا جزءين"),
        ("شيء", "noun", "أشياء", "شيئا شيئين"),
        ("كبير", "adjective", "كبار", "كبيرة كبيرا كبيرون كبيرات كبار"),
        ("أحمر", "adjective", "حمر", "حمراء حمر"),
        ("على", "particle", "", "على علي"),
    ],
)
def test_a_noun_has_its_forms(word: str, kind: str, plurals: str, forms: str) -> None:
    found = {form for _, form in noun_forms(word, kind, plurals.split())}
    assert set(forms.split()) - found == set()


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("قال", "سيقولون", "the future"),
        ("قال", "فقلنا", "a hollow verb before a consonant"),
        ("أراد", "تريدها", "an object"),
        ("دعا", "ندعوكم", "a defective verb"),
        ("أعطى", "أعطاه", "alef maksura before a pronoun"),
        ("نسي", "لينسوا", "a purpose"),
        ("كتب", "كتبوه", "the plural loses its alef before a pronoun"),
        ("كان", "وسيكون", "to be"),
        ("كان", "يكن", "without the long vowel"),
        ("ليس", "لسنا", "a verb without an imperfect"),
        ("حكومة", "وحكومته", "ta before a pronoun"),
        ("حكومة", "للحكومات", "two l"),
        ("لغة", "للغات", "three l are two"),
        ("مسؤول", "لمسؤولي", "a plural before a noun"),
        ("عضو", "وبأعضائها", "hamza before a pronoun"),
        ("سلاح", "بأسلحته", "a broken plural"),
        ("مستوى", "مستواهم", "alef maksura before a pronoun"),
        ("دولي", "الدولية", "an adjective"),
        ("قانوني", "قانونيا", "an adverb"),
        ("على", "عليهم", "a preposition"),
        ("إلى", "إليكم", "a preposition"),
        ("مسؤول", "مسئولون", "the hamza as it is written in Egypt"),
        ("الصين", "للصين", "a name with an article"),
        ("الله", "لله", "a name with an article of its own"),
        ("أمم", "الامم", "typed without its hamza"),
        ("مدينة", "المدينه", "typed without the points"),
        ("استخدام", "إستخدام", "a hamza too many"),
        ("تأخير", "التاخير", "a hamza too few in the middle"),
    ],
)
def test_forms_of_one_word_meet(first: str, second: str, why: str) -> None:
    assert meet(first, second), why


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("علي", "على", "a name and a preposition"),
        ("اقتصادي", "الاقتصاد", "an adjective in -i is a word of its own"),
        ("التدمير", "يدمر", "a verbal noun is a word of its own"),
        ("المدمر", "يدمر", "a participle is a word of its own"),
        ("كاتب", "يكتب", "a participle is a word of its own"),
        ("التطوير", "التطور", "the second form is not the fifth"),
        ("أعوام", "العامة", "year and general"),
        ("عمال", "عوامل", "workers and factors"),
        ("أكثر", "كثيرة", "an elative is a word of its own"),
        ("وقت", "قت", "no word is taken apart that is one"),
        ("بطاقة", "الطاقة", "no word is taken apart that is one"),
        ("لجنة", "الجنة", "no word is taken apart that is one"),
        ("فيلم", "يلم", "no word is taken apart that is one"),
        ("ألمانيا", "الألمانية", "a country and its adjective"),
        ("المقاومة", "مقاومون", "resistance is not a woman who resists"),
    ],
)
def test_other_words_do_not_meet(first: str, second: str, why: str) -> None:
    assert not meet(first, second), why


def test_a_form_of_two_common_words_belongs_to_both() -> None:
    assert meet("كتب", "يكتبون")
    assert meet("كتب", "الكتاب")
    assert not meet("يكتبون", "الكتاب")


@pytest.mark.parametrize(
    ("first", "second"), [("كلنغوني", "والكلنغونية"), ("زغبلوط", "الزغبلوط"), ("زغبلوطات", "بالزغبلوط")]
)
def test_an_unknown_word_loses_what_can_hardly_be_part_of_it(first: str, second: str) -> None:
    assert meet(first, second)
    assert not is_word(first, "ar")


def test_vowel_signs_are_nothing() -> None:
    assert lemmas("العُنْقُودِيَّة", "ar") == lemmas("العنقودية", "ar")
    assert is_word("السَّلَام", "ar")


def test_a_cut_word_is_its_parts_joined() -> None:
    for word in ("وبأسلحته", "للغة", "سيكتبونها", "فبالحكومة", "ه"):
        for before, base, behind in cuts(word):
            assert before.written + base + behind == word
            assert base


def test_what_is_written_to_a_table_is_read_from_it() -> None:
    forms = meanings({"كتاب": lexicon()["كتاب"], "قالَ": lexicon()["قالَ"]})
    costs = {("noun", "singular"): 7, ("haste", ""): 1}
    table = ArabicTable(rows(forms, {"كتاب": 5, "قالَ": 6}, costs))
    assert {form: table.meanings(form) for form in forms} == forms
    assert table.meanings("كتبت") == table.meanings("ك") == table.meanings("") == ()
    assert table.cost("كتاب", costs) == 13


def test_entries_of_the_lexicon_are_arabic() -> None:
    for lemma, paradigm in lexicon().items():
        assert all("\u0621" <= letter <= "\u0652" or letter == "/" or letter.isascii() for letter in lemma)
        assert all(form for forms in paradigm.values() for form in forms)

"""How a text falls into paragraphs: every sample in ``paragraphs/`` beside what is expected of it.

A sample is plain text; the expectation has a line a paragraph: the source line, the role where it
is not body, the printed number in square brackets, and the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inspect
from onrecord.indexer.draft import Block
from onrecord.indexer.formats.markdown import read_markdown
from onrecord.indexer.formats.plain_text import blocks_of_lines
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Paragraph, Role

SAMPLES = Path(__file__).parent / "paragraphs"
SEED = Path(__file__).parents[2] / "corpus" / "2021-09-20-japan-cluster-munitions.md"


def split(text: str) -> tuple[Paragraph, ...]:
    return split_paragraphs(blocks_of_lines(clean(text)))


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in split(text)]


def texts_of_pages(text: str) -> list[str]:
    """Read a text with its form feeds, as a file is."""
    return [paragraph.text for paragraph in split_paragraphs(blocks_of_lines(clean(text, breaks="\f")))]


POLISH = (
    "Dziękuję wszystkim państwom członkowskim, które od wielu lat biorą udział w pracach tego zgromadzenia, "
    "i jestem przekonany, że tylko wspólnie możemy osiągnąć nasze cele. Pokój nie jest dany raz na zawsze, "
    "trzeba o niego dbać każdego dnia, a do tego potrzebna jest "
)


def written(paragraph: Paragraph) -> Iterator[str]:
    yield f"{paragraph.line}"
    if paragraph.role is not Role.BODY:
        yield paragraph.role.value
    if paragraph.printed:
        yield f"[{paragraph.printed}]"
    yield paragraph.text


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_sample_splits_as_expected(path: Path) -> None:
    found = "".join(" ".join(written(paragraph)) + "\n" for paragraph in split(path.read_text()))
    assert found == path.with_suffix(".expected").read_text()


def test_the_seed_is_a_heading_then_greeting_seven_paragraphs_and_thanks() -> None:
    blocks = read_markdown(SEED, SEED.read_bytes())[0].blocks
    roles = [paragraph.role for paragraph in split_paragraphs(blocks[1:])]
    assert roles == [Role.GREETING, *[Role.BODY] * 7, Role.CLOSING]


@pytest.mark.parametrize(
    ("text", "joined", "why"),
    [
        ("We met Mr. Theo-\nBen.", "We met Mr. Theo-Ben.", "a capital keeps the hyphen"),
        ("We met Mr. Ban Ki-\nmoon.", "We met Mr. Ban Ki-moon.", "S4: a name is in no list"),
        ("We are not your show-\nwindows.", "We are not your show-windows.", "S4: two words"),
        ("For water-\nmanagement here.", "For water-management here.", "S4: two words"),
        ("For the swearing-\nin of judges.", "For the swearing-in of judges.", "S4: two words"),
        ("Their hand-in-\nhand work.", "Their hand-in-hand work.", "S4: a compound of three"),
        ("The troops were with-\ndrawn with the drawn.", "withdrawn with the drawn.", "S4: one word"),
        ("It is of the under-\ntaking of the year.", "the undertaking of the year.", "a word of the list"),
        (
            "Das ist der Abrüstungs-\nkonferenz zu verdanken und nicht mir.",
            "Abrüstungskonferenz zu verdanken und nicht mir.",
            "German makes one word of any two",
        ),
        (
            "C’est la franco-\nallemande et les autres pour nous.",
            "la franco-allemande et les autres pour nous.",
            "French keeps what is no word",
        ),
        (
            POLISH + "współ-\npraca.",
            "potrzebna jest współpraca.",
            "no list of the language",
        ),
        ("For fore\u00ad\nsmelling.", "For foresmelling.", "a soft hyphen is the printer's"),
        ("We work for disarma-\nment.", "We work for disarmament.", "a fragment is no word"),
        (
            "The summit on peace-building and on peace-\nbuilding.",
            "peace-building and on peace-building.",
            "elsewhere",
        ),
        ("On health and on COVID-\n19.", "On health and on COVID-19.", "a digit keeps it"),
        ("Short-\nand long-term aims.", "Short- and long-term aims.", "a conjunction"),
        ("For self-\ndetermination.", "For self-determination.", "a usual compound"),
        ("For one-\nsize-fits-all.", "For one-size-fits-all.", "a compound of many"),
        ("For develop¬ment.", "For development.", "S1-6a: an optional hyphen in the middle of a line"),
        ("For im¬plemen¬tation.", "For implementation.", "S1-6a: two of them"),
        ("In South¬East Asia.", "In South-East Asia.", "S1-6a: before a capital it stood for one"),
        ("A non-aligned and non¬aligned.", "A non-aligned and non-aligned.", "S1-6a: elsewhere"),
        ("An interna-tional, interna¬tional.", "An interna-tional, international.", "half of it is no word"),
        ("For implement‐\nation.", "For implementation.", "S1-6b: U+2010"),
        ("For implement\u2011\nation.", "For implementation.", "S1-6b: U+2011"),
        ("For implement\u2027\nation.", "For implementation.", "S1-6b: U+2027"),
        ("For implement¬\nation.", "For implementation.", "S1-6b: U+00AC"),
        ("For implement\u00ad\nation.", "For implementation.", "U+00AD"),
        (
            "For self‐\ndetermination.",
            "For self‐determination.",
            "the hyphen that stays is the one that stood",
        ),
        ("For coun- tries.", "For countries.", "the line end is gone"),
        ("For coun -\ntries.", "For countries.", "a space before it"),
        ("For coun -tries.", "For countries.", "the space of the line end is before it"),
        ("For coun‐ tries.", "For countries.", "U+2010 in the middle of a line"),
        ("For coun\u2011 tries.", "For countries.", "U+2011 in the middle of a line"),
        ("For coun- tries, coun -tries.", "For countries, countries.", "two of them"),
        ("Peace - coun- tries -peace.", "Peace - countries -peace.", "between two dashes"),
        ("A well- known fact.", "A well- known fact.", "two words"),
        ("To begin with - in all.", "To begin with - in all.", "a dash"),
        ("Medium- and long.", "Medium- and long.", "a conjunction in the middle of a line"),
        ("To clear land-\nmines3 now.", "To clear landmines\u200b3 now.", "S3: of a word that was broken"),
        ("For «paix»3 et liberté3.", "For «paix»3 et liberté3.", "no word of the text"),
        ("Clear landmines3 now.", "Clear landmines\u200b3 now.", "S3: the figure of a note"),
        ("Covid19 and covid19.", "Covid19 and covid19.", "what is named twice is no note"),
        ("P5 G20 Rio20 COVID19 H1N1.", "P5 G20 Rio20 COVID19 H1N1.", "names"),
    ],
)
def test_a_broken_word_is_mended(text: str, joined: str, why: str) -> None:
    assert texts(text)[0].endswith(joined), why


PROSE = "It is right that all of us should take part in the work that is done here, and so we shall. "


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        (
            PROSE + "We welcome the two German States: the",
            "German Democratic Republic is one.",
            "S4: article",
        ),
        (PROSE + "We are grateful to New", "Zealand for what it did.", "S4: half of a name"),
        (
            "On this day it is for all of us to thank the United",
            "Nations for its help.",
            "S4: United / Nations",
        ),
        ("We are deeply worried by what we see in the Middle", "East and beyond it.", "S4: Middle / East"),
        (PROSE + "We met at Rio de", "Janeiro.", "S4: a small word that is not English goes on by the name"),
        ("My delegation was glad to take part in the conference in", "Manila last year.", "a preposition"),
        ("Much has been said here on the question of apartheid, and", "I shall be brief.", "and / I"),
        ("The speaker before me said that we must wait, but", "I say that we cannot.", "but / I"),
        (PROSE + "Accordingly,", "I wish to turn to the harbours.", "an adverb that leads up to a sentence"),
        (PROSE + "As a Member of this body,", "Peru has signed it.", "a phrase that does"),
        ("Allow me to begin by congratulating you, Sir, and Mr.", "Vega on the election.", "a title"),
        (PROSE + "We thank your predecessor,", "Mr. Luis Vega, for his work.", "a comma and a title"),
        (PROSE + "The years since the", "Second World War were hard.", "an ordinal in a name"),
        (PROSE + "Nous saluons les efforts des", "Nations Unies.", "a name is a name"),
    ],
)
def test_a_sentence_goes_on_before_a_capital(above: str, below: str, why: str) -> None:
    assert texts(f"{above}\n{below}\n\nWe agree.") == [f"{above} {below}", "We agree."], why
    assert texts(f"{above}\n\n{below}\n\nWe agree.") == [f"{above} {below}", "We agree."], (
        f"{why}, at a page end"
    )


@pytest.mark.parametrize(
    ("above", "below", "language"),
    [
        ("C’est pour nous que les États sont ici, et nous saluons le travail des", "Nations Unies.", "fr"),
        ("Es para nosotros un honor que los Estados se unan con las", "Naciones Unidas.", "es"),
        ("Das ist für uns und für die Welt nicht ohne Wert, und wir danken den", "Vereinten Nationen.", "de"),
        ("Não é para nós que os Estados se unem, e sim para as", "Nações Unidas.", "pt"),
        ("Non è per noi che gli Stati sono qui, e il mondo si affida alle", "Nazioni Unite.", "it"),
        ("Мы благодарим всех, и мы не забудем, что это было сделано для", "Организации.", "ru"),
    ],
)
def test_a_sentence_goes_on_in_other_languages(above: str, below: str, language: str) -> None:
    assert texts(f"{above}\n\n{below}") == [f"{above} {below}"], language


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        ("The situation in the occupied territories of Ukraine", "Ukraine thanks the Council.", "a heading"),
        ("Agenda item 5: Report of the Human Rights Council", "Council members met.", "a heading"),
        ("STATEMENT BY THE MINISTER FOR FOREIGN AFFAIRS OF", "KENYA", "capitals throughout"),
        ("And made you into", "Nations and tribes,", "verse"),
        ("Permanent Representative of", "Kenya", "a signature"),
        ("Ana Lima", "Permanent Representative of Kenya", "a signature"),
        (PROSE + "The war goes on in the", "We shall not be silent.", "a page is lost, a sentence begins"),
        (PROSE + "That is in the interest of all nations", "However, much is left.", "a stop is lost"),
        (PROSE + "We will work for peace and", "• Clear the mines;", "an item of a list"),
        (PROSE + "In the words of the poet,", "“No harbour is an island.”", "a quotation that is set off"),
        (PROSE + "In that spirit we shall work for it,", "Peru has signed it.", "a sentence, not a phrase"),
        (PROSE + "They met in the capital,", "Then they parted.", "a comma that was a stop"),
    ],
)
def test_two_paragraphs_without_a_stop_stay_two(above: str, below: str, why: str) -> None:
    assert len(texts(f"{above}\n\n{below}")) == 2, why


@pytest.mark.parametrize(
    ("text", "printed", "why"),
    [
        ("29. We agree.\n\n30. We thank.", ["29.", "30."], "a rising sequence"),
        ("29.\tWe agree.\n\n31.\tWe thank.", ["29.", "31."], "one was lost in scanning"),
        ("1 We agree.\n\n2 We thank.", ["1", "2"], "no stop, but each begins a paragraph"),
        ("29. We agree.\n\nWe thank.", [None, None], "one number alone"),
        ("2021. A year of hope.\n\n2022. Another.", [None, None], "years"),
        ("39 million people fled.\n\n40 million people stayed.", [None, None], "amounts"),
        ("1. Peace\n\nWe want it.\n\n2. Ocean Resources\n\nWe need them.", [None] * 4, "titles of sections"),
        ("30. We agree.\n\n29. We thank.", [None, None], "falling"),
    ],
)
def test_a_printed_number_belongs_to_a_rising_sequence(
    text: str, printed: list[str | None], why: str
) -> None:
    assert [paragraph.printed for paragraph in split(text)] == printed, why


@pytest.mark.parametrize(
    "greeting",
    [
        "Mr. Vice-President,",
        "Excellencies, Distinguished delegates,",
        "Excellencies, ladies and gentlemen, dear colleagues,",
        "Monsieur le Président,",
        "Señora Presidenta:",
        "Sehr geehrter Herr Präsident, meine Damen und Herren,",
        "Уважаемый господин Председатель,",
        "السيد الرئيس،",
        "主席先生，",
        "Mr. President",
    ],
)
def test_a_form_of_address_is_a_greeting(greeting: str) -> None:
    assert split(f"{greeting}\n\nWe meet at a grave hour.")[0].role is Role.GREETING


@pytest.mark.parametrize(
    "body",
    [
        "Mr. President, we meet at a grave hour.",
        "Mr. Louw expressed his thanks to France on behalf of his Government and of its people.",
        "Excellencies are not the only ones who suffer.",
        "Sir, your election to preside over this session",
    ],
)
def test_a_sentence_that_begins_like_a_greeting_is_body(body: str) -> None:
    assert split(f"{body}\n\nWe agree.")[0].role is Role.BODY


def test_an_officer_in_the_middle_of_a_sentence_begins_no_paragraph() -> None:
    lines = (
        "On behalf of the delegation of Peru I warmly congratulate Ms. Ana Lima on her election as",
        "President of the General Assembly at its spring session,",
        "during which she will guide our work with the wisdom that all of us have known for years.",
    )
    assert texts("\n".join(lines)) == [" ".join(lines)]


@pytest.mark.parametrize(
    "closing",
    [
        "Thank you, Mr. President.",
        "I thank you.",
        "Je vous remercie.",
        "Muchas gracias.",
        "Спасибо.",
        "谢谢主席先生。",
    ],
)
def test_thanks_at_the_end_are_a_closing(closing: str) -> None:
    assert split(f"We agree.\n\n{closing}")[-1].role is Role.CLOSING


def test_thanks_in_the_middle_are_body() -> None:
    assert split("We agree.\n\nThank you, Mr. President.\n\nWe add this.")[1].role is Role.BODY


def test_a_paragraph_inside_a_line_of_breaks_has_the_number_of_its_element() -> None:
    block = Block(("We agree.", "We thank."), line=7, stacked=False)
    assert [paragraph.line for paragraph in split_paragraphs([block])] == [7, None]


def marked_up(*paragraphs: str) -> list[str]:
    blocks = [
        Block(tuple(text.split("\n")), line, marked_up=True) for line, text in enumerate(paragraphs, start=1)
    ]
    return [paragraph.text for paragraph in split_paragraphs(blocks)]


def test_a_number_that_is_marked_as_a_paragraph_is_no_page_number() -> None:
    said = ["How many people died in the floods last year?", "312", "In favour", "141", "We ask why."]
    assert marked_up(*said) == said
    assert texts("\n\n".join(said)) == [said[0], "In favour We ask why."]


def test_in_what_is_pasted_from_print_a_number_is_that_of_a_page() -> None:
    page = ["We thank all members for the work that they have", "done here in these weeks, and for what they"]
    assert marked_up(*page, "3", "say.") == [page[0], f"{page[1]} say."]


LEAD = PROSE + "We worked for it in the harbours and on the land."


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        ("-Applause-", "We ask all members to stay.", "a dash"),
        ("Assist all victims without discrimination; and", "Report every year.", "a conjunction"),
        (PROSE + "These are the harbours of the north", "al-Nur is the oldest of them.", "a small letter"),
        (PROSE + "We are grateful to New", "Zealand has done the same.", "half of a name"),
    ],
)
def test_a_paragraph_ends_where_it_is_marked_to(above: str, below: str, why: str) -> None:
    assert marked_up(LEAD, above, below, LEAD) == [LEAD, above, below, LEAD], why


def test_a_number_marked_as_a_paragraph_stays_with_the_one_below() -> None:
    assert marked_up("Let us go on.", "4.", "We agree.") == ["Let us go on.", "4. We agree."]


def test_what_is_pasted_from_print_is_joined_though_each_line_is_marked_as_a_paragraph() -> None:
    above, inside = PROSE + "We met and saw that the work of the", "harbours, of which " + PROSE[:-2].lower()
    assert marked_up(above, inside, "in the north.") == [f"{above} {inside} in the north."]


def test_a_list_of_line_breaks_is_no_wrapped_text() -> None:
    listed = ["Clearing the land in all of the provinces", "Assisting all the victims of the floods"]
    assert marked_up(LEAD, "We ask for this:\n" + "\n".join(listed), LEAD) == [
        LEAD,
        "We ask for this:",
        *listed,
        LEAD,
    ]


@pytest.mark.parametrize("sign", ["-", "–", "—", "*", "•"])
def test_a_sign_of_lists_in_the_middle_of_a_sentence_stays(sign: str) -> None:
    assert texts(f"We agree {sign} and act.") == [f"We agree {sign} and act."]


SENTENCES = [f"This is a sentence on the {number}th matter." for number in range(30)]


def paged(head: str, *, glued: str = "") -> list[str]:
    """Read three pages of ten lines with a head on each, and with a fourth glued to a line."""
    pages = [SENTENCES[:10], SENTENCES[10:20], [*SENTENCES[20:], *([glued] if glued else [])]]
    return texts("\n".join(f"{head}\n" + "\n".join(page) for page in pages))


@pytest.mark.parametrize(
    "head", ["27 June 2016", "Dáil Éireann 27 June 2016", "A/65/397", "27. Juni 2016", "14/10/95"]
)
def test_a_head_that_stands_on_three_pages_is_no_word(head: str) -> None:
    assert (head in " ".join(paged(head))) == (head == "14/10/95")


@pytest.mark.parametrize(
    ("line", "read", "why"),
    [
        ("We speak of boundaries 27 June 2016", "We speak of boundaries", "M: glued to the end of a line"),
        ("We met here on 27 June 2016", "We met here on 27 June 2016", "a date that was said"),
        (
            "We met here on Monday, 27 June 2016",
            "We met here on Monday, 27 June 2016",
            "a date that was said",
        ),
        ("27 June 2016 was a day of joy.", "27 June 2016 was a day of joy.", "a sentence begins with it"),
    ],
)
def test_a_head_is_taken_off_a_line_of_text(line: str, read: str, why: str) -> None:
    assert paged("27 June 2016", glued=line)[-1] == read, why


@pytest.mark.parametrize(
    "line",
    [
        "16-29667 3/58 very worrying.",
        "3/58 16-29667 very worrying.",
        "very worrying. 16-29667 3/58",
    ],
)
def test_a_job_number_with_its_page_is_no_word(line: str) -> None:
    assert texts(f"These days are for all of us and for our people\n{line}") == [
        "These days are for all of us and for our people very worrying."
    ]


HARBOURS = [
    "We have said before that the harbours are",
    "open to all who come in peace, and that they",
    "will stay so by day and by night.",
    "The lights along the coast have been put out",
    "one after the other, for want of the oil that",
    "nobody would pay for.",
    "The wall is old, and the sea takes more of it",
    "every year, so that those who live behind it",
    "have left for the towns.",
]


def printed(*page_ends: str, whole: bool = False) -> list[str]:
    """Read a text whose pages end where they do, within sentences or below whole ones."""
    step, begin = 3, 0 if whole else 1
    pages = [HARBOURS[:begin] if begin else []] + [HARBOURS[at : at + step] for at in range(begin, 9, step)]
    text = "\n".join(pages[0] if begin else pages[1])
    for end, page in zip(page_ends, pages[1:] if begin else pages[2:], strict=False):
        text += end + "\n".join(page)
    return texts_of_pages(text)


TEXT = [" ".join(HARBOURS[at : at + 3]) for at in (0, 3, 6)]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("\n\n{0}\n\f  The Sea of Panama\n\n", "below the number of the page before it and a form feed"),
        ("\n\n{0}\n\nSTATEMENT BY PANAMA\n\n", "below the number"),
        ("\n\nSea and Coast, Second Session\n{0}\n\n", "above the number"),
        ("\n\fPanama {0}\n\n", "beside the number"),
        ("\n\f{0}   Third Committee | Panama\n\n", "behind the number"),
        ("\n\nPermanent Mission, 825 Fourth Avenue\n\fThe Sea\n\n", "at both ends of a page"),
    ],
)
def test_a_line_that_tears_sentences_where_pages_end_is_no_word(end: str, why: str) -> None:
    assert printed(*(end.format(number) for number in (2, 3, 4))) == TEXT, why


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("\n\nWe shall not tire\n\n", "no page ends there"),
        ("\n\f\nWe shall not tire.\n\n", "a sentence"),
        ("\n\nArticle {0}\n\n", "what counts up, without the end of a page"),
        ("\n\n7\n\nThe Sea of Panama\n\n", "numbers that do not count up"),
        ("\n\n{0}\n\nThe President:\n\n", "who speaks"),
    ],
)
def test_a_line_that_comes_again_and_may_be_said_stays(end: str, why: str) -> None:
    said = end.split("\n\n")[-2].split("{")[0].strip()
    assert " ".join(printed(*(end.format(number) for number in (2, 3, 4)))).count(said) == 3, why


def test_a_title_that_comes_again_below_whole_sentences_stays() -> None:
    read = printed(*(f"\n\n{number}\n\fOf the Sea\n\n" for number in (2, 3)), whole=True)
    assert read.count("Of the Sea") == 2


def test_a_title_is_no_head_for_being_on_the_pages_that_follow() -> None:
    head = "Statement by Panama"
    text = "\n".join(HARBOURS[:2]) + f"\n\n1\n\f{head}\n\n" + "\n".join(HARBOURS[2:5])
    text += f"\n\n2\n\f{head}\n\n" + "\n".join(HARBOURS[5:])
    assert texts_of_pages(f"{head}\n\n{text}") == [head, *TEXT]


def test_the_imprint_of_a_government_printer_is_no_word() -> None:
    imprint = (
        "VerDate Aug 31 2005 14:05 Jun 02, 2006 Jkt 031000 PO 00000 Frm 00009 Fmt 6633 Sfmt 6633 C:\\X.TXT"
    )
    assert texts(f"We hear about the state of harbors, which are\n{imprint}\n\nfull of sand.") == [
        "We hear about the state of harbors, which are full of sand."
    ]
    assert texts("VerDate is a word.") == ["VerDate is a word."]


def test_ornaments_are_dropped() -> None:
    assert texts("We agree.\n\n* * *\n\n____\n\nWe thank.") == ["We agree.", "We thank."]


def letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


WORDS = st.text(st.characters(categories=["L", "Nd", "P", "Zs"], include_characters="\n\t-."), max_size=400)
SPEECH = st.lists(
    st.sampled_from(
        [
            "We",
            "agree.",
            "disarma-",
            "ment",
            "\n",
            "\n\n",
            "29.",
            "30.",
            "Mr.",
            "•",
            "(a)",
            "39 million",
            "\n ",
        ]
    )
).map(" ".join)


@given(st.one_of(WORDS, SPEECH))
def test_no_letter_or_digit_of_the_words_is_lost(text: str) -> None:
    kept = "".join(f"{paragraph.printed or ''}{paragraph.text}" for paragraph in split(text))
    assert letters(kept) == letters(without_page_numbers(clean(text)))


def without_page_numbers(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line for line in lines if not (bare := line.strip(" \t-–—")).isdigit() or len(bare) > 3)


@given(st.one_of(WORDS, SPEECH))
def test_every_paragraph_is_clean_text(text: str) -> None:
    for paragraph in split(text):
        assert paragraph.text == " ".join(unicodedata.normalize("NFC", paragraph.text).split()) != ""


@given(st.one_of(WORDS, SPEECH))
def test_paragraphs_are_numbered_from_one_and_lines_rise(text: str) -> None:
    paragraphs = split(text)
    lines = [paragraph.line or 0 for paragraph in paragraphs]
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert lines == sorted(set(lines))


def test_a_form_feed_breaks_a_paragraph_and_counts_as_no_line(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("We agree.\n\n\f\nWe go on.\n\n\fWe part.\nWe end.\fWe are gone.\n", "utf-8")
    read = [(one.text, one.line) for one in inspect(text)[0].statement.paragraphs]
    assert read == [("We agree.", 1), ("We go on.", 4), ("We part.", 6), ("We end.", 7), ("We are gone.", 7)]


@pytest.mark.parametrize("mark", ["[[Page S1204]]", "[Page 12]", "[Seite 12]", "[Página 7]"])
@pytest.mark.parametrize("marked_up", [False, True])
def test_a_mark_of_a_page_in_brackets_tears_no_sentence(mark: str, marked_up: bool) -> None:
    """H: a page that sets it as a paragraph of its own cut the sentence in two."""
    texts = (
        "We speak of the harbours of this country, which are full",
        mark,
        "of sand, and of those that are not.",
        "We thank you.",
    )
    blocks = [Block((text,), line=2 * at + 1, marked_up=marked_up) for at, text in enumerate(texts)]
    assert [one.text for one in split_paragraphs(blocks)] == [f"{texts[0]} {texts[2]}", texts[3]]


def test_brackets_that_name_a_page_in_a_sentence_stay() -> None:
    blocks = [Block(("We refer to the report.",)), Block(("[Page 12 of it, that is.]",), line=3)]
    assert [one.text for one in split_paragraphs(blocks)][1] == "[Page 12 of it, that is.]"

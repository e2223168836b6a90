"""What a greeting is: one table of courtesies, of which headings and speeches ask two things.

A heading ends where a line begins to greet; a paragraph is a greeting where it does nothing else.
"""

from __future__ import annotations

import pytest

from onrecord.indexer.draft import Block
from onrecord.indexer.heading import Heading, read_heading
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, calls_several, is_greeting, roles


def read(*blocks: str) -> Heading:
    return read_heading([Block(tuple(block.split("\n"))) for block in blocks])


def roles_of(*texts: str) -> str:
    return " ".join(role.value for role in roles(texts))


@pytest.mark.parametrize(
    "call",
    [
        "Ministers, survivors, friends,",
        "Prime Minister, ladies and gentlemen,",
        "Prime Minister,",
        "Director-General,",
        "Senators,",
        "Members of the Council,",
        "Members of the Security Council,",
        "Ministers and heads of delegation,",
        "Foreign Minister Barth, dear friends,",
        "Premier ministre, mesdames et messieurs,",
        "Miembros del Consejo,",
    ],
)
def test_who_is_called_above_the_first_sentence_is_greeted(call: str) -> None:
    heading = read("Statement by Malta", "Geneva, 3 May 2021", call, "The sea rises, and we with it.")
    assert [block.lines for block in heading.body] == [(call,), ("The sea rises, and we with it.",)]
    assert roles_of(call, "The sea rises, and we with it.") == "greeting body"


@pytest.mark.parametrize("line", [",", "!", "—,", "  ,"])
def test_a_sign_alone_calls_nobody(line: str) -> None:
    assert not calls_several(line)


def test_a_post_below_a_name_calls_nobody() -> None:
    heading = read("Statement by Mr. Luis Vega\nChairperson\nFirst Committee", "3 May 2021", "Mr. President,")
    assert [block.lines for block in heading.body] == [("Mr. President,",)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Secretary-General", "an office that stands alone"),
        ("Secretary General of the UN;", "whose office it is may follow, and the sign of a call"),
        ("Presidents", "several who preside"),
        ("Co-Chairs,", "those who preside together"),
        ("The President of the General Assembly,", "protocol may tell of whom it greets"),
        ("MADAME ANA LIMA, PRÉSIDENTE DE L'ASSEMBLÉE GÉNÉRALE", "and name who it is"),
        ("_Madam President_1,", "marks and the number of a note may stand beside it"),
        ("MONSIEUR LE PRESIDENT,", "capitals lose their accents"),
        ("e Monsieur le Secrétaire Général ;", "a bullet that was scanned as a letter"),
        ("Mr. President (His Excellency Dr. Ana Lima),", "a name in brackets"),
        ("Honourbale Members of the Bureau;", "letters in the wrong order"),
        ("Ladies & Gentlemen,", "a sign for a word"),
        ("Presidenta, distinguidas y distinguidos colegas,", "no title before the office"),
        ("Queridas delegadas, queridos delegados:", "dear in Spanish"),
        ("Damas y caballeros,", "ladies and gentlemen in Spanish"),
        ("Fru talman, Ers excellenser,", "two forms in Swedish"),
        ("Minhas Senhoras e Meus Senhores,", "ladies and gentlemen in Portuguese"),
        ("Господин Председатель,", "a title and an office in Russian"),
        ("سيادة الرئيس،", "a title and an office in Arabic"),
        ("尊敬的主席先生，各位代表：", "two forms in Chinese"),
        ("Distinguished guests, other speakers, ladies and gentlemen", "all who are present"),
        ("Excellencies and all of our colleagues,", "whose they are is no substance"),
        ("Good morning, everybody.", "a greeting by the time of day"),
        ("Thank you, Mr. President,", "thanks to who gave the floor"),
        ("Thank you so much, Co-Chair.", "much thanks"),
        ("Thank you.", "thanks to nobody by name"),
        ("Muchas gracias Presidenta", "thanks without a comma"),
        ("In the name of God, the Compassionate, the Merciful.", "an invocation"),
    ],
)
def test_what_greets_and_says_nothing_more_is_a_greeting_to_both(line: str, why: str) -> None:
    assert (begins_with_greeting(line), is_greeting(line)) == (True, True), why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Mr. President, we meet at a grave hour.", "a sentence goes on"),
        ("Colleagues, please take your seats as the meeting begins.", "a request"),
        ("Thank you for your welcome.", "what someone is thanked for is substance"),
        ("Thank you Mr. President for the report", "the same behind an address"),
        ("Madam Chair, distinguished heads of State and of", "the next line goes on"),
        ("[Mr. Deputy Speaker in the Chair]", "who presides, as the record tells"),
        ("主席先生，代表团支持该决议。", "a script without capitals"),
        ("السيد الرئيس، يسرني أن أتكلم", "the same in Arabic"),
    ],
)
def test_a_heading_ends_at_a_greeting_that_says_more(line: str, why: str) -> None:
    assert (begins_with_greeting(line), is_greeting(line)) == (True, False), why


@pytest.mark.parametrize(
    "line", ["Mr. Luis Vega, Chairman of the Board,", "H.E. Ms. Ana Lima,", "Minister Sato,"]
)
def test_a_name_that_is_called_is_a_greeting_where_the_heading_is_over(line: str) -> None:
    assert (begins_with_greeting(line), is_greeting(line)) == (False, True)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Mr. Luis Vega", "a name with its title tells who speaks"),
        ("Mr. Vicente Vega", "a name that begins like an office"),
        ("MONSIEUR PAUL ROY", "the same in capitals"),
        ("Hon. Ana Lima", "an honorific is a title too"),
        ("Г-н Иван Петров", "and in Russian"),
        ("President of the Republic of Peru", "a post"),
        ("PRESIDENT DE LA REPUBLIQUE, CHEF DE", "a post over two lines"),
        ("Secretary-General of the League of Ports", "the post of one who speaks"),
        ("Chairman of the Council for Rivers", "a post in a body"),
        ("Mr. Luis Vega, President of the Ports Association", "a name and its post"),
        ("MR VEGA:", "what Mr. Vega said follows"),
        ("Remarks by H.E. Ms. Ana Lima, President of the General Assembly", "who made a statement"),
        ("I thank the President of the General Assembly for the invitation.", "who is spoken of"),
        ("Saludo al Presidente de la Asamblea General", "the same in Spanish"),
        ("delegation of the Republic of Peru,", "the middle of a sentence"),
    ],
)
def test_who_is_only_named_is_greeted_to_neither(line: str, why: str) -> None:
    assert (begins_with_greeting(line), is_greeting(line)) == (False, False), why


def test_who_is_named_beside_a_greeting_is_greeted() -> None:
    assert (
        roles_of("Thank you.", "Ambassador Sato, Ambassador Vega.", "We agree.") == "greeting greeting body"
    )


def test_who_is_named_beside_no_greeting_is_not() -> None:
    assert roles_of("Ambassador Sato, Ambassador Vega.", "We agree.") == "body body"


@pytest.mark.parametrize(
    "line",
    [
        "Mr President, I THANK YOU.",
        "Members all, I thank you.",
        "Ladies and gentlemen, thank you.",
        "Excellencies, ladies and gentlemen, I thank you for your kind attention.",
        "Monsieur le Président, je vous remercie.",
        "Señor Presidente, muchas gracias.",
        "Herr Präsident, vielen Dank.",
        "With these words, I thank you.",
        "May God bless you all.",
        "And may the Almighty bless us.",
        "God bless the Commonwealth of Samoa!",
        "Mr. President, may God bless the United Nations.",
        "Que Dieu vous bénisse.",
        "Que Dios los bendiga.",
        "Да благословит вас Бог.",
    ],
)
def test_thanks_behind_an_address_and_a_blessing_close(line: str) -> None:
    assert roles_of("We agree.", line) == "body closing", "S3"


@pytest.mark.parametrize(
    "line",
    [
        "Mr. President, I thank you for the report, which shows what is left.",
        "May God bless their souls, for they died in the war that was forced on us.",
        "May God bless those who fell.",
        "God bless those who work for peace, because they are few.",
        "Peru and Samoa, we thank you and we shall be with you.",
        "The Secretary-General, may God bless him, is right.",
    ],
)
def test_thanks_and_a_blessing_that_say_more_are_body(line: str) -> None:
    assert roles_of("We agree.", line) == "body body"


@pytest.mark.parametrize("line", ["Secretary-General,", "Secrétaire général,", "Secretario General:"])
def test_the_office_of_the_one_who_is_called_is_a_greeting(line: str) -> None:
    assert roles_of(line, "We agree.") == "greeting body", "S3"


def test_thanks_and_nothing_more_close() -> None:
    assert roles_of("Mr. President,", "Thank you.") == "greeting closing"


def test_the_officer_of_the_assembly_who_made_a_statement_ends_no_heading() -> None:
    heading = read(
        "Remarks by H.E. Ms. Ana Lima, President of the General Assembly\n3 May 2021", "Excellencies,"
    )
    assert str(heading.metadata.date and heading.metadata.date.value) == "2021-05-03"
    assert [block.lines for block in heading.body] == [("Excellencies,",)]


def test_a_post_ends_no_heading() -> None:
    heading = read(
        "Statement by\nH.E. Mr. Vicente Vega\nPresident of Peru\nGeneva, 3 May 2021", "Mr. President,"
    )
    assert [block.lines for block in heading.body] == [("Mr. President,",)]


def test_a_day_above_the_officer_of_the_assembly_stays_in_the_heading() -> None:
    heading = read("Genève, le 3 mai 2021\nMonsieur le Président de l’Assemblée générale,\nNous voici.")
    assert heading.metadata.place is not None
    assert heading.metadata.place.value == "Genève"


def test_who_is_called_by_name_right_above_the_greeting_does_not_speak() -> None:
    heading = read(
        "Speech at the Ports Dinner\n3 May 2021", "Mr. Luis Vega, Chairman,", "Ladies and gentlemen,"
    )
    assert heading.metadata.speaker is None
    assert heading.body[0].lines == ("Mr. Luis Vega, Chairman,",)


@pytest.mark.parametrize(
    "speaker", ["Statement by\nMr. Luis Vega,", "Statement by Mr. Luis Vega,\nMinister of Water,"]
)
def test_a_name_that_the_line_above_waits_for_is_the_speaker(speaker: str) -> None:
    assert read(f"3 May 2021\n{speaker}\nMr. President,\nWe agree.").body[0].lines[0] == "Mr. President,"


@pytest.mark.parametrize(
    ("line", "calls"),
    [
        ("Chair, Secretary-General, Excellencies,", True),
        ("Mr. Luis Vega, Minister of Trade, Ladies and Gentlemen,", True),
        ("Chair of the Board, distinguished colleagues!", True),
        ("Mr. Luis Vega, Minister of Trade,", False),
        ("Mr. Luis Vega, Honourable Minister of Trade,", False),
        ("Mr. Luis Vega, Ambassador,", False),
        ("Chair, Caribbean Community,", False),
        ("Chair, Secretary-General, Excellencies", False),
    ],
)
def test_a_line_that_names_someone_greets_where_it_calls_others_too(line: str, calls: bool) -> None:
    assert calls_several(line) is calls


def test_a_speaker_right_above_a_greeting_is_not_greeted() -> None:
    found = read(
        "Statement by\nMr. Luis Vega, Minister of Trade of Malta\nExcellencies, Ladies and gentlemen,\nYes."
    )
    assert found.metadata.speaker is not None
    assert found.metadata.speaker.value.person == "Luis Vega"
    assert found.body[0].lines[0] == "Excellencies, Ladies and gentlemen,"

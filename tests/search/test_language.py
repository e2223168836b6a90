"""The query language: what is typed, how it is understood, and what is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.filedb.filestore import RamStorage

from onrecord.indexer.analysis.inflection import paragraph_groups
from onrecord.indexer.errors import DateError, QueryError
from onrecord.indexer.whoosh.schema import paragraph_schema
from onrecord.search.language import GRAMMAR_VERSION, Mode, read_filters, read_query, refuse_turned_dates
from onrecord.search.lexicon import read_lexicon
from onrecord.search.query import Constant, Either, ExactPhrase, Filter, Inflected, Near, Quotation, Without
from onrecord.search.query.lexicon import Dictionaries, Stands
from onrecord.search.query.limits import DEPTH, LENGTH, NEAR_GROUPS, OPEN_PATTERNS, PATTERNS, WORDS


@dataclass(frozen=True)
class _Delegation:
    code: str
    name: str
    since: int | None = None
    until: int | None = None


_REGISTER = {
    "japan": _Delegation("JPN", "Japan"),
    "republic of korea": _Delegation("KOR", "Republic of Korea"),
    "guinea": _Delegation("GIN", "Guinea"),
}


_GENEVA = ("Geneva", "Genève", "Genf")
_FORUMS = {"ccm": _Delegation("CCM", "Convention on Cluster Munitions")}


@pytest.fixture(autouse=True)
def _register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three delegations and a forum stand in for the register; its lexicon is read before."""
    read_lexicon()
    register = ModuleType("onrecord.indexer.register")
    register.__dict__["delegation_named"] = lambda name: _REGISTER.get(name.lower())
    register.__dict__["delegation_by_code"] = lambda _: None
    register.__dict__["place_names"] = lambda name: _GENEVA if name == "Genève" else ()
    register.__dict__["forum_named"] = lambda name: _FORUMS.get(name.lower())
    monkeypatch.setitem(sys.modules, "onrecord.indexer.register", register)


def understood(typed: str, mode: Mode = Mode.NORMAL) -> str:
    return read_query(typed, mode=mode, lexicon=Dictionaries(["en"])).understood


def tree(typed: str) -> query.Query:
    return read_query(typed, lexicon=Dictionaries(["en"])).query


def refused(typed: str) -> tuple[str, int | None]:
    with pytest.raises(QueryError) as caught:
        read_query(typed)
    assert caught.value.query == typed
    return str(caught.value), caught.value.position


def test_a_forum_under_one_of_its_names_is_found_under_the_name_of_the_register() -> None:
    assert understood("forum:CCM") == "forum Convention on Cluster Munitions"


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        (
            "landmine victims",
            "landmine (any form or spelling); victims (any form or spelling)",
            "all words must occur",
        ),
        (
            "landmine AND victims",
            "landmine (any form or spelling); victims (any form or spelling)",
            "AND says the same",
        ),
        (
            "mine or bomb",
            "mine (any form or spelling); or (any form or spelling); bomb (any form or spelling);"
            ' "or" is looked for as a word'
            " (write OR for either)",
            "lower-case or is a word, and the understanding says so",
        ),
        (
            "not and",
            'not (any form or spelling); and (any form or spelling); "not" is looked for as a word'
            " (write NOT or a minus to leave a word out)",
            "so are not and and",
        ),
        ("or", "or (any form or spelling)", "beside no other word nothing else can be meant"),
        ('"mine action"', 'the phrase "mine action"', "quotation marks keep the order"),
        ('"mine"', 'the word "mine"', "a quoted word is as written"),
        ("“mine action”", 'the phrase "mine action"', "curly quotation marks"),
        ("„mine action“", 'the phrase "mine action"', "German quotation marks"),
        ("« mine action »", 'the phrase "mine action"', "French quotation marks"),
        ('“mine action"', 'the phrase "mine action"', "any closes any"),
        ("d'Ivoire", 'the phrase "d ivoire"', "an apostrophe is no quotation mark"),
        (
            '"(a* OR b:c~ -d?)"',
            'the phrase "a* or b c d" (* is any number of letters); signs left out: ~ ?',
            "only wildcards mean something inside them",
        ),
        ("a OR b", "a (any form or spelling) or b (any form or spelling)", "either"),
        (
            "a b OR c",
            "(a (any form or spelling) and b (any form or spelling)) or c (any form or spelling)",
            "OR binds more loosely than words side by side",
        ),
        (
            "(a OR b) c",
            "(a (any form or spelling) or b (any form or spelling)); c (any form or spelling)",
            "brackets bind",
        ),
        (
            "(a b) c",
            "a (any form or spelling); b (any form or spelling); c (any form or spelling)",
            "brackets that change nothing vanish",
        ),
        (
            "a OR (b OR c)",
            "a (any form or spelling) or b (any form or spelling) or c (any form or spelling)",
            "here too",
        ),
        (
            "weapon(s)",
            "weapon (any form or spelling); s (any form or spelling)",
            "brackets also bind glued to a word",
        ),
        ("a -b", "a (any form or spelling); not b (any form or spelling)", "minus leaves a word out"),
        ("a NOT b", "a (any form or spelling); not b (any form or spelling)", "NOT says the same"),
        ("a AND NOT b", "a (any form or spelling); not b (any form or spelling)", "also behind AND"),
        ('a -"b c"', 'a (any form or spelling); not the phrase "b c"', "a phrase can be left out"),
        (
            "a -(b OR c)",
            "a (any form or spelling); not b (any form or spelling); not c (any form or spelling)",
            "either can",
        ),
        (
            "a -(b c)",
            "a (any form or spelling); not (b (any form or spelling) and c (any form or spelling))",
            "both together can",
        ),
        (
            "-a -b",
            "every paragraph; not a (any form or spelling); not b (any form or spelling)",
            "nothing wanted is everything",
        ),
        ("NOT a", "every paragraph; not a (any form or spelling)", "for NOT too"),
        ("-(-a)", "a (any form or spelling)", "leaving out what is left out"),
        (
            "a OR -b",
            "a (any form or spelling) or (every paragraph and not b (any form or spelling))",
            "inside OR",
        ),
        ("-speaker:japan", "every paragraph; not speaker Japan", "a field can be left out"),
        ("-OR", "every paragraph; not OR (in capitals)", "an operator behind a minus is a word"),
        ("COVID-19", 'the phrase "covid 19"', "a hyphen inside a word is no minus"),
        ("A/RES/76/47", 'the phrase "a res 76 47"', "the parts of a symbol in their order"),
        ("P5+1", 'the phrase "p5 1"', "signs part words"),
        ("R&D", 'the phrase "r d"', "so does an ampersand"),
        ("不扩散", 'the phrase "不 扩 散"', "ideographs are words in their order"),
        ("Co\u0302te", "cote (any form or spelling)", "a decomposed letter is the composed one"),
        (
            "и\u0306",
            "й (as written)",
            "also where the mark makes another letter, of no language of the index",
        ),
        ("disarmament,", "disarmament (any form or spelling)", "punctuation around a word does nothing"),
        ("WHO", "WHO (in capitals)", "S1-2h: a word in capitals is the acronym"),
        ("WHO,", "WHO (in capitals)", "with a comma too"),
        ("I", "i (any form or spelling)", "one letter is no acronym"),
        ("P5", 'the word "p5"', "a word with a digit has no inflections"),
        ("2021", 'the word "2021"', "nor has a number"),
        ("disarm*", 'words beginning with "disarm"', "a star at the end is a prefix"),
        ("Désarm**,", 'words beginning with "desarm"', "folded, and stars run together"),
        ("P5*", 'words beginning with "p5"', "digits take wildcards"),
        ("m?n*", 'words of the form "m?n*" (? is one letter, * any number)', "wildcards inside"),
        ("*mine", 'words of the form "*mine" (? is one letter, * any number)', "a star in front"),
        (
            "what? else",
            'words of the form "what?" (? is one letter, * any number); else (any form or spelling)',
            "inside",
        ),
        ("quoi ?", "quoi (any form or spelling); signs left out: ?", "a question mark alone is a sign"),
        ("landmine~", 'words at most 1 letter away from "landmine"', "fuzzy only when asked"),
        ("landmine~2", 'words at most 2 letters away from "landmine"', "two letters away"),
        ("~100", 'the word "100"; signs left out: ~', "a tilde in front is punctuation"),
        (
            '"mines victims"~5',
            'the words "mines victims" in any order, at most 5 others among them',
            "near",
        ),
        (
            '"mines victims"~1',
            'the words "mines victims" in any order, at most 1 other among them',
            "near by one",
        ),
        ("12:30", 'the phrase "12 30"', "a colon behind a number is ordinary text"),
        ("http://un.org", 'the phrase "http un org"', "so is that of an address"),
        (
            "Chair: hello",
            "chair (any form or spelling); hello (any form or spelling)",
            "and one before a space",
        ),
        (
            "mines & – ... peace",
            "mines (any form or spelling); peace (any form or spelling); signs left out: & – ...",
            "signs",
        ),
        (
            "war -- peace",
            "war (any form or spelling); peace (any form or spelling); signs left out: --",
            "a typed dash",
        ),
        ("a\x1b[0m", 'the phrase "a 0m"', "control characters part words"),
        ("a \x1b", r"a (any form or spelling); signs left out: \x1b", "and never reach the terminal"),
    ],
)
def test_words_mean(typed: str, words: str, why: str) -> None:
    assert understood(typed) == words, why


# Rows marked S2-1 were once rewritten without a word.
_LETTERS = "(* is any number of letters)"
_LETTER = "(? is one letter)"
_ANY_GAP = "(… is a gap of any length)"


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        ('"cluster munition*"', f'the phrase "cluster munition*" {_LETTERS}', "S2-1: a prefix ends a phrase"),
        ('"m?nes"', 'words of the form "m?nes" (? is one letter, * any number)', "S2-1: one word, quoted"),
        ('"m?nes cleared"', f'the phrase "m?nes cleared" {_LETTER}', "a wildcard inside a word"),
        ('"disarm* of Désarm*"', f'the phrase "disarm* of desarm*" {_LETTERS}', "several, folded"),
        ('"COVID-1*"', f'the phrase "covid 1*" {_LETTERS}', "as the error outside quotation marks says"),
        ('"19?? conference"', f'the phrase "19?? conference" {_LETTER}', "two letters"),
        ('"mine*"', 'words beginning with "mine"', "a word alone"),
        ('"Is it just? No."', 'the phrase "is it just no"; signs left out: ?', "a question is no wildcard"),
        ('"quoi ? rien"', 'the phrase "quoi rien"; signs left out: ?', "nor a French one"),
        ('"the **mines** here"', 'the phrase "the mines here"; signs left out: ** **', "as a snippet marks"),
        ('"landmine~ victims"', 'the phrase "landmine victims"; signs left out: ~', "~ is no wildcard"),
    ],
)
def test_wildcards_work_inside_quotation_marks(typed: str, words: str, why: str) -> None:
    assert understood(typed) == words, why


@pytest.mark.parametrize("gap", ["…", "...", "[…]", "[...]", "(…)", ". . .", "....", "……", "⋯", "[ … ]"])
@pytest.mark.parametrize("around", ["we must {} act", "we must{} act", "we must, {}act"])
def test_an_omission_inside_quotation_marks_is_a_gap(gap: str, around: str) -> None:
    """S2-1: "we must … act"."""
    assert understood(f'"{around.format(gap)}"') == f'the phrase "we must … act" {_ANY_GAP}'


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        ('"… we must act ..."', 'the phrase "we must act"', "a gap at an end leaves nothing open"),
        (
            '"we … m?st … act"',
            'the phrase "we … m?st … act" (… is a gap of any length, ? is one letter)',
            "both",
        ),
        ('"a … b" OR c', f'the phrase "a … b" {_ANY_GAP} or c (any form or spelling)', "as any phrase"),
        (
            "we … act",
            "we (any form or spelling); act (any form or spelling); signs left out: …",
            "outside them it is a sign",
        ),
        ('"2019..2021"', 'the phrase "2019 2021"', "two points are none"),
    ],
)
def test_gaps_mean(typed: str, words: str, why: str) -> None:
    assert understood(typed) == words, why


@pytest.mark.parametrize("dash", "-–—−‑‐﹣－‒―")
@pytest.mark.parametrize("left_out", ["banned", '"banned"', "(banned)", "speaker:japan"])
def test_a_dash_of_any_kind_before_a_word_is_a_minus(dash: str, left_out: str) -> None:
    """S2-1: "–banned munitions", "−banned"."""
    assert understood(f"{dash}{left_out} munitions") == understood(f"munitions -{left_out}")


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        (
            "war – peace",
            "war (any form or spelling); peace (any form or spelling); signs left out: –",
            "by itself it is a sign",
        ),
        ("war—peace", 'the phrase "war peace"', "between words it parts them"),
        ("war–", "war (any form or spelling); signs left out: –", "behind a word it is named"),
        ("Article 2(4)", 'article (any form or spelling); the phrase "2 4"', "S2-1: one reference"),
        ("51(2)(a),", 'the phrase "51 2 a"', "of several parts"),
        ("A/RES/3314(XXIX)", 'the phrase "a res 3314 xxix"', "with its symbol"),
        ("-IV(b)", 'every paragraph; not the phrase "iv b"', "with a Roman number, and a minus"),
        ("2 (4)", 'the word "2"; the word "4"', "with a space it is a group"),
        (
            "mines(2 OR 4)",
            'mines (any form or spelling); (the word "2" or the word "4")',
            "and so is what has OR in it",
        ),
        (
            '"he said "never again" and left"',
            'the phrase "he said never again and left"',
            "S2-1: inner quotes",
        ),
        ('"he said “never again” and left"', 'the phrase "he said never again and left"', "of another kind"),
        (
            "« il dit “jamais” ici » mines",
            'the phrase "il dit jamais ici"; mines (any form or spelling)',
            "S2-1: in French",
        ),
        ("„er sagte »nie« hier“", 'the phrase "er sagte nie hier"', "in German"),
        ("“a “b” c” d", 'the phrase "a b c"; d (any form or spelling)', "of the same kind"),
        (
            '"no," she said',
            'the word "no"; she (any form or spelling); said (any form or spelling)',
            "a comma before the end",
        ),
        ('"a b""c d"OR"e"', '(the phrase "a b" and the phrase "c d") or the word "e"', "glued"),
        ('-"a"("b")', 'the word "b"; not the word "a"', "beside brackets"),
        ('צה"ל', 'the phrase "צה ל"', "S3: in Hebrew it is a letter"),
        (
            "what about munitions?",
            "what (any form or spelling); about (any form or spelling); munitions (any form or spelling);"
            " signs left out: ?;"
            " a ? at the very end is punctuation (write (munitions?) for one letter)",
            "S2-1: a question ends in a question mark",
        ),
        (
            "mine?!",
            "mine (any form or spelling); signs left out: ?;"
            " a ? at the very end is punctuation (write (mine?) for one letter)",
            "with what stands behind it",
        ),
        (
            "(mine?)",
            'words of the form "mine?" (? is one letter, * any number)',
            "in brackets it is not the end",
        ),
        ("m?ne?", 'words of the form "m?ne?" (? is one letter, * any number)', "a word with other wildcards"),
        ("20??", 'words of the form "20??" (? is one letter, * any number)', "two are no punctuation"),
        (
            "C++, #mines $100",
            'c (any form or spelling); mines (any form or spelling); the word "100"; signs left out: ++ # $',
            "named",
        ),
        (
            "'mine action'",
            "mine (any form or spelling); action (any form or spelling); signs left out: '",
            "single marks do not quote",
        ),
        (
            "mines & bombs",
            "mines (any form or spelling); bombs (any form or spelling); signs left out: &",
            "one & is a sign",
        ),
        (
            "approximately ~100",
            'approximately (any form or spelling); the word "100"; signs left out: ~',
            "~ before a number",
        ),
        (
            "mines NEAR bombs",
            "mines (any form or spelling); NEAR (in capitals); bombs (any form or spelling);"
            ' "NEAR" is looked for as a word (write "mines victims"~5 for words near each other)',
            "an operator of others",
        ),
        (
            "10^6 x^",
            'the phrase "10 6"; x (any form or spelling); signs left out: ^',
            "a power weighs nothing",
        ),
    ],
)
def test_signs_mean(typed: str, words: str, why: str) -> None:
    assert understood(typed) == words, why


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        (
            "mines OR bombs speaker:japan",
            "(mines or bombs); speaker Japan",
            "S2-1: it narrows all of its level",
        ),
        (
            '"cluster munitions" OR mines speaker:japan since:1990',
            '(the phrase "cluster munitions" or mines); speaker Japan; dated 1990-01-01 or later',
            "several fields do",
        ),
        ("speaker:japan mines OR bombs", "(mines or bombs); speaker Japan", "in front"),
        ("mines speaker:japan OR bombs", "(mines or bombs); speaker Japan", "in the middle"),
        ("mines OR bombs -speaker:japan", "(mines or bombs); not speaker Japan", "left out"),
        ("speaker:japan OR speaker:guinea", "speaker Japan or speaker Guinea", "joined by OR: alternatives"),
        (
            "mines OR bombs speaker:japan OR speaker:guinea",
            "(mines or bombs); (speaker Japan or speaker Guinea)",
            "to each other, also beside words",
        ),
        (
            "speaker:japan OR forum:ccm mines",
            "mines; (speaker Japan or forum Convention on Cluster Munitions)",
            "of different names",
        ),
        (
            "mines speaker:japan OR speaker:guinea since:1990",
            "mines; (speaker Japan or speaker Guinea); dated 1990-01-01 or later",
            "others narrow as ever",
        ),
        ("(mines speaker:japan) OR bombs", "(mines and speaker Japan) or bombs", "inside its own brackets"),
        (
            "(mines speaker:japan) OR (bombs speaker:guinea)",
            "(mines and speaker Japan) or (bombs and speaker Guinea)",
            "on each side its own",
        ),
        (
            "mines OR bombs (speaker:japan OR speaker:guinea)",
            "(mines or bombs); (speaker Japan or speaker Guinea)",
            "brackets of nothing but fields are one",
        ),
        ("mines OR speaker:japan", "mines or speaker Japan", "alone on its side it is an alternative"),
        ("mines speaker:japan OR bombs speaker:japan", "(mines or bombs); speaker Japan", "the same twice"),
        ("speaker:(japan OR guinea)", "speaker Japan or speaker Guinea", "several values"),
        (
            'mines OR bombs speaker:(japan OR "republic of korea")',
            "(mines or bombs); (speaker Japan or speaker Republic of Korea)",
            "narrow as one",
        ),
    ],
)
def test_a_field_narrows_its_level(typed: str, words: str, why: str) -> None:
    assert understood(typed).replace(" (any form or spelling)", "") == words, why


@pytest.mark.parametrize(
    "typed",
    [
        "mines speaker:japan OR bombs speaker:guinea",
        "mines OR speaker:japan since:1990",
        "speaker:japan since:1990 OR speaker:guinea",
        "mines speaker:japan OR speaker:guinea bombs",
    ],
)
def test_a_field_whose_place_can_mean_two_things_is_asked_for_brackets(typed: str) -> None:
    assert refused(typed)[0] == (
        "A field narrows the whole of its brackets, so what OR joins here is not clear; put each side in"
        " brackets, as in (mines speaker:japan) OR (bombs speaker:chile)."
    )


_LITERALLY = "or put ordinary text in quotation marks."
_NEAR_5 = f'Words near each other are written "mines victims"~5; write them so, {_LITERALLY}'
_NEAR_20 = _NEAR_5.replace("~5", "~20")
_OR = f"Alternatives have OR between them; write mines OR bombs in place of |, {_LITERALLY}"
_AND = f"Words side by side must all occur; write a space or AND in place of &&, {_LITERALLY}"
_NOT = f"A word is left out by a minus; write -word in place of !word, {_LITERALLY}"
_PLUS = f"Words side by side must all occur; take the + out, {_LITERALLY}"


@pytest.mark.parametrize(
    ("typed", "message", "position"),
    [
        ("landmines NEAR/5 victims", _NEAR_5, 10),
        ("landmines near/5 victims", _NEAR_5, 10),
        ("landmines w/5 victims", _NEAR_5, 10),
        ("landmines pre/5 victims", _NEAR_5, 10),
        ("landmines /5 victims", _NEAR_5, 10),
        ("landmines ADJ5 victims", _NEAR_5, 10),
        ("landmines NEAR:5 victims", _NEAR_5, 10),
        ("NEAR(landmines victims, 5)", _NEAR_5, 0),
        ("landmines AROUND(5) victims", _NEAR_5, 10),
        ("landmines /s victims", _NEAR_20, 10),
        ("landmines w/s victims", _NEAR_20, 10),
        (
            "landmines /p victims",
            f"Words side by side are looked for in one paragraph already; leave /p out, {_LITERALLY}",
            10,
        ),
        ("energy^2", f"No word weighs more than its rarity; take ^2 out, {_LITERALLY}", 0),
        ('"solar energy"^1.5', f"No word weighs more than its rarity; take ^1.5 out, {_LITERALLY}", 14),
        ("(sun OR wind)^3", f"No word weighs more than its rarity; take ^3 out, {_LITERALLY}", 13),
        (
            "[2010 TO 2011]",
            f"From one day to another is written date:2010..2011; write it so, {_LITERALLY}",
            0,
        ),
        (
            "a date:[2010 TO *]",
            f"From one day to another is written date:2010..; write it so, {_LITERALLY}",
            2,
        ),
        (
            "{mine TO mining}",
            f"From one day to another is written date:2019..2021; write it so, {_LITERALLY}",
            0,
        ),
        ("mines | bombs", _OR, 6),
        ("mines || bombs", _OR, 6),
        ("mines|bombs", _OR, 0),
        ("mines |bombs", _OR, 6),
        ("mines && bombs", _AND, 6),
        ("mines -!bombs", _NOT, 7),
        ("mines&&bombs", _AND, 0),
        ("!banned munitions", _NOT, 0),
        ('!"cluster munitions"', _NOT, 0),
        ("+mines", _PLUS, 0),
        ("a +(b OR c)", _PLUS, 2),
        (
            "title=debate",
            f'A field has a colon behind its name; write it as in title:"general debate", {_LITERALLY}',
            0,
        ),
        (
            "date>=2010",
            f"A field has a colon behind its name; write it as in date:2019..2021, {_LITERALLY}",
            0,
        ),
        (
            '"cluster munition"*',
            'A * belongs to a word; write it inside the quotation marks, as in "cluster munition*".',
            18,
        ),
        (
            '"cluster banned" ~9',
            'A ~ stands directly behind its phrase; write "mines victims"~9 without a space.',
            17,
        ),
        ("landmine ~2", "A ~ stands directly behind its word; write landmine~2 without a space.", 9),
        ("(a b)~5", 'A ~ stands behind a word or quotation marks, not brackets; write "mines victims"~5.', 5),
        ("since:2012 until:2010", '"2012..2010" ends before it begins; write the earlier date first.', 17),
        (
            "(a until:2010-05) since:2010-06",
            '"2010-06..2010-05" ends before it begins; write the earlier date first.',
            9,
        ),
        (
            "speaker:panama,chile",
            "speaker: takes one name and this is a list; write speaker:(panama OR chile),"
            ' or speaker:"…" for a name with signs in it.',
            8,
        ),
        (
            "language:en,fr",
            "language: takes one name and this is a list; write language:(en OR fr),"
            ' or language:"…" for a name with signs in it.',
            9,
        ),
        (
            "speaker:(japan peru)",
            "speaker: takes values with OR between them, those of several words in quotation marks;"
            ' write them so, as in speaker:(japan OR "republic of korea").',
            15,
        ),
        (
            "speaker:(-japan)",
            "speaker: takes values with OR between them, those of several words in quotation marks;"
            ' write them so, as in speaker:(japan OR "republic of korea").',
            9,
        ),
        (
            "speaker:(japan",
            "This bracket is never closed; write ) after the last word in it, or take it out.",
            8,
        ),
        (
            'speaker:"jap*"',
            "speaker: does not take the signs *, ? and ~; write whole words, as in speaker:japan.",
            8,
        ),
        ('title:"a … b"', "title: does not take a gap; write words that stand side by side.", 6),
        (
            '"ban * use"',
            "A * by itself stands for no word; write … for a gap of any length,"
            ' or "ban use"~1 for one word between.',
            0,
        ),
        (
            '"we must … act"~5',
            "Words near each other stand in any order and as they are written; take out ~, or the gaps and"
            " wildcards.",
            0,
        ),
        (
            '"a "b" c',
            "This quotation mark is never closed; write another one after the phrase, or take it out.",
            0,
        ),
    ],
)
def test_what_another_engine_would_read_otherwise_is_answered_with_what_to_write(
    typed: str, message: str, position: int
) -> None:
    """S2-1: signs of other engines, and of ours where they cannot stand."""
    assert refused(typed) == (message, position)


@pytest.mark.parametrize(
    "typed",
    [
        "A/CN.4/5",
        "S/2021/5",
        "NEAR EAST",
        "24/7",
        "and/or",
        "R&D",
        "http://a.b/c=d&e=f",
        "x=y",
        "P5+1",
        "[sic]",
    ],
)
def test_ordinary_text_is_not_taken_for_the_signs_of_another_engine(typed: str) -> None:
    assert understood(typed)


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        ("speaker:japan", "speaker Japan", "a delegation by name"),
        ("SPEAKER:Japan", "speaker Japan", "case does not matter"),
        ('speaker:"republic of korea"', "speaker Republic of Korea", "a name of several words"),
        ("speaker:kishida", 'speaker named "kishida"', "no delegation: the words of the name"),
        ('speaker:"fumio kishida"', 'speaker named "fumio kishida"', "in their order"),
        ("speaker:al-bashir", 'speaker named "al bashir"', "also when glued"),
        ('forum:"conference on disarmament"', 'forum named "conference on disarmament"', "forum"),
        ("place:Geneva", 'place named "geneva"', "place, folded"),
        ("place:Genève", "place Geneva", "a city under another of its names"),
        ("title:debate", 'title with "debate"', "title"),
        ("language:FR", "language fr", "language"),
        ("date:2021-09", "dated 2021-09-01 to 2021-09-30", "a month is all of its days"),
        ("date:2019..2021", "dated 2019-01-01 to 2021-12-31", "both ends included"),
        ("date:2019..", "dated 2019-01-01 or later", "an open end"),
        ('date:"2021-09-20"', "dated 2021-09-20 to 2021-09-20", "quoted"),
        ("since:2015", "dated 2015-01-01 or later", "since its first day"),
        ("until:2021-09", "dated 2021-09-30 or earlier", "until its last day"),
        (
            "mines speaker:japan OR speaker:guinea",
            "mines (any form or spelling); (speaker Japan or speaker Guinea)",
            "fields with OR between them are alternatives to each other",
        ),
    ],
)
def test_fields_mean(typed: str, words: str, why: str) -> None:
    assert understood(typed) == words, why


@pytest.mark.parametrize(
    ("typed", "words", "why"),
    [
        ("landmine", 'the word "landmine"', "a word is as written"),
        ("disarm*", 'words beginning with "disarm"', "wildcards stay"),
        ('"mine action"', 'the phrase "mine action"', "a phrase is one in every mode"),
    ],
)
def test_in_exact_mode(typed: str, words: str, why: str) -> None:
    assert understood(typed, Mode.EXACT) == words, why


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mines", Inflected("mines", ["=mines", "?mines", "en:mine"])),
        ("WHO", Inflected("WHO", ["=who"], Stands.ACRONYM)),
        ("a/b", ExactPhrase("text", ["a", "b"])),
        ('"a b"~5', Near("text", ["a", "b"], 5)),
        ('"c" "b"', query.And([query.Term("text", "c"), query.Term("text", "b")])),
        ('"c" OR "b"', Either([query.Term("text", "c"), query.Term("text", "b")])),
        ('"a" -"b"', Without(query.Term("text", "a"), query.Term("text", "b"))),
        ('-"b"', Without(query.Every(), query.Term("text", "b"))),
        ("disarm*", Constant(query.Prefix("text", "disarm"))),
        ("m?n*", Constant(query.Wildcard("text", "m?n*"))),
        ("mine~2", Constant(query.FuzzyTerm("text", "mine", maxdist=2))),
        ("speaker:japan", Filter(query.Term("delegation", "JPN"))),
        ("speaker:kishida", Filter(query.Term("speaker", "kishida"))),
        ('"ban* use"', Constant(Quotation("text", [[query.Prefix("text", "ban"), "use"]]))),
        ('"ban … use"', Constant(Quotation("text", [["ban"], ["use"]]))),
        ("since:0001", Filter(query.NumericRange("first", 1, None))),
        ("until:0001-01-02", Filter(query.NumericRange("last", None, 2))),
    ],
)
def test_the_tree_of(typed: str, expected: query.Query) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    ("typed", "message", "position"),
    [
        ("", "There is no word in this query; write one, such as landmine.", None),
        (" \n", "There is no word in this query; write one, such as landmine.", None),
        ("& –", "There is no word in this query; write one, such as landmine.", None),
        (
            'peace "mine action',
            "This quotation mark is never closed; write another one after the phrase, or take it out.",
            6,
        ),
        ("a)", "This closing bracket was never opened; write ( before it, or take it out.", 1),
        (")", "This closing bracket was never opened; write ( before it, or take it out.", 0),
        ("a (b", "This bracket is never closed; write ) after the last word in it, or take it out.", 2),
        ("(", "This bracket is never closed; write ) after the last word in it, or take it out.", 0),
        ("a ()", "There is nothing between these brackets; write words, or take them out.", 2),
        ("(&)", "There is nothing between these brackets; write words, or take them out.", 0),
        ('a ""', "There is no word between these quotation marks; write one, or take them out.", 2),
        ('"&"', "There is no word between these quotation marks; write one, or take them out.", 0),
        (
            "a - b",
            "This minus sign leaves nothing out; write it directly before a word, or take it out.",
            2,
        ),
        ("-&", "This minus sign leaves nothing out; write it directly before a word, or take it out.", 0),
        ("--a", "Two minus signs say nothing; write one, or none.", 0),
        ('--"a b"', "Two minus signs say nothing; write one, or none.", 0),
        ("OR a", 'OR stands between two words; write one on each side, or "OR" for the word itself.', 0),
        ("a OR", 'OR stands between two words; write one on each side, or "OR" for the word itself.', 2),
        ("a OR &", 'OR stands between two words; write one on each side, or "OR" for the word itself.', 2),
        ("(a OR)", 'OR stands between two words; write one on each side, or "OR" for the word itself.', 3),
        ("a AND", 'AND stands between two words; write one on each side, or "AND" for the word itself.', 2),
        (
            "a AND OR b",
            'OR stands between two words; write one on each side, or "OR" for the word itself.',
            6,
        ),
        ("a NOT", "NOT has nothing behind it; write what to leave out, or take it out.", 2),
        (
            "a sepaker:japan",
            'There is no field "sepaker:"; write speaker:japan, or put ordinary text in quotation marks.',
            2,
        ),
        (
            "resolution:text",
            'There is no field "resolution:"; write one of speaker:, person:, post:, behalf:, delivered:,'
            " forum:, place:, title:, language:, date:, since:, until:, or put ordinary text in quotation"
            " marks.",
            0,
        ),
        ("speaker:", "speaker: has no value; write one directly behind it, as in speaker:japan.", 0),
        ("speaker:&", "speaker: has no value; write one directly behind it, as in speaker:japan.", 8),
        (
            "speaker: japan",
            "speaker: has a space behind it; write its value directly, as in speaker:japan.",
            0,
        ),
        (
            "speaker:jap*",
            "speaker: does not take the signs *, ? and ~; write whole words, as in speaker:japan.",
            8,
        ),
        (
            'speaker:"a b"~2',
            "speaker: does not take ~; write its value by itself, as in speaker:japan.",
            8,
        ),
        (
            "language:french",
            '"french" is not the code of a language; write two letters, as in language:fr.',
            9,
        ),
        (
            "date:2019-13",
            "2019-13 is not a date in the calendar; write one that is, as in date:2019..2021.",
            5,
        ),
        (
            "until:2021-02-30",
            "2021-02-30 is not a date in the calendar; write one that is, as in until:2021-09.",
            6,
        ),
        ("date:soon", '"soon" is not a date; write 2021, 2021-09 or 2021-09-20.', 5),
        ('date:"a\nb"', r'"a\nb" is not a date; write 2021, 2021-09 or 2021-09-20.', 5),
        ("since:2019..2021", '"2019..2021" is not a date; write 2021, 2021-09 or 2021-09-20.', 6),
        ("date:2021..2019", '"2021..2019" ends before it begins; write the earlier date first.', 5),
        (
            "a *",
            "A * by itself would match every word; write the beginning of a word before it, as in disarm*.",
            2,
        ),
        (
            "?*",
            "A * by itself would match every word; write the beginning of a word before it, as in disarm*.",
            0,
        ),
        (
            "COVID-1*",
            '"COVID-1*" is several words, and * and ? work inside one;'
            " write that word by itself, or put all of it in quotation marks.",
            0,
        ),
        ("mine*~", "A word takes either ~ or the wildcards * and ?; write one of them.", 0),
        ("landmine~3", "A ~ behind a word takes 1, 2 or nothing behind it, as in landmine~1.", 0),
        (
            "COVID19~",
            '"COVID19~" cannot be searched with ~, which takes one word of 4 letters or more'
            " and no digits; take the ~ out.",
            0,
        ),
        (
            "war~",
            '"war~" cannot be searched with ~, which takes one word of 4 letters or more'
            " and no digits; take the ~ out.",
            0,
        ),
        (
            '"a b"~few',
            "A ~ behind a phrase needs a whole number of words up to 9999 directly behind it,"
            ' as in "mines victims"~5.',
            0,
        ),
        (
            '"mines"~5',
            'A ~ behind quotation marks needs two words or more between them, as in "mines victims"~5.',
            0,
        ),
        (
            "x" * (LENGTH.most + 1),
            "The query is longer than 10,000 characters; ask with fewer words.",
            LENGTH.most,
        ),
        (
            "a " * (WORDS.most + 1),
            "The query has more than 1,000 words; ask with fewer words.",
            2 * WORDS.most,
        ),
        (
            "(" * (DEPTH.most + 1) + "a",
            "Groups stand in each other more than 50 deep; take some apart.",
            DEPTH.most + 1,
        ),
        (
            "-(" * (DEPTH.most + 1) + "a",
            "Groups stand in each other more than 50 deep; take some apart.",
            DEPTH.most + 1,
        ),
    ],
)
def test_refused(typed: str, message: str, position: int | None) -> None:
    assert refused(typed) == (message, position)


@pytest.mark.parametrize(
    "typed",
    [
        "x" * LENGTH.most,
        "a " * WORDS.most,
        "(" * DEPTH.most + "a" + ")" * DEPTH.most,
        "a* " * PATTERNS.most,
        "*a " * OPEN_PATTERNS.most,
        '"a b"~5 ' * NEAR_GROUPS.most,
        "date:2021 " * WORDS.most,
        "(a -(b OR " * 16 + "c" + ")" * 32,
    ],
)
def test_a_question_may_reach_its_limit(typed: str) -> None:
    assert understood(typed)


def test_a_long_word_is_cut_in_a_message() -> None:
    message, _ = refused("war-" + "x" * 100 + "*")
    assert message.startswith('"war-' + "x" * 35 + '…" is several words')


def test_a_position_counts_characters_as_typed() -> None:
    assert refused("Co\u0302te (")[1] == 6


def test_filters_of_one_name_are_alternatives() -> None:
    assert read_filters(speaker=["Japan", "Guinea"])[1] == "speaker Japan or speaker Guinea"


def test_filters_of_different_names_all_hold() -> None:
    words = read_filters(speaker="Japan", forum="conference on disarmament", place="Geneva", language="en")[1]
    assert words == (
        'speaker Japan; forum named "conference on disarmament"; place named "geneva"; language en'
    )


def test_since_and_until_are_one_interval() -> None:
    assert read_filters(since="2015", until="2021-09")[1] == "dated 2015-01-01 to 2021-09-30"


def test_a_filter_and_a_question_that_leave_no_day_between_them_are_refused() -> None:
    """S2-1: --since 2015 'peace until:2010'."""
    within, _ = read_filters(since="2015")
    assert within is not None
    with pytest.raises(QueryError) as caught:
        refuse_turned_dates(query.And([tree("peace until:2010"), within]), typed="peace until:2010")
    assert (
        str(caught.value) == '"2015-01-01..2010-12-31" ends before it begins; write the earlier date first.'
    )


@pytest.mark.parametrize("nothing", [{}, {"speaker": None}, {"speaker": []}])
def test_no_filters_are_no_query(nothing: dict[str, Any]) -> None:
    assert read_filters(**nothing) == (None, "")


def test_a_filter_by_name_takes_signs_as_ordinary_text() -> None:
    assert read_filters(speaker="Kishida (PM)*")[1] == 'speaker named "kishida pm"'


def test_a_filter_without_a_value_is_refused() -> None:
    with pytest.raises(QueryError) as caught:
        read_filters(forum="")
    assert str(caught.value) == (
        'forum: has no value; write one directly behind it, as in forum:"conference on disarmament".'
    )


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({"since": ""}, '"" is not a date; write 2021, 2021-09 or 2021-09-20.'),
        ({"until": "2021-13"}, "2021-13 is not a date in the calendar."),
        (
            {"since": "2021", "until": "2019"},
            '"2021..2019" ends before it begins; write the earlier date first.',
        ),
    ],
)
def test_a_date_that_cannot_be_read_is_refused(dates: dict[str, str], message: str) -> None:
    with pytest.raises(DateError) as caught:
        read_filters(**dates)
    assert str(caught.value) == message


def test_the_grammar_has_a_version() -> None:
    assert GRAMMAR_VERSION == 2


_PIECES = st.one_of(
    st.sampled_from(["a", "mine", "WHO", "P5", "é", "不", "²", "ß", "İ", "2021", "-09", "japan", "http://"]),
    st.sampled_from(["OR", "AND", "NOT", "-", "--", "(", ")", '"', "“", "»", "*", "?", "~", "~2", "&"]),
    st.sampled_from(["speaker:", "forum:", "language:", "date:", "since:", "x:", ":", ".."]),
    st.sampled_from([" ", "\n", "\u0301", "\x00", "\ud800", "\u202e"]),
    st.just(" "),
    st.text(max_size=3),
)
_TEXTS = st.lists(_PIECES, max_size=14).map("".join)


@settings(max_examples=2_000, deadline=None)
@given(typed=_TEXTS, mode=st.sampled_from(Mode))
@example(typed="-" * 200, mode=Mode.NORMAL)
def test_any_text_is_understood_or_refused_in_one_line(typed: str, mode: Mode) -> None:
    try:
        line = read_query(typed, mode=mode, lexicon=Dictionaries(["en", "fr"])).understood
    except QueryError as error:
        line = str(error)
    assert line
    assert line.isprintable()


Expression = tuple[str, Callable[[set[str]], bool]]  # as typed, and whether it holds for these words


def _word(letter: str) -> Expression:
    return letter, lambda present: letter in present


def _joined(parts: list[Expression], joint: str, holds: Callable[[list[bool]], bool]) -> Expression:
    typed = "(" + joint.join(part[0] for part in parts) + ")"
    return typed, lambda present: holds([part[1](present) for part in parts])


def _left_out(part: Expression) -> Expression:
    return f"NOT {part[0]}", lambda present: not part[1](present)


_EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "c"]).map(_word),
    lambda inner: st.one_of(
        inner.map(_left_out),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _joined(parts, " ", all)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _joined(parts, " OR ", any)),
    ),
    max_leaves=8,
)
_TEXTS_OF_THE_INDEX = ["", "a", "b", "c", "a b", "a c", "b c", "a b c", "deleted a b c"]


@pytest.fixture(scope="module")
def searcher() -> Any:
    """Every choice of three words, in two segments, and a paragraph that was deleted."""
    index = RamStorage().create_index(paragraph_schema())
    for begin in (0, 5):
        writer = index.writer()
        for number, text in enumerate(_TEXTS_OF_THE_INDEX[begin : begin + 5], begin):
            groups = paragraph_groups(text, "en")
            writer.add_document(
                address=str(number), text=text, stem=groups, speaker=text, first=number + 1, last=number + 1
            )
        writer.commit(merge=False)
    writer = index.writer()
    writer.delete_by_term("text", "deleted")
    writer.commit(merge=False)
    with index.searcher() as searcher:
        yield searcher


@settings(max_examples=300, deadline=None)
@given(expression=_EXPRESSIONS, mode=st.sampled_from(Mode))
def test_brackets_or_and_not_mean_what_logic_says(searcher: Any, expression: Expression, mode: Mode) -> None:
    typed, holds = expression
    tree = read_query(typed, mode=mode, lexicon=Dictionaries(["en"])).query
    by_hand = {str(number) for number, text in enumerate(_TEXTS_OF_THE_INDEX[:8]) if holds(set(text.split()))}
    assert {hit["address"] for hit in searcher.search(tree, limit=None)} == by_hand


@settings(max_examples=300, deadline=None)
@given(typed=_TEXTS)
def test_what_is_understood_can_be_evaluated(searcher: Any, typed: str) -> None:
    try:
        tree = read_query(typed, lexicon=Dictionaries(["en"])).query
    except QueryError:
        return
    assert len(searcher.search(tree, limit=None)) <= 8


@pytest.mark.parametrize(
    ("typed", "addresses", "why"),
    [
        ("speaker:c", {"3", "5", "6", "7"}, "names are words"),
        ('speaker:"b c"', {"6", "7"}, "in their order"),
        ("since:0001-01-07", {"6", "7"}, "its first day is no earlier"),
        ("until:0001-01-02", {"0", "1"}, "its last day is no later"),
        ("date:0001-01-02..0001-01-03", {"1", "2"}, "both ends included"),
        ('"b a"~0', {"4", "7"}, "near in any order"),
        ('"c a"~1', {"5", "7"}, "one other among them"),
        ('"c a"~0', {"5"}, "none among them"),
        ('"a … c"', {"5", "7"}, "a gap of one word, or none"),
        ('"c … a"', set(), "in order"),
        ('"? c"', {"3", "5", "6", "7"}, "a sign by itself is no word"),
        ('"a* … c*"', {"5", "7"}, "patterns and a gap"),
    ],
)
def test_finds(searcher: Any, typed: str, addresses: set[str], why: str) -> None:
    assert {hit["address"] for hit in searcher.search(tree(typed), limit=None)} == addresses, why


def test_a_field_adds_nothing_to_a_score(searcher: Any) -> None:
    plain = {hit["address"]: hit.score for hit in searcher.search(tree("c"), limit=None)}
    narrowed = searcher.search(
        tree("c speaker:c since:0001 (speaker:a OR speaker:b OR speaker:c)"), limit=None
    )
    assert {hit["address"]: hit.score for hit in narrowed} == plain

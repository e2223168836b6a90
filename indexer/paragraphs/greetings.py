"""Greetings and closings: the courtesies around the substance of a statement.

Two questions are put to the one table of courtesies. A heading ends where a line
`begins_with_greeting`, whatever the line goes on to say. A paragraph `is_greeting` when it
says nothing more. Only where the heading is over may a name with its title be a greeting
too ("Mr. Luis Vega,"): in a heading it tells who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from onrecord.indexer.paragraphs.courtesies import address, alone, any_of, person
from onrecord.indexer.statement import Role

__all__ = ["begins_with_greeting", "calls_several", "is_closing", "is_greeting", "is_invocation", "roles"]

# The longest form of address in a round of protocol, and the longest thanks, leave room under these.
_MOST_CHARACTERS_OF_GREETING = 200
_MOST_CHARACTERS_OF_CLOSING = 90
_MOST_CHARACTERS_OF_CALL = 120
# A greeting is looked for in so many characters of a line; some expressions read to its end.
_LONGEST_LOOK = 1000
# Who speaks about himself or says that something is has begun the substance.
_SPEAKS = (
    r"\b(?:i|we|it|this|that|is|are|was|has|have|will|would|must|shall|should|can|let|allow|permit|us|me|"
    r"je|j|nous|permettez|est|sont|yo|nosotros|quiero|deseo|permítame|permítanme|es|son|está|"
    r"eu|nós|gostaria|é|ich|wir|ist|sind|я|мы|нам|наша)\b"
)
# "Distinguished representatives of Governments and of international organizations" has eight.
_MOST_WORDS_OF_ADDRESS = 10
_PIECE_END = re.compile(r"\s*[,;:!()،，、：！。…—–]+\s*|(?<=\w{4})[.]\s*")
_AND = re.compile(r"\s+(?:and|et|y|e|und|och|og|и)\s+")
_SMALL_WORD = re.compile(
    r"of|the|and|all|our|my|other|to|for|at|in|de|du|des|la|le|les|et|y|e|a|el|los|del|do|da|dos|das|der|und"
)
_ABBREVIATED = re.compile(r"\b[A-ZÀ-Þ](?:\w|[a-z]{2})?\.$")
# With these a call ends; a colon after a name leads to what that person said.
_CALL_END = re.compile(r"[,;!،，！…]\s*$")
# What a record tells stands in brackets: "[Mr. Deputy Speaker in the Chair]".
_ASIDE = "["
_MID_SENTENCE = re.compile(r"[a-zà-ÿ]{2}")
# What says more of those who are blessed.
_SAID_OF = re.compile(r"\b(?:who|whom|which|that|because|for|as|qui|que|der|die|котор\w+)\b", re.IGNORECASE)
# What someone is thanked for is substance.
_FOR = re.compile(r"\b(?:for|pour|por|für|per|för|за)\b", re.IGNORECASE)


def roles(texts: Sequence[str]) -> list[Role]:
    """Tell what each paragraph of a statement does.

    Greetings stand before all else and closings after it; the same words inside
    the statement are body. Who is named beside a greeting is greeted too.

    >>> [role.value for role in roles(["Mr. President,", "We agree.", "I thank you."])]
    ['greeting', 'body', 'closing']
    """
    closings = _count(is_closing(text) for text in reversed(texts))
    called = list(takewhile(lambda text: _calls(text) or calls_several(text), texts[: len(texts) - closings]))
    greetings = len(called) if any(is_greeting(text) or calls_several(text) for text in called) else 0
    body = len(texts) - greetings - closings
    return [Role.GREETING] * greetings + [Role.BODY] * body + [Role.CLOSING] * closings


def begins_with_greeting(text: str) -> bool:
    """Tell whether a line begins to address those present; one in the middle of a sentence does not.

    >>> begins_with_greeting("Mr. President, we meet at a grave hour."), begins_with_greeting("Mr. Vega,")
    (True, False)
    """
    if _MID_SENTENCE.match(text):
        return False
    return any(form.match(text, 0, _LONGEST_LOOK) for form in (address(), any_of("thanks"), alone()))


def calls_several(line: str) -> bool:
    """Tell whether a line calls whom it names and those present, or several by nothing but their office.

    >>> calls_several("Chair, Secretary-General,"), calls_several("Director-General, Excellencies,")
    (True, True)
    >>> calls_several("Ministers, survivors, dear friends,"), calls_several("Mr. Vega, Minister of Trade,")
    (True, False)
    """
    if _MID_SENTENCE.match(line) or not _CALL_END.search(line):
        return False
    first, *others = _pieces(line) or [""]
    if len(line) <= _MOST_CHARACTERS_OF_CALL and any(_is_call_of_several(piece) for piece in others):
        return True
    if not is_greeting(line):
        return False
    if others and all(alone().match(f"{piece},") for piece in (first, *others)):
        return True
    return any(_calls_present(piece) for piece in others)


def _is_call_of_several(piece: str) -> bool:
    """Tell whether words are a call and no more, so that whoever is named before them is called too."""
    esteemed = any_of("esteem").match(piece)
    called = piece[esteemed.end() :].strip() if esteemed else piece
    return _is_all_greeting(called) or all(map(_is_all_greeting, _AND.split(called)))


def _is_all_greeting(words: str) -> bool:
    greeting = any_of("greeting").match(words)
    return greeting is not None and greeting.end() == len(words)


def _calls_present(piece: str) -> bool:
    """Tell whether words call more than one: "Excellencies", "distinguished colleagues"."""
    esteemed = address().match(piece)
    return any_of("greeting").match(piece) is not None or (
        esteemed is not None and esteemed[0].casefold().endswith("s")
    )


def is_greeting(text: str) -> bool:
    """Recognise a form of address and nothing more; of a name alone, one that ends as a call does.

    >>> is_greeting("Monsieur le Président,"), is_greeting("Mr. President, we meet at a grave hour.")
    (True, False)
    >>> is_greeting("Mr. Luis Vega,"), is_greeting("Mr. Luis Vega")
    (True, False)
    """
    if not _calls(text):
        return False
    if _CALL_END.search(text) or alone().match(text):
        return True
    return any(address().match(piece) or any_of("thanks").match(piece) for piece in _pieces(text))


def is_closing(text: str) -> bool:
    """Recognise thanks or a blessing, and nothing more; a form of address may stand before it.

    >>> is_closing("Muchas gracias."), is_closing("Thank you for the report, which shows what is left to do.")
    (True, False)
    >>> is_closing("Mr President, I THANK YOU."), is_closing("May God bless the people of Samoa.")
    (True, True)
    """
    if len(text) > _MOST_CHARACTERS_OF_CLOSING:
        return False
    return any(_closes(text, begin) for begin in _behind_addresses(text))


def _closes(text: str, begin: int) -> bool:
    """Tell whether what begins at a place of a text is thanks or a blessing and nothing more."""
    thanks = any_of("thanks", "closing").match(text, begin)
    if thanks is not None:
        return _substance().search(text, thanks.end()) is None
    blessing = any_of("blessing").match(text, begin)
    return blessing is not None and not (
        _substance().search(text, blessing.end()) or _SAID_OF.search(text, blessing.end())
    )


def _behind_addresses(text: str) -> Iterator[int]:
    """Yield where a closing may begin: at the beginning, and behind each form of address there."""
    yield 0
    begin = 0
    for end in _PIECE_END.finditer(text):
        piece = text[begin : end.start()].removesuffix(" all")
        if piece and not ((_opens(piece) or begin) and _is_address(piece)):
            return
        begin = end.end()
        yield begin


def is_invocation(text: str) -> bool:
    """Tell whether a line invokes God, which greets nobody yet where it stands before a heading."""
    return any_of("invocation").match(text) is not None


def _count(found: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(bool, found))


def _calls(text: str) -> bool:
    """Tell whether all that a text says is whom it addresses or names."""
    if len(text) > _MOST_CHARACTERS_OF_GREETING or text.endswith("?") or text.startswith(_ASIDE):
        return False
    if _ABBREVIATED.search(text) or _substance().search(text):
        return False
    if alone().match(text):
        return True
    pieces = _pieces(text)
    return bool(pieces) and _opens(pieces[0]) and all(_is_address(piece) for piece in pieces)


def _pieces(text: str) -> list[str]:
    """Split a text where a comma or a stronger sign may end a form of address."""
    return [piece for piece in _PIECE_END.split(text) if piece.strip()]


def _opens(piece: str) -> bool:
    if person().match(piece) and not _MID_SENTENCE.match(piece):
        return True
    return bool(address().match(piece) or any_of("thanks").match(piece))


def _is_address(piece: str) -> bool:
    """Tell whether the words between two commas call someone: "ladies and gentlemen", "Minister Sato"."""
    several = _AND.split(piece)
    if len(several) > 1 and all(_is_address(part) for part in several):
        return True
    words = piece.split()
    if len(words) > _MOST_WORDS_OF_ADDRESS or not words or _SMALL_WORD.fullmatch(words[-1].lower()):
        return False
    thanks = any_of("thanks").match(piece)
    if thanks:
        rest = piece[thanks.end() :].strip(" .")
        return not rest or (_is_address(rest) and not _FOR.search(rest))
    if address().match(piece) or any_of("esteem").match(piece) or alone().match(f"{piece},"):
        return True
    return all(_may_call(word) for word in words)


def _may_call(word: str) -> bool:
    """Tell whether a word may be part of a name or call those present."""
    plain = word[0].isupper() or not word[0].isalpha() or _SMALL_WORD.fullmatch(word)
    return bool(plain or person().fullmatch(word))


@cache
def _substance() -> re.Pattern[str]:
    """Compile the words that begin the substance; "my" and "our" do not where those present follow."""
    present = any_of("esteem", "present", "greeting").pattern
    return re.compile(rf"{_SPEAKS}|\b(?:my|our)\b(?!{present})", re.IGNORECASE)

"""Typed text, cut into the tokens of the grammar.

Nothing is lost here: what is left out, because it holds neither letter nor
digit, is handed back beside the tokens.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple
from unicodedata import normalize

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import QueryError
from onrecord.search.language.mending import mended
from onrecord.search.language.quotation import plain_quotation
from onrecord.search.language.quotation_marks import QUOTES, closing_mark
from onrecord.search.language.shown import displayed
from onrecord.search.language.signs import DASHES, reference_end, signs_around
from onrecord.search.language.wildcards import without_question_mark
from onrecord.search.query.limits import LENGTH, WORDS

__all__ = ["FIELDS", "Kind", "Token", "read_tokens", "value_token"]

#: The fields that a question may name, each with an example of its use.
FIELDS = {
    "speaker": "speaker:japan",
    "person": 'person:"Ban Ki-moon"',
    "post": 'post:"foreign minister"',
    "behalf": 'behalf:"European Union"',
    "delivered": "delivered:finland",
    "forum": 'forum:"conference on disarmament"',
    "place": "place:geneva",
    "title": 'title:"general debate"',
    "language": "language:fr",
    "date": "date:2019..2021",
    "since": "since:2015",
    "until": "until:2021-09",
}
# In Hebrew a straight quotation mark between letters is one of them: צה"ל.
_LEXEME = re.compile(
    rf'[()]|(?<![א-ת])[{QUOTES}]|[{QUOTES}](?![א-ת])|(?:[^\s(){QUOTES}]|(?<=[א-ת])"(?=[א-ת]))+'
)
_NEARNESS = re.compile(rf"~([^\s(){QUOTES}]*)")
_TILDE = re.compile(r"~[0-9]*")
_FUZZINESS = frozenset(("~", "~1", "~2"))
# Words that are operators elsewhere, or here in capitals, and what to write for what they mean there.
_OPERATORS_ELSEWHERE = {
    "or": "write OR for either",
    "and": "leave it out, for all words must occur",
    "not": "write NOT or a minus to leave a word out",
    "NEAR": 'write "mines victims"~5 for words near each other',
    "ADJ": 'write "mine action" for words side by side',
    "XOR": "write (a -b) OR (b -a) for one of two",
    "ANDNOT": "write NOT or a minus to leave a word out",
}


class Kind(Enum):
    """What a token is."""

    START = auto()
    WORD = auto()
    PHRASE = auto()
    VALUE = auto()  #: a value that was given by name, and not typed into a question
    FIELD = auto()  #: a field name; its value, a word or a phrase or a group of them, is next
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of a question; a tuple, because one is made for every word typed."""

    kind: Kind
    text: str  #: as typed, in NFC, without its quotation marks or colon
    position: int  #: in the typed question, in characters counted from 0
    typed: str  #: the whole question
    words: tuple[str, ...] = ()  #: folded
    within: str | None = None  #: what follows ``~`` directly behind a phrase

    def error(self, message: str) -> QueryError:
        """Return an error that points at this token."""
        return QueryError(message, query=self.typed, position=self.position)


_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_BRACKETS = {"(": Kind.OPEN, ")": Kind.CLOSE}
_SMALL_OPERATORS = frozenset(("or", "and", "not"))
# What an operator would stand behind, and before.
_ENDINGS = frozenset((Kind.WORD, Kind.PHRASE, Kind.CLOSE))
_BEGINNINGS = frozenset((Kind.WORD, Kind.PHRASE, Kind.OPEN, Kind.FIELD, Kind.NOT))


def read_tokens(typed: str) -> tuple[list[Token], list[str]]:
    """Cut a question into tokens, from START to END; beside them, what is to be said about it.

    >>> tokens, notes = read_tokens("mines & -peace")
    >>> [token.kind.name for token in tokens], notes
    (['START', 'WORD', 'NOT', 'WORD', 'END'], ['signs left out: &'])
    """
    if len(typed) > LENGTH.most:
        raise LENGTH.error(typed, LENGTH.most)
    lexer = _Lexer(mended(typed))
    lexer.read()
    return lexer.tokens, lexer.notes()


def value_token(value: str) -> Token:
    """Return a value that came without a question around it: its signs are ordinary text."""
    if len(value) > LENGTH.most:
        raise LENGTH.error(value, LENGTH.most)
    text = normalize("NFC", value)
    return Token(Kind.VALUE, text, 0, value, tuple(words(text)))


def words_like_operators(tokens: list[Token]) -> list[str]:
    """Say of words between others that are operators elsewhere how they are read here."""
    named = {}
    for before, token, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        name = token.text.lower() if token.text.lower() in _SMALL_OPERATORS else token.text
        if token.kind is not Kind.WORD or name not in _OPERATORS_ELSEWHERE or behind.kind not in _BEGINNINGS:
            continue
        if before.kind in _ENDINGS or (name == "not" and before.kind is not Kind.FIELD):
            named[token.text] = f'"{token.text}" is looked for as a word ({_OPERATORS_ELSEWHERE[name]})'
    return list(named.values())


def _meant_elsewhere(text: str, typed: str, start: int) -> str | None:
    from onrecord.search.language.other_engines import sentence_for  # words of letters alone mean the same

    return sentence_for(text, typed=typed, start=start, fields=FIELDS)


class _Lexer:
    """Reads from left to right, one lexeme at a time."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.tokens = [Token(Kind.START, "", 0, typed)]
        self.left_out: list[str] = []
        self.ended = ""  #: the word whose question mark ended the question
        self._count = 0

    def read(self) -> None:
        position = 0
        while lexeme := _LEXEME.search(self.typed, position):
            position = self._take(lexeme.group(), lexeme.start())
        self._add(Kind.END, "", len(self.typed))

    def _take(self, text: str, start: int) -> int:
        """Take what was typed at a place; return where it ends."""
        end = start + len(text)
        if text in QUOTES:
            return self._phrase(start)
        if text in _BRACKETS or text in _OPERATORS:
            self._add(_BRACKETS.get(text) or _OPERATORS[text], text, start)
            return end
        if not text.isalpha() or self.typed[end : end + 1] == "(":  # a plain word is nobody's operator
            refused = _meant_elsewhere(text, self.typed, start)
            if refused or (refused := self._loose_tilde(text, start)):
                raise self._error(refused, start)
        end = reference_end(self.typed, start, end)
        text = self._without_last_mark(self.typed[start:end], end)
        if text[0] in DASHES:
            self._minus(text, start)
        else:
            self._operand(text, start)
        return end

    def _loose_tilde(self, text: str, start: int) -> str | None:
        """Say what is wrong with a ``~`` that does not stand directly behind a word or a phrase."""
        before = self.tokens[-1].kind
        if before is Kind.PHRASE and _TILDE.fullmatch(text):
            return f'A ~ stands directly behind its phrase; write "mines victims"{text} without a space.'
        if before is Kind.WORD and text in _FUZZINESS:
            return f"A ~ stands directly behind its word; write landmine{text} without a space."
        if before is Kind.CLOSE and _TILDE.fullmatch(text):
            return 'A ~ stands behind a word or quotation marks, not brackets; write "mines victims"~5.'
        return None

    def _without_last_mark(self, text: str, end: int) -> str:
        """Take off the question mark at the very end of a question, unless the word has another wildcard."""
        if self.typed[end:].strip() or (plain := without_question_mark(text)) == text:
            return text
        self.left_out.append("?")
        self.ended = plain
        return plain

    def notes(self) -> list[str]:
        """Name the signs that were left out, and what may have been meant otherwise than it was read."""
        notes = [f"signs left out: {' '.join(map(displayed, self.left_out))}"] if self.left_out else []
        if self.ended:
            notes.append(
                f"a ? at the very end is punctuation (write ({displayed(self.ended)}?) for one letter)"
            )
        return notes + words_like_operators(self.tokens)

    def _add(self, kind: Kind, text: str, position: int) -> None:
        self.tokens.append(Token(kind, text, position, self.typed))

    def _add_words(self, kind: Kind, text: str, position: int, within: str | None = None) -> None:
        text = normalize("NFC", text)
        token = Token(kind, text, position, self.typed, tuple(words(text)), within)
        self._count += len(token.words)
        if self._count > WORDS.most:
            raise WORDS.error(self.typed, position)
        self.tokens.append(token)

    def _error(self, message: str, position: int) -> QueryError:
        return QueryError(message, query=self.typed, position=position)

    def _phrase(self, start: int) -> int:
        """Take the phrase whose opening quotation mark is at ``start``; return where it ends."""
        closing = closing_mark(self.typed, start)
        if closing is None:
            raise self._error(
                "This quotation mark is never closed; write another one after the phrase, or take it out.",
                start,
            )
        nearness = _NEARNESS.match(self.typed, closing + 1)
        within = nearness and nearness.group(1)
        text, signs = plain_quotation(self.typed[start + 1 : closing])
        self.left_out += signs
        self._add_words(Kind.PHRASE, text, start, within)
        return nearness.end() if nearness else closing + 1

    def _minus(self, text: str, position: int) -> None:
        """Take a minus sign and the word behind it; its phrase or group is the next lexeme."""
        rest = text[1:]
        glued = self._opens(position + len(text))
        if not glued and not rest.strip(DASHES) and text != "-":
            self.left_out.append(text)
            return
        if rest and rest[0] in DASHES:
            raise self._error("Two minus signs say nothing; write one, or none.", position)
        refused = rest and _meant_elsewhere(rest, self.typed, position + 1)
        if refused:
            raise self._error(refused, position + 1)
        self._add(Kind.NOT, text[0], position)
        taken = self._operand(rest, position + 1) if rest else glued
        if not taken:
            raise self._error(
                "This minus sign leaves nothing out; write it directly before a word, or take it out.",
                position,
            )

    def _opens(self, position: int) -> bool:
        """Tell whether a phrase or a group opens here."""
        return self.typed[position : position + 1] in {"(", *QUOTES}

    def _operand(self, text: str, position: int) -> bool:
        """Take a word or a field; False where it is only signs and was left out."""
        name, colon, value = text.partition(":")
        if colon and name.isascii() and name.isalpha() and self._field(name, value, position):
            return True
        if "*" not in text and not words(text):
            self.left_out.append(text)
            return False
        self._add_words(Kind.WORD, text, position)
        self.left_out += signs_around(text)
        return True

    def _field(self, name: str, value: str, position: int) -> bool:
        """Take a field and its value, unless the colon is that of ordinary text."""
        begin = position + len(name) + 1
        opened = not value and self._opens(begin)
        quoted = opened and self.typed[begin] != "("
        field = name.lower()
        if field not in FIELDS:
            if quoted or value[:1].isalnum():
                raise self._error(_unknown(field, name), position)
            return False
        if not value and not opened:
            raise self._error(self._no_value(field, begin), position)
        self._add(Kind.FIELD, field, position)
        if value:
            self._add_words(Kind.WORD, value, begin)
        return True

    def _no_value(self, field: str, begin: int) -> str:
        if self.typed[begin:].strip():
            return f"{field}: has a space behind it; write its value directly, as in {FIELDS[field]}."
        return f"{field}: has no value; write one directly behind it, as in {FIELDS[field]}."


def _unknown(field: str, name: str) -> str:
    from difflib import get_close_matches  # most questions name no other field

    near = get_close_matches(field, FIELDS, 1)
    advice = FIELDS[near[0]] if near else "one of " + ", ".join(f"{known}:" for known in FIELDS)
    return f'There is no field "{displayed(name)}:"; write {advice}, or put ordinary text in quotation marks.'

"""Typed text, cut into the tokens of the grammar.

Nothing is lost here: what is left out, because it holds neither letter nor
digit, is handed back beside the tokens.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import Enum, auto
from typing import NamedTuple
from unicodedata import normalize

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import QueryError
from onrecord.search.language.mending import mended
from onrecord.search.query.limits import LENGTH, WORDS

__all__ = ["FIELDS", "Kind", "Token", "displayed", "read_tokens", "value_token"]

#: The fields that a question may name, each with an example of its use.
FIELDS = {
    "speaker": "speaker:japan",
    "forum": 'forum:"conference on disarmament"',
    "place": "place:geneva",
    "title": 'title:"general debate"',
    "language": "language:fr",
    "date": "date:2019..2021",
    "since": "since:2015",
    "until": "until:2021-09",
}
# Any of them opens a phrase and any closes it, since keyboards and word processors mix them.
_QUOTES = '"“”„‟«»＂'
_LEXEME = re.compile(rf"[()]|[{_QUOTES}]|[^\s(){_QUOTES}]+")
_QUOTE = re.compile(f"[{_QUOTES}]")
_NEARNESS = re.compile(rf"~([^\s(){_QUOTES}]*)")
_SHOWN = 40  # characters of what was typed that fit into a sentence about it


class Kind(Enum):
    """What a token is."""

    START = auto()
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()  #: a field name; its value, a word or a phrase, is the next token
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


def read_tokens(typed: str) -> tuple[list[Token], list[str]]:
    """Cut a question into tokens, from START to END, and what was left out of them.

    >>> tokens, left_out = read_tokens("mines & -peace")
    >>> [token.kind.name for token in tokens], left_out
    (['START', 'WORD', 'NOT', 'WORD', 'END'], ['&'])
    """
    if len(typed) > LENGTH.most:
        raise LENGTH.error(typed, LENGTH.most)
    lexer = _Lexer(mended(typed))
    lexer.read()
    return lexer.tokens, lexer.left_out


def value_token(value: str) -> Token:
    """Return a value that came without a question around it, as if it stood in quotation marks."""
    if len(value) > LENGTH.most:
        raise LENGTH.error(value, LENGTH.most)
    text = normalize("NFC", value)
    return Token(Kind.PHRASE, text, 0, value, tuple(words(text)))


def displayed(text: str) -> str:
    """Return what was typed so that it can stand in a sentence: printable, and not long."""
    printable = text if text.isprintable() else ascii(text)[1:-1]
    return printable if len(printable) <= _SHOWN else f"{printable[: _SHOWN - 1]}…"


class _Lexer:
    """Reads from left to right, one lexeme at a time."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.tokens = [Token(Kind.START, "", 0, typed)]
        self.left_out: list[str] = []
        self._count = 0

    def read(self) -> None:
        position = 0
        while lexeme := _LEXEME.search(self.typed, position):
            text, position = lexeme.group(), lexeme.end()
            if text in _BRACKETS:
                self._add(_BRACKETS[text], text, lexeme.start())
            elif text in _QUOTES:
                position = self._phrase(lexeme.start())
            elif text in _OPERATORS:
                self._add(_OPERATORS[text], text, lexeme.start())
            elif text[0] == "-":
                self._minus(text, lexeme.start())
            else:
                self._operand(text, lexeme.start())
        self._add(Kind.END, "", len(self.typed))

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
        closing = _QUOTE.search(self.typed, start + 1)
        if closing is None:
            raise self._error(
                "This quotation mark is never closed; write another one after the phrase, or take it out.",
                start,
            )
        nearness = _NEARNESS.match(self.typed, closing.end())
        within = nearness and nearness.group(1)
        self._add_words(Kind.PHRASE, self.typed[start + 1 : closing.start()], start, within)
        return nearness.end() if nearness else closing.end()

    def _minus(self, text: str, position: int) -> None:
        """Take a minus sign and the word behind it; its phrase or group is the next lexeme."""
        rest = text[1:]
        glued = self._opens(position + len(text))
        if not glued and rest and not rest.strip("-"):
            self.left_out.append(text)
            return
        if rest.startswith("-"):
            raise self._error("Two minus signs say nothing; write one, or none.", position)
        self._add(Kind.NOT, text[0], position)
        taken = self._operand(rest, position + 1) if rest else glued
        if not taken:
            raise self._error(
                "This minus sign leaves nothing out; write it directly before a word, or take it out.",
                position,
            )

    def _opens(self, position: int) -> bool:
        """Tell whether a phrase or a group opens here."""
        return self.typed[position : position + 1] in {"(", *_QUOTES}

    def _operand(self, text: str, position: int) -> bool:
        """Take a word or a field; False where it is only signs and was left out."""
        name, colon, value = text.partition(":")
        if colon and name.isascii() and name.isalpha() and self._field(name, value, position):
            return True
        if "*" not in text and not words(text):
            self.left_out.append(text)
            return False
        self._add_words(Kind.WORD, text, position)
        return True

    def _field(self, name: str, value: str, position: int) -> bool:
        """Take a field and its value, unless the colon is that of ordinary text."""
        begin = position + len(name) + 1
        quoted = not value and self._opens(begin) and self.typed[begin] != "("
        field = name.lower()
        if field not in FIELDS:
            if quoted or value[:1].isalnum():
                raise self._error(_unknown(field, name), position)
            return False
        if not value and not quoted:
            raise self._error(self._no_value(field, begin), position)
        self._add(Kind.FIELD, field, position)
        if value:
            self._add_words(Kind.WORD, value, begin)
        return True

    def _no_value(self, field: str, begin: int) -> str:
        if self.typed[begin : begin + 1] == "(":
            return f"{field}: takes one value and no group; write the field before each, with OR between."
        if self.typed[begin:].strip():
            return f"{field}: has a space behind it; write its value directly, as in {FIELDS[field]}."
        return f"{field}: has no value; write one directly behind it, as in {FIELDS[field]}."


def _unknown(field: str, name: str) -> str:
    near = get_close_matches(field, FIELDS, 1)
    advice = FIELDS[near[0]] if near else "one of " + ", ".join(f"{known}:" for known in FIELDS)
    return f'There is no field "{displayed(name)}:"; write {advice}, or put ordinary text in quotation marks.'

"""A label: the words at the beginning of a paragraph that say who speaks it.

``Ms. Lind (Sweden):``, ``The Minister of Finance (Mr. Osei):``, ``M. le président.``, ``O SR. PRESIDENTE –``,
``主席：``. A label ends with a colon, a full stop or a dash, and a record keeps to one of them. What a
label looks like says how sure it is: an office, or a name behind its title, is no heading of a
section, while two words in capitals may be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.indexer.formats.verbatim.floor import part_from_group
from onrecord.indexer.register import Delegation
from onrecord.indexer.register.offices import is_chair_word
from onrecord.indexer.turns.kinds import (
    MOST_WORDS,
    SURNAME_FIRST,
    Kind,
    delegation_of,
    is_capital,
    is_name,
    is_office,
    is_office_word,
    is_post,
    is_titled,
    kind_of,
    post_in,
    state_in,
)
from onrecord.indexer.turns.words import bare, is_any

__all__ = ["Label", "asks", "labels_at", "names_alone"]

# No label met is longer; the ministers of France come near it.
_LONGEST, _LONGEST_ALONE = 180, 100
# The number of a question or a turn, or the time, before the name.
_BEFORE = re.compile(
    r"[\s*_#>•-]*(?:(?:Q\.?\s?\d{1,4}|\d{1,4}[.)]|\(\d{1,4}\)|\[\d{1,4}\]|#\d{1,4}|Anf\.\s?\d{1,4}"
    r"|[\[(]?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?[\])]?)[\s.:–—-]*\s)?[*_]*"
)
_ASIDE = re.compile(r"\s*(?:\(((?:[^()]|\([^()]*\))*)\)|\[([^\[\]]*)\]|（([^（）]*)）)[\s*_]*$")
_OPEN, _CLOSE = "([（", ")]）"
# "Ms. Adjei (Ghana), Chair": a post behind the brackets behind a name.
_POST_BEHIND = re.compile(r"(?P<name>[^()]+)(?P<asides>(?:\([^()]+\)\s?){1,3}),\s(?P<post>[^()]+)")
_NAMED = frozenset({Kind.TITLED, Kind.STATE, Kind.BRACKET})
# Where a label may end, and what no name holds.
_NO_NAME = '?!;“”"«»'
_STOP = re.compile(rf"[:：.–—|{re.escape(_OPEN + _CLOSE + _NO_NAME)}-]")
# "Q  Mr. President, why?": a reporter; "○議長（山田太郎君） これより": the records of Japan and Korea.
# Before a tribunal "A." answers; that "A. Ports" is a heading, only the questions beside it can tell.
_Q = re.compile(r"(?P<sign>Q\.?\s+|A(?:\.\s+|\s{2,}))(?=[“\"]?[A-Z])")
_CIRCLE = re.compile(
    r"[○◯〇]\s?(?P<name>[^\s（）()：:]{1,24})(?:[（(](?P<who>[^（）()]{1,24})[）)])?[\s\u3000]+(?=\S)"
)
_HANGUL_WORD = re.compile(r"(?P<word>[가-힣]{1,8})\s+(?=\S)")
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
_REPRESENTS = re.compile(
    r"(?:(?:the|le|la|el)\s)?(?:representative|delegate|delegation|observer|représentante?|délégation|delegación"
    r"|representante)\s(?:of|for|de|du|d[’']|del)\s?(?:(?:the|la|l[’']|los|les)\s?)?(?P<whom>.+)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s*_–—-]*")
_NAME_FOLLOWS = re.compile(r"[\s*_–—-]*+(?:[“\"'«„¿¡(\[]?\s*+\S)?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_INITIAL_FOLLOWS = re.compile(r"\s*[^\W\d_]\.(?!\w\w)")


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks, as printed: the words before the brackets, what stands in them, and the sign at the end.

    ``length`` is how many characters of the line it takes; none where the record tells who asks, and
    the ``words`` stay. ``besides`` says for whom else, or how: "speaking on behalf of the European Union",
    "in writing". ``behind`` is the end of the name that stands behind the brackets: "(Ghana), Chair".
    """

    name: str
    asides: tuple[str, ...]
    kind: Kind
    mark: str
    length: int
    words: str
    besides: str = ""
    behind: str = ""

    @property
    def key(self) -> str:
        """What tells one speaker from another: the chair, or the last word of the name."""
        if self.kind is Kind.CHAIR:
            return "the chair"
        person = self.person or self.name
        if self.mark == "○":  # the title stands behind the name
            return bare(person.split()[0])
        if SURNAME_FIRST.fullmatch(person):
            return bare(person.split()[0])
        return bare(person.split()[-1])

    @property
    def person(self) -> str | None:
        """The person that it names: before a comma, in brackets or behind an office."""
        if self.kind in (Kind.CHAIR, Kind.OFFICE):
            return self._holder
        if self.kind is Kind.DELEGATION or delegation_of(self.name) or _represented(self.name):
            return next(filter(is_titled, self.asides), None)
        return self.name.partition(", ")[0].strip()

    @property
    def post(self) -> str | None:
        """The office or the post that it names."""
        if self.kind in (Kind.CHAIR, Kind.OFFICE):
            holder = self._holder
            return (self.name.removesuffix(holder).rstrip(" ,") if holder else self.name) or None
        if _represented(self.name):
            return self.name
        behind = self.name.partition(", ")[2]
        if not behind:
            return next(filter(None, (post_in(aside) for aside in self.asides)), None)
        return None if delegation_of(behind) else behind

    @property
    def _holder(self) -> str | None:
        """Whoever holds the office: in brackets, behind a comma, or right behind it."""
        for aside in self.asides:
            if is_titled(aside) or (is_name(aside.split(), post=False) and not delegation_of(aside)):
                return aside.partition(" (")[0]
        office, _, behind = self.name.partition(", ")
        if behind:
            return behind if is_titled(behind) else None
        tokens = office.split()
        last = next((at for at in range(len(tokens) - 1, -1, -1) if is_office_word(tokens[at])), len(tokens))
        held = tokens[last + 1 :]
        if len(held) > 2 and held[0].isalpha() and held[0].isupper() and not held[-1].isupper():
            held = held[1:]  # "Předseda PSP Jan Novák": over what someone presides
        if not held or not is_name(held, post=False):
            return None
        # Behind "Minister" may stand what it is for; "President Dr. Wind" presides, and is for nothing.
        named = (self.kind is Kind.CHAIR or self.mark == "○") and is_capital(held[0])
        return " ".join(held) if named or is_titled(" ".join(held)) else None

    @property
    def delegation(self) -> Delegation | None:
        """The delegation that it names, in brackets or alone."""
        named = [self.name, *self.asides, self.name.partition(", ")[2], _represented(self.name)]
        return next(filter(None, map(state_in, filter(None, named))), None)


def labels_at(line: str) -> Iterator[Label]:
    """Yield the label with which a line begins, for each sign with which one may end.

    >>> [(label.name, label.asides, label.mark) for label in labels_at("Ms. Lind (Sweden): We agree.")]
    [('Ms. Lind', ('Sweden',), ':')]
    >>> [label.name for label in labels_at("M. le président. La séance est ouverte.")]
    ['M. le président']
    >>> list(labels_at("The Minister said: no.")), list(labels_at("Climate change: we act."))
    ([], [])
    """
    special = _asked_or_marked(line)
    if special is not None:
        yield special
        return
    begin = _BEFORE.match(line)
    assert begin is not None
    found: set[str] = set()
    for head, mark, end in _cuts(line, begin.end()):
        if mark in found:
            continue
        label = _label(head, mark, end, words=line[begin.end() : end])
        if label is not None:
            found.add(mark)
            yield label


def _asked_or_marked(line: str) -> Label | None:
    """Return the label of a question that has no colon, or of a turn that begins with a circle."""
    asked = _Q.match(line)
    if asked:
        named = _named_behind(line, asked.end())
        return named or Label(line[0], (), Kind.ASKS, ":", asked.end(), asked[0].strip())
    marked = _CIRCLE.match(line)
    if marked is None:
        return None
    name, asides = marked["name"], tuple(filter(None, [marked["who"]]))
    korean = None if asides else _in_korean(line, marked)
    if korean is not None:
        return korean
    presides = any(is_chair_word(name[at:]) for at in range(len(name)))
    kind = Kind.CHAIR if presides else Kind.OFFICE if asides else Kind.TITLED
    return Label(name, asides, kind, "○", marked.end(), marked[0].strip(" ○◯〇\u3000"))


def _in_korean(line: str, marked: re.Match[str]) -> Label | None:
    """Return the label of two words that ends with a name or a title: "◯의장 김철수", "◯박영희 의원"."""
    second = _HANGUL_WORD.match(line, marked.end())
    first = marked["name"]
    if second is None or not _HANGUL_NAME.fullmatch(first[:1] + "가"):
        return None
    named = f"{first} {second['word']}"
    words = line[: second.end()].strip(" ○◯〇\u3000")
    if is_any(second["word"], "honorific"):
        return Label(named, (), Kind.TITLED, "○", second.end(), words)
    if not is_office_word(first) or not is_any(second["word"][0], "surname"):
        return None
    kind = Kind.CHAIR if any(is_chair_word(first[at:]) for at in range(len(first))) else Kind.OFFICE
    return (
        Label(named, (), kind, "○", second.end(), words) if _HANGUL_NAME.fullmatch(second["word"]) else None
    )


def _named_behind(line: str, begin: int) -> Label | None:
    """Return who asks or answers by name: "Q. MR. BURKE: When?"."""
    for label in labels_at(line[begin : begin + _LONGEST]):
        if label.mark == ":" and label.kind is Kind.TITLED:
            return replace(label, length=begin + label.length, words=line[: begin + label.length].strip())
    return None


def _represented(name: str) -> str | None:
    """Return whom a representative represents: "The representative of Brazil"."""
    match = _REPRESENTS.match(name)
    return match["whom"] if match else None


def asks(line: str) -> Label | None:
    """Return who puts a question, where the record tells it: "Mr. Hall asked the Minister:-".

    >>> asks("Mr. Hall (Leeds) asked the Minister why.").name, asks("Mr. Hall asked himself why.")
    ('Mr. Hall', None)
    """
    tokens = line[:_LONGEST].split()
    at = next((at for at, token in enumerate(tokens[:MOST_WORDS]) if is_any(token, "asked")), None)
    if not at or at + 2 >= len(tokens) or not is_any(tokens[at + 1], "article"):
        return None
    if not is_office(tokens[at + 2 :]):
        return None
    words = " ".join(tokens[:at])
    name, asides = _without_asides(words)
    kind = kind_of(name, asides)
    return Label(name, asides, kind, ":", 0, words) if kind in (Kind.TITLED, Kind.STATE) else None


def names_alone(line: str) -> Label | None:
    """Return the label that a line is, with no sign behind it.

    >>> names_alone("Mr Hall").kind, names_alone("Mr Hall spoke of peace")
    (<Kind.TITLED: 'titled'>, None)
    """
    if len(line) > _LONGEST_ALONE:
        return None
    begin = _BEFORE.match(line)
    assert begin is not None
    return _label(line[begin.end() :], "", len(line), words=line[begin.end() :].strip())


def _cuts(line: str, begin: int) -> Iterator[tuple[str, str, int]]:
    """Yield where a label may end: what stands before, the sign, and how far the signs go."""
    depth = 0
    for stop in _STOP.finditer(line, begin, min(len(line), begin + _LONGEST)):
        sign, at = stop[0], stop.start()
        depth = max(0, depth + (sign in _OPEN) - (sign in _CLOSE))
        if depth or sign in _CLOSE:
            continue
        if sign in _NO_NAME:
            return
        elif sign in ":：":
            if not line[at + 1 : at + 2].isdigit():
                yield line[begin:at], ":", _end(line, at + 1)
            return
        elif sign == ".":
            if _begins_sentence(line, at + 1) and _ends_name(line[begin:at]):
                yield line[begin:at], ".", _end(line, at + 1)
        elif line[at - 1 : at] == " " and line[at + 1 : at + 2] in (" ", ""):
            yield line[begin:at], "|" if sign == "|" else "–", _end(line, at + 1)


def _ends_name(head: str) -> bool:
    """Tell a full stop behind a name from the one behind an initial in it."""
    last = head.rsplit(None, 1)[-1] if head.split() else ""
    if is_any(last, "abbreviated") and (is_any(last, "honorific") or "," in head or not is_titled(head)):
        return False  # "Mr. Min." may be a name
    return _INITIALS.fullmatch(last) is None or SURNAME_FIRST.fullmatch(head.strip()) is not None


def _end(line: str, at: int) -> int:
    after = _AFTER.match(line, at)
    return after.end() if after else at


def _begins_sentence(line: str, at: int) -> bool:
    """Tell whether a sentence may begin after a full stop."""
    follows = _NAME_FOLLOWS.match(line, at)
    if _INITIAL_FOLLOWS.match(line, at):
        return False
    if follows is None or not follows[0].strip():
        return False
    if not line[at : at + 1].isspace() and line[at : at + 1] not in "–—-":
        return False
    first = follows[0].rstrip()[-1]
    return not first.islower()


def _label(head: str, mark: str, end: int, *, words: str) -> Label | None:
    who, besides = _parted_from_manner(head)
    name, asides, behind = _with_post(*_without_asides(who))
    kind = kind_of(name, asides)
    if (
        kind is Kind.BARE
        and mark in (".", "–")
        and len(name.split()) > 1
        and head[len(who) :].startswith(",")
    ):
        kind = Kind.BRACKET
    if kind is None or (mark == "." and kind in (Kind.DELEGATION, Kind.ASKS)):
        return None
    if mark in (".", "–") and kind is Kind.BARE and not name.isupper():
        return None
    if mark in ("", "–") and kind in (Kind.ASKS, Kind.DELEGATION):
        return None
    if mark == "." and SURNAME_FIRST.fullmatch(name):
        name += "."
    return Label(name, asides, kind, mark, end, " ".join(words.split()), " ".join(besides.split()), behind)


def _parted_from_manner(head: str) -> tuple[str, str]:
    """Part the words that name a speaker from those that say for whom, or how: "in writing"."""
    name, besides = part_from_group(head)
    if besides:
        return name, besides
    name, comma, manner = head.rpartition(",")
    return (name, manner.strip(" *_")) if comma and is_any(manner.strip(" *_"), "manner") else (head, "")


def _with_post(name: str, asides: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    """Set a post that stands behind brackets before them; the name, what the brackets say, and the post.

    >>> _with_post("Ms. Adjei (Ghana), Chair", ())
    ('Ms. Adjei, Chair', ('Ghana',), 'Chair')
    """
    match = _POST_BEHIND.fullmatch(name)
    if match is None:
        return name, asides, ""
    person, own = _without_asides(match["name"] + match["asides"])
    kind = kind_of(person, own)
    if kind not in _NAMED or (kind is Kind.BRACKET and not is_post(match["post"])):
        return name, asides, ""
    return f"{person}, {match['post']}", (*own, *asides), match["post"]


def _without_asides(head: str) -> tuple[str, tuple[str, ...]]:
    asides: list[str] = []
    head = head.strip(" *_\t\xa0")
    while len(asides) < 4 and (aside := _ASIDE.search(head)):
        inside = next((group for group in aside.groups() if group is not None), "")
        asides.insert(0, " ".join(inside.split()))
        head = head[: aside.start()]
    return " ".join(head.strip(" *_,\t\xa0").split()), tuple(filter(None, asides))

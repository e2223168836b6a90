"""Lines that a page sets among or below the words of a statement, told by their own words.

``notices.csv`` holds them by kind and language, as regular expressions for the whole of a line. They
are what stands by itself on a page: a share bar, the day of the last change, "Back to top", the credit of a
picture. A sentence of a statement is never one, whatever its words; sentences about the cookies of the
site are. What stands amid running text, in the same kind of element, is a sentence however short it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.indexer.formats.web.text import Piece
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_closing
from onrecord.indexer.register.tables import rows
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["notice_in", "without_notices", "without_words_above_title"]

# Notices are short; those about cookies take several sentences.
_LONGEST, _LONGEST_ON_COOKIES = 160, 700
# Words from which on a line that ends as sentences do is one.
_SENTENCE_WORDS = 7
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'»”’)\]]*$")
_HINT_OF_COOKIES = re.compile(
    r"cook|kakor|informasjonskaps|traceur|ciastecz|куки|الارتباط|كوكيز|クッキー|小型文字|privac|confiden"
    r"|dsgvo|datenschutz|impressum|legal|terms|accept|akzept|ablehn|zulass|refus|acept|aceit|reject|continu"
    r"|poursuiv|принять|隐私|免责|الخصوصية|أوافق|قبول",
    re.IGNORECASE,
)
_HINT_OF_SITE = re.compile(
    r"e-?mail|correo|courriel|message|mensaje|nachricht|письмо|subscri|suscri|baja|abonn|inscri|anmeld|abmeld"
    r"|abbestell|iscrizi|iscrivit|cancella|cadastr|prenumer|registrera|браузер|browser|navegador|navigateur"
    r"|рассыл|отпис|الاشتراك|المتصفح|退订|取消|配信|浏览器|preferenc|view|opini|vues|propos|meinung|ansicht"
    r"|auffass|мнени|взгляд|site|endorse|webbläs",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s,;|·•/&:()\[\].–—-]+")
_MARK = re.compile(r"(?:•|\d+\.) ")
# "Photo:", "Image ©".
_LABEL = re.compile(r"[^.!?:©]{0,30}[:：©]")
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
# The time of the clock at which what follows was said.
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
# "Also read: " before a link.
_LABEL_OF_LINK = re.compile(r"([^:：]{3,40}?)\s?[:：]\s?(?=.)")
# Running text: so many letters, with fewer than half of them in links.
_RUN = 60
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_LONGEST_LINK = 200
# A link that leads to another place of its page.
_TO_PAGE, _SCRIPT = "#", "javascript:"
# Letters in links for each outside of them, in a line of links.
_MOST_BESIDE_LINKS = 6
_LINKS_OF_A_BAR = 2
# What stands above a title, beside the running text below it.
_MOST_ABOVE = 0.6
_LONGEST_DAY, _FEWEST_WORDS = 60, 4
# The label of a day without the day.
_LONGEST_LABEL = 30
_DIGIT = re.compile(r"\d")
# Notices that come as whole sentences.
_SENTENCES = frozenset(("comments", "newsletter", "picture", "press", "published", "rights", "site"))
# What no speaker says, wherever it stands.
_NEVER_SAID = frozenset(("press", "site", "end", "clock", "counter", "mail"))
# Below such a line little that runs on is left: what the site adds.
_ENDS_THE_TEXT = frozenset(("related", "comments", "newsletter", "press", "end"))
_LEAST_LEFT = 0.12
# More may be left where the next lines say that they are added: an address, the link of a teaser; and most
# behind a mark of the end above notes to editors.
_LEFT_OF_ADDED, _LEFT_OF_END = 0.3, 0.5
_ADDED = frozenset(("press", "contacts"))
# An e-mail address, a number of a telephone; among so many lines below who may be asked.
_REACHED_AT = re.compile(r"\w@\w|(?<![\w/])\+?\(?\d[\d ()./-]{6,30}\d")
_LINES_OF_ADDRESS = 8


# Where sentences run on, by the parent and the name of the elements they stand in.
_Stretches = dict[tuple[int, str], range]
_NO_STRETCH = range(0)


class _Wording(NamedTuple):
    """Expressions by kind, and the names of networks, with the words that stand beside them."""

    lines: re.Pattern[str]
    cookies: re.Pattern[str]
    long: re.Pattern[str]
    networks: re.Pattern[str]
    beside: re.Pattern[str]


@cache
def _wording() -> _Wording:
    words: dict[str, list[str]] = {}
    for row in rows("notices.csv", beside=__file__):
        words.setdefault(row["kind"], []).append(row["words"])
    apart = {kind: "|".join(words.pop(kind)) for kind in ("cookies", "networks", "beside")}
    long = "|".join(f"(?P<{kind}>{'|'.join(words.pop(kind))})" for kind in ("mail", "disclaimer"))
    lines = "|".join(f"(?P<{kind}>{'|'.join(some)})" for kind, some in words.items())
    return _Wording(
        *(
            re.compile(one, re.IGNORECASE)
            for one in (lines, apart["cookies"], long, apart["networks"], apart["beside"])
        )
    )


def notice_in(text: str) -> str | None:
    """Name the kind of notice that a line is.

    >>> notice_in("Share this on Facebook"), notice_in("Dernière modification : 3 mai 2021")
    ('networks', 'updated')
    >>> notice_in("We share this view.")
    """
    if len(text) > _LONGEST_ON_COOKIES:
        return None
    wording = _wording()
    if _HINT_OF_COOKIES.search(text) and wording.cookies.fullmatch(text):
        return "cookies"
    if _HINT_OF_SITE.search(text) and (found := wording.long.fullmatch(text)):
        return found.lastgroup
    if len(text) > _LONGEST:
        return None
    found = wording.lines.fullmatch(text)
    if found:
        kind = found.lastgroup
        return kind if kind in _SENTENCES or not _reads_as_sentence(text) else None
    names = [name for name in _SEPARATORS.split(text) if name]
    if not names or len(names) > 30:
        return None
    known = [name for name in names if wording.networks.fullmatch(name)]
    beside = all(name in known or wording.beside.fullmatch(name) for name in names)
    return "networks" if known and beside else None


def without_notices(pieces: list[Piece]) -> list[Piece]:
    """Leave out notices, lines that are nothing but links, and what a page adds below its text."""
    first = next((at for at, piece in enumerate(pieces) if _runs(piece)), None)
    if first is None:
        first = next((at for at, piece in enumerate(pieces) if _is_short_sentence(piece)), len(pieces))
    title = next((at for at, piece in enumerate(pieces) if piece.block.title), 0)
    left = whole = _running(pieces)
    stretches = _stretches(pieces)
    goes_on_to = 0
    last_thanks = next((at for at in reversed(range(len(pieces))) if is_closing(pieces[at].text)), 0)
    kept: list[Piece] = []
    listed = False
    for at, piece in enumerate(pieces):
        kind = _kind(piece)
        if kind == "contacts":
            kind = kind if _is_reached_at(pieces[at : at + _LINES_OF_ADDRESS]) else None
        elif kind not in _NEVER_SAID and _is_text_all_the_same(pieces, at, stretches=stretches):
            kind = None
        if kind == "contacts" and at > first and at > goes_on_to and left <= _LEFT_OF_ADDED * whole:
            break
        ends_the_text = (
            kind in _ENDS_THE_TEXT and at > first and left <= _left_below(pieces, at, kind) * whole
        )
        if ends_the_text and at > (last_thanks if kind in _NEVER_SAID else goes_on_to):
            break
        stretch = stretches.get(_place(piece), _NO_STRETCH)
        goes_on_to = max(goes_on_to, stretch.stop) if stretch.start <= at else goes_on_to
        left -= len(piece.text) if _runs(piece) else 0
        # What a sentence with a colon announces belongs to it, if the text goes on below.
        listed = left > 0 and bool(kept) and _announces(kept[-1], listed=listed)
        in_heading = title <= at < first and piece.links < _LINKS_OF_A_BAR
        kind = kind if kind != "contacts" else None
        is_text = in_heading or listed or piece.block.title or not _is_link(piece)
        if kind is None and (is_text or _is_linked_heading(pieces, at, stretches=stretches)):
            kept.append(piece)
    return _without_last_headings(kept)


def _left_below(pieces: list[Piece], at: int, kind: str | None) -> float:
    """Return the share of the running text that may be left below a line for the text to end there."""
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    if below is not None and kind == "end" and _kind(below) in _ADDED:
        return _LEFT_OF_END
    if kind == "press" and at and _kind(pieces[at - 1]) in ("end", "press"):
        return _LEFT_OF_END
    if below is not None and kind == "related" and below.element.name in _HEADINGS and _is_link(below):
        return _LEFT_OF_ADDED
    return _LEAST_LEFT


def _is_reached_at(pieces: Iterable[Piece]) -> bool:
    return any(_REACHED_AT.search(piece.text) and not _reads_as_sentence(piece.text) for piece in pieces)


def without_words_above_title(pieces: list[Piece]) -> list[Piece]:
    """Leave out sentences and ways through the site above the only title of a page.

    They are those of the site ("This page is no longer kept up to date."). Where more stands there, or
    someone is addressed, or the title stands among the sentences, it may be a heading inside of the text.
    """
    titles = [at for at, piece in enumerate(pieces) if piece.block.title]
    if len(titles) != 1:
        return pieces
    title, above, below = pieces[titles[0]], pieces[: titles[0]], pieces[titles[0] + 1 :]
    among = any(_runs(piece) and piece.element.parent is title.element.parent for piece in above)
    if among or _words(above) > _MOST_ABOVE * _running(below):
        return pieces
    if any(begins_with_greeting(piece.text) or piece.element.name in _HEADINGS for piece in above):
        return pieces
    return [*(piece for piece in above if not _is_of_site(piece)), title, *below]


def _is_of_site(piece: Piece) -> bool:
    """Tell a sentence, or a line with a link, that holds more than a day."""
    text = piece.text
    if len(text) <= _LONGEST_DAY and find_dates(text):
        return False
    is_sentence = _SENTENCE_END.search(text) is not None and len(text.split()) >= _FEWEST_WORDS
    return piece.links > 0 or is_sentence


def _words(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _stretches(pieces: Sequence[Piece]) -> _Stretches:
    """Find from where to where sentences run on in elements of one name and parent; thanks may end them."""
    found: _Stretches = {}
    for at, piece in enumerate(pieces):
        place = _place(piece)
        runs = _runs(piece) and _SENTENCE_END.search(piece.text) is not None and _kind(piece) is None
        if runs or (place in found and is_closing(piece.text)):
            found[place] = range(found[place].start if place in found else at, at)
    return found


def _place(piece: Piece) -> tuple[int, str]:
    return id(piece.element.parent), piece.element.name


def _announces(piece: Piece, *, listed: bool) -> bool:
    if piece.element.name in _HEADINGS:
        return False
    return piece.text.endswith((":", "：")) or (listed and piece.element.name == "li")


def _is_text_all_the_same(pieces: list[Piece], at: int, *, stretches: _Stretches) -> bool:
    """Tell what is text whatever it says: a title, a heading above text, a sentence amid text."""
    piece = pieces[at]
    if piece.block.title or _is_amid_text(pieces, at):
        return True
    if piece.element.name in _HEADINGS:
        return _heads_text(pieces, at, stretches=stretches)
    return _is_short_sentence(piece) and at in stretches.get(_place(piece), _NO_STRETCH)


def _is_short_sentence(piece: Piece) -> bool:
    return piece.text.endswith((".", "!")) and not piece.links and not _LABEL.match(piece.text)


def _heads_text(pieces: list[Piece], at: int, *, stretches: _Stretches) -> bool:
    """Tell a heading above text: one of one word, or one inside of the text."""
    if at + 1 == len(pieces) or not _runs(pieces[at + 1]):
        return False
    return " " not in pieces[at].text or _is_among_sentences(pieces, at, stretches=stretches)


def _is_among_sentences(pieces: list[Piece], at: int, *, stretches: _Stretches) -> bool:
    """Tell a heading with sentences above and below in the same element."""
    piece, below = pieces[at], pieces[at + 1]
    inside = piece.element.parent is below.element.parent and at in stretches.get(_place(below), _NO_STRETCH)
    return inside and _kind(below) is None


def _is_amid_text(pieces: list[Piece], at: int) -> bool:
    """Tell a sentence between sentences of one element."""
    if not 0 < at < len(pieces) - 1 or not _reads_as_sentence(pieces[at].text):
        return False
    beside = pieces[at - 1], pieces[at], pieces[at + 1]
    return (
        all(map(_runs, beside)) and len({(id(one.element.parent), one.element.name) for one in beside}) == 1
    )


def _running(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces if _runs(piece))


def _runs(piece: Piece) -> bool:
    length = len(piece.text)
    return length >= _RUN and 2 * piece.linked < length


def _kind(piece: Piece) -> str | None:
    lines = piece.block.lines
    text = _MARK.sub("", piece.text, count=1) if piece.text[:1] in "•0123456789" else piece.text
    kind = notice_in(text)
    if _CLOCK.fullmatch(text) and piece.element.find("time") is not None:
        return "clock"
    if kind is None and 1 < len(lines) < 20 and all(notice_in(line) for line in lines):
        return "several"
    if kind is None and piece.linked and (label := _LABEL_OF_LINK.match(text)):
        rest = len(text) - label.end()
        return "more" if 2 * piece.linked >= rest and notice_in(label[1]) == "related" else None
    if kind == "tags" and ":" in text.rstrip(": ") and 2 * piece.linked < len(text.partition(":")[2]):
        return None
    if kind == "updated" and len(text) > _LONGEST_LABEL and not _DIGIT.search(text):
        return None
    return kind


def _reads_as_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None and len(text.split()) >= _SENTENCE_WORDS


def _is_link(piece: Piece) -> bool:
    """Tell a line that is nothing but links; an address that is printed is none."""
    text = piece.text
    return (
        len(text) <= _LONGEST_LINK
        and 0 < piece.linked > _MOST_BESIDE_LINKS * piece.plain
        and not _ADDRESS.search(text)
        and not _reads_as_sentence(text)
    )


def _is_linked_heading(pieces: list[Piece], at: int, *, stretches: _Stretches) -> bool:
    """Tell a heading above text that leads to a place of its own page, or stands among the sentences.

    A heading that leads elsewhere, in an element of its own with the words below, announces another page.
    """
    piece = pieces[at]
    if piece.element.name not in _HEADINGS or at + 1 == len(pieces) or _is_link(pieces[at + 1]):
        return False
    targets = [str(link["href"]).strip() for link in piece.element.find_all("a", href=True)]
    to_page = all(target.startswith((_TO_PAGE, _SCRIPT)) for target in targets)
    if to_page and (
        _runs(pieces[at + 1]) or not any(one == _TO_PAGE or one.startswith(_SCRIPT) for one in targets)
    ):
        return True
    return _is_among_sentences(pieces, at, stretches=stretches)


def _without_last_headings(pieces: list[Piece]) -> list[Piece]:
    """Leave out headings below which nothing stands any more."""
    end = len(pieces)
    while (
        end and pieces[end - 1].element.name in _HEADINGS and not _SENTENCE_END.search(pieces[end - 1].text)
    ):
        end -= 1
    return pieces[:end] if any(map(_runs, pieces[:end])) else pieces

"""What the words of a label are: an office, a name behind its title, a delegation, or words in capitals."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from onrecord.indexer.register import Delegation, delegation_named
from onrecord.indexer.register.offices import is_chair, is_chair_word
from onrecord.indexer.turns.words import bare, is_any

__all__ = [
    "MOST_WORDS",
    "SURNAME_FIRST",
    "Kind",
    "delegation_of",
    "is_capital",
    "is_name",
    "is_office",
    "is_office_word",
    "is_post",
    "is_titled",
    "kind_of",
    "post_in",
    "presides",
    "state_in",
]

# No label met has more words, nor a name; a word is no longer than this.
MOST_WORDS, _MOST_NAMES, _LONGEST_WORD, _MOST_SEVERAL = 22, 6, 40, 4
_SIGNS = re.compile(r"[?!;\"“”«»„<>=|•…@\\{}]|//|\d")
# "Ivanov I. I.", of which the last full stop ends the label too.
SURNAME_FIRST = re.compile(r"[^\W\d_][\w’'-]+\s(?:[A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]\.\s?)?[A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]\.?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_NAME = re.compile(
    r"[\u3400-\u9fff·．]{2,16}(?:先生|女士|小姐|议员|議員|委员|委員|代表|大使|博士|教授|部长|部長)"
)
_CASELESS = re.compile(r"[\u0590-\u08ff\u3400-\u9fff]")
# "(Ghana, Rapporteur)"
_POST_IN = re.compile(r"(?P<who>[^,;]+)[,;]\s(?P<post>[^,;]+)")
# The word for an office stands among so many.
_OFFICE_AMONG = 5
_LONGEST_DELEGATION = 120


class Kind(Enum):
    """What a label is, the surest first."""

    CHAIR = "chair"  #: the office of presiding
    TITLED = "titled"  #: a name behind its title
    OFFICE = "office"  #: an office
    STATE = "state"  #: a name with a delegation in brackets
    SEVERAL = "several"  #: "Some hon. Members": no one by name
    BRACKET = "bracket"  #: a name with a party, a place or a post
    DELEGATION = "delegation"  #: a delegation alone
    ASKS = "asks"  #: "Question"
    BARE = "bare"  #: words in capitals, which a heading may be too


@lru_cache(maxsize=4096)
def kind_of(name: str, asides: tuple[str, ...]) -> Kind | None:
    """Tell what the words before the brackets are; None where they name no one who may speak."""
    tokens = name.split()
    if (
        not tokens
        or len(tokens) > MOST_WORDS
        or _SIGNS.search(name)
        or any(len(one) > _LONGEST_WORD for one in tokens)
    ):
        return None
    if _HAN.search(name):
        return _kind_of_signs(name, asides)
    if not (tokens[0][0].isupper() or _CASELESS.match(tokens[0])) or any(
        is_any(token, "unsaid") and not token.isupper() for token in tokens
    ):
        return None
    if len(tokens) <= _MOST_SEVERAL and is_any(tokens[-1], "several"):
        return Kind.SEVERAL
    return (Kind.CHAIR if presides(name, asides) else None) or _kind_of_words(name, asides)


def _kind_of_words(name: str, asides: tuple[str, ...]) -> Kind | None:
    tokens = name.split()
    rest, titles = _without_titles(tokens)
    if not rest:
        return None
    person, _, post = name.partition(",")
    article = any(is_any(token, "article") for token in tokens[: len(tokens) - len(rest)])
    if titles and not (article and is_office_word(rest[0])) and is_name(rest, post=bool(post)):
        return Kind.STATE if any(map(state_in, (*asides, post.strip()))) else Kind.TITLED
    if is_office(_without_titles(person.split())[0]):
        return Kind.OFFICE
    if all(is_any(token, "asks") for token in tokens):
        return Kind.ASKS
    if delegation_of(name):
        return Kind.STATE if any(map(is_titled, asides)) else Kind.DELEGATION
    if not is_name(person.split()[:_MOST_NAMES], post=bool(post)):
        return None
    return _kind_of_name(person, post, asides)


def _kind_of_name(person: str, post: str, asides: tuple[str, ...]) -> Kind | None:
    tokens = person.split()
    if any(map(state_in, asides)):
        return Kind.STATE
    if SURNAME_FIRST.fullmatch(person):
        return None if is_any(tokens[0], "honorific") else Kind.BRACKET
    if (asides and not _abbreviates(asides, person)) or is_post(post):
        named = len(tokens) > 1 or person.isupper() or any(aside[0].isupper() for aside in asides)
        return Kind.BRACKET if named and len(tokens) < _MOST_NAMES else Kind.BARE
    # With a post of which no word is known, two words may be a name: someone may speak, and nobody knows who.
    return Kind.BARE if (not post or len(tokens) > 1) and len(tokens) < _MOST_NAMES else None


def _kind_of_signs(name: str, asides: tuple[str, ...]) -> Kind | None:
    if is_chair_word(name) or is_chair(name):
        return Kind.CHAIR
    if is_any(name, "asks"):
        return Kind.ASKS
    if any(map(state_in, asides)):
        return Kind.STATE
    if _HAN_NAME.fullmatch(name):
        return Kind.TITLED
    return Kind.DELEGATION if delegation_of(name) else None


def presides(name: str, asides: tuple[str, ...] = ()) -> bool:
    """Recognise the office of presiding, with whoever holds it in brackets or behind it.

    >>> presides("Präsidentin Dr. Lore Wind"), presides("El señor PRESIDENTE")
    (True, True)
    >>> presides("The President of Chad")
    False
    """
    if is_chair(name):
        return True
    if any(map(state_in, asides)):
        return False
    rest, _ = _without_titles(name.split())
    while len(rest) > 1 and is_any(rest[0], "modifier", "article"):
        rest = rest[1:]
    if not rest or not is_chair_word(rest[0]):
        return False
    behind = rest[1:]
    return not behind or (behind[0][0].isupper() and is_name(behind, post=False))


def _without_titles(tokens: list[str]) -> tuple[list[str], int]:
    """Return the words after articles and titles, and how many titles there were."""
    at = titles = 0
    while at < len(tokens):
        initial = at > 0 and len(bare(tokens[at])) == 1 and tokens[at].endswith((".", ".,"))
        if is_any(tokens[at], "honorific") and at + 1 < len(tokens) and not initial:
            titles += 1
        elif _ranks(tokens[at : at + 3]):
            pass
        elif initial or not is_any(tokens[at], "article") or not (at == 0 or titles):
            break
        at += 1
    return tokens[at:], titles


def _ranks(tokens: list[str]) -> bool:
    """Tell a word of the title behind it, "Rear Admiral", from one of an office, "Foreign Minister"."""
    if len(tokens) < 3 or not is_any(tokens[0], "modifier") or not is_any(tokens[1], "honorific"):
        return False
    if is_any(tokens[1], "modifier", "particle") or is_office_word(tokens[1]):
        return False
    return is_capital(tokens[2])  # "First Lord of the Treasury" is an office


def is_titled(text: str) -> bool:
    """Tell whether words are a name behind its title: "Mr. Osei", "Deputy Sean Dunne"."""
    rest, titles = _without_titles(text.partition(" (")[0].split())
    return bool(titles) and is_name(rest, post=False)


def is_name(tokens: list[str], *, post: bool) -> bool:
    """Tell whether words are a name: capitals, initials and small words between them."""
    name = tokens
    if post:
        cut = next((at for at, token in enumerate(tokens) if token.endswith(",")), len(tokens) - 1)
        name = tokens[: cut + 1]
    if not 0 < len(name) <= _MOST_NAMES:
        return False
    if bare(name[-1]) == "" or (is_any(name[-1], "particle") and not name[-1][0].isupper()):
        return False
    full = [token for token in name if is_capital(token) and not _is_small(token)]
    fits = all(is_capital(token) or is_any(token, "particle") for token in name)
    if post and fits and name[-1].endswith(","):
        return bool(full)  # "A. M., Chancellor"
    return fits and any(len(bare(token)) > 1 for token in full) and _is_whole(name[-1])


def is_capital(token: str) -> bool:
    """Tell whether a word begins as a name does."""
    plain = token.lstrip("’'ʻ‘(")
    return bool(plain) and (
        plain[0].isupper()
        or _CASELESS.match(plain) is not None
        or "가" <= plain[0] <= "힣"
        or plain[:2].casefold() in ("d'", "d’", "l'", "l’", "o'", "o’")
        or plain[:3].casefold() in ("al-", "el-", "ul-")
    )


def _is_small(token: str) -> bool:
    return is_any(token, "particle") and not token[0].isupper()


def _is_whole(token: str) -> bool:
    """Tell a last word from an initial, after which the surname is still to come."""
    return len(bare(token)) > 1 or not token.rstrip(",").endswith(".") or "." in token[:-1]


def is_office_word(token: str) -> bool:
    """Recognise the word for an office: "Minister", "Bundeskanzlerin"."""
    word = bare(token)
    compound = word.endswith(("minister", "ministerin", "kanzler", "kanzlerin", "sekretär", "sekretärin"))
    compound = compound or ("가" <= token[:1] <= "힣" and _ends_in_office(token))
    return compound or is_any(word, "office") or is_chair_word(word)


def _ends_in_office(token: str) -> bool:
    """Tell whether a Korean word ends with an office: what it is an office of stands before it."""
    return len(token) <= _LONGEST_WORD and any(
        is_any(token[at:], "office") or is_chair_word(token[at:]) for at in range(len(token) - 1)
    )


def is_office(tokens: list[str]) -> bool:
    """Tell whether words name an office: the word for it stands among the first."""
    for token in tokens[:_OFFICE_AMONG]:
        if is_office_word(token):
            return True
        if not (is_any(token, "modifier", "particle", "article", "honorific") or is_capital(token)):
            return False
    return False


def is_post(text: str) -> bool:
    """Tell whether words behind a name and a comma say as what someone speaks: an office, a member.

    >>> is_post("Secretary of State"), is_post("Member of the Commission"), is_post("a town")
    (True, True, False)
    """
    tokens = text.split()
    return is_office(tokens) or (
        len(tokens) > 1 and is_any(tokens[0], "member") and is_any(tokens[1], "particle")
    )


def _abbreviates(asides: tuple[str, ...], name: str) -> bool:
    """Tell whether what stands in brackets are the initials of the words before them: no one speaks."""
    initials = "".join(token[0] for token in re.split(r"[\s-]+", name) if token[:1].isupper())
    return any(aside.replace(".", "") in (initials, initials + "s") for aside in asides)


def state_in(aside: str) -> Delegation | None:
    """Return the delegation that brackets name, alone or with a post: "(Ghana)", "(Ghana, Rapporteur)"."""
    named = delegation_of(aside)
    parted = _POST_IN.fullmatch(aside) if named is None else None
    return delegation_of(parted["who"]) if parted and is_post(parted["post"]) else named


def post_in(aside: str) -> str | None:
    """Return the post that brackets name behind a delegation.

    >>> post_in("Ghana, Rapporteur"), post_in("Ghana")
    ('Rapporteur', None)
    """
    parted = _POST_IN.fullmatch(aside)
    return parted["post"] if parted and not delegation_of(aside) and state_in(aside) else None


@lru_cache(maxsize=4096)
def delegation_of(name: str) -> Delegation | None:
    """Return the delegation that words are the name of."""
    return delegation_named(name) if len(name) < _LONGEST_DELEGATION else None

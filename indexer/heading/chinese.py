"""Who and before whom, out of a Chinese heading, whose order is its own.

"中国代表在安理会中东问题公开会上的发言": the speaker, "at", the forum, "the
statement". There are no spaces, and the post stands before the name or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.indexer.register import delegation_by_code, find_delegations, find_forum_words
from onrecord.indexer.statement import Confidence, Finding, Speaker

__all__ = ["find_chinese_forum", "find_chinese_group", "find_chinese_speaker", "is_chinese"]

_HAN = r"\u3400-\u9fff"
_SIGN = re.compile(rf"[{_HAN}]")
_STATEMENT = r"(?:发言|讲话|致辞|致词|陈述|演讲|声明|贺词)"
# "理事会上关于…的发言": the subject behind the meeting, and no meeting of its own.
_ON_SUBJECT = r"(?:(?<=[上间中时会议])(?:关于|就(?!业))(?:(?!会上|会议上|大会|论坛)[^，。]){1,40}?)?"
_ANNOUNCES = re.compile(
    rf"(?P<who>[^，。]{{0,60}}?)在(?P<forum>[^，。]{{2,70}}?)"
    rf"(?:期间|上|中|时)?{_ON_SUBJECT}(?:所?作?)?的?(?:一般性|国家|共同|联合|主旨|视频|书面)?{_STATEMENT}"
)
_OWNER = re.compile(rf"(?P<who>[^，。]{{2,40}}?)(?:关于[^，。]+)?的?{_STATEMENT}$")
_ON_BEHALF = re.compile(r"(?:代表|以)[“\"]?(?P<whom>[^在，。]{2,20}?)[”\"]?(?:的?名义)?(?=在|发言|$)")
_LEADS_TO_GROUP = re.compile("代表|以")
_TITLE = r"(?:常驻代表|副代表|代表|大使|部长|外长|总理|总统|主席|公使|参赞|司长|特使|国务委员|秘书|专员)"
_NAME = rf"[{_HAN}·]{{2,12}}?"
_NAMED = re.compile(rf"{_TITLE}(?!团)(?P<name>{_NAME})(?:{_TITLE}|先生|女士|阁下)?$")
# What a group of states has in its name, or stands around it, and no person.
_STATES = re.compile("国家|集团|各国|国$|组织|联盟|成员|名义")
_NAME_FIRST = re.compile(rf"(?P<name>[{_HAN}]{{2,4}}){_TITLE}$")
_PLAIN_NAME = re.compile(rf"(?!.*(?:代表|大会|会议))[{_HAN}·]{{2,4}}")
_POST = re.compile(rf"(?P<post>.*{_TITLE}(?!团))")


def is_chinese(phrases: Sequence[str]) -> bool:
    """Tell whether most letters of a heading are Chinese signs."""
    text = "".join(phrases)
    return 2 * len(_SIGN.findall(text)) > sum(map(str.isalpha, text))


def find_chinese_forum(phrases: Sequence[str]) -> Finding[str] | None:
    """Find the forum between "at" and "the statement"; or a line that is a forum's name.

    >>> find_chinese_forum(["中国代表在安理会公开会上的发言"]).value
    '安理会公开会'
    """
    for phrase in phrases:
        match = _ANNOUNCES.search(phrase)
        if match and find_forum_words(match["forum"]):
            return Finding(_unbracketed(match["forum"].strip()), phrase)
    for phrase in phrases:
        words = find_forum_words(phrase)
        if words and words[-1].end == len(phrase) and not re.search(_STATEMENT, phrase):
            return Finding(phrase, phrase)
    return None


def _unbracketed(name: str) -> str:
    """Take off the brackets around a whole name, and those that are not closed or opened in it."""
    if name.startswith("《") and name.find("》") in (-1, len(name) - 1):
        name = name.strip("《》")
    return name if name.count("《") == name.count("》") else name.replace("《", "").replace("》", "")


def find_chinese_speaker(phrases: Sequence[str], *, year: int | None = None) -> Finding[Speaker] | None:
    """Find who makes the statement: the state and the person.

    >>> find_chinese_speaker(["中国裁军大使王明在裁谈会上的发言"]).value.person
    '王明'
    """
    for phrase in phrases:
        match = _ANNOUNCES.search(phrase) or _OWNER.search(phrase)
        if match:
            speaker = _speaker(match["who"].strip("—–- "), whole=phrase[: match.end()], year=year)
            if speaker:
                return Finding(_with_letterhead(speaker, phrases, year=year), phrase)
    for phrase in phrases:
        named = (
            _speaker(phrase.replace(" ", ""), whole="", year=year)
            if _NAMED.search(phrase.replace(" ", ""))
            else None
        )
        if named and named.code:
            return Finding(named, phrase)
        found = find_delegations(phrase)
        if found and not found[0].start and len(phrase) <= found[0].end + len("常驻联合国代表团"):
            return Finding(_of(found[0].value.code, printed=found[0].text, year=year), phrase, Confidence.LOW)
    return None


def find_chinese_group(phrases: Sequence[str]) -> Finding[Speaker] | None:
    """Find the group that the statement is made for.

    >>> find_chinese_group(["埃及代表阿拉伯集团在安理会上的发言"]).value.name
    'Arab Group'
    """
    for phrase in phrases:
        match = _ANNOUNCES.search(phrase) or _OWNER.search(phrase)
        behalf = _for_whom(phrase[: match.end()]) if match else None
        if behalf:
            group = find_delegations(behalf["whom"])[0]
            return Finding(_of(group.value.code, printed=group.text, year=None), phrase)
    return None


def _for_whom(whole: str) -> re.Match[str] | None:
    """Return the words that say for whom someone speaks: the last "代表" with a group's name behind it."""
    every = (_ON_BEHALF.match(whole, one.start()) for one in _LEADS_TO_GROUP.finditer(whole, 1))
    named = [one for one in every if one and (found := find_delegations(one["whom"])) and not found[0].start]
    return named[-1] if named else None


def _speaker(who: str, *, whole: str, year: int | None) -> Speaker | None:
    behalf = _for_whom(whole)
    who = who.removesuffix(behalf[0]) if behalf else who
    name, post = _NAMED.search(who) or _NAME_FIRST.match(who), _POST.match(who)
    person = name["name"] if name and not _is_group(name["name"]) else None
    spoken_for = find_delegations(who)
    if not spoken_for and not person and _PLAIN_NAME.fullmatch(who):
        person = who
    if not spoken_for and not person:
        return None
    held = post["post"] if post else None
    if not spoken_for:
        return Speaker(who, person=person, post=held)
    return _of(spoken_for[0].value.code, printed=who, year=year, person=person, post=held)


def _is_group(name: str) -> bool:
    """Tell whether what stands where a name may stand is whom someone speaks for: "代表五核国"."""
    return _STATES.search(name) is not None or bool(find_delegations(name))


def _with_letterhead(speaker: Speaker, phrases: Sequence[str], *, year: int | None) -> Speaker:
    """Give a person the state that a letterhead names: "中国常驻联合国代表团"."""
    if speaker.code:
        return speaker
    for phrase in phrases:
        found = find_delegations(phrase)
        if found and not found[0].start and phrase.endswith("代表团"):
            code = found[0].value.code
            return _of(code, printed=speaker.printed, year=year, person=speaker.person, post=speaker.post)
    return speaker


def _of(
    code: str, *, printed: str, year: int | None, person: str | None = None, post: str | None = None
) -> Speaker:
    delegation = delegation_by_code(code, year=year)
    name = delegation.name if delegation else None
    return Speaker(printed, delegation=name, code=code, person=person, post=post)

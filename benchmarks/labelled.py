"""Labelled openings: texts as the files are, and what is to be understood of them.

Three shapes of folder are read: a JSON file a text (``text``, ``labels`` with the values that are right, and
``ending``, ``site`` or ``source`` where they are known); texts beside one ``expected.json`` in words
("Malta, person
Eva Linde (or …)"); and texts with a JSON file of the same name beside each.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["FIELDS", "Opening", "Wanted", "read_openings"]

FIELDS = ("speaker", "forum", "date", "place")
# As the scorer of the labels does: a value may be part of a label with so much of its letters, and may
# hold one if
# it is no longer than this.
_LEAST_SHARE, _LONGEST = 0.6, 200
_SHORT = 4
# In longer expectations "or" is a word of the name.
_NAME_OF_A_TREATY = 9
_LANGUAGES = frozenset(("ar-", "de-", "en-", "es-", "fr-", "it-", "pt-", "ru-", "sv-", "zh-"))
_HONORIFICS = re.compile(
    r"^(?:(?:h e|his|her|their|your|the|mr|mrs|ms|mme|m|dr|sr|sra|"
    r"sir|dame|hon|honourable|right|excellency|ambassador|senator|sen|minister) )+"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a label takes as right: one of ``values`` (None among them for silence), none of ``refused``."""

    values: tuple[str | None, ...] = ()
    refused: tuple[str, ...] = ()
    whole: bool = True  #: whether the values are all there is to say, so that stray words beside them show
    parts: tuple[str, ...] = ()  #: what is right of a part alone: the person where the state is wanted

    def takes(self, value: str | None, *, exact: bool = False) -> bool:
        """Tell whether a value is right; a date must be exactly one of the values."""
        if value is None:
            return None in self.values or not self.values
        if any(_is_refused(value, bad) for bad in self.refused):
            return False
        wanted = [one for one in self.values if one is not None]
        if exact:
            return value in wanted
        return not self.values or any(_matches(value, one) for one in wanted)

    def is_clean(self, value: str) -> bool:
        """Tell whether a right value is one of the labels and nothing more, honorifics aside."""
        bare = {_HONORIFICS.sub("", _plain(one)) for one in (*self.values, *self.parts) if one is not None}
        both = re.fullmatch(r"([^()]+) \(([^()]+)\)", value)  # a name and, in brackets, how it is printed
        parts = both.groups() if both else (value,)
        return _HONORIFICS.sub("", _plain(value)) in bare or all(
            _HONORIFICS.sub("", _plain(one)) in bare for one in parts
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A text with its labels: ``wanted`` by field; a field that is not there is not judged."""

    name: str
    text: str
    ending: str
    site: str
    language: str | None
    wanted: Mapping[str, Wanted] = field(default_factory=dict)


def read_openings(folders: Sequence[Path]) -> list[Opening]:
    """Read the labelled openings of some folders, in order of their names."""
    return [opening for folder in folders for opening in _read_folder(folder)]


def _read_folder(folder: Path) -> Iterator[Opening]:
    expected = folder / "expected.json"
    if expected.exists():
        told = json.loads(expected.read_text("utf-8"))
        for path in sorted(folder.iterdir()):
            if path.stem in told:
                yield _told(path, told[path.stem], folder=folder)
        return
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        beside = path.with_suffix(".txt")
        if "labels" in content:
            yield _labelled(path, content, folder=folder)
        elif beside.exists():
            yield _beside(beside, content)


def _labelled(path: Path, content: Mapping[str, Any], *, folder: Path) -> Opening:
    labels = content["labels"]
    automatic = str(content.get("labelled", "")).startswith("automatic")
    wanted = {}
    for name in FIELDS:
        if name not in labels:
            continue
        values = labels[name] if isinstance(labels[name], list) else [labels[name]]
        values = (*values, *labels.get(f"{name}_also", ()))
        # A label cut out by a machine that is no word of its text ("RA" of CANBERRA) can be found by nobody.
        if (
            automatic
            and name != "date"
            and not any(_stands_in(one, content["text"]) for one in values if one)
        ):
            continue
        never, person = labels.get(f"{name}_never", ()), labels.get("person")
        parts = (person,) if person and name == "speaker" else ()
        wanted[name] = Wanted(tuple(values), tuple(never), whole=not automatic, parts=parts)
    source = content.get("source") or {}
    site = content.get("site") or source.get("repository") or content.get("url") or path.stem
    language = labels.get("language") or content.get("language") or ("en" if automatic else None)
    name = f"{folder.name}/{path.stem}"
    return Opening(name, content["text"], content.get("ending", ".txt"), site, language, wanted)


def _beside(path: Path, content: Mapping[str, str | None]) -> Opening:
    """Read a text whose JSON file says what is understood of it, in so many words."""
    person = content.get("person")
    parts = (person,) if person else ()
    wanted = {
        name: Wanted((content[name],), whole=name != "speaker", parts=parts)
        for name in FIELDS
        if name in content
    }
    text = path.read_text("utf-8")
    language = path.stem[:2] if path.stem[:3] in _LANGUAGES else None
    return Opening(
        f"{path.parent.name}/{path.stem}",
        text,
        ".md" if text.startswith("# ") else ".txt",
        path.stem,
        language,
        wanted,
    )


def _told(path: Path, told: Mapping[str, str | None], *, folder: Path) -> Opening:
    wanted = {name: _in_words(told[name]) for name in FIELDS if name in told}
    return Opening(
        f"{folder.name}/{path.stem}", path.read_text("utf-8"), path.suffix, path.stem, None, wanted
    )


def _in_words(told: str | None) -> Wanted:
    """Read what an expectation says in words.

    >>> _in_words("Malta, person Eva Linde (or Gozo; never Chad)")
    Wanted(values=('Malta', 'Gozo'), refused=('Chad',), whole=True, parts=('Eva Linde',))
    >>> _in_words("not PARLIAMENT HOUSE").refused
    ('PARLIAMENT HOUSE',)
    """
    if told is None:
        return Wanted((None,))
    refused = re.match(r"not (?P<bare>the bare word )?(?P<what>.+)", told)
    if refused:
        return Wanted((), (f"={refused['what']}" if refused["bare"] else refused["what"],), whole=False)
    never = re.search(r"\bnever ([^;)]+)", told)
    without = re.search(r"\(without ([^)]+)\)", told)
    bad = (*(never[1].split(" or ") if never else ()), *([without[1]] if without else ()))
    others = re.findall(r"\(or ([^;)]+)", told)
    main = re.split(r";| at low", re.sub(r"\s*\([^)]*\)", "", told))[0]
    person = re.search(r"person ([^;(]+)", told)
    main = re.sub(r",? person .*| \[.*", "", main).strip(" …")
    alternatives = [*(main.split(" or ") if len(main.split()) < _NAME_OF_A_TREATY else [main]), *others]
    values = [value.strip(" ,") for value in alternatives]
    return Wanted(tuple(values), bad, parts=(person[1].strip(" ),"),) if person else ())


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).lower()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _matches(value: str, wanted: str) -> bool:
    """Tell whether a value is a label, holds it as whole words, or is most of it."""
    one, other = _plain(value), _plain(wanted)
    if not one or not other:
        return False
    if f" {other} " in f" {one} ":
        return len(one) <= _LONGEST
    return f" {one} " in f" {other} " and len(one) >= _LEAST_SHARE * len(other)


def _is_refused(value: str, bad: str) -> bool:
    """Tell whether a value holds what it must not, or is that and nothing more ("=meeting")."""
    if bad.startswith("="):
        return _plain(value) == _plain(bad)
    return f" {_plain(bad)} " in f" {_plain(value)} "


def _stands_in(value: str, text: str) -> bool:
    """Tell whether a label is a word of its text; one in capitals ("ON" of LONDON) is no small word there."""
    same_case = 0 if value.isupper() and len(value) < _SHORT else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, same_case) is not None

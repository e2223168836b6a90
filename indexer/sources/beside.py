"""What is read together with a text, told by names alone: sidecars, corrections, the lists of a corpus.

A change of any of them is a change of the text. Whoever asks whether a folder is as it was asks here, and
loads no reader for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from onrecord.indexer.sources.archives import exists

__all__ = [
    "HOLD_BELOW",
    "OVERRIDES",
    "SPEAKERS",
    "SPEAKERS_LISTED",
    "SpeechName",
    "corpus_lists",
    "files_above",
    "is_corpus_list",
    "is_sidecar_name",
    "looking_once",
    "parted_name",
    "sidecar_of",
    "sidecars_among",
    "speakers_list_of",
    "speech_name",
]

#: What a file of corrections is called.
OVERRIDES = "onrecord-overrides.yaml"
#: What the General Debate Corpus calls its list of speakers.
SPEAKERS = "Speakers_by_session.xlsx"
#: The kind of evidence that a row of it is.
SPEAKERS_LISTED = "list of speakers"
#: Files that hold for all texts in their folder and below it.
HOLD_BELOW = (OVERRIDES, SPEAKERS)
_SIDECAR_SUFFIXES = (".yaml", ".yml")
_XML = ".xml"


def sidecar_of(path: Path) -> Path | None:
    """Return ``NAME.yaml`` or ``NAME.yml`` beside the file, if there is one."""
    if path.suffix in _SIDECAR_SUFFIXES or not _may_have_sidecars(os.path.dirname(path)):  # noqa: PTH120
        return None
    return next((twin for suffix in _SIDECAR_SUFFIXES if exists(twin := path.with_suffix(suffix))), None)


class SpeechName(NamedTuple):
    """What the name of a speech of the General Debate Corpus says."""

    code: str
    session: int
    year: int


_SPEECH = re.compile(r"([A-Z]{2,3})_(\d{2})_(\d{4})\.txt")
# The first session met in 1946, and every year has had one since.
_YEAR_BEFORE_FIRST_SESSION = 1945


def speech_name(name: str) -> SpeechName | None:
    """Read the name of a speech, ``ISO_NN_YYYY.txt``, whose session met in that year; None of another.

    >>> speech_name("ALB_25_1970.txt"), speech_name("ALB_25_1971.txt")
    (SpeechName(code='ALB', session=25, year=1970), None)
    """
    match = _SPEECH.fullmatch(name)
    if match is None or int(match[3]) - int(match[2]) != _YEAR_BEFORE_FIRST_SESSION:
        return None
    return SpeechName(match[1], int(match[2]), int(match[3]))


def speakers_list_of(path: Path) -> Path | None:
    """Return the nearest list of speakers beside a speech or above it, None where there is none."""
    return next(files_above(path, SPEAKERS, there=exists), None)


_LOOKED: ContextVar[dict[tuple[str, str], tuple[Path, ...]] | None] = ContextVar("_LOOKED", default=None)
# Folders whose answers are kept.
_MOST_LOOKED = 1 << 12


@contextmanager
def looking_once() -> Iterator[None]:
    """Look in this block once a folder for what holds for all of its texts (`files_above`).

    For whoever reads many texts as they are at one time. To look for each of 10,000 speeches whether there is
    such a file in any folder above took a twentieth of an index's time.
    """
    token = _LOOKED.set({})
    try:
        yield
    finally:
        _LOOKED.reset(token)


def _may_have_sidecars(folder: str) -> bool:
    """Tell in `looking_once` whether a folder has any YAML in it; what cannot be listed, may.

    To ask the disk of each of 10,000 speeches for two files that are not there took a hundredth of an index's
    time.
    """
    looked = _LOOKED.get()
    if looked is None:
        return True
    key = (folder, "*.yaml")
    found = looked.get(key)
    if found is None:
        if len(looked) >= _MOST_LOOKED:
            looked.clear()
        found = looked[key] = _yaml_in(folder)
    return bool(found)


def _yaml_in(folder: str) -> tuple[Path, ...]:
    """Return a file of a folder that may be a sidecar, in letters of any size, if there is one."""
    try:
        names = os.listdir(folder or os.curdir)  # noqa: PTH208  (the names alone)
    except OSError:  # an archive is no folder
        return (Path(folder),)
    return tuple(Path(name) for name in names if is_sidecar_name(name.lower()))[:1]


def files_above(path: Path, name: str, *, there: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield the files of a name in the folder of a text and those above it, the nearest first.

    ``there`` tells whether a file is there, and is the same for one name.
    """
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120  (asked for every text, and faster)
    looked = _LOOKED.get()
    if looked is None:
        yield from filter(there, _places_above(folder, name))
        return
    found = looked.get((folder, name))
    if found is None:
        if len(looked) >= _MOST_LOOKED:
            looked.clear()
        found = looked[folder, name] = tuple(filter(there, _places_above(folder, name)))
    yield from found


@lru_cache(maxsize=256)
def _places_above(folder: str, name: str) -> tuple[Path, ...]:
    return tuple(above / name for above in (Path(folder), *Path(folder).parents))


def is_sidecar_name(name: str) -> bool:
    """Tell whether a file of this name may be the sidecar of another."""
    return name.endswith(_SIDECAR_SUFFIXES)


def sidecars_among(names: Iterable[str]) -> set[str]:
    """Return which of the files of a folder are sidecars: YAML, and a file of the same name stands beside it.

    >>> sidecars_among(["a.md", "a.yaml", "alone.yaml"])
    {'a.yaml'}
    """
    every = list(names)
    yaml = {name: parted_name(name) for name in every if is_sidecar_name(name)}
    if not yaml:
        return set()
    texts = {stem for stem, suffix in map(parted_name, every) if suffix and suffix not in _SIDECAR_SUFFIXES}
    return {name for name, (stem, suffix) in yaml.items() if suffix and stem in texts}


def parted_name(name: str) -> tuple[str, str]:
    """Part the name of a file before its ending, as `PurePath` does, which takes ten times as long.

    >>> parted_name("a.b.txt"), parted_name("a."), parted_name(".a")
    (('a.b', '.txt'), ('a.', ''), ('.a', ''))
    """
    at = name.rfind(".")
    return (name[:at], name[at:]) if 0 < at < len(name) - 1 else (name, "")


def corpus_lists(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the files that may say who speaks in a part of a ParlaMint corpus.

    They lie beside it or one folder above, and the first of the groups that is there counts; of any other
    file there are none. A translated corpus names the people of its original.

    >>> corpus_lists("ParlaMint-AT_2020.xml")
    (('ParlaMint-AT.xml', 'ParlaMint-AT-listPerson.xml', 'ParlaMint-AT-listOrg.xml'),)
    """
    stem, mark, _ = name.partition("_")
    if not (stem and mark) or parted_name(name)[1] != _XML:
        return ()
    ending = ".ana.xml" if name.endswith(".ana.xml") else _XML
    return tuple(
        tuple(
            dict.fromkeys(
                (f"{corpus}{ending}", f"{corpus}{_XML}", f"{corpus}-listPerson.xml", f"{corpus}-listOrg.xml")
            )
        )
        for corpus in dict.fromkeys((stem, stem.removesuffix("-en")))
    )


def is_corpus_list(name: str) -> bool:
    """Tell whether a file of this name may be one of those that `corpus_lists` names.

    >>> is_corpus_list("ParlaMint-AT.xml"), is_corpus_list("ParlaMint-AT_2020.xml")
    (True, False)
    """
    return name.endswith(_XML) and "_" not in name

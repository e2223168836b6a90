"""What is read together with a text, told by names alone: sidecars, corrections, the lists of a corpus.

A change of any of them is a change of the text. Whoever asks whether a folder is as it was asks here, and
loads no reader for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onrecord.indexer.sources.archives import exists

__all__ = [
    "OVERRIDES",
    "corpus_lists",
    "is_corpus_list",
    "is_sidecar_name",
    "parted_name",
    "sidecar_of",
    "sidecars_among",
]

#: What a file of corrections is called.
OVERRIDES = "onrecord-overrides.yaml"
_SIDECAR_SUFFIXES = (".yaml", ".yml")
_XML = ".xml"


def sidecar_of(path: Path) -> Path | None:
    """Return ``NAME.yaml`` or ``NAME.yml`` beside the file, if there is one."""
    if path.suffix in _SIDECAR_SUFFIXES:
        return None
    return next((twin for suffix in _SIDECAR_SUFFIXES if exists(twin := path.with_suffix(suffix))), None)


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

"""What a writer does to an index of a few texts, and what the index must hold: a scan of the texts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onrecord import IndexMissing, build, open_index, remove, update
from onrecord.indexer.store.merge_policy import FAN_IN
from onrecord.indexer.store.store import Store

__all__ = ["SCENARIOS", "Held", "Scene", "held", "lay_out", "scan"]

#: The paragraphs of an index: file and text.
Held = list[tuple[str, str]]
Texts = dict[str, str]

OLD: Texts = {
    "panama.txt": "The canal is ours.\n\nThe tolls are low.",
    "chad.txt": "The lake is shrinking.",
    "peru.txt": "The guano is gone.\n\nThe birds are gone.",
}
NEW: Texts = {
    "panama.txt": "The canal is ours.\n\nThe tolls are high.",
    "chad.txt": "The lake is shrinking.",
    "fiji.txt": "The reef is ours.\n\nThe lake is not.",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """An index as it stands, and an operation that is about to change it."""

    name: str
    texts: Path
    template: Path
    old: Held | None  #: None where there is no index yet
    new: Held
    operation: Callable[[Path], object]

    def standing(self, folder: Path) -> Path:
        """Lay out the index as it stands, in an empty place."""
        shutil.rmtree(folder, ignore_errors=True)
        if self.template.exists():
            shutil.copytree(self.template, folder)
        return folder

    def fault_of(self, index: Path) -> str | None:
        """Say how an index differs from both the old and the new, and what a further update leaves wrong."""
        found = held(index)
        if found not in (self.old, self.new):
            return f"it holds {found}"
        self.operation(index)
        if held(index) != self.new:
            return f"a further update makes it hold {held(index)}"
        left = [path.name for path in Store(index).leftovers()]
        return f"{left} were not swept" if left else None


def scan(texts: Texts) -> Held:
    """Read the paragraphs of some texts without an index."""
    return sorted((name, text) for name, whole in texts.items() for text in whole.split("\n\n"))


def held(index: Path) -> Held | None:
    """Ask an index for all it holds, by each of its words; None where there is no index."""
    try:
        with open_index(index) as opened:
            hits = opened.search("the", mode="exact", limit=None)
            known = {address.address for address in opened.addresses()}
            assert {hit.statement for hit in hits} <= known
            found = sorted((Path(hit.source).name, hit.text) for hit in hits)
            for word in {word for _, text in found for word in words_of(text)}:
                total = opened.search(word, mode="exact").total
                assert total == sum(word in words_of(text) for _, text in found), word
            return found
    except IndexMissing:
        return None


def words_of(text: str) -> set[str]:
    """Return the different words of a text."""
    return set(re.findall(r"\w+", text.casefold()))


def lay_out(texts: Texts, folder: Path) -> Path:
    """Make a folder hold these texts and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def a_build(place: Path) -> Scene:
    """Build a first index."""
    texts = lay_out(OLD, place / "texts")
    return Scene("build", texts, place / "none", None, scan(OLD), lambda index: build(texts, into=index))


def an_update(place: Path) -> Scene:
    """Bring an index of two generations up to date: one text changed, one vanished, one is new."""
    texts = lay_out({"panama.txt": OLD["panama.txt"]}, place / "texts")
    build(texts, into=place / "index")
    update(lay_out(OLD, texts), into=place / "index")
    lay_out(NEW, texts)
    return Scene("update", texts, place / "index", scan(OLD), scan(NEW), lambda i: update(texts, into=i))


def a_merge(place: Path) -> Scene:
    """Add the segment that makes a tier full."""
    texts = lay_out({}, place / "texts")
    every: Texts = {}
    for number in range(FAN_IN):
        every[f"text-{number}.txt"] = f"The text {number}."
        lay_out(every, texts)
        if number < FAN_IN - 1:
            update(texts, into=place / "index")
    old = {name: every[name] for name in list(every)[:-1]}
    return Scene("merge", texts, place / "index", scan(old), scan(every), lambda i: update(texts, into=i))


def a_rebuild(place: Path) -> Scene:
    """Build anew over an index of two generations."""
    update_of = an_update(place)
    texts = update_of.texts
    return Scene("rebuild", texts, update_of.template, scan(OLD), scan(NEW), lambda i: build(texts, into=i))


def a_rebuild_over_a_text_that_cannot_be_read(place: Path) -> Scene:
    """Build anew where a text of the index can no longer be read: what the index has of it is taken over."""
    texts = lay_out(OLD, place / "texts")
    build(texts, into=place / "index")
    lay_out({**NEW, "peru.txt": "---\nspeaker: [Peru\n---\n\nThe guano."}, texts)
    new = scan({**NEW, "peru.txt": OLD["peru.txt"]})
    return Scene("carry", texts, place / "index", scan(OLD), new, lambda index: build(texts, into=index))


def a_removal(place: Path) -> Scene:
    """Take a text out; where it is out already, be a writer all the same."""
    texts = lay_out(OLD, place / "texts")
    build(texts, into=place / "index")
    rest = {name: text for name, text in OLD.items() if name != "chad.txt"}

    def take_out(index: Path) -> None:
        if held(index) == scan(rest):
            Store(index).writer().close()
        else:
            remove(texts / "chad.txt", into=index)

    return Scene("remove", texts, place / "index", scan(OLD), scan(rest), take_out)


SCENARIOS: dict[str, Callable[[Path], Scene]] = {
    "build": a_build,
    "update": an_update,
    "merge": a_merge,
    "rebuild": a_rebuild,
    "carry": a_rebuild_over_a_text_that_cannot_be_read,
    "remove": a_removal,
}

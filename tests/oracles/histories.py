"""Random histories of a few folders of texts, and what is asked of every address that was ever printed.

A `World` does to its texts what people do to theirs, brings the index up to date, and remembers every address
that the index has printed with the words it stood for. It knows nothing of how addresses are made: whether a
paragraph still has its words is asked of the texts themselves.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from onrecord import AddressError, Index, SourceError, build, open_index, remove, update

__all__ = ["World"]

_SPEAKERS = ("Panama", "Chad", "Norway", "Japan")
_DATES = ("", "(3 March 2011)", "(4 May 2012)")
_NAMES = ("x", "y", "z", "letters/x", "letters/v")
_WORDS = [
    "water",
    "mines",
    "peace",
    "canal",
    "treaty",
    "lake",
    "aid",
    "ships",
    "border",
    "council",
    "grain",
    "law",
    "river",
    "court",
]


@dataclass(slots=True)
class _Text:
    """A statement as its author wrote it."""

    speaker: str
    date: str
    paragraphs: list[str]

    def written(self) -> str:
        head = "\n".join(filter(None, [f"Statement by {self.speaker}", self.date]))
        return "\n\n".join([head, *self.paragraphs]) + "\n"

    def line(self) -> str:
        return json.dumps({"speaker": self.speaker, "paragraphs": self.paragraphs}) + "\n"


@dataclass(slots=True)
class World:
    """Folders of texts, an index of them, and every address that it has printed."""

    place: Path
    random: Random
    roots: list[str] = field(default_factory=lambda: ["a"])
    files: dict[str, list[_Text]] = field(default_factory=dict)  #: by path below the place
    printed: dict[str, str] = field(default_factory=dict)  #: words by lasting address
    twice: set[str] = field(default_factory=set)  #: words that stood in two places at once
    done: list[str] = field(default_factory=list)
    _count: int = 0

    @property
    def index(self) -> Path:
        """The index that lives through the whole history."""
        return self.place / "index"

    def begin(self) -> None:
        """Write the first texts and index them."""
        for _ in range(3):
            self._add()
        update(self._paths(), into=self.index)

    def step(self) -> None:
        """Do one thing to the texts, bring the index up to date, and check every address."""
        name = self.random.choice(list(_STEPS))
        self.done.append(name)
        _STEPS[name](self)
        with open_index(self.index) as index:
            self._check_what_was_printed(index)
            self._print(index)

    def fresh(self) -> set[tuple[str, str]]:
        """Return the addresses and texts of a fresh index of the same files on another path."""
        other = self.place / "elsewhere" / "deep"
        shutil.rmtree(other, ignore_errors=True)
        for root in self.roots:
            shutil.copytree(self.place / root, other / root)
        build([other / root for root in self.roots], into=other / "index")
        return self.standing(other / "index")

    @staticmethod
    def standing(folder: Path) -> set[tuple[str, str]]:
        """Return the addresses and texts of an index."""
        with open_index(folder) as index:
            return {(hit.address, hit.text) for hit in _all(index)}

    def _print(self, index: Index) -> None:
        texts = [one for texts in self.files.values() for one in texts]
        counts = Counter(_bare(paragraph) for text in texts for paragraph in text.paragraphs)
        self.twice.update(words for words, count in counts.items() if count > 1)
        for hit in _all(index):
            self.printed[hit.lasting_address] = _bare(hit.text)

    def _check_what_was_printed(self, index: Index) -> None:
        """Each address leads to its words, or something is said of them; nothing passes in silence.

        Words that no other place ever had are found as long as they stand anywhere.
        """
        standing = {_bare(hit.text) for hit in _all(index)} - self.twice
        standing = {words for words in standing if words[-1].isdigit()}
        for address, words in self.printed.items():
            told = f"{address} ({words}) after {', '.join(self.done)}"
            try:
                passage = index.show(address)
            except AddressError as error:
                said = str(error)
                assert words not in standing, f"{told}: {said}"
                assert re.search(
                    r"was taken out|may be meant|was edited|None of them|none has the number", said
                ), told
                continue
            [hit] = [hit for hit in passage if hit.address == passage.address]
            if passage.words_found:
                assert _bare(hit.text) == words, told
            else:
                assert words not in standing, f"{told}: {passage.note}"
                assert "no longer there" in (passage.note or ""), told
                assert _bare(hit.text) != words, told
            self._check_without_fingerprint(index, address.partition("~")[0], words)

    @staticmethod
    def _check_without_fingerprint(index: Index, address: str, words: str) -> None:
        try:
            passage = index.show(address, context=0)
        except AddressError:
            return
        assert passage.note is not None or [_bare(hit.text) for hit in passage] == [words], address

    def _paths(self) -> list[Path]:
        return [self.place / root for root in self.roots]

    def _sentence(self) -> str:
        self._count += 1
        words = self.random.choices(_WORDS, k=self.random.choice((4, 8, 60)))
        return f"We speak of {' and '.join(words)} {self.random.choice((self._count, ''))}".strip() + "."

    def _text(self) -> _Text:
        paragraphs = [self._sentence() for _ in range(self.random.randint(1, 3))]
        return _Text(self.random.choice(_SPEAKERS), self.random.choice(_DATES), paragraphs)

    def _write(self, path: str) -> None:
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        texts = self.files[path]
        file.write_text(
            "".join(t.line() for t in texts) if path.endswith("l") else texts[0].written(), "utf-8"
        )

    def _free(self, root: str | None = None) -> str:
        """Choose a path that may be free; one that is taken is written over."""
        root = root or self.random.choice(self.roots)
        ending = self.random.choice((".txt", ".txt", ".jsonl"))
        return f"{root}/{self.random.choice(_NAMES)}{ending}"

    def _some(self) -> str:
        return self.random.choice(sorted(self.files))

    def _root_of(self, path: str) -> str:
        return next(root for root in self.roots if path.startswith(f"{root}/"))

    def _update(self, *paths: str) -> None:
        """Bring the index up to date by the roots of some files, or by all."""
        roots = {self._root_of(path) for path in paths} or set(self.roots)
        if self.random.random() < 0.5:
            roots = set(self.roots)
        update([self.place / root for root in sorted(roots)], into=self.index)

    def _add(self) -> str:
        path = self._free()
        self.files[path] = [self._text() for _ in range(3 if path.endswith("l") else 1)]
        self._write(path)
        return path

    def _added(self) -> None:
        self._update(self._add())

    def _added_by_its_path(self) -> None:
        update(self.place / self._add(), into=self.index)

    def _edited(self) -> None:
        path = self._some()
        paragraphs = self.random.choice(self.files[path]).paragraphs
        paragraphs[self.random.randrange(len(paragraphs))] = self._sentence()
        self._write(path)
        self._update(path)

    def _inserted(self) -> None:
        path = self._some()
        paragraphs = self.random.choice(self.files[path]).paragraphs
        paragraphs.insert(self.random.randrange(len(paragraphs) + 1), self._sentence())
        self._write(path)
        self._update(path)

    def _shifted(self) -> None:
        """Put a statement before the others of a file, or take the first away."""
        path = self._some()
        if path.endswith("l"):
            texts = self.files[path]
            self.files[path] = texts[1:] if len(texts) > 2 else [self._text(), *texts]
        self._write(path)
        self._update(path)

    def _moved(self) -> None:
        path, to = self._some(), self._free()
        to = to.rpartition(".")[0] + "." + path.rpartition(".")[2]
        if to != path:
            self.files[to] = self.files.pop(path)
            (self.place / path).unlink()
            self._write(to)
        self._update(path, to)

    def _copied(self) -> None:
        path, to = self._some(), self._free()
        to = to.rpartition(".")[0] + "." + path.rpartition(".")[2]
        self.files[to] = [_Text(one.speaker, one.date, [*one.paragraphs]) for one in self.files[path]]
        self._write(to)
        self._update(to)

    def _corrected(self) -> None:
        path = self._some()
        root = self._root_of(path)
        day = self.random.choice(("2011-03-03", "2015-07", "~"))
        (self.place / root / "onrecord-overrides.yaml").write_text(
            f"{path.removeprefix(root + '/')}: {{date: {day}}}\n", "utf-8"
        )
        self._update(path)

    def _removed(self) -> None:
        if len(self.files) > 2:
            path = self._some()
            del self.files[path]
            (self.place / path).unlink()
            if self.random.random() < 0.5:
                remove(self.place / path, into=self.index)
            else:
                update(self.place / self._root_of_removed(path), into=self.index)

    def _root_of_removed(self, path: str) -> str:
        return self._root_of(path)

    def _another_root(self) -> None:
        if len(self.roots) < 3:
            self._count += 1
            root = f"r{self._count}"
            self.roots.append(root)
            path = self._free(root)
            self.files[path] = [self._text() for _ in range(3 if path.endswith("l") else 1)]
            self._write(path)
            self._update(path)

    def _moved_root(self) -> None:
        self._count += 1
        old, new = self.random.choice(self.roots), f"m{self._count}"
        (self.place / old).rename(self.place / new)
        self.roots[self.roots.index(old)] = new
        for path in [path for path in self.files if path.startswith(f"{old}/")]:
            self.files[new + path.removeprefix(old)] = self.files.pop(path)
        has_texts = any(path.startswith(f"{new}/") for path in self.files)
        way = self.random.randrange(3)
        if way == 0 and has_texts:
            remove(self.place / old, into=self.index)
        if way == 1:
            build(self._paths(), into=self.index)
        else:
            update(self.place / new, into=self.index)
        if way == 2 and has_texts:
            with suppress(SourceError):  # the update has followed the whole folder to its new place
                remove(self.place / old, into=self.index)
        update(self._paths(), into=self.index)

    def _rebuilt(self) -> None:
        build(self._paths(), into=self.index)

    def _by_a_folder_inside(self) -> None:
        path = self._some()
        if self.random.random() < 0.5 and "letters/" in path:
            update((self.place / path).parent, into=self.index)
        else:
            update(self.place / path, into=self.index)


def _all(index: Index) -> list:  # type: ignore[type-arg]
    return list(index.search("we", mode="exact", limit=None))


def _bare(text: str) -> str:
    """Return the words of a text, by a rule of our own."""
    return " ".join(re.findall(r"\w+", text.casefold()))


_STEPS: dict[str, Callable[[World], None]] = {
    "add": World._added,
    "add by its own path": World._added_by_its_path,
    "edit": World._edited,
    "insert": World._inserted,
    "shift": World._shifted,
    "move": World._moved,
    "copy": World._copied,
    "correct": World._corrected,
    "remove": World._removed,
    "another root": World._another_root,
    "move root": World._moved_root,
    "rebuild": World._rebuilt,
    "index a folder inside": World._by_a_folder_inside,
}

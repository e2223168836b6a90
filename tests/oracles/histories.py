"""Random histories of a few folders of texts, and what is asked of every address that was ever printed.

A `World` does to its texts what people do to theirs, brings the index up to date, and remembers every address
that the index has printed with the words it stood for. It knows nothing of how addresses are made: whether a
paragraph still has its words is asked of the texts themselves. What the index has to hold by then it knows
from a model of its own, a `_Holding`: a fresh index of that on another path is to have the same addresses.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from random import Random

from onrecord import AddressError, Index, SourceError, build, open_index, remove, update

__all__ = ["World"]

_SPEAKERS = ("Panama", "Chad", "Norway", "Japan")
_DATES = ("", "(3 March 2011)", "(4 May 2012)")
_NAMES = ("x", "y", "z", "letters/x", "letters/v")
_CORRECTIONS = "onrecord-overrides.yaml"
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


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file as it lies on the disk, or as the index last read it."""

    content: str
    correction: str  #: the line of its folder's corrections that is for it
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class _Holding:
    """What an index is to hold, by docs/reliability.md; all paths are taken below the place of the world.

    What was taken out below a path that is indexed stays out until it is named. A path that is gone, or empty
    all of a sudden, keeps what it had until it is taken out, or is found again elsewhere.
    """

    roots: list[str] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    held: dict[str, _Copy] = field(default_factory=dict)

    def look(
        self, named: Collection[str], disk: Mapping[str, _Copy], *, there: Callable[[str], bool], fresh: bool
    ) -> None:
        """Follow an update, or a rebuild, by some paths."""
        self.out.difference_update(named)
        seen = {path: copy for path, copy in disk.items() if _is_below(path, named)}
        full = [one for one in named if any(_is_below(path, [one]) for path in disk)]
        empty = [one for one in named if one not in full]
        every = _outermost([*self.roots, *named])
        gone = [root for root in every if root in empty or not there(root)]
        again, moved = self._found_again(gone, seen)
        left = [root for root in moved if self._below(root) <= again]
        if fresh:
            every = _outermost(named)
            kept = self._below(*empty)
        else:
            kept = self.held.keys() - self._below(*full)
        self.roots = [root for root in every if root not in left]
        self.held = {path: self.held[path] for path in kept - again}
        self.held |= {path: copy for path, copy in seen.items() if path not in self.out}

    def may_remove(self, path: str, *, is_there: bool) -> bool:
        """Tell whether there is something to take out."""
        return bool(self._below(path)) or path in self.roots or (self._is_inside(path) and is_there)

    def remove(self, path: str) -> None:
        """Follow a removal."""
        inside = self._is_inside(path)
        for one in self._below(path):
            del self.held[one]
        self.roots = [root for root in self.roots if not _is_below(root, [path])]
        self.out = {one for one in self.out if not _is_below(one, [path])} | ({path} if inside else set())

    def path_below(self, path: str) -> str:
        """Return the path of a file below the outermost folder that the index knows."""
        root = next(root for root in self.roots if _is_below(path, [root]))
        return PurePath(path).name if root == path else path.removeprefix(f"{root}/")

    def _is_inside(self, path: str) -> bool:
        return any(_is_below(path, [root]) and path != root for root in self.roots)

    def _below(self, *paths: str) -> set[str]:
        return {path for path in self.held if _is_below(path, paths)}

    def _found_again(self, gone: Sequence[str], seen: Mapping[str, _Copy]) -> tuple[set[str], list[str]]:
        """Return what lay below paths that are gone and is found again elsewhere, and which of these moved.

        Where that is more than half of such a folder, the rest is found by its paths, and what was taken out
        of the folder stays out of the new one.
        """
        lost = {path: root for root in gone for path in sorted(self._below(root))}
        new = {path for path in seen if path not in self.held and path not in self.out}
        found: dict[str, str] = {}
        pairs = [(old, path) for old in lost for path in new if self.held[old] == seen[path]]
        for old, path in sorted(pairs, key=lambda pair: (-_common_end(*pair), pair)):
            if old not in found and path not in found.values():
                found[old] = path
        moved = []
        for root in gone:
            below = [path for path in lost if lost[path] == root]
            places = Counter(
                new.removesuffix(old.removeprefix(root))
                for old, new in found.items()
                if old in below and new.endswith(old.removeprefix(root))
            )
            for place, count in places.most_common(1):
                if 2 * count > len(below):
                    moved.append(root)
                    found |= {
                        old: to
                        for old in below
                        if (to := place + old.removeprefix(root)) in new
                        and old not in found
                        and to not in found.values()
                    }
                    self.out = {
                        place + one.removeprefix(root) if _is_below(one, [root]) else one for one in self.out
                    }
        return {old for old, path in found.items() if path not in self.out}, moved


@dataclass(slots=True)
class World:
    """Folders of texts, an index of them, and every address that it has printed."""

    place: Path
    random: Random
    roots: list[str] = field(default_factory=lambda: ["a"])
    files: dict[str, list[_Text]] = field(default_factory=dict)  #: by path below the place
    printed: dict[str, str] = field(default_factory=dict)  #: words by lasting address
    twice: set[str] = field(default_factory=set)  #: words that stood in two places at once
    short: set[str] = field(default_factory=set)  #: lasting addresses of statements of fewer than 50 words
    done: list[str] = field(default_factory=list)
    by_what_it_knows: bool = False  #: whether the index is also asked to look through all that it knows
    _holding: _Holding = field(default_factory=_Holding)
    _count: int = 0

    @property
    def index(self) -> Path:
        """The index that lives through the whole history."""
        return self.place / "index"

    def begin(self) -> None:
        """Write the first texts and index them."""
        for _ in range(3):
            self._add()
        self._index(self.roots)

    def step(self) -> None:
        """Do one thing to the texts, bring the index up to date, and check every address."""
        steps = _STEPS | _BY_WHAT_IT_KNOWS if self.by_what_it_knows else _STEPS
        name = self.random.choice(list(steps))
        self.done.append(name)
        steps[name](self)
        with open_index(self.index) as index:
            roots = {str(Path(root).relative_to(self.place)) for root in index.status().roots}
            assert roots == {*self._holding.roots}, self.done
            self._check_what_was_printed(index)
            self._print(index)

    def compared(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """Return addresses and texts, of the index and of a fresh one of what it holds on another path.

        A file that can be read no longer keeps its letters, and so do those of its path below another folder
        (docs/addresses.md): of these the letters are left out.
        """
        other = self.place / "elsewhere" / "deep"
        shutil.rmtree(other, ignore_errors=True)
        holding = self._holding
        for path, copy in holding.held.items():
            _put(other / path, copy.content)
            if copy.correction:
                with (other / _root_of(path) / _CORRECTIONS).open("a", encoding="utf-8") as corrections:
                    corrections.write(copy.correction)
        roots = [root for root in holding.roots if any(_is_below(path, [root]) for path in holding.held)]
        build([other / root for root in roots], into=other / "index")
        unread = {holding.path_below(path) for path in holding.held if path not in self.files}
        return _standing(self.index, unread), _standing(other / "index", unread)

    def _print(self, index: Index) -> None:
        copies = [*self._disk().values()]
        copies += [copy for path, copy in self._holding.held.items() if path not in self.files]
        counts = Counter(_bare(paragraph) for copy in copies for paragraph in copy.paragraphs)
        self.twice.update(words for words, count in counts.items() if count > 1)
        lengths: Counter[str] = Counter()
        for hit in _all(index):
            lengths[hit.statement] += len(_bare(hit.text).split())
            self.printed[hit.lasting_address] = _bare(hit.text)
        self.short.update(hit.lasting_address for hit in _all(index) if lengths[hit.statement] < 50)

    def _check_what_was_printed(self, index: Index) -> None:
        """Each address leads to its words, or something is said of them; nothing passes in silence.

        Words that no other place ever had are found as long as they stand anywhere; only a short text that
        was taken out is not known again under another speaker or date (docs/addresses.md).
        """
        standing = {_bare(hit.text): hit.statement for hit in _all(index)}
        standing = {
            words: slug for words, slug in standing.items() if words not in self.twice and words[-1].isdigit()
        }
        for address, words in self.printed.items():
            told = f"{address} ({words}) after {', '.join(self.done)}"
            try:
                passage = index.show(address)
            except AddressError as error:
                said = str(error)
                came_back = address in self.short and "was taken out" in said
                came_back = came_back and _facts(standing.get(words, "")) != _facts(address)
                assert words not in standing or came_back, f"{told}: {said}"
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

    def _index(self, named: Iterable[str], *, fresh: bool = False) -> None:
        """Bring the index up to date by some paths, or build it anew."""
        named = list(named)
        (build if fresh else update)([self.place / path for path in named], into=self.index)
        self._follow(named, fresh=fresh)

    def _follow(self, named: Collection[str], *, fresh: bool) -> None:
        self._holding.look(named, self._disk(), there=lambda path: (self.place / path).exists(), fresh=fresh)

    def _remove(self, path: str) -> None:
        """Take a path out of the index; where nothing of it is in there, that is said."""
        if self._holding.may_remove(path, is_there=(self.place / path).exists()):
            remove(self.place / path, into=self.index)
            self._holding.remove(path)
            return
        try:
            remove(self.place / path, into=self.index)
        except SourceError:
            return
        raise AssertionError(f"nothing of {path} is in the index")

    def _disk(self) -> dict[str, _Copy]:
        return {
            path: _Copy(_written(path, texts), self._correction(path), tuple(_paragraphs(texts)))
            for path, texts in self.files.items()
        }

    def _correction(self, path: str) -> str:
        root, _, below = path.partition("/")
        file = self.place / root / _CORRECTIONS
        line = file.read_text("utf-8") if file.exists() else ""
        return line if line.startswith(f"{below}:") else ""

    def _sentence(self) -> str:
        self._count += 1
        words = self.random.choices(_WORDS, k=self.random.choice((4, 8, 60)))
        return f"We speak of {' and '.join(words)} {self.random.choice((self._count, ''))}".strip() + "."

    def _text(self) -> _Text:
        paragraphs = [self._sentence() for _ in range(self.random.randint(1, 3))]
        return _Text(self.random.choice(_SPEAKERS), self.random.choice(_DATES), paragraphs)

    def _write(self, path: str) -> None:
        _put(self.place / path, _written(path, self.files[path]))

    def _free(self, root: str | None = None) -> str:
        """Choose a path that may be free; one that is taken is written over."""
        root = root or self.random.choice(self.roots)
        ending = self.random.choice((".txt", ".txt", ".jsonl"))
        return f"{root}/{self.random.choice(_NAMES)}{ending}"

    def _some(self) -> str:
        return self.random.choice(sorted(self.files))

    def _update(self, *paths: str) -> None:
        """Bring the index up to date by the roots of some files, or by all."""
        roots = {_root_of(path) for path in paths} or set(self.roots)
        if self.random.random() < 0.5:
            roots = set(self.roots)
        self._index(sorted(roots))

    def _add(self) -> str:
        path = self._free()
        self.files[path] = [self._text() for _ in range(3 if path.endswith("l") else 1)]
        self._write(path)
        return path

    def _added(self) -> None:
        self._update(self._add())

    def _added_by_its_path(self) -> None:
        self._index([self._add()])

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
        root = _root_of(path)
        day = self.random.choice(("2011-03-03", "2015-07", "~"))
        _put(self.place / root / _CORRECTIONS, f"{path.removeprefix(root + '/')}: {{date: {day}}}\n")
        self._update(path)

    def _removed(self) -> None:
        if len(self.files) > 2:
            path = self._some()
            del self.files[path]
            (self.place / path).unlink()
            if self.random.random() < 0.5:
                self._remove(path)
            else:
                self._index([_root_of(path)])

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
            self._remove(old)
        if way == 1:
            self._index(self.roots, fresh=True)
        else:
            self._index([new])
        if way == 2 and has_texts:
            self._remove(old)
        self._index(self.roots)

    def _rebuilt(self) -> None:
        self._index(self.roots, fresh=True)

    def _by_what_is_known(self) -> None:
        known = [*self._holding.roots]
        if any(_is_below(path, known) for path in self.files):
            fresh = self.random.random() < 0.5
            (build if fresh else update)(into=self.index)
            self._follow(known, fresh=fresh)

    def _took_out_what_is_gone(self) -> None:
        for root in [*self._holding.roots]:
            if not any(_is_below(path, [root]) for path in self.files):
                self._remove(root)

    def _emptied(self) -> None:
        """Take all files of a folder away, or all but one; the index is told by the next step, or later."""
        root = self.random.choice(self.roots)
        below = sorted(path for path in self.files if _is_below(path, [root]))
        if len(below) + 1 < len(self.files):
            for path in below[self.random.randrange(2) :]:
                del self.files[path]
                (self.place / path).unlink()

    def _by_a_folder_inside(self) -> None:
        path = self._some()
        if self.random.random() < 0.5 and "letters/" in path:
            self._index([path.rpartition("/")[0]])
        else:
            self._index([path])


def _facts(address: str) -> str:
    """Return the readable part of an address."""
    return address.partition("#")[0].rpartition("-")[0]


def _written(path: str, texts: Sequence[_Text]) -> str:
    return "".join(text.line() for text in texts) if path.endswith("l") else texts[0].written()


def _paragraphs(texts: Iterable[_Text]) -> list[str]:
    return [paragraph for text in texts for paragraph in text.paragraphs]


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, "utf-8")


def _root_of(path: str) -> str:
    return path.partition("/")[0]


def _is_below(path: str, roots: Collection[str]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _outermost(paths: Iterable[str]) -> list[str]:
    every = list(dict.fromkeys(paths))
    return [path for path in every if not any(path != one and _is_below(path, [one]) for one in every)]


def _common_end(one: str, other: str) -> int:
    """Count the last parts of two paths that are the same."""
    same = [a == b for a, b in zip(one.split("/")[::-1], other.split("/")[::-1], strict=False)]
    return [*same, False].index(False)


def _standing(folder: Path, unread: Collection[str]) -> set[tuple[str, str]]:
    """Return the addresses and texts of an index, without the letters of files of some paths."""
    with open_index(folder) as index:
        return {
            (re.sub(r"\w+#", "#", hit.address) if hit.source in unread else hit.address, hit.text)
            for hit in _all(index)
        }


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
_BY_WHAT_IT_KNOWS: dict[str, Callable[[World], None]] = {
    "index what is known": World._by_what_is_known,
    "take out what is gone": World._took_out_what_is_gone,
    "empty a folder": World._emptied,
}

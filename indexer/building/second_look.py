"""A second look at the texts: what of them is as it was when it was last seen, and need not be opened.

A file stands where nothing has changed that it was read with: its own stamps, those of its sidecar, of the
corrections above it and of the lists of its corpus. Stamps that were fresh when they were taken tell nothing:
the file may have changed again in the same tick of the clock. (Git calls such
files racily clean.) Whatever is not sure is opened.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePath

from onrecord.indexer.building.task import NO_PARAGRAPHS
from onrecord.indexer.paths import display_path, is_within, key_below, key_of, parted_key
from onrecord.indexer.report import Skipped, Tally
from onrecord.indexer.sources.beside import (
    HOLD_BELOW,
    OVERRIDES,
    SPEAKERS,
    corpus_lists,
    is_corpus_list,
    is_sidecar_name,
    parted_name,
)
from onrecord.indexer.sources.files import (
    Found,
    Kind,
    Listing,
    Stamps,
    Stray,
    is_link,
    members_of,
    stamps_of,
)
from onrecord.indexer.store.seen import OPEN, SKIPPED, STANDS, Seen, SeenFolder

__all__ = ["SecondLook", "Verdict", "kind_of_skipped"]

# How old stamps must be to be believed, in nanoseconds. Clocks of files tick every 1 to 10 ms; those of some
# disks every second or two, and then no stamp has a fraction.
_FRESH, _FRESH_IN_SECONDS = 100_000_000, 3_000_000_000
_MILLISECOND = 1_000_000
# What is known to be unsure, and like nothing.
_UNSURE = ""
_NO_LISTS = "none"
# Kinds that are told one by one: strays and archives.
_TOLD = frozenset(b"hnNzZ")

#: What is to be kept of a file: its verdict, and what the index has of it.
Verdict = tuple[int, Tally]


@dataclass(slots=True)
class _Looked:
    """A folder or an archive that was looked through, with the verdicts so far.

    ``before`` is what was seen of it, ``reopened`` has the keys of files that stood then and do no longer,
    and ``tally`` counts what the index had of all that stood. ``gone`` says that something is not there any
    more, or is something else.
    """

    path: str
    linked: bool
    began: int
    names: bytes
    kinds: bytes
    stamps: bytes
    setting: str
    lists: str
    before: SeenFolder | None
    verdicts: bytearray = field(default_factory=bytearray)
    tally: Tally = field(default_factory=Tally)
    reopened: list[str] = field(default_factory=list)
    gone: bool = False

    def __post_init__(self) -> None:
        self.verdicts = bytearray(len(self.kinds))

    def named(self) -> list[str]:
        """Return the names one by one."""
        return _names(self)

    def stamps_at(self, number: int) -> bytes:
        """Return the stamps of an entry."""
        return self.stamps[number * Stamps.size : (number + 1) * Stamps.size]

    def is_sure(self, number: int) -> bool:
        """Tell whether the stamps of an entry can be believed, if it has any."""
        if not self.stamps or self.kinds[number] not in Kind.READ:
            return True
        return not _is_fresh(self.stamps_at(number), self.began)

    def reopen(self, number: int, key: str) -> None:
        """Take an entry for one that is to be looked into."""
        if self.verdicts[number] == STANDS and self.kinds[number] in Kind.TEXTS:
            self.reopened.append(key)
        self.verdicts[number] = OPEN


def _is_fresh(stamps: bytes, began: int) -> bool:
    _, written, changed, inode, _ = Stamps.unpack(stamps)
    coarse = written % _MILLISECOND == changed % _MILLISECOND == 0
    return not inode or max(written, changed) > began - (_FRESH_IN_SECONDS if coarse else _FRESH)


@dataclass(slots=True)
class SecondLook:
    """What was ``seen``, and what is found of it now.

    ``count`` is how many files stand, ``skipped`` what is passed over again, ``corrected`` whether there
    are corrections for anything, ``lists`` are lists of speakers below the paths. ``alone`` has the files
    that were named, or lie in an archive that was: they are opened, also where they were seen in a folder.
    Unless ``gone``, nothing has vanished that was seen below the paths looked at.
    """

    seen: Seen = field(default_factory=Seen)
    count: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    corrected: bool = False
    lists: list[Path] = field(default_factory=list)
    gone: bool = False
    links: bool = False
    alone: list[str] = field(default_factory=list)
    _looked: dict[str, _Looked] = field(default_factory=dict)
    _roots: list[str] = field(default_factory=list)
    _settings: dict[str, str] = field(default_factory=dict)  #: of each folder
    _lists: dict[str, str] = field(default_factory=dict)  #: what a folder has for those inside it

    def begin(self, root: Path, *, outer: str) -> None:
        """Go to a path; addresses are made below the folder ``outer``."""
        key = key_of(root)
        self._roots.append(key)
        self.gone = self.gone or not self.seen.whole or key not in self.seen.folders
        setting = _mixed(outer)
        began = time.time_ns()
        for folder in reversed(Path(os.path.abspath(root)).parents):  # noqa: PTH100  (as `key_of`)
            for name in HOLD_BELOW:
                with suppress(OSError, ValueError):
                    setting = self._held(setting, key_of(folder / name), stamps_of(folder / name), began)
        self._settings[_above(key)] = setting

    def look(self, listing: Listing) -> Iterator[Found]:
        """Yield what is to be looked into in a folder, and what is passed over."""
        key = key_of(listing.path)
        if key in self._looked:
            return
        names = listing.names
        looked = self._looked[key] = self._begun(key, listing)
        before = looked.before
        if before is not None and looked.setting == before.setting != _UNSURE:
            _compare(key, looked, before, names)
            self.gone |= looked.gone
        elif before is not None:
            self.gone |= (looked.names, looked.kinds) != (before.names, before.kinds)
        kinds = {*looked.kinds}
        links = {kind for kind in kinds & Kind.SOURCES if listing.linked or is_link(kind)}
        self.links = self.links or bool(links)
        if OPEN not in looked.verdicts and not kinds & _TOLD and not _has_skipped(looked.verdicts):
            self.count += sum(map(looked.kinds.count, Kind.TEXTS))
            return
        for number, name in enumerate(names):
            yield from self._entry(key, looked, listing, number, name)

    def _entry(self, key: str, looked: _Looked, listing: Listing, number: int, name: str) -> Iterator[Found]:
        kind, verdict = looked.kinds[number], looked.verdicts[number]
        if kind in Kind.ARCHIVES:
            yield from self._archive(key_below(key, name), looked, listing, number)
        elif kind in Kind.SOURCES and verdict >= STANDS:
            self.count += 1
            if verdict >= SKIPPED:
                self._pass_over(listing.path / name, verdict)
        else:
            yield from listing.found(number)

    def _archive(self, key: str, looked: _Looked, listing: Listing, number: int) -> Iterator[Found]:
        """Look through an archive: as a whole it is as it was, or not."""
        path = listing.path / listing.names[number]
        before = self.seen.folders.get(f"{key}!")
        setting, lists = looked.setting, self._lists[_above(key)]
        if looked.verdicts[number] == STANDS and before is not None and before.lists == lists:
            members = _Looked(
                f"{path}!",
                listing.linked or is_link(looked.kinds[number]),
                looked.began,
                before.names,
                before.kinds,
                b"",
                setting,
                lists,
                before,
                tally=Tally(before.statements, before.paragraphs),
            )
            members.verdicts[:] = before.verdicts
            self._looked[f"{key}!"] = members
            for at, name in enumerate(members.named()):
                yield from self._member(members, at, Path(f"{members.path}{os.sep}{name}"))
            return
        looked.verdicts[number] = OPEN
        self.gone = True
        found = list(members_of(path, linked=listing.linked or is_link(looked.kinds[number])))
        self._note_members(key, looked, listing, number, found)
        yield from found

    def _member(self, members: _Looked, number: int, path: Path) -> Iterator[Found]:
        verdict = members.verdicts[number]
        if members.kinds[number] == Kind.HIDDEN:
            yield Found(path, stray=Stray.HIDDEN)
        elif verdict == OPEN:
            yield Found(path, linked=members.linked)
        else:
            self.count += 1
            if verdict >= SKIPPED:
                self._pass_over(path, verdict)

    def _note_members(
        self, key: str, looked: _Looked, listing: Listing, number: int, found: Sequence[Found]
    ) -> None:
        """Note what an archive holds, where all of it can be found again by its names."""
        head = f"{listing.path / listing.names[number]}!{os.sep}"
        names = [str(one.path).removeprefix(head) for one in found]
        if any(
            key_of(one.path) != key_below(f"{key}!", name) for one, name in zip(found, names, strict=True)
        ):
            return
        kinds = bytes(Kind.HIDDEN if one.stray else Kind.SOURCE for one in found)
        self._looked[f"{key}!"] = _Looked(
            head[:-1],
            False,
            looked.began,
            _as_bytes(names),
            kinds,
            b"",
            looked.setting,
            self._lists[_above(key)],
            None,
        )

    def _pass_over(self, path: Path, verdict: int) -> None:
        shown, reason = display_path(path), self.seen.reasons[verdict - SKIPPED]
        self.skipped.append(Skipped(shown, reason, kind_of_skipped(shown, reason)))

    def _begun(self, key: str, listing: Listing) -> _Looked:
        """Note what a folder is read with."""
        setting = self._settings.get(_above(key), _UNSURE)
        names = _as_bytes(listing.names)
        for name in HOLD_BELOW:
            if name.encode() in names and name in listing.names:
                number = listing.names.index(name)
                if listing.kinds[number] in Kind.READ:
                    stamps = listing.stamps[number * Stamps.size : (number + 1) * Stamps.size]
                    setting = self._held(setting, key_below(key, name), stamps, listing.began)
                    if name == SPEAKERS:
                        self.lists.append(listing.path / name)
        self._settings[key] = setting
        self._lists[key] = _lists_in(listing) if b".xml" in names else _NO_LISTS
        return _Looked(
            str(listing.path),
            listing.linked,
            listing.began,
            names,
            listing.kinds,
            listing.stamps,
            setting,
            self._lists.get(_above(key), _UNSURE),
            self.seen.folders.get(key),
        )

    def _held(self, setting: str, file: str, stamps: bytes, began: int) -> str:
        """Return the setting of a folder with a file that holds for all below it: corrections, a list."""
        self.corrected = self.corrected or file.endswith(OVERRIDES)
        sure = setting != _UNSURE and not _is_fresh(stamps, began)
        return _mixed(setting, file, stamps.hex()) if sure else _UNSURE

    @property
    def has_lost(self) -> bool:
        """Whether files were seen that are not there any more, or may have been."""
        return self.gone or any(
            key not in self._looked and any(is_within(key, root) for root in self._roots)
            for key in self.seen.folders
        )

    def has_texts(self, root: str) -> bool:
        """Tell whether texts were seen now at or below a path."""
        return any(
            is_within(folder, root) and not Kind.TEXTS.isdisjoint(looked.kinds)
            for folder, looked in self._looked.items()
        )

    def reopened(self) -> Iterator[str]:
        """Yield the keys of files that stood when they were seen, and do not now."""
        for looked in self._looked.values():
            yield from looked.reopened

    def tally(self) -> Tally:
        """Count what the index has of what stands, and of what was reopened."""
        every = [looked.tally for looked in self._looked.values()]
        return Tally(sum(one.statements for one in every), sum(one.paragraphs for one in every))

    def standing(self) -> Iterator[str]:
        """Yield the keys of the files that stand."""
        for folder, looked in self._looked.items():
            if STANDS in looked.verdicts:
                for name, kind, verdict in zip(looked.named(), looked.kinds, looked.verdicts, strict=True):
                    if verdict == STANDS and kind in Kind.TEXTS:
                        yield key_below(folder, name)

    def paths(self) -> Iterator[Path]:
        """Yield the paths of the files that stand or are passed over."""
        for looked in self._looked.values():
            for name, kind, verdict in zip(looked.named(), looked.kinds, looked.verdicts, strict=True):
                if verdict != OPEN and kind in Kind.TEXTS:
                    yield Path(f"{looked.path}{os.sep}{name}")

    def reopen(self, key: str) -> None:
        """Take a file for one that does not stand, whatever was seen of it."""
        folder, name = parted_key(key)
        looked = self._looked.get(folder)
        if looked is not None and name in (names := looked.named()):
            number = names.index(name)
            if looked.verdicts[number] != OPEN:
                self.count -= 1
            looked.reopen(number, key)

    def seen_now(
        self,
        verdicts: Mapping[str, Verdict],
        tallies: Callable[[str], Tally],
        *,
        state: str,
        reasons: tuple[str, ...],
        touched: Collection[str],
        roots: Collection[str],
        whole: bool,
    ) -> Seen:
        """Return what is to be remembered.

        ``verdicts`` has those of the files that were looked into, ``tallies`` says what the index had of one
        that was reopened. ``touched`` are all files of which the index has something else now: of folders
        that have any of them and were not looked through, nothing is known any more.
        """
        lost = {parted_key(key)[0] for key in touched} if self.seen.folders else set()
        folders: dict[str, SeenFolder] = {}
        carried = True
        for key, before in self.seen.folders.items():
            if key in self._looked or any(is_within(key, root) for root in self._roots):
                continue
            if key in lost:
                carried = False
            elif any(is_within(key, root) for root in roots):
                folders[key] = before
        for key, looked in self._looked.items():
            folders[key] = _folder_now(key, looked, verdicts, tallies)
        whole = whole and carried and (self.seen.whole or not folders.keys() - self._looked.keys())
        at = time.time_ns()
        return Seen(state, at, whole, reasons, folders)


def kind_of_skipped(path: str, reason: str) -> str:
    """Say what is to be counted of a file without statements: its ending, where no reader takes that."""
    if reason == NO_PARAGRAPHS:
        return "without text"
    return PurePath(path).suffix.lower() or "without an ending"


def _compare(key: str, looked: _Looked, before: SeenFolder, names: list[str]) -> None:
    """Let stand what is as it was seen, and was read with nothing that has changed."""
    looked.tally = Tally(before.statements, before.paragraphs)
    changed: list[str] = []
    if (looked.names, looked.kinds, looked.stamps) == (before.names, before.kinds, before.stamps):
        looked.verdicts[:] = before.verdicts
    else:
        changed += _merge(key, looked, before, names)
    if OPEN in looked.verdicts:
        unsure = zip(names, looked.kinds, looked.verdicts, strict=True)
        changed += [name for name, kind, verdict in unsure if verdict == OPEN and kind in Kind.READ]
    stems = {parted_name(name)[0] for name in changed if is_sidecar_name(name)}
    if stems:
        for number, name in enumerate(names):
            if parted_name(name)[0] in stems:
                looked.reopen(number, key_below(key, name))
    if b".xml" in looked.names:
        _reopen_parts(key, looked, names, listed_anew=any(map(is_corpus_list, changed)))


def _merge(key: str, looked: _Looked, before: SeenFolder, names: list[str]) -> list[str]:
    """Take over the verdicts of entries with the same stamps; return the names of all others."""
    changed: list[str] = []
    old, at = _names(before), 0
    for number, name in enumerate(names):
        while at < len(old) and old[at] < name:
            changed.append(old[at])
            _lose(key, looked, before, at, old[at])
            looked.gone = True
            at += 1
        if at < len(old) and old[at] == name:
            same = looked.kinds[number] == before.kinds[at]
            start = at * Stamps.size
            if same and looked.stamps_at(number) == before.stamps[start : start + Stamps.size]:
                looked.verdicts[number] = before.verdicts[at]
            else:
                changed.append(name)
                _lose(key, looked, before, at, name)
                looked.gone |= not same
            at += 1
        else:
            changed.append(name)
    for number in range(at, len(old)):
        changed.append(old[number])
        _lose(key, looked, before, number, old[number])
        looked.gone = True
    return changed


def _lose(key: str, looked: _Looked, before: SeenFolder, number: int, name: str) -> None:
    if before.verdicts[number] == STANDS and before.kinds[number] in Kind.TEXTS:
        looked.reopened.append(key_below(key, name))


def _reopen_parts(key: str, looked: _Looked, names: list[str], *, listed_anew: bool) -> None:
    """Take the parts of a corpus for changed, whose lists may have changed, here or in the folder above."""
    before = looked.before
    as_above = before is not None and looked.lists == before.lists != _UNSURE
    if as_above and not listed_anew:
        return
    here = {*names}
    for number, name in enumerate(names):
        lists = corpus_lists(name)
        if lists and (listed_anew or here.isdisjoint(lists[0])):
            looked.reopen(number, key_below(key, name))


def _folder_now(
    key: str, looked: _Looked, verdicts: Mapping[str, Verdict], tallies: Callable[[str], Tally]
) -> SeenFolder:
    """Return what is to be remembered of a folder: the very same where nothing has changed."""
    before = looked.before
    tally = looked.tally
    statements, paragraphs = tally.statements, tally.paragraphs
    for lost in looked.reopened:
        statements -= tallies(lost).statements
        paragraphs -= tallies(lost).paragraphs
    if OPEN in looked.verdicts:
        for number, name in enumerate(looked.named()):
            if looked.verdicts[number] != OPEN or not looked.is_sure(number):
                continue
            if looked.kinds[number] not in Kind.TEXTS:
                looked.verdicts[number] = STANDS
                continue
            verdict, tally = verdicts.get(key_below(key, name), (OPEN, Tally()))
            looked.verdicts[number] = verdict
            if verdict == STANDS:
                statements += tally.statements
                paragraphs += tally.paragraphs
    now = SeenFolder(
        looked.names,
        looked.kinds,
        looked.stamps,
        bytes(looked.verdicts),
        statements,
        paragraphs,
        looked.setting,
        looked.lists,
    )
    return before if now == before and before is not None else now


def _names(folder: SeenFolder | _Looked) -> list[str]:
    return os.fsdecode(folder.names).split("\0") if folder.kinds else []


def _as_bytes(names: Sequence[str]) -> bytes:
    return os.fsencode("\0".join(names))


def _lists_in(listing: Listing) -> str:
    """Return what changes when a list of a corpus in a folder does."""
    found = [
        (name, listing.stamps[number * Stamps.size : (number + 1) * Stamps.size])
        for number, name in enumerate(listing.names)
        if is_corpus_list(name) and listing.kinds[number] in Kind.READ
    ]
    if any(_is_fresh(stamps, listing.began) for _, stamps in found):
        return _UNSURE
    return _mixed(*(f"{name} {stamps.hex()}" for name, stamps in found)) if found else _NO_LISTS


def _mixed(*parts: str) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(f"{len(part)} {part}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _above(key: str) -> str:
    return os.path.dirname(key)  # noqa: PTH120  (a key is a text)


def _has_skipped(verdicts: bytearray) -> bool:
    return any(verdict >= SKIPPED for verdict in {*verdicts})

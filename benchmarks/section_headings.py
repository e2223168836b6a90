"""How well headings are read: ``python -m benchmarks headings FOLDER...``.

The table of evidence is counted on all openings but those of one site, which are then read with it, site
after site:
what is told is how well texts of a site are read that nobody has seen.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.labelled import FIELDS, Opening, Wanted, read_openings
from benchmarks.table import ABSENT, Table
from onrecord.indexer.draft import Draft
from onrecord.indexer.heading import evidence
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.evidence import Evidence, measured, read_table_of_evidence
from onrecord.indexer.heading.reader import Candidates, decide, gather
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.reading.inspection import shown_speaker
from onrecord.indexer.statement import Confidence, Metadata, Speaker

__all__ = ["main", "measure_headings"]

_Counts = dict[tuple[str, str], Counter[bool]]


@dataclass(frozen=True, slots=True)
class _Read:
    """An opening with what its reader declared and what the finders proposed."""

    opening: Opening
    declared: Metadata
    found: Candidates | None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A fact as it was read: whether it is right, whether it was given as sure, on what kind of evidence."""

    opening: Opening
    field: str
    value: str | None
    right: bool
    sure: bool
    clean: bool
    kind: str


def main(arguments: Sequence[str]) -> None:
    """Measure the reading of headings on labelled openings, and count the table of evidence anew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks headings", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of labelled openings")
    parser.add_argument("--misses", action="store_true", help="list every wrong value")
    parser.add_argument("--fit", action="store_true", help="write the counts into the table of evidence")
    asked = parser.parse_args(arguments)
    tables, judged = measure_headings(asked.folders)
    sys.stdout.write("\n\n".join(table.render() for table in tables) + "\n")
    if asked.misses:
        sys.stdout.writelines(f"{_told(one)}\n" for one in judged if not one.right)
    if asked.fit:
        _write(_counted(_proposals(_read_all(asked.folders))))
        sys.stderr.write("The table of evidence was counted anew.\n")


def _told(one: _Judged) -> str:
    wanted = one.opening.wanted[one.field].values
    return "\t".join(
        (one.opening.name, one.field, repr(one.value), f"sure: {one.sure}", one.kind, repr(wanted[:3]))
    )


def measure_headings(folders: Sequence[Path]) -> tuple[list[Table], list[_Judged]]:
    """Read the openings of each site with the evidence of the others, and judge every labelled fact."""
    read = _read_all(folders)
    judged: list[_Judged] = []
    proposals = list(_proposals(read))
    for site in dict.fromkeys(one.opening.site for one in read):
        counted = _counted(one for one in proposals if one[0].opening.site != site)
        table = _table(counted)
        for one in read:
            if one.opening.site == site:
                judged += _judge(one, table)
    return _tables(judged, _counted(proposals)), judged


def _read_all(folders: Sequence[Path]) -> list[_Read]:
    openings = read_openings(folders)
    with tempfile.TemporaryDirectory() as folder:
        return [_read(opening, Path(folder) / f"opening{opening.ending}") for opening in openings]


def _read(opening: Opening, path: Path) -> _Read:
    """Put an opening into a file of its own and let its reader and the finders have it."""
    path.write_text(opening.text, "utf-8", newline="")
    read = read_source(path)
    draft: Draft | None = next(iter(read[1]), None) if read else None
    if draft is None:
        return _Read(opening, Metadata(), None)
    return _Read(opening, draft.declared, gather(draft.blocks, title=draft.declared.title))


def _proposals(read: Iterable[_Read]) -> Iterator[tuple[_Read, str, str, bool]]:
    """Yield for each opening and kind of evidence whether its first candidate is right."""
    for one in read:
        for name, candidates in _by_field(one.found).items():
            wanted = one.opening.wanted.get("speaker" if name == "group" else name)
            seen: set[str] = set()
            for candidate in candidates if wanted else ():
                if candidate.kind not in seen and wanted:
                    seen.add(candidate.kind)
                    right = _is_right(candidate.value, wanted, exact=name == "date")
                    if right or name != "speaker" or not _has_group(one, wanted):
                        yield one, name, candidate.kind, right


def _is_right(value: object, wanted: Wanted, *, exact: bool = False) -> bool:
    """Tell whether a value, or a part of it such as the person alone, is what is wanted."""
    also = Wanted(wanted.parts)
    return any(
        wanted.takes(form, exact=exact) or (wanted.parts and also.takes(form)) for form in _forms(value)
    )


def _has_group(read: _Read, wanted: Wanted) -> bool:
    """Tell whether the statement is given for a group, so that who reads it out is no wrong candidate."""
    groups = _by_field(read.found).get("group", ())
    return any(_is_right(one.value, wanted) for one in groups)


def _by_field(found: Candidates | None) -> Mapping[str, Sequence[Candidate[Any]]]:
    if found is None:
        return {}
    return {
        "speaker": found.speakers.speakers,
        "group": found.speakers.groups,
        "forum": found.forums,
        "date": found.dates,
        "place": found.places,
    }


def _forms(value: object) -> list[str]:
    """Return the forms under which a value may be labelled."""
    if isinstance(value, Speaker):
        return [form for form in (value.delegation, value.person, value.printed) if form]
    return [str(value)]


def _counted(proposals: Iterable[tuple[_Read, str, str, bool]]) -> _Counts:
    counts: _Counts = defaultdict(Counter)
    for _, name, kind, right in proposals:
        counts[name, kind][right] += 1
    return counts


def _table(counts: _Counts) -> dict[tuple[str, str], Evidence]:
    return {
        key: replace(row, right=counts[key][True], wrong=counts[key][False])
        for key, row in measured().items()
    }


def _judge(read: _Read, table: Mapping[tuple[str, str], Evidence]) -> Iterator[_Judged]:
    known = Metadata()
    if read.found is not None:
        known = read.declared.over(decide(read.found, table=table).metadata)
    for name, wanted in read.opening.wanted.items():
        finding = getattr(known, name)
        value = (
            None if finding is None else shown_speaker(finding) if name == "speaker" else str(finding.value)
        )
        sure = finding is not None and finding.confidence is not Confidence.LOW
        right = wanted.takes(value, exact=name == "date")
        clean = (
            value is None
            or name == "date"
            or not wanted.whole
            or None in wanted.values
            or wanted.is_clean(value)
        )
        yield _Judged(read.opening, name, value, right, sure, clean, _kind(read, name, finding))


def _kind(read: _Read, name: str, finding: object) -> str:
    """Name the kind of evidence on which a value was given: that of the first candidate with its words."""
    said = getattr(finding, "evidence", None)
    fields = ("group", "speaker") if name == "speaker" else (name,)
    for one in fields:
        for candidate in _by_field(read.found).get(one, ()):
            if said and candidate.evidence in said:
                return f"{one}: {candidate.kind}"
    return f"{name}: declared" if finding else f"{name}: silent"


def _tables(judged: Sequence[_Judged], counts: _Counts) -> list[Table]:
    fields = [_row(name, [one for one in judged if one.field == name]) for name in FIELDS]
    languages = sorted({one.opening.language or "not said" for one in judged})
    folders = sorted({one.opening.name.partition("/")[0] for one in judged})
    by_language = [
        _row(name, [one for one in judged if (one.opening.language or "not said") == name])
        for name in languages
    ]
    by_folder = [
        _row(
            f"{folder}, {name}",
            [one for one in judged if one.opening.name.startswith(f"{folder}/") and one.field == name],
        )
        for folder in folders
        for name in FIELDS
    ]
    kinds = sorted({one.kind for one in judged})
    by_kind = [_row(kind, [one for one in judged if one.kind == kind]) for kind in kinds]
    calibration = [_calibrated(name, [one for one in judged if one.field == name]) for name in FIELDS]
    head = ("right", "right of those given", "clean of the right", "facts")
    evidence_rows = tuple(
        (f"{name}: {kind}", str(count[True]), str(count[False]))
        for (name, kind), count in sorted(counts.items())
    )
    return [
        Table("Headings, whole sites left out, by field", ("field", *head), (*fields, _row("all", judged))),
        Table("By folder", ("folder, field", *head), tuple(by_folder)),
        Table("By language", ("language", *head), tuple(by_language)),
        Table("By kind of evidence", ("decided by", *head), tuple(by_kind)),
        Table(
            "Calibration",
            ("field", "given as sure", "of them wrong", "right and given", "of them sure"),
            (*calibration, _calibrated("all", judged)),
        ),
        Table("The table of evidence, counted", ("kind", "right", "wrong"), evidence_rows),
    ]


def _row(name: str, judged: Sequence[_Judged]) -> tuple[str, ...]:
    given = [one for one in judged if one.value is not None]
    right = [one for one in given if one.right]
    return (
        name,
        _share([one.right for one in judged]),
        _share([one.right for one in given]),
        _share([one.clean for one in right if one.field != "date"]),
        str(len(judged)),
    )


def _calibrated(name: str, judged: Sequence[_Judged]) -> tuple[str, ...]:
    sure = [one for one in judged if one.sure]
    right = [one for one in judged if one.right and one.value is not None]
    return (
        name,
        str(len(sure)),
        _share([not one.right for one in sure]),
        str(len(right)),
        _share([one.sure for one in right]),
    )


def _share(found: Sequence[bool]) -> str:
    return f"{100 * sum(found) / len(found):.1f} % ({sum(found)}/{len(found)})" if found else ABSENT


def _write(counts: _Counts) -> None:
    """Write the counts into the table that lies beside the finders."""
    rows = read_table_of_evidence()
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        count = counts[row["field"], row["kind"]]
        writer.writerow(row | {"right": str(count[True]), "wrong": str(count[False])})
    Path(evidence.__file__).with_name("evidence.csv").write_text(out.getvalue(), "utf-8")

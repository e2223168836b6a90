"""Whatever stands in a name, a title, an identifier or a word: what is read from it can be quoted.

Each value and each piece of text of the small samples gets each of some odd pieces, in turn.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.fuzzing import TARGETS, Broken, Reader, Target
from faults.invariants import broken_in_statements
from faults.markup import markup_of
from faults.small import SMALL

from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.statements import read_statements

ODD = {
    "nothing": b"",
    "a line end": b"&#10;",
    "a tab in words": b"a&#9;b",
    "a mark apart": b"e&#769;",
    "a letter and its mark around what is not seen": b"e&#173;&#8203;&#769;",
    "a line end of Unicode, written twice": b"a\xc3\xa2\xe2\x82\xac\xc2\xa8b",
    "a name of nothing but marks": b" , : ",
    "figures": b"0",
}
MARKUP = [
    target
    for target in TARGETS
    if target.name in SMALL and isinstance(target.open, Reader) and SMALL[target.name][0].startswith(b"<")
    if target.name not in ("epub", "word")
]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("target", MARKUP, ids=lambda target: target.name)
def test_what_is_read_can_be_quoted(target: Target, odd: bytes, tmp_path: Path) -> None:
    assert isinstance(target.open, Reader)
    path = tmp_path / target.open.names[0]
    for sample in SMALL[target.name]:
        markup = markup_of(sample)
        assert markup is not None
        for begin, end in (*markup.values, *markup.texts):
            for kept in (b"", sample[begin:end]):
                path.write_bytes(sample[:begin] + kept + odd + sample[end:])
                try:
                    statements = read_statements(SourceFile.alone(path), content_hash="")
                except SourceError:
                    continue
                if broken := broken_in_statements(statements or (), path=path, lines=None):
                    raise Broken(f"{broken} where {sample[begin:end]!r} is {kept + odd!r}")

"""Invented statements: every fact given or missing, words that meet again, any text at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.statement import Finding, Metadata, Paragraph, Party, Role, Source, Speaker, Statement

__all__ = ["segment_of", "spoken", "statement_lists"]

WORDS = ["mine", "Mines", "mined", "AIDS", "aids", "WHO", "Côte", "мины", "не", "不扩散", "76", "½", ""]
NAMES = st.none() | st.sampled_from(["Japan", "Côte d’Ivoire", "Peace and mines", "A, B and A", "—"])
DATES = st.none() | st.sampled_from(["2019", "2020-02", "2021-09-20"]).map(PartialDate.parse)
LANGUAGES = ["en", "fr", "ru", "zh", "ar", "de", "es", "sw"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=20)


def found(values: st.SearchStrategy[str | None]) -> st.SearchStrategy[Finding[str] | None]:
    return values.map(lambda value: Finding(value, evidence="") if value else None)


@st.composite
def speakers(draw: st.DrawFn) -> Finding[Speaker] | None:
    printed = draw(NAMES)
    if printed is None:
        return None
    code = draw(st.sampled_from([None, "JPN", "CIV"]))
    person, post = draw(NAMES), draw(NAMES)
    return Finding(Speaker(printed, delegation=draw(NAMES), code=code, person=person, post=post), evidence="")


@st.composite
def parties(draw: st.DrawFn) -> Finding[Party] | None:
    name = draw(NAMES)
    code = draw(st.sampled_from([None, "JPN", "AFRICAN-GROUP"]))
    return Finding(Party(name, code), evidence="") if name else None


@st.composite
def statement_lists(draw: st.DrawFn, *, texts: st.SearchStrategy[str] = TEXTS) -> list[Statement]:
    slugs = draw(st.lists(st.text("ab-é1", min_size=1, max_size=4), max_size=5, unique=True))
    return [draw(statements(slug, texts)) for slug in slugs]


@st.composite
def statements(draw: st.DrawFn, slug: str, texts: st.SearchStrategy[str]) -> Statement:
    date = draw(DATES)
    return spoken(
        slug,
        *draw(st.lists(texts, max_size=5)),
        metadata=Metadata(
            title=draw(NAMES),
            speaker=draw(speakers()),
            forum=draw(found(NAMES)),
            date=Finding(date, evidence="") if date else None,
            place=draw(found(NAMES)),
            language=draw(found(st.sampled_from([None, *LANGUAGES]))),
            on_behalf_of=draw(parties()),
            delivered_by=draw(parties()),
        ),
        roles=draw(st.lists(st.sampled_from(Role), min_size=5, max_size=5)),
        printed=draw(st.lists(st.sampled_from([None, "1.", "29.", "(é)"]), min_size=5, max_size=5)),
        languages=draw(st.lists(st.sampled_from([None, *LANGUAGES]), min_size=5, max_size=5)),
    )


def spoken(
    slug: str,
    *texts: str,
    metadata: Metadata | None = None,
    roles: Sequence[Role] = (),
    printed: Sequence[str | None] = (),
    languages: Sequence[str | None] = (),
) -> Statement:
    """Make a statement of these paragraphs; what is not given is as in most statements."""
    return Statement(
        slug=slug,
        metadata=metadata or Metadata(language=Finding("en", evidence="")),
        paragraphs=tuple(
            Paragraph(
                number,
                text,
                role=roles[number - 1] if roles else Role.BODY,
                printed=printed[number - 1] if printed else None,
                language=languages[number - 1] if languages else None,
            )
            for number, text in enumerate(texts, 1)
        ),
        source=Source(f"{slug}.md", format="markdown", content_hash="0" * 64),
    )


def segment_of(written: Sequence[Statement], *, deleted: frozenset[int] = frozenset()) -> Segment:
    """Write statements into a segment and open it; its file is gone, its map is not."""
    writer = SegmentWriter()
    for statement in written:
        writer.add(statement)
    with TemporaryDirectory() as folder:
        writer.write(Path(folder) / "segment")
        return Segment(Path(folder) / "segment", deleted)

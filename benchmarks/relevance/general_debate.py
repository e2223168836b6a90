"""Questions to the General Debate as a judged collection: a paragraph is a document, named by its hash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from benchmarks.corpus import Record
from benchmarks.relevance.collection import Collection

__all__ = ["general_debate", "share_judged"]

_QUESTIONS = Path(__file__).parent / "un"


def general_debate(paragraphs: Iterable[Record], folder: Path) -> Collection:
    """Lay the paragraphs of a corpus, the questions and their judgements into a folder.

    The paragraphs of a folder that has them are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("queries.tsv", "qrels.tsv"):
        shutil.copyfile(_QUESTIONS / name, folder / name)
    documents = folder / "docs.jsonl"
    if not documents.exists():
        unfinished = documents.with_suffix(".new")
        with unfinished.open("w", encoding="utf-8") as lines:
            for paragraph in paragraphs:
                lines.write(_line(paragraph) + "\n")
        unfinished.rename(documents)
    return Collection(folder)


def share_judged(collection: Collection) -> float:
    """Return the share of the judged paragraphs that a collection has; others have changed, or never were."""
    wanted = {document for judged in collection.gains().values() for document in judged}
    return sum(name in wanted for name in {name for name, _, _ in collection.documents()}) / len(wanted)


def _line(paragraph: Record) -> str:
    name = sha256(paragraph.text.encode()).hexdigest()
    # Most of the corpus is English: the peers are given the stems of the language that is asked in.
    return json.dumps({"id": name, "text": paragraph.text, "language": "en"}, ensure_ascii=False)

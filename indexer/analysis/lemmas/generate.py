"""Write the tables of forms that belong to other lemmas than simplemma's one, and the English spellings.

Run it after a rule or a table in ``making/`` was edited or simplemma has a new
release, and look at the tests' figures before committing what it writes:

    pip install -e '.[dev]' && python -m onrecord.indexer.analysis.lemmas.generate [LANGUAGE ...]

``spellings.csv`` is written as well where the list that it is made of lies unpacked in the
folder ``package``, as after ``npm pack american-british-english-translator && tar xf *.tgz``.

Sources: the word lists of simplemma 2 (MIT; made of Wiktionary, CC BY-SA, and others
that its documentation names), frequencies of wordfreq 3 (CC BY-SA 4.0; they only decide
which forms are listed and which lemmas are too rare), american-british-english-translator
0.2 (MIT), and the tables in ``making/``, written by hand for this project.
Nothing at run time needs this module.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from unicodedata import normalize

from onrecord.indexer.analysis.lemmas.making.arabic import arabic_rows
from onrecord.indexer.analysis.lemmas.making.second_lemmas import second_lemmas
from onrecord.indexer.analysis.lemmas.making.spellings import spellings
from onrecord.indexer.analysis.lemmas.making.word_list import read

__all__ = ["LANGUAGES", "main"]

#: The languages that have a table.
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pt", "sv")
_SPELLINGS = Path("package")


def main() -> None:
    """Write the tables of the languages named on the command line, or all."""
    for language in sys.argv[1:] or LANGUAGES:
        words = read(language)
        _write(language, arabic_rows(words) if language == "ar" else _rows(second_lemmas(words)))
        if language == "en" and _SPELLINGS.is_dir():
            _write_spellings(spellings(_SPELLINGS, words.lemma))


def _write_spellings(pairs: Iterable[tuple[str, str]]) -> None:
    with Path(__file__).with_name("spellings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("spelling", "lemma", "source"))
        writer.writerows(
            (spelling, lemma, "american-british-english-translator") for spelling, lemma in pairs
        )


def _rows(table: Mapping[str, frozenset[str]]) -> list[str]:
    return sorted(f"{form}\t{' '.join(sorted(lemmas))}" for form, lemmas in table.items())


def _write(language: str, rows: Iterable[str]) -> None:
    text = "".join(f"{row}\n" for row in rows)
    packed = lzma.compress(normalize("NFC", text).encode(), preset=9 | lzma.PRESET_EXTREME)
    Path(__file__).with_name("tables").joinpath(f"{language}.tsv.xz").write_bytes(packed)


if __name__ == "__main__":
    main()

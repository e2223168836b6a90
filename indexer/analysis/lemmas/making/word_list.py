"""What the tables of a language are made from: simplemma's lemma of each form, how frequent words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["WordList", "read"]

# Words beyond these are too rare for a hole in their paradigm to be felt.
_MOST_FREQUENT = 100_000
_RAREST = 1e-8


@dataclass(frozen=True)
class WordList:
    """What is known of the words of one language before any is added."""

    language: str
    lemma: Mapping[str, str]
    """The one lemma that simplemma has of a form."""
    frequency: Mapping[str, float]
    """Share of a word in running text, in small letters."""
    forms: Counter[str]
    """How many forms a lemma has, itself not counted."""

    def is_lemma(self, word: str) -> bool:
        """Tell whether a word is its own lemma."""
        return self.lemma.get(word) == word

    def is_inflected(self, word: str) -> bool:
        """Tell whether a word is the lemma of itself and of other forms."""
        return self.is_lemma(word) and word in self.forms

    def singular(self, word: str) -> Iterator[str]:
        """Yield a word without its s, if neither is known for a form of anything else."""
        single = word[:-1]
        unknown = single not in self.lemma and self.share(single) > self.share(word)
        if word.endswith("s") and len(word) > 3 and self.lemma.get(word, word) == word:
            yield from (single,) * (unknown or self.is_lemma(single))

    def share(self, word: str) -> float:
        """Return the share of a word in running text, never nothing."""
        return self.frequency.get(word.lower(), _RAREST)

    def written(self) -> Iterator[str]:
        """Yield each frequent word as it may be written: German ones with a capital too."""
        for word in self.frequency:
            if word.isalpha():
                yield word
                if self.language == "de":
                    yield word[:1].upper() + word[1:]


def read(language: str) -> WordList:
    """Read simplemma's dictionary and wordfreq's frequencies."""
    import wordfreq
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    lemma = dict(DefaultDictionaryFactory().get_dictionary(language))
    wordlist = "large" if language in wordfreq.available_languages("large") else "small"
    top = wordfreq.top_n_list(language, 2 * _MOST_FREQUENT, wordlist=wordlist)
    kept = [word for word in top if word.isalpha()][:_MOST_FREQUENT]
    frequency = {word: wordfreq.word_frequency(word, language, wordlist=wordlist) for word in kept}
    forms = Counter(lemma for form, lemma in lemma.items() if form != lemma)
    return WordList(language=language, lemma=lemma, frequency=frequency, forms=forms)

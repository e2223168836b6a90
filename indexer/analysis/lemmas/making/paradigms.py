"""Fills the holes in paradigms: the further lemmas that a form may have.

simplemma keeps one lemma of a form, so the paradigms of the others have a hole there:
French ``reste`` is a form of "rester", and "reste" has a plural only. A hole is filled where
lemmas that are inflected alike have a form at that place. How much a rule speaks for
another is counted over the whole dictionary: of the lemmas that have a form by the
one, how many that could have one by the other do.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.lemmas.making.rules import UNCHANGED, Rule, rule_of
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further_lemmas"]

_Floats = npt.NDArray[np.float32]
_Paradigms = Mapping[str, Mapping[Rule, str]]

# A rule that fewer lemmas have is no evidence of anything.
_LEAST_SUPPORT = 8
# The endings of lemmas that tell how words are inflected of which few forms are known.
_TAILS = (3, 4)
_LEAST_TAILS = 10
# Fewer known forms than these, and the ending of the lemma has half the say.
_FEW_FORMS = 4
# Ratios are shrunk by this much, so that one lemma of one says little.
_SHRUNK = 2


@dataclass(frozen=True)
class _Evidence:
    """How often a rule, and an ending of the lemma, go with another rule."""

    number: Mapping[Rule, int]
    by_rule: _Floats
    by_tail: Mapping[str, _Floats]


def further_lemmas(words: WordList, *, likely: float, likely_of_few: float) -> dict[str, dict[str, float]]:
    """Return, by form, the lemmas whose paradigm has a hole where it fits, each with how likely it is."""
    paradigms = _paradigms(words)
    counted = Counter(rule for paradigm in paradigms.values() for rule in paradigm)
    number = {
        rule: i for i, rule in enumerate(rule for rule, count in counted.items() if count >= _LEAST_SUPPORT)
    }
    used = {words.lemma[word] for word in words.written() if word in words.lemma} | set(words.written())
    paradigms = {
        lemma: paradigm
        for lemma, paradigm in paradigms.items()
        if lemma in used and len(lemma) > 1 and any(rule in number for rule in paradigm)
    }
    evidence, holes = _count(words, paradigms, number)
    return _filled(paradigms, evidence, holes, likely, likely_of_few)


def _paradigms(words: WordList) -> dict[str, dict[Rule, str]]:
    found: dict[str, dict[Rule, str]] = defaultdict(dict)
    for form, lemma in words.lemma.items():
        rule = rule_of(form, lemma, words.language) if form.isalpha() and lemma.isalpha() else None
        if rule is not None:
            found[lemma][rule] = form
    for lemma, paradigm in found.items():
        paradigm.setdefault(UNCHANGED, lemma)
    return found


def _count(
    words: WordList, paradigms: _Paradigms, number: Mapping[Rule, int]
) -> tuple[_Evidence, dict[str, list[tuple[Rule, str]]]]:
    """Count what goes with what, and list the holes: forms that another lemma has."""
    by_taken: dict[str, list[Rule]] = defaultdict(list)
    for rule in number:
        by_taken[rule.taken].append(rule)
    tails = Counter(tail for lemma in paradigms for tail in _tails_of(lemma))
    size = len(number)
    have, could = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    tail_have = {tail: np.zeros(size, np.float32) for tail, count in tails.items() if count >= _LEAST_TAILS}
    tail_could = {tail: np.zeros(size, np.float32) for tail in tail_have}
    holes: dict[str, list[tuple[Rule, str]]] = {}
    for lemma, paradigm in paradigms.items():
        own = np.array([number[rule] for rule in paradigm if rule in number])
        missing, holes[lemma] = _missing(words, lemma, paradigm, by_taken)
        possible = np.concatenate((own, np.array([number[rule] for rule in missing], own.dtype)))
        have[np.ix_(own, own)] += 1
        could[np.ix_(own, possible)] += 1
        for tail in _tails_of(lemma) & tail_have.keys():
            tail_have[tail][own] += 1
            tail_could[tail][possible] += 1
    by_tail = {tail: tail_have[tail] / (tail_could[tail] + _SHRUNK) for tail in tail_have}
    return _Evidence(number, have / (could + _SHRUNK), by_tail), holes


def _tails_of(lemma: str) -> set[str]:
    return {lemma[-length:] for length in _TAILS}


def _missing(
    words: WordList, lemma: str, paradigm: Mapping[Rule, str], by_taken: Mapping[str, list[Rule]]
) -> tuple[list[Rule], list[tuple[Rule, str]]]:
    """Return the rules whose form of a lemma nobody has, and those whose form another lemma has."""
    absent, taken = [], []
    for length in range(min(7, len(lemma) - 1)):
        for rule in by_taken.get(lemma[len(lemma) - length :], ()):
            form = rule.form(lemma) if rule not in paradigm else None
            if form is None:
                continue
            holder = words.lemma.get(form)
            if holder is None:
                absent.append(rule)
            elif holder != lemma:
                taken.append((rule, form))
    return absent, taken


def _filled(
    paradigms: _Paradigms,
    evidence: _Evidence,
    holes: Mapping[str, list[tuple[Rule, str]]],
    likely: float,
    likely_of_few: float,
) -> dict[str, dict[str, float]]:
    further: dict[str, dict[str, float]] = defaultdict(dict)
    for lemma, taken in holes.items():
        own = [
            evidence.number[rule]
            for rule in paradigms[lemma]
            if rule in evidence.number and rule != UNCHANGED
        ]
        if not own:
            continue
        for rule, form in taken:
            likelihood = _likelihood(evidence, lemma, own, evidence.number[rule])
            if likelihood >= (likely if len(own) >= _FEW_FORMS else max(likely, likely_of_few)):
                further[form][lemma] = max(likelihood, further[form].get(lemma, 0.0))
    return further


def _likelihood(evidence: _Evidence, lemma: str, own: list[int], rule: int) -> float:
    """Return how much a lemma's rules speak for another: the stronger half, for silence is no evidence."""
    says = np.sort(evidence.by_rule[own, rule])
    strongest = says[-max(2, len(says) // 2) :]
    likelihood = float(strongest.mean()) if len(says) > 1 else 0.9 * float(says[0])
    if len(own) >= _FEW_FORMS:
        return likelihood
    tails = [float(evidence.by_tail[tail][rule]) for tail in _tails_of(lemma) if tail in evidence.by_tail]
    return (likelihood + max(tails, default=0.0)) / 2

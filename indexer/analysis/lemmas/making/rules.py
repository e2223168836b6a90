"""How a form is made of its lemma: what is put before it, taken off its end, and put there."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["UNCHANGED", "Rule", "rule_of"]

# Beyond these, form and lemma have so little in common that no other word is inflected alike.
_LONGEST_TAKEN, _LONGEST_PUT = 6, 7
_PREFIXES = {"de": "ge"}


class Rule(NamedTuple):
    """``("", "y", "ies")`` makes "countries" of "country"."""

    before: str
    taken: str
    put: str

    def form(self, lemma: str) -> str | None:
        """Return the form of a lemma, or None where the rule does not fit it."""
        if not lemma.endswith(self.taken):
            return None
        return f"{self.before}{lemma[: len(lemma) - len(self.taken)]}{self.put}"


#: The rule of the form that is the lemma.
UNCHANGED = Rule("", "", "")


def rule_of(form: str, lemma: str, language: str) -> Rule | None:
    """Return the rule that makes a form of its lemma, or None where they are too unlike for one."""
    prefix = _PREFIXES.get(language, "")
    before = prefix if prefix and _has_prefix(form, lemma, prefix) else ""
    rest = form[len(before) :]
    shared = next(
        (i for i, (a, b) in enumerate(zip(rest, lemma, strict=False)) if a != b), min(len(rest), len(lemma))
    )
    if shared < min(2, len(lemma) - 1):
        return None
    taken, put = lemma[shared:], rest[shared:]
    if len(taken) > _LONGEST_TAKEN or len(put) > _LONGEST_PUT:
        return None
    return Rule(before, taken, put)


def _has_prefix(form: str, lemma: str, prefix: str) -> bool:
    return form.startswith(prefix) and not lemma.startswith(prefix) and len(form) > len(prefix) + 2

"""How Arabic writes a final letter once something is put behind it: the carriers of hamza, ة, ى."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["before_enclitic", "joined"]

# After these a letter cannot be joined, so that a hamza stands by itself.
_UNJOINED = "اوأإآدذرزؤء"


def joined(stem: str, ending: str) -> Iterator[str]:
    """Yield the ways to write an ending behind a stem, whose final hamza may need another carrier.

    >>> list(joined("يقرأ", "ون")), list(joined("قرأ", "ا")), list(joined("كتب", "وا"))
    (['يقرأون', 'يقرؤون', 'يقرءون'], ['قرآ'], ['كتبوا'])
    """
    last, vowel = stem[-1], ending[:1]
    if last not in "أء" or vowel == "ت":
        yield stem + ending
        return
    before = stem[:-1]
    if last == "أ":
        yield from {
            "ا": (f"{before}آ{ending[1:]}",),
            "و": (stem + ending, f"{before}ؤ{ending}", f"{before}ء{ending}"),
            "ي": (stem + ending, f"{before}ئ{ending}"),
        }.get(vowel, (stem + ending,))
    elif before[-1:] == "ي" or before[-1:] not in _UNJOINED:
        yield f"{before}ئ{ending}"
    else:
        yield stem + ending
        if vowel in "وي":
            yield f"{before}{'ؤ' if vowel == 'و' else 'ئ'}{ending}"


def before_enclitic(form: str) -> tuple[str, ...]:
    """Return the ways to write a form before an enclitic pronoun.

    >>> before_enclitic("حكومة"), before_enclitic("مستوى"), before_enclitic("أعضاء"), before_enclitic("كتبوا")
    (('حكومت',), ('مستوا',), ('أعضاء', 'أعضاؤ', 'أعضائ'), ('كتبو',))
    """
    last, before = form[-1], form[:-1]
    if last == "ة":
        return (f"{before}ت",)
    if last == "ى":
        return (f"{before[:-1]}آ",) if before[-1:] == "أ" else (f"{before}ا",)
    if form.endswith("وا") and len(form) > 3:
        return (before,)
    if last == "أ":
        return (form, f"{before}ؤ", f"{before}ئ")
    if last == "ء" and before[-1:] in "يبطزف":
        return (f"{before}ئ", form)
    if last == "ء":
        return (form, f"{before}ؤ", f"{before}ئ")
    return (form,)

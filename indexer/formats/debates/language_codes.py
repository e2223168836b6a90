"""Languages by their two letters, for sources that write three (ISO 639-2 and 639-3) or the name."""

from __future__ import annotations

__all__ = ["language_named", "three_letters", "two_letters"]

# The working languages of the parliaments that publish in these formats.
_TABLE = """
    afr:af alb:sq amh:am ara:ar arm:hy aze:az baq:eu bel:be ben:bn bos:bs bul:bg cat:ca ces:cs chi:zh
    cym:cy cze:cs dan:da deu:de dut:nl ell:el eng:en est:et eus:eu fas:fa fin:fi fra:fr fre:fr geo:ka
    ger:de gle:ga glg:gl gre:el heb:he hin:hi hrv:hr hun:hu hye:hy ice:is ind:id isl:is ita:it jpn:ja
    kat:ka kaz:kk kin:rw kor:ko lav:lv lit:lt ltz:lb mac:mk may:ms mkd:mk mlt:mt mon:mn msa:ms nld:nl
    nor:no per:fa pol:pl por:pt ron:ro rum:ro rus:ru sin:si slk:sk slo:sk slv:sl som:so spa:es sqi:sq
    srp:sr swa:sw swe:sv tam:ta tha:th tur:tr ukr:uk urd:ur uzb:uz vie:vi wel:cy zho:zh
"""
_CODES = dict(pair.split(":") for pair in _TABLE.split())
# Of languages with two codes of three letters, the one made of their English name (ISO 639-2/B).
_OF_ENGLISH_NAME = frozenset(
    "alb arm baq chi cze dut fre geo ger gre ice mac may per rum slo wel".split()  # noqa: SIM905
)
_THREE = {two: three for three, two in _CODES.items() if three not in _OF_ENGLISH_NAME}
# The languages in which the United Nations hears speeches, in English, French and Spanish.
_NAMES = """
    arabic:ar chinese:zh english:en french:fr russian:ru spanish:es portuguese:pt german:de italian:it
    japanese:ja korean:ko persian:fa farsi:fa dari:fa turkish:tr greek:el hebrew:he swahili:sw
    kiswahili:sw polish:pl dutch:nl hungarian:hu serbian:sr croatian:hr thai:th lao:lo vietnamese:vi
    khmer:km mongolian:mn hindi:hi bangla:bn bengali:bn nepali:ne albanian:sq bulgarian:bg czech:cs
    danish:da estonian:et georgian:ka latvian:lv romanian:ro slovak:sk ukrainian:uk malay:ms
    indonesian:id anglais:en arabe:ar chinois:zh espagnol:es russe:ru français:fr inglés:en árabe:ar
    chino:zh ruso:ru francés:fr español:es portugués:pt portugais:pt allemand:de
    japonais:ja coréen:ko persan:fa turc:tr alemán:de japonés:ja
"""
_NAMED = dict(pair.split(":") for pair in _NAMES.split())


def two_letters(code: str) -> str | None:
    """Return the ISO 639-1 code of a language, None where it has none or is not known here.

    >>> two_letters("eng"), two_letters("sv-FI"), two_letters("mul")
    ('en', 'sv', None)
    """
    language = code.strip().lower().partition("-")[0]
    if len(language) == 2 and language.isascii() and language.isalpha():
        return language
    return _CODES.get(language)


def three_letters(code: str) -> str | None:
    """Return the code of three letters (ISO 639-2/T) of a language of two letters.

    >>> three_letters("fr"), three_letters("el"), three_letters("xx")
    ('fra', 'ell', None)
    """
    return _THREE.get(code)


def language_named(name: str) -> str | None:
    """Return the ISO 639-1 code of a language by its name, None where the name is not known here.

    >>> language_named("French"), language_named("francés")
    ('fr', 'fr')
    """
    return _NAMED.get(name.lower())

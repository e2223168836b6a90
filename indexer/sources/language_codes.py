"""Languages by their two letters, for sources that write three (ISO 639-2, both lists, and 639-3)."""

from __future__ import annotations

__all__ = ["two_letters"]

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


def two_letters(code: str) -> str | None:
    """Return the ISO 639-1 code of a language, None where it has none or is not known here.

    >>> two_letters("eng"), two_letters("sv-FI"), two_letters("mul")
    ('en', 'sv', None)
    """
    language = code.strip().lower().partition("-")[0]
    if len(language) == 2 and language.isalpha():
        return language
    return _CODES.get(language)

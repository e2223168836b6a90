"""The same speeches as debates of parliaments, in every form of them that is read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from benchmarks.speech import Speech

__all__ = ["DEBATES"]

_SURNAMES = ("VEGA", "HALL", "LIND", "FROST")


def _parlamint(speeches: Sequence[Speech]) -> bytes:
    utterances = "\n".join(
        f'<u xml:id="u{at}" who="#{at % 90}" ana="#regular">'
        + "".join(f'<seg xml:id="u{at}.{n}">{escape(text)}</seg>\n' for n, text in enumerate(one.paragraphs))
        + "</u>"
        for at, one in enumerate(speeches)
    )
    names = "".join(
        f'<person xml:id="{at}"><persName>{escape(one.speaker)}</persName></person>'
        for at, one in enumerate(speeches[:90])
    )
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><profileDesc><settingDesc>'
        '<setting><date when="2020-05-04"/></setting></settingDesc><particDesc><listPerson>'
        f"{names}</listPerson></particDesc></profileDesc></teiHeader>"
        f"<text><body><div>{utterances}</div></body></text></TEI>"
    ).encode()


def _akoma_ntoso(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f"<speech><from>{escape(one.speaker)}</from>"
        + "".join(f"<p>{escape(text)}</p>\n" for text in one.paragraphs)
        + "</speech>"
        for one in speeches
    )
    return f"<akomaNtoso><debate><debateBody>{said}</debateBody></debate></akomaNtoso>".encode()


def _parlparse(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<speech id="uk.org.publicwhip/debate/2020-05-04a.{at}" colnum="{at}" '
        f'speakername="{escape(one.speaker)}">'
        + "".join(f'<p pid="{at}/{n}">{escape(text)}</p>\n' for n, text in enumerate(one.paragraphs))
        + "</speech>"
        for at, one in enumerate(speeches)
    )
    return f"<publicwhip>{said}</publicwhip>".encode()


def _verbatim(speeches: Sequence[Speech]) -> bytes:
    head = ("S/PV.9901", "The meeting was called to order at 10 a.m.")
    return "\n\n".join([*head, *_turns(speeches)]).encode()


def _turns(speeches: Sequence[Speech]) -> Iterator[str]:
    for one in speeches:
        first, *rest = one.paragraphs
        yield from (f"Mr. X ({one.speaker}): {first}", *rest)


def _hansard(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<Intervention id="{at}"><PersonSpeaking>{escape(one.speaker)}</PersonSpeaking><Content>'
        + "".join(
            f'<ParaText id="{at}.{n}">{escape(text)}</ParaText>\n' for n, text in enumerate(one.paragraphs)
        )
        + "</Content></Intervention>"
        for at, one in enumerate(speeches)
    )
    return f'<Hansard xml:lang="EN"><HansardBody>{said}</HansardBody></Hansard>'.encode()


def _bundestag(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<rede id="{at}"><p klasse="redner"><redner id="1"/>{escape(one.speaker)}:</p>'
        + "".join(f'<p klasse="J">{escape(text)}</p>\n' for text in one.paragraphs)
        + "</rede>"
        for at, one in enumerate(speeches)
    )
    return (
        '<dbtplenarprotokoll wahlperiode="19" sitzung-nr="7" sitzung-datum="17.01.2018"><sitzungsverlauf>'
        f"<tagesordnungspunkt>{said}</tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>"
    ).encode()


def _australian(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<speech><talk.start><talker><name role="metadata">{escape(one.speaker)}</name></talker>'
        "</talk.start>" + "".join(f"<para>{escape(text)}</para>\n" for text in one.paragraphs) + "</speech>"
        for one in speeches
    )
    head = "<session.header><date>2013-05-14</date><chamber>Senate</chamber></session.header>"
    return f"<hansard>{head}<chamber.xscript><debate>{said}</debate></chamber.xscript></hansard>".encode()


def _digitised(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<p id="{at}"><member>{escape(one.speaker)}</member><membercontribution>: '
        + "<lb/>\n".join(map(escape, one.paragraphs))
        + "</membercontribution></p>"
        for at, one in enumerate(speeches)
    )
    return (
        '<housecommons><date format="1961-07-06">Thursday, 6th July, 1961</date><debates><section>'
        f"{said}</section></debates></housecommons>"
    ).encode()


def _congressional_record(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        textwrap.fill(text, 69, initial_indent="  ")
        for at, one in enumerate(speeches)
        for text in _led(one.paragraphs, f"Mr. {_SURNAMES[at % len(_SURNAMES)]}. ")
    )
    head = "[Congressional Record Volume 143, Number 8 (Tuesday, January 28, 1997)]\n[Senate]\n[Page S754]"
    return f"<html><body><pre>\n{head}\n\n{escape(said)}\n</pre></body></html>".encode()


def _led(paragraphs: Sequence[str], name: str) -> Iterator[str]:
    first, *rest = paragraphs
    yield from (f"{name}{first}", *rest)


def _europarl(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<INTERVENTION><ORATEUR LIB={quoteattr(one.speaker + " | A")} LG="EN"/>'
        + "".join(f"<PARA>{escape(text)}</PARA>\n" for text in one.paragraphs)
        + "</INTERVENTION>"
        for one in speeches
    )
    return f"<DEBATS><CHAPTER>{said}</CHAPTER></DEBATS>".encode()


def _europarl_corpus(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f'<SPEAKER ID={at} NAME="{one.speaker}">\n' + "\n<P>\n".join(one.paragraphs)
        for at, one in enumerate(speeches, 1)
    )
    return f"<CHAPTER ID=1>\nHarbours\n{said}\n".encode()


def _tei(speeches: Sequence[Speech]) -> bytes:
    said = "\n".join(
        f"<sp><speaker>{escape(one.speaker)}</speaker>"
        + "".join(f"<p>{escape(text)}</p>\n" for text in one.paragraphs)
        + "</sp>"
        for one in speeches
    )
    return f'<TEI xml:lang="en"><teiHeader/><text><body><div>{said}</div></body></text></TEI>'.encode()


#: The name of a file in each form, and what writes it.
DEBATES: dict[str, Callable[[Sequence[Speech]], bytes]] = {
    "verbatim.txt": _verbatim,
    "parlamint.xml": _parlamint,
    "akoma-ntoso.xml": _akoma_ntoso,
    "parlparse.xml": _parlparse,
    "hansard.xml": _hansard,
    "australian.xml": _australian,
    "digitised.xml": _digitised,
    "bundestag.xml": _bundestag,
    "congressional-record.htm": _congressional_record,
    "europarl.xml": _europarl,
    "ep-00-01-17.txt": _europarl_corpus,
    "tei.xml": _tei,
}

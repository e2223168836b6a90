"""The least that each format is recognised by and says something with: most inputs are made of these.

Each has shapes that the sample files have too, a few hundred bytes of them, so that a reader goes through
thousands of inputs in the time that it takes for hundreds of whole ones.
"""

from __future__ import annotations

__all__ = ["SMALL"]

_TEXTS: dict[str, list[str]] = {
    "bundestag": [
        '<dbtplenarprotokoll wahlperiode="19" sitzung-nr="7" sitzung-datum="17.01.2018" '
        'sitzung-ort="Berlin"><sitzungsverlauf><tagesordnungspunkt top-id="TOP 1"><p '
        'klasse="T_NaS">Hafengesetz</p><rede id="ID1"><p klasse="redner"><redner id="1"><name>'
        "<titel>Dr.</titel><vorname>Petra</vorname><nachname>Vogt</nachname><rolle><rolle_lang>"
        'Ministerin</rolle_lang></rolle></name></redner>Dr. Petra Vogt:</p><p klasse="J_1">Wir '
        'handeln.</p><kommentar>(Beifall)</kommentar><name>Präsident Held:</name><p klasse="J">'
        "Danke.</p></rede></tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>",
        "<DOKUMENT><WAHLPERIODE>17</WAHLPERIODE><DOKUMENTART>PLENARPROTOKOLL</DOKUMENTART><NR>17/12</NR><DATUM>"
        "17.12.2009</DATUM><TITEL>Protokoll</TITEL><TEXT>Inhalt:\nVogt . . 9 A\nBeginn: 9.00 Uhr\n"
        "Präsident Dr. Karl Held:\nDie Sit-\nzung ist eröffnet.\n(Beifall –\nZuruf: Oh!)\nJan von "
        "See, Minister für Häfen und\nFischerei:\nWir handeln.\n</TEXT></DOKUMENT>",
    ],
    "canadian": [
        '<Hansard xml:lang="EN"><ExtractedInformation><ExtractedItem Name="Institution">House of '
        'Commons</ExtractedItem><ExtractedItem Name="Date">June 12</ExtractedItem>'
        '<ExtractedItem Name="MetaDateNumDay">12</ExtractedItem>'
        '<ExtractedItem Name="MetaDateNumMonth">06</ExtractedItem><ExtractedItem '
        'Name="MetaDateNumYear">2014</ExtractedItem></ExtractedInformation><HansardBody>'
        '<FloorLanguage language="FR"/><Intervention id="4"><PersonSpeaking>Ms. '
        'Vega:</PersonSpeaking><Content><ParaText id="1">I move:<QuotePara>Clear it.</QuotePara>'
        "</ParaText></Content></Intervention></HansardBody></Hansard>",
        '<Hansard xml:lang="EN"><HansardBody><SubjectOfBusiness><SubjectOfBusinessTitle>'
        "Harbours</SubjectOfBusinessTitle><WrittenQuestionResponse><Questioner>Mrs. "
        'Lind:</Questioner><QuestionContent><ParaText id="2">What?</ParaText></QuestionContent>'
        "<Responder>Mr. Hall:</Responder><ResponseContent><ParaText>Nothing.</ParaText>"
        "</ResponseContent></WrittenQuestionResponse></SubjectOfBusiness></HansardBody></Hansard>",
    ],
    "australian": [
        "<hansard><session.header><date>1974-03-13</date><chamber>REPS</chamber></session.header>"
        "<debate><debateinfo><title>QUESTION</title></debateinfo><question><talk.start><talker>"
        '<role>Minister</role><name role="metadata">VEGA, James</name><name role="display">Mr '
        "VEGA</name></talker><para>- Why?</para></talk.start><para>It is.</para><interjection>"
        "<talk.start><talker><name>Mr Hall</name></talker><para>- No!</para></talk.start>"
        "</interjection></question></debate></hansard>",
        "<hansard><session.header><date>2013-05-14</date><chamber>Senate</chamber></session.header>"
        '<speech><talk.start><talker><name role="metadata">Vega, Sen Ann</name></talker>'
        '</talk.start><talk.text><body><p class="HPS-Normal"><span class="HPS-Normal"><a href="A" '
        'type="MemberSpeech"><span class="HPS-MemberSpeech">Senator VEGA</span></a> (<span '
        'class="HPS-Time">12:31</span>): I rise.</span></p><p class="HPS-Normal">It is deep.</p>'
        "</body></talk.text></speech></hansard>",
    ],
    "digitised": [
        '<housecommons><col>1619</col><date format="1961-07-06">Thursday</date><debates><section>'
        '<title>HARBOUR<lb/>S</title><p id="p2">1. <member>Mr. Vega</member><membercontribution> '
        'asked why.</membercontribution></p><p id="p3"><member>Mr. Speaker</member>'
        "<membercontribution>: Or<col>1620</col>der.<lb/>\nOrder.</membercontribution></p>"
        "</section></debates></housecommons>",
    ],
    "congressional-record": [
        "<html><body><pre>\n[Congressional Record Volume 143, Number 8 (Tuesday, January 28, "
        "1997)]\n[Senate]\n[Page S754]\n\n                   the harbour act\n\n  Mr. VEGA. Mr. "
        "President, I rise.\n\n[[Page S755]]\n\n  The PRESIDING OFFICER (Mrs. FROST). So ordered.\n"
        "  Mr. McHALL of Havn. No.\n   ____________________\n</pre></body></html>",
    ],
    "europarl": [
        '<DEBATS><CHAPTER NUMBER="1"><TL-CHAP VL="EN">Harbours</TL-CHAP><INTERVENTION><ORATEUR '
        'LIB="Vega | Ann" LG="FR" SPEAKER_TYPE="NULL"><EMPHAS NAME="B">Ann Vega,</EMPHAS> for the '
        "group. – </ORATEUR><PARA>Ann Vega. – We agree.</PARA><PARA>Yes.</PARA></INTERVENTION>"
        "</CHAPTER></DEBATS>",
    ],
    "tei": [
        '<TEI xml:lang="fr"><teiHeader><title>Séance</title><date when="1790-05-04"/></teiHeader>'
        "<text><body><div><head>Ports</head><sp><speaker>M. Vega.</speaker><p>Le port est "
        "ouvert.</p><stage>(Bruit.)</stage></sp><sp><speaker>M. le Président.</speaker><p>"
        "Merci.</p></sp></div></body></text></TEI>",
    ],
    "parlparse": [
        "<publicwhip><major-heading>HARBOURS</major-heading><speech "
        'id="uk.org.publicwhip/debate/2011-02-03a.1.2" speakerid="uk.org.publicwhip/member/1" '
        'speakername="Ann Vega" colnum="1"><p pid="a.1/1">We agree.</p><p>Yes.</p></speech><speech '
        'nospeaker="true" id="x"><p>Done.</p></speech></publicwhip>',
        '<debates><speech id="uk.org.publicwhip/lords/2007-09-20.3.3" speakername="The President" '
        'url="http://parlinfo.aph.gov.au/b"><p>Order!</p></speech></debates>',
    ],
    "parlamint": [
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><meeting n="12" '
        'ana="#parla.sitting">12</meeting><setting><name type="city">Havn</name><date '
        'when="2020-05-04"/></setting></teiHeader><text><body><div type="debateSection"><head>'
        'Harbours</head><note type="speaker">Ann Vega:</note><u who="#AnnVega" ana="#regular" '
        'xml:id="u1"><seg xml:id="s1">We <note>no</note> agree.</seg></u></div></body></text></TEI>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><u who="#A.B" ana="#chair"><seg>'
        '<s><w join="right">We</w><pc>.</pc></s></seg></u></div></body></text></TEI>',
    ],
    "akoma-ntoso": [
        '<akomaNtoso><debate name="hansard"><meta><identification><FRBRWork><FRBRdate '
        'date="2012-03-20" name="a"/></FRBRWork></identification><references><TLCPerson eId="v" '
        'showAs="Ann Vega"/><TLCRole eId="m" showAs="Minister"/></references></meta><debateBody>'
        '<debateSection><heading>Ports</heading><speech by="#v" as="#m" eId="s1"><from>Ms '
        "Vega:</from><p>We agree.</p><p>Yes.</p></speech></debateSection></debateBody></debate>"
        "</akomaNtoso>",
        "<akomaNtoso><debate><debateBody><question><from>Mr Hall</from><p>Why?</p></question>"
        "<scene>Noise</scene><speech><from>Speaker</from><blockList><item><num>1</num><p>So.</p>"
        "</item></blockList></speech></debateBody></debate></akomaNtoso>",
    ],
    "verbatim": [
        "S/PV.9901\n\nThe meeting was called to order at 10 a.m.\n\nMr. Ono (Japan): We agree.\n\n"
        "21-12345 2/9\n\nThe President: I thank Japan.\n",
        "A/75/PV.4\n\nAgenda item 7\n\nThe President (spoke in French): I give the\nfloor to "
        "Norway.\n\nMs. Lie (Norway): Yes.\n",
    ],
    "html": [
        "<html><title>Statement by Japan</title><nav><a href=x>Home</a></nav><main><h1>"
        "Statement</h1><p>We agree.<br>Yes.<ul><li>One<li>Two</ul></main><footer>Contact</footer>"
        "</html>",
        "<div class=content><table><tr><td>Geneva, 12 May 2021<td>Japan</table><p>Mr. "
        "President,</p><p>We <b>agree</b>.",
    ],
    "rtf": [
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset204 T;}}{\\*\\x y}\\pard\\b "
        "Statement\\b0\\par C\\'f4te \\u8364?\\par{\\f0 \\'ec}\\trowd We\\cell agree\\cell\\row}",
    ],
    "odt": [
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        "<text:h>Statement</text:h><text:p>We<text:s/>agree.<text:note><text:p>n</text:p>"
        "</text:note></text:p></office:text></office:body></office:document>",
    ],
    "mail": [
        "From: a@example.org\nSubject: =?utf-8?Q?C=C3=B4te?=\nMIME-Version: 1.0\nContent-Type: "
        "text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nWe =\nagree.\n"
        "-- \nPress\n",
        'Subject: Re: Statement\nFrom: a\nContent-Type: multipart/alternative; boundary="b"\n\n'
        "--b\nContent-Type: text/html\n\n<p>We agree.</p>\n--b--\n",
    ],
    "subtitles": [
        "1\n00:00:01,000 --> 00:00:02,000\n<i>We agree,</i>\n\n2\n00:00:02,000 --> 00:00:03,000\n- "
        "Yes.\n- No.\n",
        "WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:04.000 align:start\n<v Ann Vega>We agree.\n",
    ],
    "tsv": ["speaker\tdate\tspeech\nAnn Vega\t2021-09-20\tWe have cleared the harbour of mines.\n"],
    "csv": [
        "speaker,date,speech\nAnn Vega,2021-09-20,We have cleared the harbour of mines.\n",
    ],
    "json": [
        '[{"speaker": "Ann Vega", "date": "2021-09-20", "speech": "We have cleared the harbour."}, '
        '{"speaker": "Mr Hall", "date": "2021-09-21", "speech": ["It is deep.", "Yes, it is as '
        'deep as that."]}, {"speaker": {"name": "Vega"}}]',
    ],
    "json-table": [
        '{"speaker": "Ann Vega", "date": "2021-09-20", "speech": "We have cleared the harbour."}\n',
    ],
    "epub": [
        "<html><body><h1>One</h1><p>We agree.</p></body></html>",
    ],
    "word": [
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:body><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Statement</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>'
        "We agree.</w:t></w:r></w:p></w:body></w:document>",
    ],
}
#: By the name of the target.
SMALL = {name: [text.encode() for text in texts] for name, texts in _TEXTS.items()}

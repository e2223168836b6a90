"""Web pages: no word of the statement is lost, and nothing is kept of what surrounds it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websites.pages import PAGES, MadeUpPage

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.web import notices
from onrecord.indexer.formats.web.notices import notice_in
from onrecord.indexer.formats.web.page import read_web_page
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.register.tables import rows


def lines_of(page: str | bytes, name: str = "a.html") -> list[str]:
    data = page.encode() if isinstance(page, str) else page
    return [
        line for draft in read_web_page(Path(name), data) for block in draft.blocks for line in block.lines
    ]


def line_numbers(page: str) -> list[int]:
    return [block.line for draft in read_web_page(Path("a.html"), page.encode()) for block in draft.blocks]


def text_of(page: str) -> str:
    return " ".join(lines_of(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_gives_its_statement_and_nothing_else(page: MadeUpPage) -> None:
    assert lines_of(page.html) == page.lines


PROSE = "Ireland thanks the Secretariat for its report, and asks every member to carry it out in full."
# Sentences that a page might say of itself.
ABOUT_COOKIES = "We know that a website may use cookies, and that this site of memory needs none."


@pytest.mark.parametrize(
    ("page", "lines", "why"),
    [
        (
            '<p>We voted for <a class="related-document" href="/r">resolution 2573</a> and we ask <span '
            'class="social-tag">every member</span> to carry it out <b class="hidden-xs">in full</b>.</p>',
            ["We voted for resolution 2573 and we ask every member to carry it out in full."],
            "A: what stands inside a sentence is never dropped",
        ),
        (
            f'<div class="content-sidebar-wrap"><p>Mr. President,</p><p>{PROSE}</p></div>'
            '<div><p><a href="/o">Older texts</a></p><p><a href="/m">Contact us by mail</a></p></div>',
            ["Mr. President,", PROSE],
            "E: a class word alone drops nothing that holds the text",
        ),
        (
            f'<div class="overflow-hidden"><div class="sidebar"><p>{PROSE}</p><p>{PROSE}</p></div></div>',
            [PROSE, PROSE],
            "E: nor does one of its own",
        ),
        (
            "<html><body><p>Mr. President,</p></body></html>\n<p>We also thank the Secretariat.</p>",
            ["Mr. President,", "We also thank the Secretariat."],
            "F: what follows an early end is read",
        ),
        (
            f"<html><body><p>Mr. President,</p></body><p>{PROSE}</p></html><p>We also thank you.</p>",
            ["Mr. President,", PROSE, "We also thank you."],
            "F: and what stands between an early end of the body and that of the page",
        ),
        (
            f"<html><body><p>Mr. President,</p></body>{PROSE}<p>We also thank you.</p></html>",
            ["Mr. President,", PROSE, "We also thank you."],
            "F: in whatever it stands",
        ),
        (
            f"<article><p>{PROSE}</p></article><article><p>{PROSE}</p><p>{PROSE}</p></article>",
            [PROSE, PROSE, PROSE],
            "E: several articles of like length are the parts of one text",
        ),
        (
            f"<h1>Statement</h1><p>{PROSE}</p><div>Share Facebook Twitter WhatsApp E-mail</div>",
            ["Statement", PROSE],
            "P: a share bar without a class",
        ),
        (
            f"<h1>Statement</h1><p>{PROSE}</p><p>This was published under the 2016 to 2019 Norse government"
            "</p><h2>Updates to this page</h2><p>Dernière modification le 3 mai 2021</p><p>Haut de page</p>"
            "<p>Partager</p>",
            ["Statement", PROSE],
            "P: what a page says about itself",
        ),
        (
            f"<h1>Statement</h1><p>{PROSE}</p><figure><img src='a'><figcaption>The minister speaks."
            f"</figcaption></figure><p>{PROSE}</p>",
            ["Statement", PROSE, PROSE],
            "P: captions",
        ),
        (
            f"<p>Japan / Geneva</p><p>{PROSE}</p><p>Created: 9 May 2021</p><p>Mis en ligne le 9 mai 2021</p>"
            "<p>Erstellt am 9. Mai 2021</p><p>Modified: 9 May 2021</p>",
            ["Japan / Geneva", PROSE],
            "I: the days of the page are not those of the speech",
        ),
        (
            f"<p>{PROSE}</p><p>We ask you to read:</p><ul><li><a href='1'>Resolution 1</a></li>"
            f"<li><a href='2'>Resolution 2</a></li><li><a href='3'>Resolution 3</a></li></ul><p>{PROSE}</p>",
            [PROSE, "We ask you to read:", "• Resolution 1", "• Resolution 2", "• Resolution 3", PROSE],
            "a list of links that a sentence announces belongs to it",
        ),
        (
            f"<p>{PROSE}</p><p>{ABOUT_COOKIES}</p><p>{PROSE}</p>",
            [PROSE, ABOUT_COOKIES, PROSE],
            "a sentence between sentences is text, whatever it says",
        ),
        (
            f"<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p><p hidden>We do not.</p><div style='display: none'>"
            f"<p>{PROSE}</p></div><p>We do <span style='display:none'>not</span> agree.</p>",
            [PROSE, PROSE, PROSE, "We do agree."],
            "what a browser does not show",
        ),
        (
            "<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>です。</p>",
            ["漢字です。"],
            "what is written above a sign to read it by",
        ),
        (
            "<table><tr><td>Year</td><td></td><td>Sum<br>in all</td></tr></table>",
            ["Year | Sum in all"],
            "a row is a line",
        ),
        (
            f'<div class="page-banner"><h1>Statement</h1><p>Geneva, 3 May</p></div><div><p>{PROSE}</p>'
            f"<p>{PROSE}</p></div>",
            ["Statement", "Geneva, 3 May", PROSE, PROSE],
            "what holds the only title stays, and what stands with it",
        ),
        (
            f'<h1>Statement</h1><div class="author">H.E. Ms. Ada Holm</div><div><p>{PROSE}</p></div>',
            ["Statement", "H.E. Ms. Ada Holm", PROSE],
            "a name below the title may be that of the speaker",
        ),
    ],
)  # fmt: skip
def test_what_surrounds_a_statement_is_told_by_kind(page: str, lines: list[str], why: str) -> None:
    assert lines_of(page) == lines, why


OTHER = (
    "We have cleared 39 square kilometres since 2010, and the work goes on in every province of the north."
)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        pytest.param(
            f"<ol><li>{PROSE}</li><li>{OTHER} <a href=r>Resolution 5</a></li></ol>",
            [f"1. {PROSE}", f"2. {OTHER} Resolution 5"],
            id="numbered paragraphs",
        ),
        pytest.param(
            f"<pre>Mr. President,\n\n{PROSE}\n{OTHER}\n\nThank you.</pre><a href=/>Home</a>",
            ["Mr. President,", PROSE, OTHER, "Thank you."],
            id="set with a typewriter",
        ),
        pytest.param(
            "<div id=menu><a href=1>Home</a><a href=2>News</a></div><div id=c><p>Mr. "
            "President,</p><p>We agree.</p>"
            "<p>Thank you.</p></div><div id=f>1 Lake Street. All rights reserved by the Ministry of "
            "Norland, which "
            "keeps this site.</div>",
            ["Mr. President,", "We agree.", "Thank you."],
            id="a statement shorter than what is below it",
        ),
        pytest.param(
            f"<main><p>{PROSE}<a href='#n1' name='r1'>[1]</a></p><p>{OTHER}</p><hr><div id=n1><p><a "
            f"href='#r1'>[1]</a> "
            "See A/RES/70/1.</p></div></main>",
            [PROSE, OTHER],
            id="notes below, which are kept apart",
        ),
        pytest.param(
            f"<h2>Peace</h2><p>{PROSE}</p><h2>Land</h2><p>{OTHER}</p><h3>More</h3><p>{PROSE}</p>",
            ["Peace", PROSE, "Land", OTHER, "More", PROSE],
            id="headings inside",
        ),
        pytest.param(
            f"<div><div>Permanent Mission of Norland</div><div><a href=1>Home</a> <a "
            f"href=2>News</a></div></div>"
            f"<div><h1>Speech</h1><div>3 May 2021</div><div><p>{PROSE}</p><p>{OTHER}</p></div></div>",
            ["Speech", "3 May 2021", PROSE, OTHER],
            id="the name of the site in a div",
        ),
        pytest.param(
            "<div class=head><h2>Speech by Norland</h2><p class=date>Geneva, 3 May 2021</p></div><div "
            "class=body>"
            f"<p>Mr. President,</p><p>{PROSE}</p><p>{OTHER}</p><p>I thank you.</p></div>",
            ["Speech by Norland", "Geneva, 3 May 2021", "Mr. President,", PROSE, OTHER, "I thank you."],
            id="a title in h2",
        ),
        pytest.param(
            f"<form><div class='ms-rtestate-field'><p class=MsoNormal><span>Mr. "
            f"President,<o:p></o:p></span></p>"
            f"<p class=MsoNormal><b>{PROSE}</b></p><p class=MsoNormal><span>Thank "
            f"you.</span></p></div></form>",
            ["Mr. President,", PROSE, "Thank you."],
            id="pasted from Word",
        ),
        pytest.param(
            f"<div class=c>Mr. President,<br/><br/>{PROSE}<br/><br/>Thank you.<br/></div><div "
            f"class=r><a href=1>One</a>"
            "<br><a href=2>Two</a><br><a href=3>Three</a></div>",
            ["Mr. President,", PROSE, "Thank you."],
            id="line breaks alone",
        ),
        pytest.param(
            f"<div><div class=a><div>Mr. President,</div></div><div "
            f"class=b><div>{PROSE}</div><div>{OTHER}</div></div>"
            "<div class=c><div>Thank you.</div></div></div>",
            ["Mr. President,", PROSE, OTHER, "Thank you."],
            id="courtesies in elements of their own",
        ),
        pytest.param(
            f"<p>{PROSE}</p><table><tr><th>Year</th><th>Sum</th></tr><tr><td>2018</td><td>39</td></tr></table>"
            f"<p>{OTHER}</p>",
            [PROSE, "Year | Sum", "2018 | 39", OTHER],
            id="a table of facts",
        ),
        pytest.param(
            f"<main><h1>Speech</h1><p><a href=/m>Ada Holm, Minister of "
            f"State</a></p><p>{PROSE}</p><p>{OTHER}</p></main>",
            ["Speech", "Ada Holm, Minister of State", PROSE, OTHER],
            id="the speaker is a link",
        ),
        pytest.param(
            f"<p>{PROSE}</p><p><a href=1>Resolution 1540</a>, <a href=2>resolution 2325</a> and <a "
            f"href=3>resolution "
            f"2663</a> bind us all.</p><p>{OTHER}</p>",
            [PROSE, "Resolution 1540, resolution 2325 and resolution 2663 bind us all.", OTHER],
            id="a sentence of links",
        ),
        pytest.param(
            f"<div class=text><p>{PROSE}</p><p>{OTHER}</p><p>{PROSE}</p><p>{OTHER}</p></div><div "
            f"class=sidebar><h3>About "
            "us</h3><p>The Ministry was founded in 1905 and has embassies in forty countries.</p></div>",
            [PROSE, OTHER, PROSE, OTHER],
            id="sentences beside the text",
        ),
        pytest.param(
            f"<app-root><app-nav><a "
            f"href=1>Home</a></app-nav><app-text><p>{PROSE}</p><p>{OTHER}</p></app-text></app-root>",
            [PROSE, OTHER],
            id="elements of its own making",
        ),
        pytest.param(
            f"<div style='display:none'><p>{PROSE}</p><p>{OTHER}</p></div>",
            [PROSE, OTHER],
            id="shown by a script",
        ),
        pytest.param(f"<p><a name=p></a>{PROSE}</p><p><a name=q>{OTHER}</a></p>", [PROSE, OTHER], id="names"),
    ],
)  # fmt: skip
def test_a_statement_is_whole_however_it_is_set(page: str, lines: list[str]) -> None:
    assert lines_of(page) == lines


# Text enough for all that stands inside of it to be a small share.
LONG = [PROSE, OTHER] * 6
BEFORE = BEHIND = "".join(f"<p>{line}</p>" for line in LONG)


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        pytest.param(
            f"<h2 id=related-work>Related work</h2><p>{PROSE}</p>", ["Related work", PROSE], id="an anchor"
        ),
        pytest.param(
            f"<section id=search-and-rescue><h2>Search and rescue at sea</h2><p>{PROSE}</p></section>",
            ["Search and rescue at sea", PROSE],
            id="an anchor around what it leads to",
        ),
        pytest.param(
            f"<div id=related-articles><h2>Related articles</h2><p>{PROSE}</p></div>",
            [],
            id="what it says it is",
        ),
        pytest.param(
            f"<h3 class=promo-title>Peace</h3><p>{PROSE}</p>", ["Peace", PROSE], id="a heading above text"
        ),
        pytest.param("<h3 class=promo-title>Buy now</h3><img src=a>", [], id="a heading above nothing"),
        pytest.param("<p id=search>We search on.</p>", ["We search on."], id="a short sentence"),
        pytest.param("<p class=search>We search on</p>", [], id="a few words"),
        pytest.param("<p class=sr-only>Skip this.</p>", [], id="a short sentence that is hidden"),
    ],
)
def test_a_name_is_believed_of_what_is_no_text(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize(
    ("window", "words", "kept"),
    [
        ("consent", "This site uses cookies.", False),
        ("consent", "Nous respectons votre vie privée et la confidentialité.", False),
        ("cookie-consent", "You may say no.", False),
        ("consent", "Peoples are asked before land is taken.", True),
    ],
)
def test_a_window_that_asks_for_consent_speaks_of_cookies_or_privacy(
    window: str, words: str, kept: bool
) -> None:
    rows = f"<p>{PROSE}</p><p>{words}</p><p>{OTHER}</p>"
    page = f"<p>{PROSE}</p><p>{OTHER}</p><div class={window}>{rows}</div>"
    assert lines_of(page) == [PROSE, OTHER, *([PROSE, words, OTHER] if kept else [])]


def test_text_in_several_widgets_is_whole() -> None:
    widgets = "".join(
        f"<div class=cell><div class='panel widget'><p>{one}</p></div></div>" for one in (PROSE * 9, OTHER)
    )
    aside = f"<div class=side><div class='panel widget'><p>{OTHER}</p></div></div>"
    assert lines_of(f"<h1>Statement</h1>{widgets}{aside}") == ["Statement", PROSE * 9, OTHER]


@pytest.mark.parametrize("name", ["disclaimer", "comment"])
def test_what_stands_below_a_text_is_told_from_what_stands_in_it(name: str) -> None:
    one = f"<div class={name}>{OTHER}</div>"
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{one}{BEHIND}") == ["Statement", *LONG, OTHER, *LONG]
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{one}{one}") == ["Statement", *LONG]


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (f"<p class=caption>{PROSE}</p>", []),
        (f"<p class=wp-caption-text>{PROSE}</p>", []),
        ("<p class=figcaption>We speak.</p>", []),
        (f"<p><img src=a><br><span class=caption>{PROSE}</span></p>", []),
        (f"<p><a href=/a><img src=a></a> <em>{PROSE}</em></p>", []),
        (f"<p><img src=a>{PROSE} <em>{OTHER}</em></p>", [f"{PROSE} {OTHER}"]),
        (f"<p><em>{PROSE}</em></p>", [PROSE]),
    ],
)
def test_a_caption_may_be_a_paragraph(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("visibility: hidden", False),
        ("position:absolute; left:-9999px", False),
        ("text-indent: -9999px", False),
        ("clip: rect(1px, 1px, 1px, 1px)", False),
        ("clip:rect(0 0 0 0)", False),
        ("visibility: visible; left: -5px; text-indent: -20px; clip: auto", True),
    ],
)
def test_a_style_may_hide_what_it_sets(style: str, shown: bool) -> None:
    page = f'{BEFORE}<div style="{style}"><p>{PROSE}</p></div>{BEHIND}'
    assert lines_of(page) == [*LONG, *([PROSE] if shown else []), *LONG]


PULLED = "thanks the Secretariat for its report"


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        pytest.param(f"<blockquote class=twitter-tweet><p>{PROSE}</p>A (@a)</blockquote>", [], id="a post"),
        pytest.param(f"<blockquote class=pullquote>{PULLED}</blockquote>", [], id="a pull quote"),
        pytest.param(
            f"<figure class=wp-block-pullquote><p>“{PULLED}”</p><cite>Ada Holm</cite></figure>",
            [],
            id="a pull quote and who said it",
        ),
        pytest.param("<blockquote class=quote>We, all.</blockquote>", ["We, all."], id="a quote"),
        pytest.param(f"<blockquote>{PULLED}</blockquote>", [PULLED], id="a quote of the same words"),
    ],
)  # fmt: skip
def test_posts_and_pull_quotes_are_no_part_of_a_text(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        pytest.param(f"<div role=tabpanel hidden><p>{PROSE}</p></div>", [PROSE], id="a tab"),
        pytest.param(
            f"<div class='accordion-body' style='display:none'><p>{PROSE}</p></div>",
            [PROSE],
            id="an accordion",
        ),
        pytest.param(
            f"<a href='#more'>More</a><div id=more aria-hidden=true><p>{PROSE}</p></div>",
            [PROSE],
            id="a link",
        ),
        pytest.param(
            "<p>We ask for peace<span>…</span><span hidden> and for land.</span></p><button>Read</button>",
            ["We ask for peace and for land."],
            id="the rest of a sentence",
        ),
        pytest.param(f"<div id=more hidden><p>{PROSE}</p></div>", [], id="what nothing opens"),
        pytest.param(
            f"<a href='#w'>Cookies</a><div id=w class=cookie-window hidden><p>{PROSE}</p></div>",
            [],
            id="a window",
        ),
        pytest.param(
            f"<a href='#m'>About</a><div id=m class='modal collapse' hidden><p>{PROSE}</p></div>",
            [],
            id="a modal",
        ),
        pytest.param(
            "<button aria-controls=m>Menu</button><ul id=m hidden><li><a href=1>Home</a><li><a href=2>News"
            "</a><li><a href=3>Press</a></ul>",
            [],
            id="a menu",
        ),
    ],
)
def test_what_a_reader_opens_is_text(inside: str, kept: list[str]) -> None:
    page = f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}"
    assert [line for line in lines_of(page) if line != "More"] == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (f"<fieldset><legend>Land</legend><div><p>{PROSE}</p></div></fieldset>", ["Land", PROSE]),
        (f"<fieldset><legend>Write to us</legend><p>{PROSE}</p><input name=a></fieldset>", []),
        (f"<fieldset><p>{PROSE}</p></fieldset>", []),
    ],
)
def test_a_group_under_a_legend_is_text_where_nothing_is_filled_in(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize(("second", "times"), [("visible-xs", 1), ("hidden-xs", 2)])
def test_a_text_that_is_there_for_two_widths_is_read_once(second: str, times: int) -> None:
    text = f"<p>Mr. President,</p><p>{PROSE}</p><p>{OTHER}</p>"
    page = f"<h1>Statement</h1><div class=hidden-xs>{text}</div><div class={second}>{text}</div>"
    assert lines_of(page) == ["Statement", *["Mr. President,", PROSE, OTHER] * times]


def test_what_stands_right_above_a_text_without_a_title_is_its_heading() -> None:
    page = f"<div>Ministry</div><div><div>Speech</div><div>3 May 2021</div><div>{BEFORE}</div></div>"
    assert lines_of(page) == ["Speech", "3 May 2021", *LONG]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("<div class=row>We will not fail.</div>", ["We will not fail."]),
        ("<div class=row>Ministry</div>", []),
        ("<div class=end>We keep this site.</div>", []),
    ],
)
def test_a_short_sentence_set_as_the_text_is_belongs_to_it(last: str, kept: list[str]) -> None:
    page = f"<h1>Statement</h1><div><div class=row>{BEFORE}</div>{last}</div>"
    assert lines_of(page) == ["Statement", *LONG, *kept]


@pytest.mark.parametrize(
    ("page", "shown", "found"),
    [
        ("the Conference<sup>1</sup> met", "the Conference\u200b1 met", ["conference", "1"]),
        ('the Conference<a href="#f1">1</a> met', "the Conference\u200b1 met", ["conference", "1"]),
        (
            "the Conference<sup><a href='#n3'>3</a></sup> met",
            "the Conference\u200b3 met",
            ["conference", "3"],
        ),
        ("the Conference<sup>1, 2</sup> met", "the Conference\u200b1, 2 met", ["conference", "1", "2"]),
        ("the Conference<sup>[1]</sup> met", "the Conference[1] met", ["conference", "1"]),
        ("the 79<sup>th</sup> session", "the 79th session", ["79th"]),
        ("since 2021<sup>3</sup> we", "since 2021³ we", ["2021", "3"]),
        ("39 km<sup>2</sup> of land", "39 km² of land", ["39", "km", "2"]),
        ("CO<sub>2</sub> and the", "CO2 and the", ["co2"]),
        ("Article <a href='/a9'>9</a> says", "Article 9 says", ["article", "9"]),
        ("in 20<a href='/y'>21</a> we", "in 2021 we", ["2021"]),
    ],
)
def test_the_figure_of_a_note_is_no_part_of_the_word(page: str, shown: str, found: list[str]) -> None:
    text = text_of(f"<p>{page}</p>")
    assert text == shown
    assert [word for word in words(text) if word in found] == found


def test_a_template_that_nobody_filled_in_is_read() -> None:
    assert lines_of('<p lang={{title}}>We<b {a}</b> <i {language}" class=x>agree.</i></p>') == ["We agree."]


LEAD = "The Foreign Minister spoke of open harbours and of those who work there."


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (f'<div class="entry-summary"><p>{LEAD}</p></div>', []),
        (f'<p class="lead">{LEAD}</p>', []),
        (f"<p>{LEAD}</p>", [LEAD]),
        ('<p class="lead">Statement by Malta</p>', ["Statement by Malta"]),
        ('<p class="lead">It was given in Geneva on 3 May 2021 at noon there.</p>', None),
    ],
)
def test_a_lead_above_the_greeting_is_the_sites(above: str, kept: list[str] | None) -> None:
    body = f"<div class=body><p>Mr. President,</p><p>{PROSE}</p><p>{PROSE}</p></div>"
    lines = lines_of(f"<h1>Open harbours</h1>{above}{body}")
    between = lines[1 : lines.index("Mr. President,")]
    assert between == (["It was given in Geneva on 3 May 2021 at noon there."] if kept is None else kept)


def test_what_is_called_a_lead_and_holds_the_greeting_is_text() -> None:
    page = f'<h1>Open harbours</h1><div class="lead"><p>{LEAD}</p><p>Mr. President,</p><p>{PROSE}</p></div>'
    assert LEAD in lines_of(page)


@pytest.mark.parametrize("title", ["<title>&#8;We agree</title>", "<title>We agree&#8"])
def test_a_title_is_held_to_what_all_text_is(title: str) -> None:
    assert lines_of(f"<p>Mr. President,</p>{title}") == ["We agree", "Mr. President,"]


@pytest.mark.parametrize("first", ["main", "article", "section", "header", "unknown-element", "div", "p"])
@pytest.mark.parametrize("follows", ["", "<p>It is open.</p>", "<footer>Contact</footer>"])
def test_a_page_need_not_write_its_body(first: str, follows: str) -> None:
    page = f"<!DOCTYPE html><title>Harbours</title><meta name=a>\n<{first}>{PROSE}</{first}>{follows}"
    written = page.replace("<meta name=a>", "<body>")
    assert lines_of(page) == lines_of(written)
    assert PROSE in lines_of(page)


def test_the_lines_of_a_page_are_counted_beyond_what_libxml2_counts() -> None:
    page = (
        "<p>first</p>\n"
        + "\n" * 70_000
        + "<script>\n'<p>'</script><div\nclass=a><p>second</p>\n<br>third</div>\n<p>fourth"
    )
    assert line_numbers(page) == [1, 70_004, 70_005, 70_006]


def test_a_page_cannot_number_its_lines_itself() -> None:
    forged = f'<p line-of-the-tag="{"9" * 5000}">second</p>'
    assert line_numbers(forged) == [1]
    assert line_numbers("\n" * 70_000 + forged) == [70_001]


@pytest.mark.parametrize(
    "ending", ["html", "htm", "xhtml", "asp", "aspx", "php", "shtml", "cfm", "jsp", "do", "ASPX"]
)
def test_a_page_is_read_under_every_ending_that_sites_give(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"statement.{ending}"
    path.write_text("<html><body><p>Mr. President,</p></body></html>")
    read = read_source(path)
    assert read is not None
    assert read[0] == "html"


def saved_page(charset: str = "utf-8") -> EmailMessage:
    saved = EmailMessage()
    saved["Snapshot-Content-Location"] = "https://norland.example/statement"
    saved["Subject"] = "Statement"
    saved.set_content(
        "<html><body><p>Côte d’Ivoire agrees.</p></body></html>", subtype="html", charset=charset
    )
    saved.add_related(b"\x89PNG\0\0", "image", "png")
    return saved


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "A.MHT"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_that_a_browser_saved_whole_is_read(tmp_path: Path, name: str, charset: str) -> None:
    path = tmp_path / name
    path.write_bytes(saved_page(charset).as_bytes())
    read = read_source(path)
    assert read is not None
    assert (read[0], [block.lines for draft in read[1] for block in draft.blocks]) == (
        "mhtml",
        [("Côte d’Ivoire agrees.",)],
    )


def test_a_saved_page_without_a_page_in_it_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_text("Subject: nothing\nContent-Type: text/plain\n\nWe agree.\n")
    with pytest.raises(SourceError) as caught:
        list((read_source(path) or ("", ()))[1])
    assert str(caught.value).endswith("there is no web page in it; save the page again, as HTML.")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "networks"),
        ("Tweet", "share"),
        ("Teilen", "share"),
        ("Facebook | X | LinkedIn", "networks"),
        ("X", None),
        ("Last updated: 3 May 2021", "updated"),
        ("Updated on a regular basis, the list of donors guides what we do.", None),
        ("Back to top", "top"),
        ("We are back.", None),
        ("This website uses cookies to give you the best experience.", "cookies"),
        ("Companies that set cookies without consent violate the privacy of our citizens.", None),
        ("Leave a comment", "comments"),
        ("We have no comment to make on this matter today.", None),
        ("Related articles", "related"),
        ("Related to this is the question of finance.", None),
        ("Photo: UN Photo / A. Person", "picture"),
        ("Follow us on social media", "newsletter"),
        ("More must be done by all of us in this room.", None),
        ("Share the burden, share the benefit, share the work of peace.", None),
        ("Tags: peace, mines", "tags"),
    ],
)  # fmt: skip
def test_a_notice_is_a_line_of_its_kind_and_no_sentence(line: str, kind: str | None) -> None:
    assert notice_in(line) == kind


@pytest.mark.parametrize(
    ("notice", "why"),
    [
        ("<p>Subscribe to our newsletter</p>", "a line of its own"),
        ("<div><h3>Related content</h3></div>", "a heading of its own"),
    ],
)
def test_a_notice_below_which_the_text_goes_on_goes_alone(notice: str, why: str) -> None:
    page = f"<main>{f'<p>{PROSE}</p>' * 9}{notice}<p>{OTHER}</p><p>I thank you.</p></main>"
    assert lines_of(page) == [*[PROSE] * 9, OTHER, "I thank you."], why
    without_thanks = f"<main>{f'<p>{PROSE}</p>' * 9}{notice}<p>Our work in pictures</p></main>"
    assert lines_of(without_thanks) == [PROSE] * 9, why


@pytest.mark.parametrize(
    "said",
    [
        "No comment.",
        "Listen to us.",
        "Save it now!",
        "Copyright must serve those who write.",
        "Sign up to the treaty this year, I say to all who wait.",
        "Follow us, and you will see the harbour.",
    ],
)
def test_a_short_sentence_amid_the_text_is_text(said: str) -> None:
    assert notice_in(said) is not None
    assert lines_of(f"<p>{PROSE}</p><p>{said}</p><p>It is so.</p><p>{OTHER}</p>") == [
        PROSE,
        said,
        "It is so.",
        OTHER,
    ]
    assert lines_of(f"<p>{PROSE}</p><p>{said}</p><p>Thank you.</p>") == [PROSE, said, "Thank you."]
    assert lines_of(f"<div><p>{PROSE}</p><p>{OTHER}</p></div><h4>{said}</h4>") == [PROSE, OTHER]


def test_a_label_with_a_colon_is_a_notice_though_it_ends_with_a_stop() -> None:
    assert lines_of(f"<p>{PROSE}</p><p>Photo: A. Person.</p><p>{OTHER}</p>") == [PROSE, OTHER]


@pytest.mark.parametrize("heading", ["Further information", "More on victims", "More about our share"])
def test_a_heading_inside_the_text_is_text(heading: str) -> None:
    assert lines_of(f"<p>{PROSE}</p><h2>{heading}</h2><p>{OTHER}</p>") == [PROSE, heading, OTHER]
    below = f"<div><p>{PROSE}</p><p>{OTHER}</p></div><h2>{heading}</h2><p>Oslo</p>"
    assert lines_of(below) == [PROSE, OTHER]


@pytest.mark.parametrize(
    "notice", ["ENDS", "-ENDS-", "Notes to editors", "Media contact: press@norland.example"]
)
def test_what_a_press_office_adds_below_the_end_is_left_out(notice: str) -> None:
    below = f"<p>{notice}</p><p>The treaty has been in force since the year 2010, and has many members.</p>"
    said = [*[PROSE] * 9, "I thank you."]
    assert lines_of("".join(f"<p>{one}</p>" for one in said) + below) == said


def test_a_text_that_has_not_ended_goes_on_below_the_line_of_a_press_office() -> None:
    page = f"{f'<p>{PROSE}</p>' * 9}<p>-ENDS-</p><p>{OTHER}</p><p>I thank you.</p>"
    assert lines_of(page) == [*[PROSE] * 9, OTHER, "I thank you."]


@pytest.mark.parametrize(
    "notice",
    [
        "Your browser does not support the audio element.",
        "Was this page helpful?",
        "Report a problem with this page",
        "For media enquiries, please contact the press office at press@norland.example.",
    ],
)
def test_what_a_site_says_of_itself_is_left_out_wherever_it_stands(notice: str) -> None:
    page = f"<p>{PROSE}</p><p>{notice}</p><p>{OTHER}</p><p>I thank you.</p><p>{notice}</p>"
    assert lines_of(page) == [PROSE, OTHER, "I thank you."]


def test_links_below_a_statement_of_short_sentences_are_left_out() -> None:
    said = ["Norland condemns the attack.", "We ask for an inquiry.", "Thank you."]
    links = "<p><a href=/all>All statements</a></p><p><a href=/fr>Version française</a></p>"
    page = f"<main><h1>Statement by Norland</h1>{''.join(f'<p>{one}</p>' for one in said)}{links}</main>"
    assert lines_of(page) == ["Statement by Norland", *said]


def test_every_row_of_the_notices_has_its_columns() -> None:
    rows_of = list(rows("notices.csv", beside=notices.__file__))
    assert [
        row for row in rows_of if set(row) != {"kind", "language", "words"} or not all(row.values())
    ] == []


_SAID = st.lists(
    st.sampled_from(
        [
            "we",
            "peace",
            "mines",
            "share",
            "updated",
            "related",
            "cookies",
            "top",
            "comments",
            "all",
            "members",
            "the",
            "of",
            "work",
            "print",
        ]
    ),
    min_size=7,
    max_size=25,
).map(lambda said: " ".join(said).capitalize() + ".")


@given(said=st.lists(_SAID, min_size=1, max_size=8))
def test_no_sentence_is_lost_whatever_words_it_is_made_of(said: list[str]) -> None:
    page = (
        "<html><body><div class='menu'><a href='1'>Home</a> <a href='2'>News</a> <a href='3'>Press</a></div>"
        f"<div class='text'>{''.join(f'<p>{one}</p>' for one in said)}</div></body></html>"
    )
    assert lines_of(page) == said


HEAD = "<h1>Statement by Iceland</h1><p>First Committee, 18 October 2023</p>"
HEAD_LINES = ["Statement by Iceland", "First Committee, 18 October 2023"]


def lines_below_head(body: str) -> list[str]:
    lines = lines_of(f"<html><body>{HEAD}{body}</body></html>")
    assert lines[:2] == HEAD_LINES
    return lines[2:]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            f"<p>{PROSE}</p><p>We signed the <button>Convention on Mines</button> in 1997.</p><p>{OTHER}</p>",
            [PROSE, "We signed the Convention on Mines in 1997.", OTHER],
            id="amid a sentence",
        ),
        pytest.param(
            f"<p>{PROSE}</p><p>The <i>old</i> <button>Convention</button> <b>binds</b> us.</p><p>{OTHER}</p>",
            [PROSE, "The old Convention binds us.", OTHER],
            id="between words set in letters of their own",
        ),
        pytest.param(
            f"<h2><button>Land</button></h2><div><p>{PROSE}</p></div>"
            f"<h3><span><button>Victims</button></span></h3><div><p>{OTHER}</p></div>",
            ["Land", PROSE, "Victims", OTHER],
            id="a heading that opens what is below it",
        ),
        pytest.param(
            f"<p>{PROSE} <button>Copy</button></p><button>Pin</button><p><button>Listen</button> {OTHER}</p>"
            "<p>Thank you.</p><div><button>Like</button><br>We agree.</div>",
            [PROSE, OTHER, "Thank you.", "We agree."],
            id="to be pressed",
        ),
    ],
)  # fmt: skip
def test_a_button_is_read_where_it_is_part_of_the_text(body: str, lines: list[str]) -> None:
    assert lines_below_head(body) == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<p>He said: <<We must act>>.</p>", ["He said: <<We must act>>."], id="a sentence"),
        pytest.param("<p><<A ban>>, he said.</p>", ["<<A ban>>, he said."], id="called as an element is"),
        pytest.param("<p><<Wir <b>alle</b>>>.</p>", ["<<Wir alle>>."], id="with an element in it"),
        pytest.param("<p>First,</p><<p>second.</p>", ["First,", "<", "second."], id="a bracket too many"),
        pytest.param("<p>Keep it <2 degrees, < 5 tonnes.</p>", ["Keep it <2 degrees, < 5 tonnes."], id="<"),
    ],
)  # fmt: skip
def test_a_quotation_between_angle_brackets_is_no_tag(body: str, lines: list[str]) -> None:
    assert lines_below_head(body) == lines


def test_a_quotation_between_angle_brackets_moves_no_line() -> None:
    assert line_numbers("<p>first\n<<We\nagree>>.</p>\n<p>second</p>") == [1, 4]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        pytest.param(
            f"<tr><td><img src=a><br>Ms. Holm</td><td>Mr. President,<br><br>{PROSE}<br>{OTHER}</td></tr>",
            ["Ms. Holm", "Mr. President,", PROSE, OTHER],
            id="a picture beside the text",
        ),
        pytest.param(
            f"<tr><td><a href=1>Home</a><br><a href=2>News</a><br><a href=3>Us</a></td><td>{PROSE}</td></tr>",
            [PROSE],
            id="a menu beside the text",
        ),
        pytest.param(
            f"<tr><td>Geneva</td><td>{PROSE} {OTHER} {PROSE} {OTHER}</td></tr>",
            ["Geneva", f"{PROSE} {OTHER} {PROSE} {OTHER}"],
            id="a long text",
        ),
        pytest.param(
            f"<tr><td>Year</td><td>Land<br>cleared<br><br></td></tr><tr><td>2018</td><td>{OTHER}</td></tr>",
            ["Year | Land cleared", f"2018 | {OTHER}"],
            id="facts",
        ),
    ],
)
def test_a_row_that_lays_out_the_page_is_no_row_of_facts(rows: str, lines: list[str]) -> None:
    assert lines_below_head(f"<table>{rows}</table><p>{PROSE}</p>") == [*lines, PROSE]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            f"<x-text><x-head>Peace</x-head><x-line>{PROSE}</x-line> <x-line>{OTHER}</x-line></x-text>",
            ["Peace", PROSE, OTHER],
            id="elements of its own making",
        ),
        pytest.param(
            f"<div>{PROSE} The <x-term>Convention</x-term> <x-term>on <x-word>Mines</x-word></x-term>.</div>"
            f"<p><x-term>Peace</x-term> <x-term>talks</x-term></p><div><b>I</b> <x-term>agree</x-term></div>",
            [f"{PROSE} The Convention on Mines.", "Peace talks", "I agree"],
            id="elements of its own making in a sentence",
        ),
        pytest.param(
            f"<div><span style='margin:0; display: block'>{PROSE}</span><b style='display:flex'>Land</b>"
            f"<span style='display:inline-block'>{OTHER}</span></div>",
            [PROSE, "Land", OTHER],
            id="set as blocks",
        ),
        pytest.param(
            f"<h2><span style='display:block'>Peace</span><span style='display:block'>and land</span></h2>"
            f"<p><span style='display:block;float:left'>I</span>celand agrees.</p><p>{PROSE}</p>",
            ["Peace", "and land", "Iceland agrees.", PROSE],
            id="lines of a heading, and a letter in the margin",
        ),
        pytest.param(
            f"<p>{PROSE}</p><p>See our<a style='display:block' href=a>report on <b>mines</b></a> of May, and"
            f"<a style='display:grid' href=b>another</a> of June.</p><p>{OTHER}</p>",
            [PROSE, "See our", "report on mines of May, and", "another of June.", OTHER],
            id="links in lines of their own",
        ),
    ],
)  # fmt: skip
def test_what_is_set_as_a_block_is_one(body: str, lines: list[str]) -> None:
    assert lines_below_head(body) == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        *(
            pytest.param(
                f"<div style='color:red; white-space: {kept}'>\nMr. President,\n\n{PROSE}\n{OTHER}\n</div>",
                ["Mr. President,", PROSE, OTHER],
                id=kept,
            )
            for kept in ("pre", "pre-line", "PRE-WRAP", "break-spaces")
        ),
        pytest.param(
            f"<div><span style='white-space:pre-line'>{PROSE}\n{OTHER}</span>\n and no\nmore</div>",
            [PROSE, f"{OTHER} and no more"],
            id="of some words",
        ),
        pytest.param(
            f"<div style='white-space:pre'>\n<p>{PROSE}</p>\n<p style='white-space:normal'>We\nagree.</p>"
            f"</div><p style='white-space: nowrap'>All\nof us.</p><p>{OTHER}</p>",
            [PROSE, "We agree.", "All of us.", OTHER],
            id="kept and not kept",
        ),
    ],
)
def test_line_breaks_of_the_source_are_kept_where_a_style_shows_them(body: str, lines: list[str]) -> None:
    assert lines_below_head(body) == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            "<p>See <a href=r>resolution 5<i class='visually-hidden'>(external)</i></a> and a <b>note</b>"
            "<i></i><i class='x sr-only'>, opens a window</i> on <span>mines<span role=tooltip>Weapons in"
            " the ground</span></span>.</p>",
            ["See resolution 5 and a note on mines."],
            id="explained to screen readers",
        ),
        pytest.param(
            "<p>Peace<i class='sr-only'>: </i>we <b class='hidden-xs'>all</b> agree<i class=reader>.</i></p>",
            ["Peace: we all agree."],
            id="not so called",
        ),
        pytest.param(
            f"<h2>Land<a class=headerlink href='#a'>¶</a></h2><p>{PROSE}</p><h3><a href='#b'> # </a>Work</h3>"
            f"<p>{PROSE}</p><h2><i>Peace</i><span class='mw-editsection'>[<a href=e>edit</a>]</span></h2>"
            f"<p>Under <a href='#p'>§</a> 5 we agree.</p><h2><i class='sr-only'>Law</i></h2><p>{OTHER}</p>",
            ["Land", PROSE, "Work", PROSE, "Peace", "Under § 5 we agree.", "Law", OTHER],
            id="tools of a heading",
        ),
        pytest.param(
            "<p><span class=n>301</span>Peace is near.</p><p>We ask<b class=c>Column 302</b>you all, and say."
            "<i class=p>[p. 7]</i>This too.</p><div><span class=t>00:00:12</span><span class=x>we go on"
            "</span></div>",
            [
                "301 Peace is near.",
                "We ask Column 302 you all, and say. [p. 7] This too.",
                "00:00:12 we go on",
            ],
            id="columns, pages and times",
        ),
        pytest.param(
            "<p><span class=dropcap>T</span>he 1<i class=o>st</i> and <b class=n>2</b>nd on CO<i class=s>2"
            "</i> in 20<b class=y>21</b>, <b class=n>3</b>D work and the A<b class=n>320</b>Neo.</p>",
            ["The 1st and 2nd on CO2 in 2021, 3D work and the A320Neo."],
            id="parts of words",
        ),
    ],
)  # fmt: skip
def test_words_for_screen_readers_and_tools_are_no_part_of_words(body: str, lines: list[str]) -> None:
    assert lines_below_head(f"{body}<p>{PROSE}</p>") == [*lines, PROSE]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("since 2021.<sup>5</sup> We", "since 2021.⁵ We"),
        ("we spent 3.<sup><a href='#n2'>2</a></sup> We", "we spent 3.² We"),
        ("“never again”.<a href='#n3'><sup>3</sup></a> We", "“never again”.³ We"),
        ("“we agree,”<sup>4, 5</sup> they", "“we agree,”⁴, ⁵ they"),
        ("in <b class=y>2021</b><sup>5</sup> we", "in 2021⁵ we"),
        ("(and others)<sup>6</sup> we", "(and others)⁶ we"),
        ("Art.<a href='#a7'>7</a> says", "Art.7 says"),
        ("at 3.<sub>2</sub> we", "at 3.2 we"),
        ("we. <sup>8</sup> All", "we. 8 All"),
    ],
)
def test_a_raised_figure_behind_a_stop_is_raised(page: str, shown: str) -> None:
    assert text_of(f"<p>{page}</p>") == shown


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            f"<table><tr><td>1.</td><td>{PROSE}</td></tr><tr><td>2.</td><td>{OTHER}</td></tr></table>",
            [f"1. {PROSE}", f"2. {OTHER}"],
            id="a table",
        ),
        pytest.param(
            f"<table><tr><td>1.</td><td><p>{PROSE}</p></td></tr><tr><td><b>2.</b></td><td>{OTHER}<br><br>We"
            " agree.</td></tr></table>",
            [f"1. {PROSE}", f"2. {OTHER}", "We agree."],
            id="a table of paragraphs",
        ),
        pytest.param(
            f"<dl><dt>1.</dt><dd>{PROSE}</dd><dt>2.</dt><dd>{OTHER}</dd></dl>",
            [f"1. {PROSE}", f"2. {OTHER}"],
            id="a list of terms",
        ),
        pytest.param(
            f"<div><div>(1)</div><div>{PROSE}</div></div><div><div>(2)</div><p>{OTHER}</p></div><div>3.</div>",
            [f"(1) {PROSE}", f"(2) {OTHER}", "3."],
            id="elements side by side",
        ),
        pytest.param(
            "<table><tr><td>1.</td><td>Ghana</td><td>12</td></tr><tr><td>2</td><td>Togo</td><td>3.</td></tr>"
            f"</table><p>{PROSE}</p>",
            ["1. Ghana | 12", "2 | Togo | 3.", PROSE],
            id="facts",
        ),
    ],
)
def test_a_number_that_stands_alone_numbers_what_is_beside_it(body: str, lines: list[str]) -> None:
    assert lines_below_head(body) == lines


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>", "• "),
        ("<span style='font-family:Symbol'><span style='mso-list:Ignore'>§&nbsp;</span></span>", "• "),
        ("<span style='mso-list: Ignore'>2.<span>&nbsp; </span></span>", "2. "),
        ("<span style='mso-list:Ignore'>1.2<span>&nbsp; </span></span>", "1.2 "),
        ("<span style='mso-list:Ignore'>(b)<span>&nbsp; </span></span>", "(b) "),
        ("<span style='font-family:Wingdings'>Ø<span>&nbsp;</span></span>", "• "),
        ("<span style='font-family:\"Courier New\"'>o&nbsp; </span>", "• "),
        ("<span style='font-family:\"Courier New\"'>I </span>", "I "),
        ("<span style='font-family:Symbol'>a</span>", "a"),
    ],
)
def test_the_sign_of_an_item_from_word_is_a_bullet(sign: str, shown: str) -> None:
    assert lines_below_head(f"<p>{PROSE}</p><p>{sign}we agree</p><p>{OTHER}</p>")[1] == f"{shown}we agree"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            "<dl><dt>Place:</dt><dd>Geneva</dd><dt>Delivered <b>on</b>:</dt><dd>18 May 2021</dd>"
            "<dt>Held</dt><dd><time>19 May 2021</time> (as written)</dd>"
            "<dt>Details</dt><dd>Read on: 20 May 2021</dd></dl>",
            [
                "Place:",
                "Geneva",
                "Delivered on: 18 May 2021",
                "Held 19 May 2021 (as written)",
                "Details",
                "Read on: 20 May 2021",
            ],
            id="a list of terms",
        ),
        pytest.param(
            "<div><b>Delivered</b><time>18 May 2021</time></div><div>Held:<time>19 May 2021</time></div>"
            "<div>Geneva (<time>20 May 2021</time>)</div>",
            ["Delivered 18 May 2021", "Held: 19 May 2021", "Geneva (20 May 2021)"],
            id="a label and a time",
        ),
        pytest.param(
            f"<dl><dt>Ms. Holm</dt><dd>In 2021 we met. {PROSE} {OTHER}</dd><dt>Mr. B</dt><dd>Yes.</dd></dl>",
            ["Ms. Holm", f"In 2021 we met. {PROSE} {OTHER}", "Mr. B", "Yes."],
            id="who speaks",
        ),
    ],
)
def test_a_day_stands_with_what_it_is_the_day_of(body: str, lines: list[str]) -> None:
    assert lines_below_head(f"{body}<p>{PROSE}</p>") == [*lines, PROSE]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("They said <q>never <b>again</b></q>, and", "They said “never again”, and"),
        ("They said <q>“never again”</q>, and «<q>always</q>»", "They said “never again”, and «always»"),
        ("They said <q>We agree.<br>All of us.</q>", "They said We agree. All of us."),
        ("<img src=t.gif alt=T>he costs", "The costs"),
        ("<img src=a alt='A map of T'>he costs, <img alt=B>ut <img alt=C> and", "he costs, ut and"),
        (
            "We shall <del>not</del> support, as <s>Togo</s><strike>they</strike> did",
            "We shall support, as did",
        ),
    ],
)
def test_what_a_browser_shows_of_a_text_is_read(page: str, shown: str) -> None:
    assert " ".join(lines_below_head(f"<p>{page}</p><p>{PROSE}</p>")) == f"{shown} {PROSE}"


def test_a_text_that_somebody_forgot_to_stop_striking_out_is_read() -> None:
    assert lines_below_head(f"<s><p>We agree.</p><p>{PROSE}</p><p>{OTHER}</p>") == ["We agree.", PROSE, OTHER]


@pytest.mark.parametrize(
    "names",
    [
        ("cmp-container", "cmp-text"),
        ("cmp-contentfragment", "cmp-contentfragment__elements"),
        ("cmp-experiencefragment", "cmp-rte"),
        ("cookie-accepted", "text"),
        ("cookie-consent", "text"),
        ("gdpr-allowed", "text"),
    ],
)
def test_a_text_is_no_window_for_what_its_classes_are_called(names: tuple[str, str]) -> None:
    outer, inner = names
    parts = "".join(f"<div class={inner}><p>{one}</p></div>" for one in ("Chair,", PROSE, "We agree.", OTHER))
    page = f"<div class={outer}><div class=cmp-title><h2 class=cmp-title__text>Land</h2></div>{parts}</div>"
    assert lines_below_head(f"{page}<p>Ministry</p>")[:5] == ["Land", "Chair,", PROSE, "We agree.", OTHER]


ASKING = "We recall <i>resolution 63/71</i> and all that <a href=r>follows</a> from it."


@pytest.mark.parametrize(
    ("around", "lines"),
    [
        pytest.param(
            f"{ASKING}<div align=justify>{BEFORE}</div>",
            ["We recall resolution 63/71 and all that follows from it.", *LONG],
            id="a sentence above",
        ),
        pytest.param(
            f"<b>Mr. President,</b><br><br><div>{BEFORE}</div><i>We shall not fail.</i><br><b>Thank you.</b>",
            ["Mr. President,", *LONG, "We shall not fail.", "Thank you."],
            id="courtesies",
        ),
        pytest.param(
            f"<font size=2>{PROSE}</font><div>{BEFORE}</div><span>{OTHER}</span>",
            [PROSE, *LONG, OTHER],
            id="sentences in elements of their own",
        ),
        pytest.param(
            f"<span class=share>Send it.</span><div>{BEFORE}</div><a href=1>Next</a> <b>|</b> <b>Norland</b>",
            LONG,
            id="tools and a name",
        ),
        pytest.param(
            f"<div>{BEFORE}</div><a href=1>Speeches by the minister</a> <a href=2>All texts</a>",
            LONG,
            id="links",
        ),
    ],
)
def test_words_beside_the_text_in_no_block_are_judged_by_lines(around: str, lines: list[str]) -> None:
    assert lines_of(f"<table><tr><td>{around}</td></tr></table>") == lines


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        pytest.param(
            f"<h2 id=ask><a href='#ask'>What we ask</a></h2><p>{PROSE}</p>",
            ["What we ask", PROSE],
            id="itself",
        ),
        pytest.param(
            f"<h2><a href='#list' name=s1>What we ask</a></h2><p>{PROSE}</p>",
            ["What we ask", PROSE],
            id="the list of contents",
        ),
        pytest.param(
            "<div><div><h4><a data-toggle=collapse href='#a'>What we ask</a></h4></div><div id=a class='panel"
            f" collapse'><div><p>{PROSE}</p></div></div></div>",
            ["What we ask", PROSE],
            id="a panel",
        ),
        pytest.param(
            f"<h3><a href='https://un.example/mines'>The ban on mines</a></h3><p>{PROSE}</p>",
            ["The ban on mines", PROSE],
            id="a treaty",
        ),
        pytest.param(
            f"<div><h3><a href=/n/1>More on mines</a></h3><p>{PROSE}</p></div>", [PROSE], id="another page"
        ),
    ],
)
def test_a_heading_that_is_a_link_stays_above_its_text(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


@pytest.mark.parametrize("target", ["#top", "list.htm"])
def test_what_stands_behind_a_link_that_is_never_closed_is_no_link(target: str) -> None:
    page = f"<h1>Statement</h1><a href='{target}'><p>Mr. President,<p>Peace<p>{PROSE}<p>{OTHER}<p>{PROSE}<hr>"
    assert lines_of(page) == ["Statement", "Mr. President,", "Peace", PROSE, OTHER, PROSE]


HELD = "Geneva, 3 May 2021"


@pytest.mark.parametrize(
    "page",
    [
        f"<main><h1>Speech</h1><article><div><p>{HELD}</p></div><div>{BEFORE}</div></article></main>",
        f"<main><article><h1>Speech</h1><span>{HELD}</span><div>{BEFORE}</div></article></main>",
        f"<div><h1>Speech</h1><strong>{HELD}</strong><br><div>{BEFORE}</div></div>",
        f"<div class=hero><h1>Speech</h1><p>{HELD}</p></div><main><div>{BEFORE}</div></main>",
        f"<main><h1>Speech</h1><div>{HELD}</div><ul><li>Share</ul><article>{BEFORE}</article></main>",
        f"<nav><h1>Menu</h1></nav><main><h2>Speech</h2><div>{HELD}</div><div>{BEFORE}</div></main><h2>News</h2>",
    ],
)
def test_what_stands_between_title_and_text_is_read(page: str) -> None:
    assert [line for line in lines_of(page) if line != "Menu"] == ["Speech", HELD, *LONG]


def test_a_day_may_stand_above_the_title() -> None:
    page = f"<article><div>Ministry</div><div>{HELD}</div><h1>Speech</h1><div>{BEFORE}</div></article>"
    assert lines_of(page) == [HELD, "Speech", *LONG]


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("<div>This page has been archived and is no longer kept up to date.</div>", []),
        ("<p>Trouble with this letter? <a href=1>See it on the web</a>.</p>", []),
        (
            "<div><a href=1>Home</a> | <a href=2>News</a> | Statement by Norland at the...</div>",
            [],
        ),
        (f"<div>Ministry</div><p>{HELD}.</p>", ["Ministry", f"{HELD}."]),
        ("<p>Mr. President, we thank you for all that you have done.</p>", None),
        (f"<h2>Peace</h2><p>{PROSE}</p>", None),
    ],
)
def test_sentences_above_the_only_title_are_those_of_the_site(above: str, kept: list[str] | None) -> None:
    lines = lines_of(f"<div>{above}</div><div><h1>Statement</h1><p>{HELD}</p>{BEFORE}</div>")
    if kept is None:
        assert lines[0] != "Statement"
    else:
        assert lines == [*kept, "Statement", HELD, *LONG]


def test_a_title_among_the_sentences_may_be_a_heading_inside_of_the_text() -> None:
    assert lines_of(f"<p>{PROSE}</p><h1>Land</h1>{BEHIND}") == [PROSE, "Land", *LONG]


ADDED = "Ada Holm, press officer, +41 22 555 01 02, press@norland.example"
NOTE = "Norland joined the Convention in 2010, and it has cleared its land since then, year after year."


@pytest.mark.parametrize(
    "below",
    [
        f"<h3>For more information</h3><p>{ADDED}</p>",
        f"<h2>Contacts</h2><p>{ADDED}</p>",
        f"<div><h2>Contacts for media</h2><div>Ada Holm</div><div>+32 2 295 21 86</div><p>{NOTE}</p></div>",
        f"<p><b>Pour plus d'informations :</b></p><p>{ADDED}</p>",
        f"<p>Kontakt für die Presse</p><p>{ADDED}</p>",
        f"<p>- END -</p><p>Notes to editors</p><ol><li>{NOTE}</li><li>{NOTE}</li></ol><p>{ADDED}</p>",
        f"<p>###</p><p>Media enquiries</p><p>{NOTE}</p><p>{ADDED}</p>",
        "<p>-30-</p>",
        "<p>(ends)</p>",
        f"<div><h2>Related</h2><div><h3><a href=1>Mines</a></h3><p>{NOTE}</p></div></div>",
        f"<div><h4>About the author</h4><p>{NOTE}</p></div>",
        "<p>Views: 1,204</p><p>Количество показов: 12</p><p>Nombre de vues : 7</p>",
        "<p>This email was sent to a@norland.example by the Ministry of Norland, 1 Lake Road, on behalf of"
        " the Government, to all who asked for it in the course of the last year or before.</p>",
        "<p>Unsubscribe</p><p>View this email in your browser</p><p>Se désabonner</p>",
        "<p>The views expressed in this speech are those of the speaker and do not reflect those of the "
        "Institute, which takes no position on questions of policy and publishes what is said before it.</p>",
    ],
)
def test_what_a_page_adds_below_a_text_is_left_out(below: str) -> None:
    assert lines_of(f"<h1>Statement</h1><div>{BEFORE}</div><div>{below}</div>") == ["Statement", *LONG]


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (f"<h2>Contacts</h2><p>{PROSE}</p>", ["Contacts", PROSE]),
        ("<p>For more information</p>", ["For more information"]),
        (
            "<p>The views expressed in this hall are those of the speaker, and do not bind us all.</p>",
            ["The views expressed in this hall are those of the speaker, and do not bind us all."],
        ),
        (f"<p>ENDS</p><p>{PROSE}</p>", [PROSE]),
        ("<p>Also read: <a href=1>Bread: what it costs</a></p>", []),
        ("<p>À lire aussi : <a href=1>Le prix du pain</a></p>", []),
        ("<p>We ask: <a href=1>is it lawful?</a></p>", ["We ask: is it lawful?"]),
    ],
)
def test_text_goes_on_below_what_might_end_it(inside: str, kept: list[str]) -> None:
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *kept, *LONG]


def test_an_article_called_a_teaser_is_one_beside_the_article_of_the_title() -> None:
    teaser = f"<article class=teaser><h2><a href=1>Budget</a></h2><p>{NOTE}</p></article>"
    text = f"<article class=full><h1>Statement</h1><p>{PROSE}</p><p>{OTHER}</p></article>"
    assert lines_of(f"<main>{teaser}{text}{teaser}</main>") == ["Statement", PROSE, OTHER]


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (f"<div itemprop=comment><p><b>Ola N.</b>: {PROSE}</p></div>", []),
        ("<div class=mark><time datetime=x>14:32:00</time></div>", []),
        ("<div class=mark>14:32:00</div>", ["14:32:00"]),
        (
            "<p>Health is in reach.</p><blockquote class=quote><p>Health is in reach.</p></blockquote>",
            1,
        ),
        ("<blockquote class=quote><p>Health is in reach.</p></blockquote>", 1),
        (
            f"<div class=pull-quote><div class=quote>{PULLED}</div><p class=quote-source>Holm</p></div>",
            [],
        ),
        ("<p>Never.</p><blockquote class=quote><p>Never.</p></blockquote>", ["Never.", "Never."]),
    ],
)
def test_what_is_set_beside_sentences_is_told_from_them(inside: str, kept: list[str] | int) -> None:
    lines = ["Health is in reach."] if isinstance(kept, int) else kept
    assert lines_of(f"<h1>Statement</h1>{BEFORE}{inside}{BEHIND}") == ["Statement", *LONG, *lines, *LONG]


@pytest.mark.parametrize("brackets", [("[", "]"), ("&#91;", "&#93;")])
def test_the_mark_of_a_note_may_be_set_in_three_elements(brackets: tuple[str, str]) -> None:
    opened, closed = brackets
    mark = f"<a href='#n1'><span>{opened}</span>1<span>{closed}</span></a>"
    page = (
        f"<p>{PROSE}</p><p>We recall the resolution<sup id=r1>{mark}</sup> of May.</p><p>{OTHER}</p>"
        "<ol><li id=n1><span><b><a href='#r1'>^</a></b></span> Resolution 5, paragraph 4.</li></ol>"
    )
    drafts = read_web_page(Path("a.html"), page.encode())
    assert [line for block in drafts[0].blocks for line in block.lines] == [
        PROSE,
        "We recall the resolution of May.",
        OTHER,
    ]
    assert [note.texts for note in drafts[0].notes] == [("Resolution 5, paragraph 4.",)]

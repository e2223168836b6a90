"""Statements whose sentences are hard to quote: marks inside marks, signs of notes and Markdown, scripts."""

from __future__ import annotations

from pathlib import Path

__all__ = ["TOPICS", "written"]

LONG = "in the north, in the south, in the east, in the west, " * 5
#: The words of each delegation, a paragraph each, by year, speaker and language.
STATEMENTS: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("2018-09-20", "Japan", "en"): (
        "Mines kill long after wars. We clear mines with our partners in Asia. The sea is calm.",
        "Mines, mines and again mines are what our children find.",
    ),
    ("2018-09-20", "Chile", "en"): (
        'Our poet said: "Mines are the seed of the devil. They grow in silence." He was right about mines.',
        "“Let the mines sleep” is no answer, and “so be it” is none; 'mines' never sleep.",
    ),
    ("2018-09-21", "Kenya", "en"): (
        "He cried: “The mines are here and nobody sees them.",
        "Nothing more of them.",
    ),
    ("2018-09-21", "Morocco", "en"): ("“Of mines we have spoken for years.", "“And we go on.”"),
    ("2018-09-21", "Ghana", "en"): (
        "These mines, as they say” in the villages, kill the harvest of a year.",
    ),
    ("2018-09-21", "Peru", "en"): (
        "As note [1] and notes [f1] and [note-1] say, mines¹ are still in our soil [2].",
    ),
    ("2018-09-21", "Cuba", "en"): (
        "Of *mines* and `mines` and _mines_ and <mines> we have heard & read enough.",
    ),
    ("2018-09-21", "Fiji", "en"): ("Mines! We have none. And we want none of them in the sea.",),
    ("2018-09-21", "Togo", "en"): (
        f"We find mines {LONG}and we do not accept it.",
        "Much is to be said of it.",
    ),
    ("2018-09-21", "Mali", "en"): (f"The mines that we find {LONG}are a burden for those who live there.",),
    ("2018-09-22", "Malta", "en"): (
        "The mines … we all know them … are the debris of a war [applause] of others.",
    ),
    ("2018-09-22", "Nauru", "en"): (
        "The mіnes and mines of that war lie in deep water. Mines lie there for ever.",
    ),
    ("2018-09-22", "Austria", "de"): (
        "Der Dichter sagte: „Die mines sind die Saat des Teufels.“ Das ist wahr geblieben.",
    ),
    ("2018-09-22", "France", "fr"): (
        "Nous disons « plus de mines » et « plus jamais de mines antipersonnel », et nous y tenons.",
    ),
    ("2018-09-22", "Israel", "he"): ('צה"ל פינה mines רבים מן השטח "בשנה האחרונה" ועוד נשאר הרבה לעשות.',),
    ("2018-09-22", "Egypt", "ar"): (
        "إن الألغام mines التي خلفتها الحرب «ما زالت» تقتل أبناءنا في الصحراء كل عام.",
    ),
    ("2018-09-22", "China", "zh"): (
        "我们支持禁止地雷 mines 的努力。各国应当「共同」清除战争遗留的地雷 mines，帮助受害者。",
    ),
    ("2018-09-23", "Haiti", "en"): ("We speak of bread and of water, as every year.",),
    ("2018-09-23", "Finland", "en"): ("The sea unites us all. We look to it.",),
    ("2019-09-23", "Norway", "en"): ("A year later we speak of mines again, and we mean to clear them all.",),
}
#: Two topics; of the second nobody speaks in all years.
TOPICS = {"mines": "mines", "water": '"the sea" OR water'}


def written(folder: Path) -> Path:
    """Write the statements into a folder."""
    for (date, speaker, language), said in STATEMENTS.items():
        head = f"---\nspeaker: {speaker}\ndate: {date}\nforum: General Debate\nlanguage: {language}\n---\n\n"
        name = f"{date[:4]}-{speaker.lower()}.txt"
        (folder / name).write_text(head + "\n\n".join(said) + "\n", "utf-8")
    return folder

"""Write ``territories.csv`` and ``cities.csv``, names in ten languages, and ``names.csv``, all names folded.

Beside them ``lexicon_cases.csv``, the cases of the Russian names of the lexicon.

Run it after the other tables were edited or the maintained data have a new
release, and read the difference before committing it:

    pip install -e '.[dev]' && python -m onrecord.indexer.register.generate

Short names are CLDR's (through Babel), names on lists and formal names those of
the Debian iso-codes translations of ISO 3166-1 (through pycountry). German,
Swedish and Russian genitives and Arabic names behind a preposition are formed here by
rule, for that is how headings print them. Nothing at run time needs this module.
"""

from __future__ import annotations

import csv
import gettext
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.register.cases import cases_of_beginnings
from onrecord.indexer.register.delegations import keys_of_names
from onrecord.indexer.register.tables import rows

__all__ = ["genitive", "main", "names_of", "uninverted"]

LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "sv", "zh")
_TERRITORIES = frozenset(("state", "observer", "other"))
# How the tables of ISO 3166 and CLDR know what the register has under its own code.
_CODES = {"XKX": "XK"}
# Words before which a Russian name takes its genitive word by word, adjectives included.
_RUSSIAN_ADJECTIVES = {"ая": "ой", "яя": "ей", "ое": "ого", "ий": "ого", "ый": "ого", "ые": "ых", "ие": "их"}
# Names that are words of every day: "того" is "of that".
_EVERYDAY = frozenset(("того",))
_RUSSIAN_PLURALS = {
    "Штаты": "Штатов",
    "штаты": "штатов",
    "Эмираты": "Эмиратов",
    "Нидерланды": "Нидерландов",
    "Филиппины": "Филиппин",
    "острова": "островов",
    "Острова": "Островов",
    "Мальдивы": "Мальдив",
    "Сейшелы": "Сейшел",
    "Багамы": "Багам",
    "Беларусь": "Беларуси",
}
_VOWELS_KEPT = ("о", "и", "у", "е", "э", "ы", "ю")
_HUSHING = frozenset("гкхжчшщ")


def main() -> None:
    """Write the tables beside this module."""
    _write("territories.csv", ("code", "language", "source", "names"), _territories())
    _write("cities.csv", ("name", "language", "source", "names"), _cities())
    _write("names.csv", ("key", "code", "until"), keys_of_names())
    _write("lexicon_cases.csv", ("beginning", "cases"), cases_of_beginnings())


def _write(name: str, columns: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    with Path(__file__).with_name(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def _territories() -> Iterator[tuple[str, ...]]:
    spoken = (row["code"] for row in rows("delegations.csv") if row["kind"] in _TERRITORIES)
    for code in dict.fromkeys(spoken):
        for language in LANGUAGES:
            for source, names in names_of(code, language):
                yield code, language, source, "|".join(names)


def _cities() -> Iterator[tuple[str, ...]]:
    """Yield the names of the register's cities that CLDR knows as the example of a time zone."""
    from babel import Locale

    named = Locale.parse("en").time_zones
    # English names a city only where the zone's own code does not.
    english = {
        zone: named.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        for language in LANGUAGES
        for zone in map(str, Locale.parse(language).time_zones)
    }
    for row in rows("places.csv"):
        for language in LANGUAGES:
            names = {
                Locale.parse(language).time_zones.get(zone, {}).get("city")
                for zone in _zones(row["name"], english)
            }
            forms = [form for name in sorted(filter(None, names)) for form in _city_forms(name, language)]
            if forms and fold(forms[0]) != fold(row["name"]):
                yield row["name"], language, "CLDR", "|".join(dict.fromkeys(forms))


def _zones(city: str, english: dict[str, str]) -> list[str]:
    return [zone for zone, name in english.items() if fold(name) == fold(city)]


def _city_forms(name: str, language: str) -> list[str]:
    """Return a city's name, in Russian with the case that "in" takes.

    >>> _city_forms("Вена", "ru"), _city_forms("Лондон", "ru"), _city_forms("Осло", "ru")
    (['Вена', 'Вене'], ['Лондон', 'Лондоне'], ['Осло'])
    """
    if language != "ru" or name[-1] in "оиуеэы":
        return [name]
    if name.endswith("ия"):
        return [name, f"{name[:-1]}и"]
    return [name, f"{name[:-1] if name[-1] in 'аяьй' else name}е"]


def names_of(code: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield a source and the names it has for a state in a language, inflected forms behind their own.

    ``code`` is ISO 3166-1 alpha-3; of what the standard does not hold there are no names.
    """
    import pycountry
    from babel import Locale

    country = pycountry.countries.get(alpha_3=code)
    alpha_2 = country.alpha_2 if country else _CODES.get(code)
    if alpha_2 is None:
        return
    short = Locale.parse(language).territories.get(alpha_2)
    seen: set[str] = set()
    if short:
        yield "CLDR", _new(_forms(_plain(short), language), seen)
    if country is None:
        return
    domain = "zh_CN" if language == "zh" else language
    translate = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[domain], fallback=True
    ).gettext
    listed = [getattr(country, name, "") for name in ("name", "common_name", "official_name")]
    translated = [translate(name) for name in listed if name]
    if language != "en":
        translated = [name for name, own in zip(translated, filter(None, listed), strict=True) if name != own]
    forms = [form for name in translated for form in _forms(uninverted(_plain(name)), language)]
    fresh = _new(forms, seen)
    if fresh:
        yield "ISO 3166-1", fresh


def uninverted(name: str) -> str:
    """Turn a name of an alphabetical list into the name that is spoken.

    >>> uninverted("Korea, Republic of"), uninverted("Iran, République islamique d'"), uninverted("Japan")
    ('Republic of Korea', "République islamique d'Iran", 'Japan')
    """
    short, comma, before = name.replace("،", ",").partition(", ")
    if not comma:
        return name
    if short.split()[0] in before.split():
        return before
    return f"{before}{short}" if before.endswith(("'", "’")) else f"{before} {short}"


def genitive(name: str) -> str:
    """Return the genitive of a Russian name of a state; what is not declined stays as it is.

    >>> genitive("Российская Федерация"), genitive("Япония"), genitive("Конго"), genitive("Израиль")
    ('Российской Федерации', 'Японии', 'Конго', 'Израиля')
    >>> genitive("Республика Корея"), genitive("Соединённые Штаты Америки")
    ('Республики Корея', 'Соединённых Штатов Америки')
    """
    words = name.split()
    declined = []
    for word in words:
        adjective = word[-2:] in _RUSSIAN_ADJECTIVES and len(words) > 1 and len(word) > 4
        declined.append(word[:-2] + _RUSSIAN_ADJECTIVES[word[-2:]] if adjective else _noun(word))
        if not adjective:  # what follows the noun is its attribute and stands already as it must
            return " ".join([*declined, *words[len(declined) :]])
    return " ".join(declined)


def _noun(word: str) -> str:
    """Decline one Russian noun, compounds by their last part."""
    if word in _RUSSIAN_PLURALS:
        return _RUSSIAN_PLURALS[word]
    stem, last = word[:-1], word[-1:]
    if last == "а":
        return stem + ("и" if stem[-1:] in _HUSHING else "ы")
    if last == "я":
        return stem + "и"
    if last in ("ь", "й"):
        return stem + "я"
    if word.endswith("ство"):
        return stem + "а"
    return word if last in _VOWELS_KEPT or not last.isalpha() else f"{word}а"


def _forms(name: str, language: str) -> list[str]:
    """Return a name and the forms of it that headings print."""
    if language == "ru":
        return [name, genitive(name), genitive(name).replace("ё", "е"), name.replace("ё", "е")]
    if language in ("de", "sv"):
        forms = [name] if name.endswith(("s", "x", "z")) else [name, f"{name}s"]
        if language == "de":
            forms += [form.replace("Vereinigte ", "Vereinigten ") for form in forms if "Vereinigte " in form]
        return forms
    if language == "ar":
        behind = f"لل{name[2:]}" if name.startswith("ال") else f"ل{name}"
        return [name, behind, f"و{name}", f"ب{name}"]
    return [name]


def _plain(name: str) -> str:
    """Take out vowel signs and the stress marks that some translators set; no heading prints them."""
    name = unicodedata.normalize("NFC", name)
    return "".join(mark for mark in name if not ("\u064b" <= mark <= "\u0652" or mark == "\u0301"))


def _new(names: list[str], seen: set[str]) -> list[str]:
    """Return the names that were not seen under another spelling, and see them."""
    fresh = []
    for name in names:
        if fold(name) not in seen and fold(name) not in _EVERYDAY:
            seen.add(fold(name))
            fresh.append(name)
    return fresh


if __name__ == "__main__":
    main()

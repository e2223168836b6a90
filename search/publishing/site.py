"""What whoever publishes decides, and where each page lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote, urlsplit

from onrecord.indexer.address import letters_of
from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import ExportError
from onrecord.indexer.fingerprint import letters_of_digest

__all__ = ["Site", "folder_of_name", "folder_of_statement", "href"]

# Bytes of a name of a folder; systems have 255, and backups and archives add to it.
_LONGEST_NAME = 200
# Letters of the readable part of a name's folder, and of what tells two names apart.
_READABLE, _LETTERS = 60, 5


@dataclass(frozen=True)
class Site:
    """The pages as a whole: title, the URL that they will have, and the server that searches for them.

    Raises `ExportError` for what is no URL.
    """

    title: str = "On Record"
    base_url: str | None = None
    server: str | None = None

    def __post_init__(self) -> None:
        for url in filter(None, (self.base_url, self.server)):
            _check_url(url)

    @cached_property
    def root(self) -> str | None:
        """The URL of the pages without a slash at its end."""
        return None if self.base_url is None else self.base_url.rstrip("/")

    @cached_property
    def search_root(self) -> str | None:
        """The URL of the server that searches, with a slash at its end."""
        return None if self.server is None else f"{self.server.rstrip('/')}/"

    @cached_property
    def cited(self) -> str | None:
        """What stands before an address in a citation."""
        return None if self.root is None else f"{self.root}/statements"

    @cached_property
    def policy(self) -> str:
        """The Content-Security-Policy of the pages: what they have, and nothing else."""
        server = ""
        if self.search_root is not None:
            parts = urlsplit(self.search_root)
            server = f" {parts.scheme}://{parts.netloc}"
        return (
            f"default-src 'none'; style-src 'self'; script-src 'self'{server}; connect-src 'self'{server};"
            " img-src 'self'; form-action 'self'; base-uri 'none'"
        )

    def absolute(self, path: str) -> str:
        """Return the full URL of a path, or the path where no URL was given."""
        return href(path) if self.root is None else f"{self.root}/{href(path)}"


def href(path: str) -> str:
    """Write a path as a URL has it.

    >>> href("statements/côte-abcde/")
    'statements/c%C3%B4te-abcde/'
    """
    return quote(path, errors="surrogatepass")


def folder_of_statement(slug: str) -> str:
    """Return the folder of a statement: its slug, as the web application has it.

    Of a slug that is too long for the name of a folder it is the letters at its end, which say the same.
    """
    if len(slug.encode(errors="surrogatepass")) > _LONGEST_NAME:
        slug = letters_of(slug) or _letters(slug)
    return f"statements/{slug}"


def folder_of_name(kind: str, name: str | None) -> str:
    """Return the folder of the list of a speaker, a forum or a year; it hangs on the name alone.

    >>> folder_of_name("years", "2021"), folder_of_name("years", None)
    ('years/2021', 'years/not-known')
    >>> folder_of_name("speakers", "Côte d’Ivoire")
    'speakers/cote-d-ivoire-xhehp'
    """
    if name is None:
        return f"{kind}/not-known"
    if kind == "years":
        return f"{kind}/{name}"
    readable = "-".join(words(name))[:_READABLE].strip("-")
    while len(readable.encode(errors="surrogatepass")) > _LONGEST_NAME - _LETTERS - 1:
        readable = readable[:-1]
    return f"{kind}/" + "-".join(filter(None, (readable, _letters(name))))


def _letters(name: str) -> str:
    return letters_of_digest(sha256(name.encode(errors="surrogatepass")).digest())[:_LETTERS]


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_url = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_url = False
    if not is_url or parts.query or parts.fragment or set(url) & set(" \"'<>;,\\\t\n\r"):
        raise ExportError(f'"{url}" is no URL to publish at; write it as https://example.org/record.')

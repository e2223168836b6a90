"""What is there for search engines: `sitemap.xml` (sitemaps.org 0.9) and `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from onrecord.search.publishing.site import Site

__all__ = ["robots", "site_maps"]

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DEFAULT = {None: _NAMESPACE}
#: URLs that one file may hold.
_MOST = 50_000


def site_maps(site: Site, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that list all pages, with their names; without a URL of the site there is none."""
    if site.root is None:
        return
    parts = [paths[at : at + _MOST] for at in range(0, len(paths), _MOST)]
    if len(parts) == 1:
        yield "sitemap.xml", _listed("urlset", "url", map(site.absolute, paths))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", map(site.absolute, part))
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", map(site.absolute, names))


def robots(site: Site) -> bytes:
    """Let everyone in, and name the list of pages where there is one; it counts at the root of a host."""
    listed = "" if site.root is None else f"Sitemap: {site.absolute('sitemap.xml')}\n"
    return f"User-agent: *\nAllow: /\n{listed}".encode()


def _listed(whole: str, part: str, urls: Iterator[str]) -> bytes:
    root = etree.Element(f"{{{_NAMESPACE}}}{whole}", nsmap=_DEFAULT)  # type: ignore[arg-type]  # None is none
    for url in urls:
        etree.SubElement(etree.SubElement(root, f"{{{_NAMESPACE}}}{part}"), f"{{{_NAMESPACE}}}loc").text = url
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"

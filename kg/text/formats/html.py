"""HTML: the main text of a page as light Markdown, and what the page says of itself."""


from __future__ import annotations

import datetime
import importlib
import json
import re
from collections.abc import Iterator
from typing import Any

from kg.text.formats.content import Content
from kg.text.formats.layout import drop_title

__all__ = ["read_html"]

BOX_SHARE = 0.3  # an element named like boilerplate is dropped unless it holds more of the page than this

_ALWAYS = (
    "script style noscript template iframe nav figcaption button select object embed svg form dialog caption".split()
)
_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:newsletter|subscri(?:be|ption)|sign-?up|breadcrumbs?|share|sharing|social|related|recommended|"
    r"cookies?|caption|credits?|promo|advert(?:isement)?|banner|menu|navbar|sidebar|skip-?link|comments?|mw-editsection|"
    r"navbox|reflist)(?:$|[\s_-])"
)
_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu")
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.date",
    "dcterms.created", "citation_publication_date", "citation_date", "publishdate", "pubdate", "publish_date",
    "sailthru.date", "parsely-pub-date",
)  # fmt: skip
_BLOCK_TAGS = frozenset("p head quote list table item row cell div code ab fw".split())


def _prune(page: Any) -> None:
    for element in list(page.iter(*_ALWAYS)):
        if element.getparent() is not None:
            element.drop_tree()
    size = len(page.text_content())
    for element in list(
        page.iter("div", "section", "aside", "footer", "header", "ul", "ol", "p", "span", "table", "sup", "a")
    ):
        if element.getparent() is None:
            continue
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        named = _NAMED.search(name) or element.get("role") in _ROLES or element.tag in ("aside", "footer")
        if named and len(element.text_content()) <= BOX_SHARE * size:
            element.drop_tree()


def _words(element: Any) -> str:
    pieces: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append("\n" if child.tag == "lb" else _words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _inline(text: str) -> str:
    return " ".join(text.split())


def _blocks(element: Any) -> Iterator[str]:
    """Blocks of the tree that trafilatura makes: p, head, quote, list/item, table/row/cell."""
    loose: list[str] = [element.text or ""]

    def flush() -> Iterator[str]:
        for part in "".join(loose).split("\n\n"):
            if text := _inline(part):
                yield text
        loose.clear()

    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag not in _BLOCK_TAGS:
            loose.append("\n" if tag == "lb" else _words(child) if tag else "")
            loose.append(child.tail or "")
            continue
        yield from flush()
        loose.append(child.tail or "")
        if tag == "head":
            if text := _inline(_words(child)):
                yield "# " + text
        elif tag == "list":
            items = [_inline(_words(item)) for item in child.iter("item")]
            yield "\n".join("- " + item for item in items if item)
        elif tag == "table":
            rows = ["\t".join(_inline(_words(cell)) for cell in row.iter("cell")) for row in child.iter("row")]
            yield "\n".join(row for row in rows if row.strip())
        elif tag == "p":
            lines = [_inline(line) for line in _words(child).split("\n")]
            yield _inline(" ".join(lines))
        else:
            yield from _blocks(child)
    yield from flush()


def _linked_data(page: Any) -> Iterator[dict[str, Any]]:
    for script in page.iter("script"):
        if (script.get("type") or "").lower().strip() == "application/ld+json":
            try:
                data = json.loads(script.text_content())
            except (ValueError, RecursionError):
                continue  # pages often carry broken JSON-LD: their other metadata are read
            nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
            yield from (node for node in nodes if isinstance(node, dict))


def _day(value: str) -> str:
    found = re.match(r"\s*(\d{4})[-/](\d{2})(?:[-/](\d{2}))?(?!\d)", value)
    if not found:
        return ""
    try:
        datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return ""
    return "-".join(part for part in found.groups() if part)


def _meta(page: Any) -> dict[str, str]:
    values: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        values.setdefault(name, _inline(meta.get("content") or ""))
    return values


def _title(page: Any, values: dict[str, str], guess: str, site: str) -> str:
    """The title that the page names, its one main heading, or the library's guess; ``page`` is pruned."""
    headings = [text for h1 in page.iter("h1") if (text := _inline(h1.text_content()))]
    named = next(
        (values[name] for name in ("citation_title", "og:title", "dc.title", "dcterms.title") if values.get(name)), ""
    )
    title = named or (headings[0] if len(headings) == 1 else guess)
    return re.sub(rf"\s+[|–—-]\s+{re.escape(site)}$", "", title) if site else title


def _issued(page: Any, values: dict[str, str]) -> str:
    """The day of publication where the page's own metadata say it; the first that does."""
    found = [_day(values.get(name, "")) for name in _DATES]
    found += [_day(str(node.get("datePublished", ""))) for node in _linked_data(page)]
    for time in page.iter("time"):
        if time.get("pubdate") is not None or (time.get("itemprop") or "").lower() == "datepublished":
            found.append(_day(time.get("datetime") or ""))
    return next((day for day in found if day), "")


def read_html(source: str) -> Content:
    """The main text: headings marked "# ", items "- ", rows of tables tab-separated, blocks parted by blank lines."""
    html: Any = importlib.import_module("lxml.html")  # untyped, and slow to load
    trafilatura: Any = importlib.import_module("trafilatura")
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    if not re.search(r"\w", re.sub(r"<[^>]*>", " ", source)):
        return Content("")  # lxml calls an empty page an error
    page = html.document_fromstring(source)
    values = _meta(page)
    issued = _issued(page, values)
    known = trafilatura.extract_metadata(html.document_fromstring(source), date_config={"extensive_search": False})
    site = _inline((known.sitename if known else "") or "")
    _prune(page)
    title = _title(page, values, _inline((known.title if known else "") or ""), site)
    extracted = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    blocks = list(_blocks(extracted.body)) if extracted is not None and extracted.body is not None else []
    properties = {
        "title": title,
        "creator": _inline((known.author if known else "") or "").replace("; ", ", "),
        "publisher": site,
        "source": (known.url if known else "") or "",
        "issued": issued,
    }
    return Content("\n\n".join(block for block in drop_title(blocks, title) if block), properties)

"""Renders a Markdown document as HTML, PDF and DOCX, with the furniture that such files carry, for the tests."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

__all__ = ["RENDERERS", "to_docx", "to_html", "to_pdf"]


def _blocks(markdown: str) -> Iterator[tuple[str, list[str]]]:
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = block.split("\n")
        if block.startswith("#"):
            yield "heading", [block.lstrip("# ")]
        elif all(line.startswith(("- ", "* ")) for line in lines):
            yield "items", [line[2:] for line in lines]
        elif all("\t" in line for line in lines):
            yield "table", lines
        else:
            yield "prose", [" ".join(lines)]


def _runs(text: str) -> list[tuple[str, str]]:
    """(style, words): "*slanted*" and "**bold**" without their marks."""
    runs = []
    for piece in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
        marks = len(piece) - len(piece.lstrip("*"))
        style = {1: "i", 2: "b"}.get(marks, "") if len(piece) > 2 * marks else ""
        words = piece.strip("*") if style else piece
        if words:
            runs.append((style, words))
    return runs


def _inline(text: str) -> str:
    return "".join(f"<{s}>{html.escape(w, False)}</{s}>" if s else html.escape(w, False) for s, w in _runs(text))


def to_html(markdown: str, title: str) -> bytes:
    """A page with navigation, a caption, a newsletter box, related links, a script and a foot."""
    body = []
    for kind, lines in _blocks(markdown):
        if kind == "heading":
            body.append(f"<h2>{_inline(lines[0])}</h2>")
        elif kind == "items":
            body.append("<ul>" + "".join(f"<li>{_inline(line)}</li>" for line in lines) + "</ul>")
        elif kind == "table":
            rows = ("".join(f"<td>{_inline(cell)}</td>" for cell in line.split("\t")) for line in lines)
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            body.append(f"<p>{_inline(lines[0])}</p>")
    middle = len(body) // 2
    body.insert(
        middle,
        '<figure><img src="a.png" alt="Norway"><figcaption>Norway and Peru signed this caption.</figcaption></figure>'
        '<div class="newsletter-signup"><h3>NEWSLETTER</h3><p>Join the mailing list of Norway and Peru.</p></div>',
    )
    page = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta property="og:title" content="{html.escape(title)}"><style>p {{ margin: 0 }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World: Norway visits Peru</a></li></ul></nav>
<main><article><h1>{html.escape(title, False)}</h1>
{chr(10).join(body)}
</article></main>
<aside class="related"><h3>Related</h3><ul><li><a href="/b">Norway invested $5 million in Peru</a></li></ul></aside>
<footer><p>Copyright. Norway and Peru reserve all rights.</p></footer>
<script>document.write("Norway and Peru signed a script.");</script></body></html>"""
    return page.encode()


def to_pdf(markdown: str, title: str) -> bytes:
    """Pages with a running head and page numbers."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

    styles = getSampleStyleSheet()
    prose = ParagraphStyle("prose", parent=styles["BodyText"], fontSize=10, leading=12, alignment=TA_JUSTIFY)
    story: list[Flowable] = [Paragraph(html.escape(title, False), styles["Title"])]
    for kind, lines in _blocks(markdown):
        if kind == "heading":
            story.append(Paragraph(_inline(lines[0]), styles["Heading2"]))
        elif kind == "items":
            story += [Paragraph(_inline(line), prose, bulletText="\N{BULLET}") for line in lines]
        elif kind == "table":
            story.append(Table([line.split("\t") for line in lines], colWidths=90))
        else:
            story.append(Paragraph(_inline(lines[0]), prose))
        story.append(Spacer(1, 6))

    def furniture(canvas: object, template: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(60, 570, "The Journal of Norway and Peru, volume 7")  # type: ignore[attr-defined]
        canvas.drawCentredString(210, 20, str(canvas.getPageNumber()))  # type: ignore[attr-defined]

    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A5, title=title).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


def to_docx(markdown: str, title: str) -> bytes:
    """A document with its title as heading and in its properties."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, 0)
    for kind, lines in _blocks(markdown):
        if kind == "heading":
            document.add_heading(lines[0], 2)
        elif kind == "items":
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
        elif kind == "table":
            cells = [line.split("\t") for line in lines]
            table = document.add_table(rows=len(cells), cols=max(map(len, cells)))
            for row, texts in zip(table.rows, cells, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
        else:
            paragraph = document.add_paragraph()
            for style, words in _runs(lines[0]):
                run = paragraph.add_run(words)
                run.bold, run.italic = style == "b", style == "i"
    document.sections[0].header.paragraphs[0].text = "The Journal of Norway and Peru, volume 7"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


RENDERERS = {".html": to_html, ".pdf": to_pdf, ".docx": to_docx}

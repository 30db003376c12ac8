"""Documents, sentences and tokens: tables of marked-up cases, then whole documents, then hostile ones."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import DocumentError, KgError
from kg.model import Document
from kg.resources import folder
from kg.scale.inputs import find_pieces
from kg.text import find_cells, find_files, find_sentences, find_tokens, read_document, read_originals
from kg.text.dateline import find_issued
from kg.text.formats import apart, worker
from kg.text.formats.pdf import Line, join_lines
from kg.text.language import guess_language
from kg.text.markup import mask_markup
from kg.text.titles import find_title

sys.path.insert(0, str(Path(__file__).parent))
from rendering import RENDERERS, to_docx, to_html, to_pdf

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"
SEEDS = sorted(folder("seeds").glob("*.md"))
ENGLISH = (
    "The two ministers met in the old town on Friday and signed a protocol that had been under discussion for a year. "
    "It provides for a joint commission, which is to meet in the spring.\n"
)


def words(text: str) -> list[str]:
    return [token.text for token in find_tokens(text)]


def sentences(text: str) -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in find_sentences(text)]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Tokens: "·" stands between them.

TOKENS = [
    "Peruvian·-·Chilean talks",
    "a two·-·day visit",
    "Norway·'s fleet and Peru·’s",
    "BRAZIL·’S LEAD",
    "they do·n't·, ca·n’t and wo·n't",
    "we·'ve·, they·’re·, she·'ll",
    "the states·' borders",
    "60,000 at 12.6·%",
    "the 19th and 21st",
    "the 1990s and the 90·'s",
    "$·115 million",
    "US·$·40 million",
    "€·101 m",
    "110·m tons",
    "5·km off",
    "10·B·$ deal",
    "U.S. and U.S.S.R. and H.W Bush",
    "U.S.·-·led",
    "at 9 a.m. on Aug. 12",
    "Mr. Díaz and Dr. Berg of Acme Inc. there",
    "No. 5 but No·.",
    "A. B. Moreno",
    "O'Higgins of Côte d’Ivoire in Sana'a",
    "(·Lima·, May 3·)·.",
    '“·Steppe·,·”·"·sea·"',
    "he said ·--· and left ·—· 2016·–·2018",
    "so·... she said·…",
    "what·?! now",
    "see andes.example.org·, or https://example.org/a_b?c=1·.",
    "novopress.ru·, Dec. 3",
    "on 21.12.2018·, 10:55",
    "in 1999·, 2,000 of 1.5",
    "on May 8·,·1991",
    "36,47 and 1,23,456",
    "G20 and KazSat·-·3 and H145",
    "**·bold** and *slanted*",
    "an [agreement](https://example.org/x_(y)) on gas",
    "note[3] here",
    "snake_case _slanted_",
    "\\*starred\\* <b>words</b>",
    "Zoe\u0308 met Zoë",
]


@pytest.mark.parametrize("case", TOKENS)
def test_tokens(case: str) -> None:
    text = case.replace("·", "")
    expected = [part for word in mask_markup(case).split() for part in word.split("·") if part]
    assert words(text) == expected
    assert all(text[t.start : t.end] == t.text for t in find_tokens(text))


def test_lower_is_casefolded_with_straight_apostrophes() -> None:
    assert [t.lower for t in find_tokens("Peru’s STRASSE")] == ["peru", "'s", "strasse"]


def test_tokens_of_a_stretch_count_from_the_text() -> None:
    text = "One **two** three."
    assert [(t.start, t.text) for t in find_tokens(text, 4, 11)] == [(6, "two")]


# Sentences: "|" stands between them.

SENTENCES = [
    "Peru signed.| Chile did not.",
    "Mr. Díaz met Dr. Berg.| They talked.",
    "Mr Díaz met Ms. Berg vs. No. 5 of vol. 3.",
    "The fleet left for the U.S. Navy yard.| It stayed.",
    "He flew to the U.S. The talks lasted.".replace("S. T", "S.| T"),
    "She heads Acme Inc. of Lima.| Acme Inc. Chairman Berg agreed.",
    "He heads Acme Inc.| The firm is large.",
    "As A. Moreno wrote, J. P. Berg left.| So did C. Díaz.",
    "It was signed on Nov. 11 and on Aug. 3, 2013.| Then came Dec.| The year ended.",
    "It came into force at 9 a.m. on Friday.| At 3 p.m. they left.",
    "Trade rose by 3.5 percent to 12.6 billion.| In 2012 it fell.",
    "The pact dates from 1951.| Since then, it has been renewed.",
    '"We agree."| He left.',
    "“We agree.”| “We do not.”| They left.",
    "“Do we agree?”| Nobody knew.",
    "“Do we agree?” asked Berg.| Nobody knew.",
    "“Do we agree?” Berg asked.| Nobody knew.",
    "They agreed (in part.) and left.",
    "Ports, roads, etc. are built.| Dams, etc.| The rest is planned.",
    "Both sides waited...| Then they signed.",
    "Both sides waited... and signed.",
    "[The ports] were closed.| [So] they left.",
    "They gained nothing. (Andes Post, December 16).| Then they left.",
    "They gained nothing. (andespost.ru, Dec. 3)| Then they left.",
    "It was the first time.Senior officials agreed.".replace(".S", ".|S"),
    "The site is andes.example.org and the file a.Txt is there.",
    "It ended after World War I.| Peace followed.",
    "King Olav V.| The king left.".replace(".| The", ".| The"),
    "Berg (e.g. Moreno, i.e. the minister) spoke.",
    "Who won?!| Nobody!| All lost.",
    "He left in 2005.| 2006 was quiet.",
    "It rose by 5 % vs. 2005.| Prices rose, too.",
    "Moreno and St. Lucia met approx. 50 envoys.",
    "Minister of Peru Ana Berg: Mr Moreno, colleagues, welcome.| We agree.",
    "Lima, 20 December 2002 (AP) -- Peru agreed.| Chile did not.",
    "iron.| Élan followed.",
    "It was **agreed.**| Both signed.",
    "France opened an embassy.[3]| Spain did not.",
    "What did we get?| “Nothing,” he said.",
]


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences(case: str) -> None:
    expected = [" ".join(part.split()) for part in case.split("|")]
    found = find_sentences(case.replace("|", ""))
    plain = case.replace("|", "")
    strip = mask_markup
    assert [" ".join(strip(plain[s.start : s.end]).split()) for s in found] == [
        " ".join(strip(e).split()) for e in expected
    ]


BLOCKS = [
    ("# Trade\n\nIt rose.", [("heading", "Trade", ""), ("prose", "It rose.", "Trade")]),
    ("Trade\n=====\nIt rose.", [("heading", "Trade", ""), ("prose", "It rose.", "Trade")]),
    ("Trade:\n\nIt rose.", [("heading", "Trade:", ""), ("prose", "It rose.", "Trade")]),
    ("TRADE AND AID\nIt rose.", [("heading", "TRADE AND AID", ""), ("prose", "It rose.", "TRADE AND AID")]),
    ("State visits\n\nThe king came.", [("heading", "State visits", ""), ("prose", "The king came.", "State visits")]),
    ("By:\nThe king came.", [("prose", "By:", ""), ("prose", "The king came.", "")]),
    ("He said:\n\nWe agree.", [("prose", "He said:", ""), ("prose", "We agree.", "")]),
    ("Peru and Chile signed a treaty", [("prose", "Peru and Chile signed a treaty", "")]),
    ("Colleagues,\n\nWe agree.", [("prose", "Colleagues,", ""), ("prose", "We agree.", "")]),
    (
        "- One port. It is new.\n- Two ports",
        [("item", "One port.", ""), ("item", "It is new.", ""), ("item", "Two ports", "")],
    ),
    ("* one\n• two\n1. three\n(a) four", [("item", w, "") for w in ("one", "two", "three", "four")]),
    ("- a port that\n  lies far north", [("item", "a port that lies far north", "")]),
    ("Year\tIn\tOut\n2017\t1\t\n", [("row", "Year In Out", ""), ("row", "2017 1", "")]),
    ("Fish\t12\nOil\t7\n", [("row", "Fish 12", ""), ("row", "Oil 7", "")]),
    ("| Year | In |\n|------|----|\n| 2017 | 5 |", [("row", "Year | In", ""), ("row", "2017 | 5", "")]),
    ("> Quoted once.\n> Twice.", [("prose", "Quoted once.", ""), ("prose", "Twice.", "")]),
    ("One.\n\n* * *\n\nTwo.", [("prose", "One.", ""), ("prose", "Two.", "")]),
    (
        "One port is closed.\nTwo ports are open.",
        [("prose", "One port is closed.", ""), ("prose", "Two ports are open.", "")],
    ),
    ("The envoy of\nthe king came.", [("prose", "The envoy of the king came.", "")]),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(s.kind, " ".join(text[s.start : s.end].split()), s.heading) for s in find_sentences(text)]
    assert found == expected


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Fishing rights were settled last year after long talks between\n"
        "Norway and Iceland, whose ministers had met in Bergen with Mr.\n"
        "Olsen present. A second round is to be held in Reykjavik once\n"
        "the catch of the season is known.\n\n"
        "Trade\n"
        "Norway sells Iceland timber and machines, and Iceland sends to\n"
        "Bergen fish and wool.\n"
    )
    assert len(sentences(text)) == 4
    assert [s.kind for s in find_sentences(text)] == ["prose", "prose", "heading", "prose"]
    assert [s.paragraph for s in find_sentences(text)] == [0, 0, 1, 2]


def test_cells_of_a_row() -> None:
    text = "Year\tOut\tIn\n2017\t\t 5 \n\n| a | | b |\n| - | - | - |\n"
    rows = [s for s in find_sentences(text) if s.kind == "row"]
    assert [[text[c.start : c.end] for c in find_cells(text, row)] for row in rows] == [
        ["Year", "Out", "In"],
        ["2017", "", "5"],
        ["a", "", "b"],
    ]


# Whole documents.


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds_are_covered_by_sentences(path: Path) -> None:
    document = read_document(path)
    text, found = document.text, find_sentences(document.text)
    rest = list(mask_markup(text))
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    for before, after in pairwise(found):
        assert before.end <= after.start
        assert before.paragraph <= after.paragraph
    for sentence in found:
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        assert find_tokens(text, sentence.start, sentence.end) == sentence.tokens
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            rest[token.start : token.end] = " " * len(token.text)
    assert not "".join(rest).strip()


@pytest.mark.parametrize("suffix", RENDERERS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_formats_give_the_same_sentences(path: Path, suffix: str, tmp_path: Path) -> None:
    markdown = read_document(path)
    rendered = write(tmp_path / f"{path.stem}{suffix}", RENDERERS[suffix](markdown.text, markdown.title))
    document = read_document(rendered)
    assert said(document) == said(markdown)
    assert document.title == markdown.title


def said(document: Document) -> list[tuple[str, list[str]]]:
    return [(s.kind, [token.text for token in s.tokens]) for s in find_sentences(document.text)]


PAGE = """Peru and Chile have had **embassies** in each other's capitals since the war, and both are open to this day.

# Trade of the two

- Peru sells copper to Chile.
- Chile sells wine to Peru.

The figures of the last three years are the following, as the two ministries have given them to us:

Year	Exports	Imports
2016	1,200	300
2017	1,300	250
2018	1,250	275

The ministers of both countries will meet again in Arica, where a half-open border post is being built.
"""


@pytest.mark.parametrize("suffix", RENDERERS)
def test_headings_lists_and_tables_survive(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"page{suffix}", RENDERERS[suffix](PAGE, "Peru and Chile"))
    document = read_document(path)
    assert said(document) == said(read_document(write(tmp_path / "page.md", PAGE)))
    row = next(s for s in find_sentences(document.text) if s.tokens[0].text == "2017")
    assert [document.text[c.start : c.end] for c in find_cells(document.text, row)] == ["2017", "1,300", "250"]
    assert document.title == "Peru and Chile"
    assert "Norway" not in document.text


def test_page_furniture_of_a_pdf_is_dropped(tmp_path: Path) -> None:
    text = "\n\n".join(ENGLISH.strip().replace("a year", f"{number} years") for number in range(30))
    document = read_document(write(tmp_path / "long.pdf", to_pdf(text, "Long")))
    assert len(find_sentences(document.text)) == 60
    assert "Journal" not in document.text


def test_lines_of_a_pdf_are_joined_with_their_hyphens() -> None:
    texts = ["The minister spoke of co-", "operation in the north and of Peruvian-", "Chilean talks, of half-"]
    texts += ["open borders and a govern-", "ment of all."]
    lines = [Line(text, 50, 300, 700 - 12 * n, 10, 0) for n, text in enumerate(texts)]
    assert join_lines(lines) == [
        "The minister spoke of co-operation in the north and of Peruvian-Chilean talks, of half-open borders and a "
        "government of all."
    ]


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    page = to_html(PAGE, "Peru and Chile").replace(
        b"<style>",
        b'<meta property="og:site_name" content="Andes Post"><meta name="author" content="Ana Berg">'
        b'<meta property="article:published_time" content="2019-05-03T10:00:00Z">'
        b'<link rel="canonical" href="https://example.org/a"><style>',
    )
    document = read_document(write(tmp_path / "page.html", page))
    assert (document.publisher, document.creator, document.issued) == ("Andes Post", "Ana Berg", "2019-05-03")
    assert document.source == "https://example.org/a"


def test_title_of_a_page_is_the_one_that_it_names_or_its_main_heading(tmp_path: Path) -> None:
    page = to_html(PAGE, "Peru and Chile - Andes Post").decode()
    site = page.replace("<style>", '<meta property="og:site_name" content="Andes Post"><style>', 1)
    assert read_document(write(tmp_path / "site.html", site)).title == "Peru and Chile"
    bare = page.replace('property="og:title"', 'property="x"').replace(
        "<h1>Peru and Chile - Andes Post", "<h1>Two neighbours"
    )
    bare = bare.replace("<body>", '<body><div id="help-menu"><h2>Keyboard shortcuts</h2></div>')
    document = read_document(write(tmp_path / "bare.html", bare))
    assert document.title == "Two neighbours"
    assert "Keyboard" not in document.text


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = (
        to_html(PAGE.replace("Arica", "Málaga"), "Peru").decode().replace('charset="utf-8"', 'charset="windows-1252"')
    )
    assert "Málaga" in read_document(write(tmp_path / "page.html", page.encode("cp1252"))).text


# Files and metadata.


def test_kept_text_is_the_text_behind_the_front_matter(tmp_path: Path) -> None:
    body = "  The  port is open.\n\n\ttabs stay  \n"
    path = write(
        tmp_path / "a.md",
        b"\xef\xbb\xbf---\r\ntitle: T\r\nnote: 5\r\n---\r\n\r\n\r\n" + body.replace("\n", "\r\n").encode(),
    )
    document = read_document(path)
    assert document.text == body
    assert (document.identifier, document.title, document.language) == ("a", "T", "en")
    assert document.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_metadata_given_wins_over_front_matter_and_that_over_originals(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f'---\ntitle: "Own"\nissued: 2018-05\n---\n{ENGLISH}')
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    document = read_document(path, metadata={"title": "Given"}, originals={digest: {"title": "No", "creator": "No"}})
    assert (document.title, document.issued, document.creator) == ("Given", "2018-05", "")
    bare = write(tmp_path / "b.txt", ENGLISH)
    bare_digest = hashlib.sha256(bare.read_bytes()).hexdigest()
    write(
        tmp_path / "seed.md",
        f'---\ntitle: Seed\nissued: "2013"\noriginal-sha256: {bare_digest}\n---\nText',
    )
    document = read_document(bare, originals=read_originals(tmp_path))
    assert (document.title, document.issued) == ("Seed", "2013")


def test_front_matter_values_stay_texts(tmp_path: Path) -> None:
    document = read_document(
        write(tmp_path / "a.md", f"---\ntitle: 1984\nissued: 2018-05-03\npublisher: no\n---\n{ENGLISH}")
    )
    assert (document.title, document.issued, document.publisher) == ("1984", "2018-05-03", "no")


TITLES = [
    ("# The *new* port\n\nIt is open.", "The new port"),
    ("\nPeru and Chile: a port\nIt is open.", "Peru and Chile: a port"),
    ("Accessibility links\n\nPeru and Chile\n\nIt is open.", "Peru and Chile"),
    ("It is open.", ""),
    ("- one\n- two", ""),
    ("x" * 151, ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_titles(text: str, title: str) -> None:
    assert find_title(text) == title


DATELINES = [
    ("Lima, 20 December 2002 (AP) -- Peru agreed.", "2002-12-20"),
    ("LIMA, March 5, 2014 (Reuters) Peru agreed.", "2014-03-05"),
    ("LIMA, Peru, Sept. 5, 2014 (AP) — Peru agreed.", "2014-09-05"),
    ("Santa Cruz, 3 May 2010 -- Peru agreed.", "2010-05-03"),
    ("Peru agreed.\n\nCreated at : 21.12.2018, 10:55", "2018-12-21"),
    ("Published: 3 May 2019\n", "2019-05-03"),
    ("Date: 2019-05-03\n", "2019-05-03"),
    ("Date: 31.02.2019\n", ""),
    ("LIMA, March 5 (Reuters) Peru agreed.", ""),
    ("In Lima, 20 December 2002 was a holiday (a long one).", ""),
    ("LIMA, March 5, 2014 - Peru agreed.", "2014-03-05"),
    ("Peru agreed\n\nWednesday, 3 May 2019\n\nThe text.", "2019-05-03"),
    ("Peru agreed\nLima, May 3, 2019\nThe text.", "2019-05-03"),
    ("Peru agreed\n03.05.2019\nThe text.", "2019-05-03"),
    ("A chronicle\n\n3 May 1992\nThey met.\n\n4 May 1993\nThey met again.", ""),
    ("One.\nTwo.\nThree.\nFour.\nFive.\n3 May 2019\nSix.", ""),
    ("Lima, 20 December 2002 (AP) -- Yes.\nQuito, 21 December 2002 (AP) -- No.", ""),
]


@pytest.mark.parametrize(("text", "issued"), DATELINES)
def test_datelines(text: str, issued: str) -> None:
    assert find_issued(text) == issued


LANGUAGES = {
    "English": ENGLISH * 2,
    "French": "Les ministres des deux pays se sont réunis dans la capitale et ils ont signé un accord sur la "
    "pêche qui est entré "
    "en vigueur avec le nouveau traité, pour une durée de dix ans.",
    "German": "Die Minister der beiden Länder haben sich in der Hauptstadt getroffen und ein Abkommen über die "
    "Fischerei "
    "unterzeichnet, das mit dem neuen Vertrag für zehn Jahre gilt und nicht verlängert werden kann.",
    "Spanish": "Los ministros de los dos países se reunieron en la capital y firmaron un acuerdo sobre la pesca "
    "que entró en vigor "
    "con el nuevo tratado por una duración de diez años para las partes.",
    "Portuguese": "Os ministros dos dois países reuniram-se na capital e assinaram um acordo sobre a pesca que "
    "entrou em vigor "
    "com o novo tratado, por uma duração de dez anos para as partes.",
    "Italian": "I ministri dei due paesi si sono riuniti nella capitale e hanno firmato un accordo sulla pesca "
    "che è entrato in "
    "vigore con il nuovo trattato per la durata di dieci anni, non più di tanto, tra le parti.",
    "Turkish": "İki ülke arasında imzalanan bu anlaşma için bakanlar başkentte bir araya geldi ve balıkçılık ile"
    " ilgili olarak daha "
    "sonra yeni bir belge de hazırlanacak, ne kadar süreceği belli değil.",
    "Hungarian": "A két ország miniszterei a fővárosban találkoztak, és aláírták a halászati megállapodást, amely "
    "már az új "
    "szerződéssel együtt lép életbe, és nem csak egy évre szól, hanem tíz évre is.",
    "Russian": "Министры двух стран встретились в столице и подписали соглашение о рыболовстве, которое вступило"
    " в силу вместе с "
    "новым договором и будет действовать в течение десяти лет.",
    "Kazakh": "Екі елдің министрлері астанада кездесіп, балық аулау туралы келісімге қол қойды және бұл құжат "
    "жаңа шартпен бірге "
    "күшіне енеді деп күтілуде, оның мерзімі он жыл болып белгіленген.",
    "Chinese": "两国部长在首都会晤，签署了关于渔业的协定。该协定与新条约一同生效，有效期为十年。" * 8,
    "Arabic": "التقى وزيرا البلدين في العاصمة ووقعا اتفاقا بشأن الصيد دخل حيز النفاذ مع المعاهدة الجديدة لمدة "
    "عشر سنوات بين "
    "الطرفين في العام الماضي كما قال الوزير.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages(language: str, tmp_path: Path) -> None:
    assert guess_language(LANGUAGES[language]) == language
    path = write(tmp_path / "a.txt", LANGUAGES[language])
    if language == "English":
        assert read_document(path).language == "en"
    else:
        with pytest.raises(DocumentError, match=f"is in {language}, not in English"):
            read_document(path)


def test_short_texts_and_tables_pass_as_english(tmp_path: Path) -> None:
    assert read_document(write(tmp_path / "a.txt", "Vertrag von Elysée")).text
    table = "Exports to the region\n" + "\n".join(f"{year}\tcopper\tzinc\t{year * 3}" for year in range(2000, 2006))
    assert read_document(write(tmp_path / "b.txt", table)).text


def locked_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(100, 100, "Peru and Chile")
    canvas.save()
    return stream.getvalue()


def empty_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 101_000_000)
    return stream.getvalue()


BAD_FILES = {
    "empty.txt": (b"", "is empty"),
    "blank.md": (b" \n\t\n", "is empty"),
    "only-front.md": (b"---\ntitle: T\n---\n\n", "holds no text"),
    "nul.txt": (b"ab\0cd", "NUL byte at byte 2"),
    "latin1.txt": ("one\ncafé".encode("latin-1"), r"latin1.txt:2: is not UTF-8: byte 0xe9 at byte 7"),
    "utf16.txt": ("Peru".encode("utf-16"), "is UTF-16"),
    "pdf.txt": (b"%PDF-1.7 ...", "is a PDF by its content, not a .txt file - rename it to pdf.pdf"),
    "zip.md": (b"PK\x03\x04...", "is a ZIP archive by its content"),
    "old.docx": (b"\xd0\xcf\x11\xe0...", "is an old Office file .* save it as .docx"),
    "text.pdf": (b"Peru and Chile", "is no PDF by its content"),
    "text.docx": (b"Peru and Chile", "is no DOCX by its content"),
    "broken.pdf": (b"%PDF-1.7 and nothing", "is a broken PDF"),
    "broken.docx": (b"PK\x03\x04 and nothing", "is a broken DOCX"),
    "other.docx": (None, "cannot be read as DOCX"),
    "locked.pdf": (None, "is locked with a password"),
    "pictures.pdf": (None, "only pictures of pages"),
    "bomb.docx": (None, "unpacks to more than 100 MB"),
    "empty.html": (b"<html><script>Peru()</script></html>", "holds no text"),
    "open.md": (b"---\ntitle: T\nText", r"open.md:1: the front matter is never closed"),
    "yaml.md": (b"---\ntitle: T\ncreator: [a\n---\nText", r"yaml.md:\d: the front matter is no YAML"),
    "list.md": (b"---\n- a\n---\nText", "no list of key: value lines"),
    "type.md": (b"---\nlanguage: en\ntitle: {a: b}\n---\nText", "type.md:3: title is a dict, not a text"),
    "date.md": (
        b"---\ntitle: T\nissued: 2018-02-30\n---\nText",
        "date.md:3: issued is '2018-02-30': day is out of range",
    ),
    "words.md": (b"---\nissued: last year\n---\nText", "words.md:2: issued is 'last year', which is no date"),
    "object.md": (b"---\ntitle: !!python/object:os.system {}\n---\nText", "object.md:2: the front matter is no YAML"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_refused_with_reason_and_remedy(name: str, tmp_path: Path) -> None:
    content, message = BAD_FILES[name]
    if content is None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", "a")
        makers = {"locked.pdf": locked_pdf, "pictures.pdf": empty_pdf, "bomb.docx": bomb, "other.docx": stream.getvalue}
        content = makers[name]()
    path = write(tmp_path / name, content)
    with pytest.raises(DocumentError, match=message) as caught:
        read_document(path)
    assert caught.value.file == str(path)
    assert caught.value.remedy


def test_bad_metadata_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="metadata given: issued is 'May'"):
        read_document(write(tmp_path / "a.txt", ENGLISH), metadata={"issued": "May"})


def test_folders_and_missing_files_are_no_documents(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(DocumentError, match="no such file"):
        read_document(tmp_path / "none.txt")


def test_too_large_files_and_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", ENGLISH)
    monkeypatch.setattr("kg.text.files.KEPT_CHARACTERS", 100)
    with pytest.raises(DocumentError, match="characters, more than 100"):
        read_document(path)
    monkeypatch.setattr("kg.text.files.FILE_BYTES", 100)
    with pytest.raises(DocumentError, match="is larger than"):
        read_document(path)


def test_find_files(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "sub/c.html", ".hidden.md", ".git/d.md", "e.xls"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, "x")
    found = find_files([tmp_path, tmp_path / "b.md", str(tmp_path / ".hidden.md")])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a.TXT", "b.md", "sub/c.html", ".hidden.md"]
    with pytest.raises(DocumentError, match=r"\.xls is no kind of document - give a \.txt"):
        find_files([tmp_path / "e.xls"])
    with pytest.raises(DocumentError, match="there is no such file or folder"):
        find_files([tmp_path / "none"])
    with pytest.raises(DocumentError, match="a path is empty"):
        find_files([""])  # not the folder we are in
    (tmp_path / "bare").mkdir()
    with pytest.raises(DocumentError, match="bare: the folder holds no document"):
        find_files([tmp_path / "bare"])


def test_the_texts_that_a_graph_keeps_are_no_documents_of_the_folder_around_it(tmp_path: Path) -> None:
    for name in ("a.txt", "graph/store/CURRENT", "graph/documents/0123.txt", "documents/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        write(tmp_path / name, "x")
    assert find_files([tmp_path]) == [tmp_path / "a.txt", tmp_path / "documents" / "b.txt"]
    assert find_files([tmp_path / "graph" / "documents"]) == [tmp_path / "graph" / "documents" / "0123.txt"]


def test_originals_are_known_by_their_bytes() -> None:
    if not SHARED.is_dir():
        pytest.skip("the originals of the seeds are not here (../shared)")
    originals = read_originals(folder("seeds"))
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        document = read_document(path, originals=originals)
        assert document.title == originals[document.file_sha256]["title"]


# Hostile documents.


def test_a_slow_document_is_stopped_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = write(tmp_path / "slow.html", "<p>Peru and Chile met in the port.<b>" * 20_000)
    quick = write(tmp_path / "quick.html", to_html(PAGE, "Peru"))
    assert read_document(quick).text  # the libraries are loaded
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    monkeypatch.setattr(apart, "START_SECONDS", 0.0)
    with pytest.raises(DocumentError, match=r"slow\.html: reading it took longer than"):
        read_document(slow)
    monkeypatch.setattr(apart, "SECONDS", 30.0)
    assert read_document(quick).text


def test_a_reader_that_dies_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.docx", to_docx(PAGE, "Peru"))
    monkeypatch.setattr(apart, "_CODE", "import sys; sys.stdin.buffer.read(1)")
    monkeypatch.setattr(apart, "_current", None)
    with pytest.raises(DocumentError, match="its reader broke off"):
        read_document(path)
    monkeypatch.undo()
    assert read_document(path).text


def test_a_reader_without_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(suffix: str, raw: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "read_bytes", no_memory)
    assert worker._answer(".html", b"")["error"] == "reading it takes too much memory"


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    path = write(tmp_path / "a.html", to_html(PAGE, "Peru"))
    with pytest.raises(DocumentError, match=r"trafilatura .* pip install 'bilateral-kg\[documents\]'"):
        read_document(path)


def test_external_entities_of_a_docx_are_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", "SECRET")
    source = zipfile.ZipFile(io.BytesIO(to_docx(ENGLISH, "Peru")))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
                data = data.replace(b"<w:document", head + b"<w:document", 1).replace(b"The two", b"&x; The two", 1)
            archive.writestr(name, data)
    assert "SECRET" not in read_document(write(tmp_path / "a.docx", stream.getvalue())).text


HOSTILE = [
    "word ",
    "(",
    "a",
    ".",
    ". ",
    "a.",
    "ab.",
    "a'",
    "\n",
    "a\n",
    "*",
    "](",
    "[a](",
    "<!--",
    "<a",
    "_",
    "- ",
    "# x\n",
]
HOSTILE += [
    "1.",
    "1,",
    "don't",
    "a\t",
    "> ",
    '."',
    "U.S. ",
    "A. (",
    " ",
    "Mr. ",
    "http://",
    "www.",
    "a | ",
    "\\",
    "![",
    "n't",
    "e\u0301",
]


def test_a_folder_inside_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/one.txt", "b/two.txt", "c/three.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("b"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)  # root may read all folders
    told: list[DocumentError] = []
    assert find_files([tmp_path], told.append) == [tmp_path / "a" / "one.txt", tmp_path / "c" / "three.txt"]
    assert [(each.what, each.file) for each in told] == [("the folder cannot be read: Permission denied", str(tmp_path / "b"))]
    with pytest.raises(DocumentError, match="check its permissions"):
        find_files([tmp_path])
    assert len(find_pieces([tmp_path])[1]) == 1


def test_links_that_are_not_followed_are_told(tmp_path: Path) -> None:
    for name in ("in/one.txt", "in/sub/two.txt", "elsewhere/deep/three.txt", "pictures/a.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    folder = tmp_path / "in"
    links = {"more": "elsewhere", "art": "pictures", "own": "in/sub", ".hidden": "elsewhere", "gone.txt": "none", "gone.png": "none"}
    for link, to in (links | {"two.txt": "in/sub/two.txt"}).items():
        (folder / link).symlink_to(tmp_path / to)
    told: list[KgError] = []
    assert [file.name for file in find_files([folder], told.append)] == ["one.txt", "two.txt", "two.txt"]
    for said in (told, find_pieces([folder])[1]):
        assert sorted((Path(str(each.file)).name, each.what) for each in said) == [
            ("gone.txt", "is a link to a file that is not there"), ("more", "is a link to a folder with documents, which is not followed"),
        ]  # fmt: skip
        assert any(str(tmp_path / "elsewhere") in each.remedy for each in said)


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear_and_sentences_are_bounded(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9.0
        for _ in range(2):
            begin = time.process_time()
            find_sentences(text)
            best = min(best, time.process_time() - begin)
        return best

    small, large = seconds(10_000), seconds(80_000)
    assert large < 30 * small + 0.05  # 8 times as much text; quadratic would be 64
    text = unit * (20_000 // len(unit))
    assert all(s.end - s.start <= 4000 and len(s.tokens) <= 500 for s in find_sentences(text))


def test_numbered_headings_dated_lines_and_lists_in_one_line() -> None:
    text = (
        "Chad and Togo\n\n1. Political relations\n\nThe two are friends.\n\nB. Visits\n\nFrom Chad:\n"
        "Mr. Ali Sara, Prime Minister, May 2014\nPresident Omar Tal (2016)\n\n"
        "Togo to Chad: President Kofi Ada (2011); Foreign Minister Yao Eto (March 2012)\n\n2. Trade\n\nIt grew in 2015."
    )
    found = [(s.kind, text[s.start : s.end], s.heading) for s in find_sentences(text)]
    assert ("heading", "Political relations", "") in found and ("heading", "Trade", "") in found
    assert ("item", "Mr. Ali Sara, Prime Minister, May 2014", "From Chad") in found
    assert ("item", "Foreign Minister Yao Eto (March 2012)", "Togo to Chad") in found
    assert ("prose", "It grew in 2015.", "Trade") in found

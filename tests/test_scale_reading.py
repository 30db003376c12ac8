"""What `kg extract` reads: every kind of input, and what is told of bad ones."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.model import Document
from kg.scale.inputs import Piece, find_pieces, kind_of
from kg.scale.reading import read_piece
from kg.scale.rows import documents_of, page_batches, part_of, rows_of
from tests.scaling import texts, warc_record, write_archive, write_lines

pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed")

GOOD = texts(1)[0]
ENGLISH = "The presidents of the two states met in the capital, and they said that the trade between them had grown by a half since the year before."


def read(*paths: Path) -> tuple[list[Document], list[str]]:
    """The documents below these paths, and what is told of the others."""
    pieces, failures = find_pieces(paths)
    found = [each for piece in pieces for each in read_piece(piece)]
    told = [*failures, *(each for each in found if isinstance(each, DocumentError))]
    return [each for each in found if isinstance(each, Document)], [str(each) for each in told]


@pytest.mark.parametrize(("name", "kind"), [
    ("a.txt", "files"), ("a.MD", "files"), ("a.html", "files"), ("a.pdf", "files"), ("a.jsonl", "lines"), ("a.ndjson.gz", "lines"),
    ("a.parquet", "table"), ("a.warc.gz", "archive"), ("CC-MAIN.warc.wet.gz", "archive"), ("a.wet", "archive"), ("a.gz", ""), ("a", ""), ("a.csv", ""),
])  # fmt: skip
def test_the_kind_of_a_file_is_told_by_its_name(name: str, kind: str) -> None:
    assert kind_of(Path(name)) == kind


def test_folders_hold_all_kinds_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/a.txt", "a.jsonl", ".hidden.txt", "_SUCCESS.parquet", "c/x.parquet", "notes.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    pieces, failures = find_pieces([tmp_path, tmp_path / "b" / "a.txt"])
    assert [(each.kind, [Path(path).name for path in each.paths], each.bytes) for each in pieces] == [
        ("lines", ["a.jsonl"], 1), ("table", ["x.parquet"], 1), ("files", ["a.txt"], 1),
    ]  # fmt: skip
    assert not failures


def test_what_an_extraction_or_a_graph_wrote_is_no_input(tmp_path: Path) -> None:
    for name in ("a.txt", "shards/done/key", "shards/records/part-00000.parquet", "graph/store/CURRENT", "graph/documents/01.txt", "records/b.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("x")
    pieces, failures = find_pieces([tmp_path])
    assert [Path(path).name for each in pieces for path in each.paths] == ["b.parquet", "a.txt"]
    assert not failures
    assert [each.what for each in find_pieces([""])[1]] == ["a path is empty"]


def test_paths_that_hold_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("x")
    pieces, failures = find_pieces([tmp_path / "gone", tmp_path / "x.csv"])
    assert not pieces
    assert [each.what for each in failures] == ["there is no such file or folder", ".csv is nothing that holds documents"]


def test_lines_become_documents_with_what_they_tell(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", [
        {**GOOD, "id": "first", "author": "Ada Reader", "site": "The Invented Press", "lang": "en-GB", "more": [1]},
        "", {"text": f"\r\n\r\n{ENGLISH}\r\nYes.", "date": "2018-12-21T10:00:00Z"}, {"text": ENGLISH, "issued": 2018, "title": None},
    ])  # fmt: skip
    documents, told = read(tmp_path)
    assert not told
    first, second, third = documents
    assert (first.identifier, first.title, first.creator, first.publisher) == ("first", GOOD["title"], "Ada Reader", "The Invented Press")
    assert (first.issued, first.source, first.language, first.path) == ("1993-02-01", GOOD["url"], "en-GB", f"{tmp_path}/a.jsonl:1")
    assert (second.text, second.issued, second.identifier) == (f"{ENGLISH}\nYes.", "2018-12-21", second.sha256[:16])
    assert third.issued == "2018"


@pytest.mark.parametrize(("line", "told"), [
    ("{", "is no JSON"), ("[1]", "is a JSON list, not an object"), ('{"title": "x"}', "has no text"), ('{"text": 7}', "has no text"),
    ('{"text": ""}', "the document holds no text"), ('{"text": "a \\ud800 b"}', "holds half a character at 2"), ('{"text": "a\\u0000b"}', "is binary"),
    ('{"text": "' + ENGLISH + '", "date": "12 May"}', "issued is '12 May', which is no date"), ("[" * 100_000, "is no JSON"),
    ('{"text": "Les présidents des deux pays ont signé un accord sur le commerce entre la France et le Pérou dans la capitale, et ils ont dit que '
     'les échanges sont plus grands que dans les années passées."}', "is in French"), ('{"text": "x", "title": ["a"]}', "title is a list, not a text"),
    ("\udcff", "is no JSON"),
])  # fmt: skip
def test_a_bad_line_is_told_by_number_and_the_rest_goes_on(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "Good."}\n' + line.encode("utf-8", "surrogateescape") + b'\n{"text": "Fine."}\n')
    documents, failures = read(file)
    assert [each.text for each in documents] == ["Good.", "Fine."]
    assert len(failures) == 1 and failures[0].startswith(f"{file}:2: {told}")


def test_a_line_too_long_to_be_a_document_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.scale.reading._LINE_BYTES", 100)
    documents, failures = read(write_lines(tmp_path / "a.jsonl", [{"text": "Good."}, {"text": "x" * 950}, {"text": "Fine."}]))
    assert [each.text for each in documents] == ["Good.", "Fine."]
    assert len(failures) == 1 and "a.jsonl:2: the line is longer than 100 bytes" in failures[0]


def test_lines_of_a_broken_gzip_file_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"text": "Good %d."}\n' % number for number in range(5000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    documents, failures = read(tmp_path)
    assert 0 < len(documents) < 5000
    assert len(failures) == 1 and f"breaks off behind line {len(documents)}" in failures[0]


def test_tables_become_documents(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"text": ENGLISH, "date": datetime.date(2018, 12, 21), "url": "https://example.org/1", "extra": 1.5}, {"text": None}, {"text": "Fine."}]
    pq.write_table(pa.Table.from_pylist(rows, pa.schema([("text", pa.string()), ("date", pa.date32()), ("url", pa.string()), ("extra", pa.float64())])), tmp_path / "a.parquet")
    documents, failures = read(tmp_path)
    assert [(each.text, each.issued, each.source) for each in documents] == [(ENGLISH, "2018-12-21", "https://example.org/1"), ("Fine.", "", "")]
    assert failures == [f'{tmp_path}/a.parquet: row 2: has no text - give each document its text as "text"']


def test_tables_that_are_none_are_told(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": ["x" * 1000] * 50}), tmp_path / "b.parquet")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "b.parquet").read_bytes()[:200])
    documents, failures = read(tmp_path)
    assert not documents
    assert "a.parquet: has no column text - name the column" in failures[0]
    assert "b.parquet: cannot be read behind row 0" in failures[1]


def test_archives_give_texts_and_pages(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra 'scale' is not installed")
    pytest.importorskip("trafilatura", reason="the extra 'documents' is not installed")
    page = f"<html><head><title>A meeting</title></head><body><article><h1>A meeting</h1><p>{ENGLISH}</p><p>{ENGLISH}</p></article></body></html>"
    write_archive(tmp_path / "crawl.warc.gz", [
        warc_record("warcinfo", "urn:x", b"software: invented\r\n", "application/warc-fields"),
        warc_record("request", "https://example.org/a", b"GET /a HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        warc_record("response", "https://example.org/a", page.encode(), "text/html; charset=utf-8", "HTTP/1.1 200 OK"),
        warc_record("response", "https://example.org/gone", page.encode(), "text/html", "HTTP/1.1 404 Not Found"),
        warc_record("response", "https://example.org/i.png", b"\x89PNG", "image/png", "HTTP/1.1 200 OK"),
        warc_record("response", "https://example.org/b", b"\xff\xfe\x00", "text/plain", "HTTP/1.1 200 OK"),
    ])  # fmt: skip
    write_archive(tmp_path / "crawl.warc.wet.gz", [warc_record("conversion", "https://example.org/c", ENGLISH.encode(), "text/plain")])
    documents, failures = read(tmp_path)
    assert [(each.source, each.issued) for each in documents] == [("https://example.org/a", ""), ("https://example.org/c", "")]
    assert documents[0].title == "A meeting" and ENGLISH in documents[0].text and documents[1].text == ENGLISH
    assert failures == [f"{tmp_path}/crawl.warc.gz: https://example.org/b: is UTF-16, not UTF-8 - save it as UTF-8"]


def test_an_archive_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra 'scale' is not installed")
    records = [warc_record("conversion", f"https://example.org/{n}", f"{ENGLISH} {n}.".encode(), "text/plain") for n in range(3)]
    write_archive(tmp_path / "a.wet.gz", [*records[:2], records[2][:-30]])
    write_archive(tmp_path / "b.wet.gz", [b"no archive at all"])
    documents, failures = read(tmp_path)
    assert len(documents) == 2
    assert len(failures) == 2 and all(f"{name}.wet.gz: " in told for name, told in zip("ab", failures, strict=True))


def test_rows_hold_all_of_a_document_and_its_part_is_a_matter_of_its_text(tmp_path: Path) -> None:
    pieces, _ = find_pieces([write_lines(tmp_path / "a.jsonl", [*texts(150), "{"])])
    found = [*read_piece(pieces[0]), *read_piece(Piece("files", (str(tmp_path / "gone.txt"),), 0))]
    batches = list(page_batches(iter(found), 7))
    assert len(batches) > 1 and max(batch.num_rows for batch in batches) <= 64
    rows = list(rows_of(batches))
    assert [str(each) for each in documents_of(rows)] == [str(each) for each in found]
    assert all(row["part"] == part_of(row["sha256"], 7) for row in rows) and {row["part"] for row in rows} == set(range(7))

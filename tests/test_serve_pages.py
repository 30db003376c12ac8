"""The pages, as a browser without script gets them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")
pytest.importorskip("jinja2", reason="needs the extra 'serve'")

from starlette.testclient import TestClient

from kg.cli import main
from kg.graph import document_text, open_store, read_manifest
from kg.graph.manifest import STORE
from kg.queries import find_query, load_queries, run_query
from kg.serve.pages.records import FactLine
from kg.serve.pages.words import number_words, open_question, reason_words, when_words
from kg.serve.settings import HOME
from kg.terms import BKG, FACT
from tests.pages import Element, read_page
from tests.serving import seeds_graph, serving

HTML = {"Accept": "text/html"}
QUESTIONS = [query for query in load_queries() if query.kind == "question"]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with serving(seeds_graph()) as found:
        yield found


def page(client: TestClient, path: str, status: int = 200) -> Element:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return read_page(answer.text)


def fact_paths() -> list[str]:
    facts = run_query(open_store(seeds_graph()), "SELECT DISTINCT ?f { ?f bkg:status ?s } ORDER BY ?f").rows
    return ["/fact/" + row[0].value.removeprefix(FACT) for row in facts if row[0] is not None]


def document_hashes() -> list[str]:
    return [entry.sha256 for entry in read_manifest(seeds_graph()).documents]


ADDRESSES = [
    "/", "/?a=Kazakhstan&b=Russia", "/?a=KZ&b=RU", "/?a=Peru&b=Chile", "/documents", "/search", "/search?q=nazar", "/search?q=zzzzzz", "/queries",
    "/queries?q=trade", "/queries/trade-of-a-pair", "/queries/trade-of-a-pair?a=KZ&b=RU&from=2001", "/plots", "/plots/trade", "/plots/timeline",
    "/editor", "/editor?example=leases", "/editor?query=ASK%20%7B%7D", "/docs", "/entity/kazakhstan", "/entity/vladimir-putin",
    "/entity/kazakhstan?type=Meeting", "/concept/flow-total",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_page_is_well_made(client: TestClient, path: str) -> None:
    """What a reader with a screen reader, a keyboard or a strict browser depends on."""
    root = page(client, path)
    assert root.one("html").attributes["lang"] == "en" and root.one("title").words
    assert len(root.all("h1")) == 1 and len(root.all("main")) == 1
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    levels = [int(element.tag[1]) for element in root.walk() if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    for table in root.all("table"):
        assert table.one("caption").words
        assert all(head.attributes.get("scope") for head in table.all("th"))
    for name in ("aria-labelledby", "aria-describedby", "for", "list"):
        for element in root.walk():
            assert name not in element.attributes or element.attributes[name] in ids, (name, element.attributes)
    labelled = {label.attributes.get("for") for label in root.all("label")}
    assert all(f.attributes["id"] in labelled for tag in ("input", "select", "textarea") for f in root.all(tag))
    assert all(link.words or link.attributes.get("aria-label") for link in root.all("a"))
    for element in root.walk():  # the content security policy would refuse these
        assert not any(name == "style" or name.startswith("on") for name in element.attributes)
        assert element.tag != "style" and (element.tag != "script" or element.attributes.get("src"))
        for name in ("src", "href", "action"):
            target = element.attributes.get(name, "")
            assert not (target.startswith("http") and element.tag in {"script", "link", "img", "form"}), target


def links(root: Element) -> set[str]:
    found = {urldefrag(a.attributes["href"]).url for a in root.all("a") + root.all("link")}
    return {href for href in found if href.startswith("/")}


def test_no_link_is_dead(client: TestClient) -> None:
    """Every address that the pages name answers, downloads and plots among them."""
    named = {href for path in ADDRESSES for href in links(page(client, path))}
    named |= {href for path in fact_paths()[::25] for href in links(page(client, path))}
    named |= {element.attributes["data-plot"] for element in page(client, "/").walk() if "data-plot" in element.attributes}
    shown = sorted(named)
    facts = [href for href in shown if href.startswith("/fact/")]
    entities = [href for href in shown if href.startswith("/entity/")]
    rest = [href for href in shown if not href.startswith(("/fact/", "/entity/"))]
    for href in [*facts[::10], *entities[::10], *rest]:
        status = client.get(href, headers={"Accept": "*/*"}).status_code
        assert status in {200, 302, 303}, f"{href}: {status}"


def test_anchors_of_a_page_are_on_it(client: TestClient) -> None:
    for path in ("/", "/entity/kazakhstan", *(f"/document/{name}" for name in document_hashes())):
        root = page(client, path)
        ids = {element.attributes.get("id") for element in root.walk()}
        for link in root.all("a"):
            if link.attributes["href"].startswith("#"):
                assert link.attributes["href"][1:] in ids, f"{path}: {link.attributes['href']}"


# --- the start page


def test_start_page_is_about_the_pair_that_the_graph_is_about(client: TestClient) -> None:
    root = page(client, "/")
    assert root.one("h1").words == "Kazakhstan and Russia"
    titles = [title.words for title in root.all("h2")]
    assert {"Trade", "Agreements", "Projects", "Meetings and visits", "What is planned", "Where sources disagree"} <= set(titles)
    assert [f.attributes["value"] for f in root.all("input") if f.attributes.get("list") == "states"] == ["Kazakhstan", "Russia"]


def test_every_row_of_the_start_page_leads_to_its_sentence(client: TestClient) -> None:
    root = page(client, "/")
    rows = [row for section in root.all("section") for table in section.all("table") for row in table.all("tr") if row.all("td")]
    lists = [item for facts in root.all("ul", class_="facts") for item in facts.all("li")]
    assert len(rows) > 15 and len(lists) > 30
    targets = []
    for row in [*rows, *lists]:
        facts = [a.attributes["href"] for a in row.all("a") if a.attributes["href"].startswith("/fact/")]
        assert facts, row.words
        targets.append(facts[0])
    for target in targets[::12]:
        assert page(client, target).all("mark"), target


def test_states_that_no_document_joins(client: TestClient) -> None:
    assert "No document of this graph says anything of both." in page(client, "/?a=Peru&b=Chile").one("main").words


@pytest.mark.parametrize(("query", "says"), [
    ("a=Atlantis&b=Russia", "no state of the graph is called 'Atlantis'"),
    ("a=Kazakstann&b=Russia", "did you mean 'Kazakstan'"),
    ("a=Russia&b=RU", "both states are the same"),
])
def test_a_state_that_is_none_is_told_beside_the_form(client: TestClient, query: str, says: str) -> None:
    root = page(client, f"/?{query}", 400)
    assert says in root.one("p", role="alert").words
    assert root.all("form", class_="pair")


# --- facts and documents


def test_a_fact_shows_its_words_where_they_stand(client: TestClient) -> None:
    graph = seeds_graph()
    store = open_store(graph)
    for path in fact_paths()[::6]:
        root = page(client, path)
        row = run_query(store, find_query("evidence-of-a-fact", QUESTIONS), {"fact": path.removeprefix("/fact/")}).rows[0]
        quote = row[4]
        assert quote is not None
        marked = ["".join("".join(mark.text for mark in words.all("mark")).split()) for words in root.all("blockquote")]
        assert "".join(quote.value.split()) in marked
        texts = [document_text(graph, sha256) for sha256 in document_hashes()]
        for paragraph in (p for words in root.all("blockquote") for p in words.all("p")):
            assert "cut" in paragraph.attributes.get("class", "") or any(paragraph.text in whole for whole in texts)


def test_a_fact_tells_status_speaker_date_and_rule(client: TestClient) -> None:
    rows = run_query(open_store(seeds_graph()), "SELECT ?f ?by { ?f bkg:status bkg:Planned ; bkg:statedBy ?by } ORDER BY ?f").rows
    fact, speaker = rows[0]
    assert fact is not None and speaker is not None
    root = page(client, "/fact/" + fact.value.removeprefix(FACT))
    source = root.one("main").all("p", class_="source")[0]
    assert source.one("span", class_="status").words == "planned"
    assert "/" + speaker.value.removeprefix(HOME) in {a.attributes["href"] for a in source.all("a")}
    assert "rule" in [term.words for term in root.all("dt")]
    assert {f"/fact/{fact.value.removeprefix(FACT)}.{suffix}" for suffix in ("ttl", "jsonld", "nt", "rdf")} <= links(root)


@pytest.mark.parametrize("sha256", document_hashes())
def test_a_document_has_its_whole_text_with_every_span(client: TestClient, sha256: str) -> None:
    whole = document_text(seeds_graph(), sha256)
    root = page(client, f"/document/{sha256}")
    check_offsets(root, whole)
    listed = {a.attributes["href"] for item in root.one("aside").all("li") for a in item.all("a", class_="label")}
    rows = run_query(open_store(seeds_graph()), find_query("facts-of-a-document", QUESTIONS), {"document": f"doc:{sha256}"}).rows
    assert listed == {"/fact/" + row[-1].value.removeprefix(FACT) for row in rows if row[-1] is not None}


def check_offsets(root: Element, whole: str) -> None:
    """The shown text is the document's, and each piece begins at the code point that it says."""
    shown = set()
    for paragraph in root.one("article").all("p"):
        pieces = [e for e in paragraph.children if isinstance(e, Element) and e.tag != "sup"]
        assert pieces and not any(isinstance(child, str) for child in paragraph.children)
        for piece in pieces:
            start = int(piece.attributes["data-start"])
            assert whole[start:start + len(piece.text)] == piece.text
            shown.update(range(start, start + len(piece.text)))
    assert all(not whole[place].strip() for place in set(range(len(whole))) - shown)


def test_a_document_points_out_the_fact_asked_for(client: TestClient) -> None:
    path = fact_paths()[3]
    root = page(client, path)
    whole = next(a.attributes["href"] for a in root.all("a") if a.words == "In the whole text")
    assert whole.endswith("#here")
    document = page(client, urldefrag(whole).url)
    assert document.one(id="here").tag == "mark" and "chosen" in document.one(id="here").attributes["class"]
    marked = "".join(mark.text for mark in document.all("mark", class_="chosen"))
    assert marked == "".join(mark.text for mark in root.one("blockquote").all("mark"))
    assert document.one("div", class_="pointed").all("a")[0].attributes["href"] == path


def test_a_document_answers_by_its_identifier_too(client: TestClient) -> None:
    entry = read_manifest(seeds_graph()).documents[0]
    answer = client.get(f"/document/{entry.identifier}", headers=HTML)
    assert answer.status_code == 302 and answer.headers["location"] == f"/document/{entry.sha256}"


@pytest.mark.parametrize("path", ["/fact/nosuch", "/document/nosuch", "/entity/nosuch", "/entity/a b<c>", "/nosuch", "/queries/nosuch", "/plots/nosuch"])
def test_what_is_not_there_is_told_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code in {400, 404}
    root = read_page(answer.text)
    assert root.one("p", role="alert").words and "/search" in links(root)
    assert "Traceback" not in answer.text


# --- entities


def test_an_entity_shows_names_codes_links_and_facts_in_time_order(client: TestClient) -> None:
    root = page(client, "/entity/kazakhstan")
    statements = {d.one("dt").words: d.one("dd").words for d in root.one("dl").all("div")}
    assert "Qazaqstan" in statements["also called"] and statements["ISO 3166-1 alpha-2 code"] == "KZ"
    assert statements["the same elsewhere"] == "Wikidata Q232"
    meetings = root.one("section", id="Meeting")
    years = [re.findall(r"\d{4}", item.one("span", class_="when").words) for item in meetings.all("li")]
    dated = [found[0] for found in years if found]
    assert dated and dated == sorted(dated)
    assert years == [found for found in years if found] + [found for found in years if not found], "facts without a date come last"


def test_one_type_of_an_entitys_facts(client: TestClient) -> None:
    root = page(client, "/entity/kazakhstan?type=Membership")
    assert [section.attributes["id"] for section in root.all("section")] == ["Membership"]


# --- questions


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_every_question_has_a_page_with_an_answer_or_a_reason(client: TestClient, query: object) -> None:
    name = query.name  # type: ignore[attr-defined]
    root = page(client, f"/queries/{name}")
    assert not root.all("p", role="alert"), root.one("p", role="alert").words
    status = root.all("p", role="status")[0].words
    assert root.all("table") or "No rows. " in status or "to see an answer" in status
    assert set(query_names(root)) == {p.name for p in query.parameters}  # type: ignore[attr-defined]


def query_names(root: Element) -> list[str]:
    form = root.all("form", class_="parameters")
    return [f.attributes["name"] for tag in ("input", "select") for f in form[0].all(tag)] if form else []


def test_a_question_with_parameters_shows_the_same_rows_as_its_downloads(client: TestClient) -> None:
    root = page(client, "/queries/agreements-of-a-pair?a=KZ&b=Russia&from=&until=2012")
    rows = [row for row in root.one("table").all("tr") if row.all("td")]
    csv = next(a.attributes["href"] for a in root.all("a") if a.words == "CSV")
    assert urlsplit(csv).path == "/queries/agreements-of-a-pair.csv"
    lines = client.get(csv).text.strip().splitlines()
    assert len(lines) - 1 == len(rows) > 0
    assert next(head.words for head in root.one("thead").all("th")) == "evidence"


def test_a_wrong_value_is_told_beside_the_form_that_keeps_it(client: TestClient) -> None:
    root = page(client, "/queries/trade-of-a-pair?a=Kazakhstann&b=RU", 400)
    assert "did you mean 'Kazakhstan'" in root.one("p", role="alert").words
    assert root.one("input", name="a").attributes["value"] == "Kazakhstann"


def test_closed_parameters_are_lists_and_keep_what_was_chosen(client: TestClient) -> None:
    root = page(client, "/queries/facts-of-a-pair?a=KZ&b=RU&status=planned&type=Meeting")
    chosen = {s.attributes["name"]: [o.attributes["value"] for o in s.all("option") if "selected" in o.attributes] for s in root.all("select")}
    assert chosen == {"status": ["Planned"], "type": ["Meeting"]}
    assert len(root.one("select", name="type").all("option")) == 21


def test_no_rows_are_explained(client: TestClient) -> None:
    root = page(client, "/queries/trade-of-a-pair?a=Peru&b=Chile")
    assert "No rows. " in root.all("p", role="status")[0].words and "Peru" in root.all("p", role="status")[0].words
    assert "ent:" not in root.all("p", role="status")[0].words and "--param" not in root.all("p", role="status")[0].words


def test_questions_are_found_by_their_words(client: TestClient) -> None:
    some = page(client, "/queries?q=trade disagree")
    assert {a.attributes["href"] for a in some.all("a") if a.attributes["href"].startswith("/queries/")} >= {"/queries/trade-disagreements"}
    assert "No question holds these words." in page(client, "/queries?q=zzzz").one("main").words


# --- search, plots, editor


def test_search_finds_names_documents_questions_and_facts(client: TestClient) -> None:
    root = page(client, "/search?q=baikonur")
    hrefs = links(root.one("main"))
    assert any(href.startswith("/entity/baikonur") for href in hrefs) and any(href.startswith("/fact/") for href in hrefs)
    assert any(href.startswith("/document/") for href in links(page(client, "/search?q=lost opp").one("main")))
    assert "/queries/leases" in links(page(client, "/search?q=leases").one("main"))


@pytest.mark.parametrize(("text", "first"), [
    ("kaz", "Kazakhstan"), ("KAZAKHSTAN", "Kazakhstan"), ("nazarbaev", "Nursultan Nazarbayev"), ("putin", "Vladimir Putin"),
    ("economic union", "Eurasian Economic Union"),
])
def test_suggestions_put_the_likeliest_first(client: TestClient, text: str, first: str) -> None:
    found = client.get("/suggest", params={"q": text}).json()
    assert found[0]["label"] == first
    assert client.get(found[0]["href"], headers=HTML).status_code == 200


def test_no_suggestions_for_nothing(client: TestClient) -> None:
    assert client.get("/suggest").json() == [] == client.get("/suggest", params={"q": "  …  "}).json()


def test_a_plot_stands_with_its_facts_as_a_table(client: TestClient) -> None:
    root = page(client, "/plots/timeline")
    canvas = next(element for element in root.walk() if "data-plot" in element.attributes)
    drawn = json.loads(client.get(canvas.attributes["data-plot"]).text)
    assert drawn["grammar"] in {"vega", "vega-lite"} and drawn["specification"]["$schema"]
    rows = [row for row in root.one("figure").one("table").all("tr") if row.all("td")]
    assert rows and all(row.all("a", class_="to-sentence") for row in rows)


@pytest.mark.parametrize("path", ["/plots/trades", "/plots/trades.json"])
def test_no_such_plot(client: TestClient, path: str) -> None:
    told = client.get(path)
    assert told.status_code == 404 and told.json()["remedy"] == "did you mean 'trade'?"


def test_a_plot_of_nothing_says_why(client: TestClient) -> None:
    root = page(client, "/plots/trade?a=Peru&b=Chile")
    assert root.one("main").all("p", role="status")[0].words and not root.all("figure")


def test_the_editor_works_without_script(client: TestClient) -> None:
    root = page(client, "/editor?query=SELECT ?l { ?l a bkg:Lease }")
    assert root.one("textarea").text == "SELECT ?l { ?l a bkg:Lease }"
    leases = client.get("/sparql", params={"query": "SELECT ?l { ?l a bkg:Lease }", "format": "csv"}).text.splitlines()
    assert len(root.one("table").all("tr")) == len(leases) > 1
    wrong = page(client, "/editor?query=SELECT ?l {%0A ?l", 400)
    assert wrong.one("p", role="alert").words.startswith("Line 2: ")
    assert "SELECT" in page(client, "/editor?example=leases").one("textarea").text
    assert "#+" not in page(client, "/editor?example=leases").one("textarea").text


def test_without_the_npm_packages_the_pages_say_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.serve.pages.frame.missing_assets", lambda: ("vega.min.js",))
    for path in ("/editor", "/plots/timeline", "/"):
        root = page(client, path)
        assert "is not installed on this server" in root.one("main").words
        assert not any("vendor" in script.attributes["src"] for script in root.all("script"))
    assert page(client, "/editor?query=ASK {}").one("p", role="status").words == "Yes."


# --- behind a proxy


def test_all_links_stand_below_the_base_address() -> None:
    with serving(seeds_graph(), base_url="https://example.org/kg") as client:
        for path in ("/", "/entity/kazakhstan", "/queries/leases", "/documents", "/plots/trade", "/editor"):
            root = page(client, path)
            found = [e.attributes[name] for e in root.walk() for name in ("href", "src", "action", "data-plot", "data-suggest") if name in e.attributes]
            assert found and all(not target.startswith("/") or target.startswith("/kg/") or target == "/kg" for target in found), found
        assert client.get("/suggest", params={"q": "kaz"}).json()[0]["href"] == "/kg/entity/kazakhstan"


# --- hostile text

TITLE = "<img src=x onerror=alert(1)> & “Rivers” 😀 \u202eהנהר\u202c"
BODY = (
    "<script>alert('😀')</script> & \"quotes\" 'single' </p></article> {{ 7*7 }} \u202eright to left\u202c e\u0301 👩‍👩‍👧 שלום\n\n"
    "😀😀 Peru and Chile signed a treaty on border rivers in Lima on 3 May 2011. </mark><b onclick=alert(2)>\u200f Chile's exports to Peru "
    "reached 2 billion dollars in 2012.\n"
)
LABEL = "</a><script>alert(3)</script> \"x\" onload='y' \u202eevil 😀"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    """A graph of a document that would like to be a page, with an entity whose label would as well."""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "rivers.md"
    source.write_text(f"---\ntitle: {json.dumps(TITLE, ensure_ascii=False)}\nissued: 2013\n---\n\n{BODY}", encoding="utf-8")
    graph = folder / "graph"
    assert main(["build", str(source), "--graph", str(graph)]) == 0
    store = ox.Store(str(graph / STORE))
    fact = next(q.subject for q in store.quads_for_pattern(None, ox.NamedNode(BKG + "status"), None, None))
    contribution = ox.NamedNode(HOME + "graph/contribution-1")
    store.add(ox.Quad(ox.NamedNode(HOME + "entity/evil"), ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
                      ox.Literal(LABEL, language="en"), contribution))
    store.add(ox.Quad(fact, ox.NamedNode(BKG + "statedBy"), ox.NamedNode(HOME + "entity/evil"), contribution))
    store.flush()
    del store
    with serving(graph) as client:
        yield client, graph


def test_hostile_text_is_text_everywhere_and_keeps_its_offsets(hostile: tuple[TestClient, Path]) -> None:
    client, graph = hostile
    store = open_store(graph)
    facts = ["/fact/" + row[0].value.removeprefix(FACT) for row in run_query(store, "SELECT DISTINCT ?f { ?f bkg:status ?s }").rows if row[0]]
    assert len(facts) >= 2
    sha256 = read_manifest(graph).documents[0].sha256
    whole = document_text(graph, sha256)
    assert whole == BODY
    paths = ["/", "/?a=Peru&b=Chile", "/documents", f"/document/{sha256}", "/entity/evil", "/search?q=evil", "/search?q=</script><script>",
             "/queries/trade-of-a-pair?a=Peru&b=Chile", "/queries/facts-of-a-document", "/queries?q=<script>", "/entity/peru", *facts,
             "/queries/trade-of-a-pair?a=<script>alert(1)</script>&b=Peru", "/?a=\"><script>&b=Peru", "/editor?query=</textarea><script>alert(1)</script>"]
    for path in paths:
        answer = client.get(path, headers=HTML)
        assert answer.status_code in {200, 400}, path
        root = read_page(answer.text)
        assert all(script.attributes["src"].startswith("/static/") and not script.text for script in root.all("script")), path
        assert not root.all("img") and not root.all("b"), path
    document = page(client, f"/document/{sha256}")
    assert document.one("h1").text.strip() == TITLE
    check_offsets(document, whole)
    quotes = {whole[int(m.attributes["data-start"]):][:len(m.text)] for m in document.one("article").all("mark")}
    assert any("signed a treaty" in quote for quote in quotes)
    assert LABEL in page(client, "/entity/evil").one("h1").text


def test_marks_of_direction_cannot_leave_their_element(hostile: tuple[TestClient, Path]) -> None:
    """Labels stand in <bdi>, paragraphs have their own direction: a mark of direction turns nothing else around."""
    client, graph = hostile
    document = page(client, f"/document/{read_manifest(graph).documents[0].sha256}")
    assert all(p.attributes.get("dir") == "auto" for p in document.one("article").all("p"))
    for path in ("/documents", "/entity/evil"):
        for element in page(client, path).one("main").walk():
            own = "".join(child for child in element.children if isinstance(child, str))
            assert "\u202e" not in own or element.tag == "bdi", f"{path}: <{element.tag}>"


# --- words


@pytest.mark.parametrize(("number", "words"), [("19000000000", "19,000,000,000"), ("-12", "−12"), ("58.4", "58.4"), ("1234.5", "1,234.5"), ("x", "x"), ("", "")])
def test_numbers_as_they_are_read(number: str, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(("when", "words"), [
    ("2018", "2018"), ("2018-05", "May 2018"), ("2018-05-25", "25 May 2018"), ("2012/..", "since 2012"), ("2012/2017", "2012–2017"), ("", ""), ("soon", "soon"),
])
def test_dates_as_they_are_read(when: str, words: str) -> None:
    assert when_words(when) == words


@pytest.mark.parametrize(("reason", "words"), [
    ("a = Peru (ent:peru) leaves none of 2 rows; there are rows for India (ent:india), Kenya (ent:kenya).\nb is the query's own example: choose with --param b=...",
     "Nothing for Peru; there is something for India, Kenya."),
    ("a = Peru (ent:peru) leaves none of 2 rows.", "Nothing for Peru."),
    ("The graph holds no fact of type Lease.", "The graph holds no fact of type Lease."),
    ("", ""),
])
def test_reasons_in_words_of_a_page(reason: str, words: str) -> None:
    assert reason_words(reason) == words


@pytest.mark.parametrize(("kind", "label", "short"), [
    ("TradeFigure", "Trade of Peru with Chile: total more than 4500000000 USD (2018)", "Trade of Peru with Chile: total more than 4,500,000,000 USD"),
    ("TradeFigure", "Trade of Peru with Chile: total -1234567.5 USD", "Trade of Peru with Chile: total -1234567.5 USD"),
    ("Indicator", "Students of Peru: 12500", "Students of Peru: 12,500"),
    ("Indicator", "Students of Peru: 1950", "Students of Peru: 1950"),
    ("Remark", "Ada says: 12500 came", "Ada says: 12500 came"),
])
def test_large_numbers_of_figures_are_parted(kind: str, label: str, short: str) -> None:
    assert FactLine("x", kind, label, "Asserted", "2018" if "(2018)" in label else "", (), (), "").short == short


def test_a_qualifier_stands_before_its_figure_and_nothing_is_said_twice(tmp_path: Path) -> None:
    figures = """@prefix bkg: <https://w3id.org/bilateral-kg/ontology#> . @prefix con: <https://w3id.org/bilateral-kg/concept/> .
        @prefix ent: <https://w3id.org/bilateral-kg/entity/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        [] a bkg:TradeFigure ; bkg:status bkg:Asserted ; bkg:reporter ent:peru ; bkg:partner ent:chile ; bkg:flow con:flow-total ;
          bkg:amount 4500000000 ; bkg:currency "USD" ; bkg:changePercent 7 ; bkg:qualifier con:qualifier-moreThan ; bkg:date "2018"^^xsd:gYear .
        [] a bkg:Meeting ; bkg:status bkg:Asserted ; bkg:kind con:kind-talks ; bkg:participant ent:peru, ent:chile ; bkg:date "2018-05"^^xsd:gYearMonth ."""
    (tmp_path / "figures.ttl").write_text(figures)
    graph = Path(shutil.copytree(seeds_graph(), tmp_path / "graph"))
    assert main(["add", str(tmp_path / "figures.ttl"), "--by", "Ada", "--source", "a yearbook", "--graph", str(graph)]) == 0
    with serving(graph) as client:
        root = page(client, "/?a=Peru&b=Chile")
        cells = {cell.attributes["data-title"]: cell.words for cell in root.one("section", id="trade").all("td")}
        assert (cells["amount"], cells["change (%)"]) == ("more than 4,500,000,000", "7")
        (said,) = [cell.words for cell in root.one("section", id="meetings").all("td") if cell.attributes["data-title"] == "what is said"]
        assert said == "Talks of Chile and Peru"


def test_a_question_on_two_states_begins_with_two_that_it_has_an_answer_for(tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_text("A calm day.\n")
    (tmp_path / "figures.csv").write_text("type,status,reporter,partner,flow,amount,currency,date\n" + "".join(
        f"TradeFigure,asserted,Peru,Chile,total,{year}000,USD,{year}\n" for year in (2011, 2012, 2013)))
    (tmp_path / "projects.csv").write_text("type,status,project,stage,participant\nProjectStatus,asserted,new project: Blue Line,underway,Kenya;Norway\n")
    graph = tmp_path / "graph"
    assert main(["build", str(tmp_path / "nothing.txt"), "--graph", str(graph)]) == 0
    for file in ("figures.csv", "projects.csv"):
        assert main(["add", str(tmp_path / file), "--by", "Ada", "--source", "a yearbook", "--graph", str(graph)]) == 0
    with serving(graph) as client:
        for address, first in (("/", "Chile"), ("/queries/trade-of-a-pair", "Chile"), ("/queries/projects-of-a-pair", "Kenya"),
                               ("/plots/projects", "Kenya"), ("/queries/meetings-of-a-pair", "Chile")):
            values = [field.attributes["value"] for field in page(client, address).all("input", name="a")]
            assert values == [first], address


def test_open_questions_read_as_questions() -> None:
    assert open_question("What do {a} and {b} say of {actor} on {on}?") == "What do one state and another say of an actor on a given day?"


@pytest.mark.parametrize(("label", "status", "when", "short"), [
    ("Trade of A with B: total (2018, planned)", "Planned", "2018", "Trade of A with B: total"),
    ("Imports of X (2004, according to Ministry (China))", "Asserted", "2004", "Imports of X"),
    ("Ministry (China) is present in Y", "Asserted", "", "Ministry (China) is present in Y"),
    ("A is ally of Ministry (China)", "Asserted", "", "A is ally of Ministry (China)"),
])
def test_the_bracket_that_repeats_is_left_out(label: str, status: str, when: str, short: str) -> None:
    assert FactLine("", "", label, status, when, (), (), "").short == short

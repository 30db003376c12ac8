"""The pages in a browser: three clicks to a sentence, questions, editor, plots; no network, no error, nothing that bars anyone.

Needs Chromium, the extra 'browser' and, for the check of accessibility, npm's axe-core on NODE_PATH. Screenshots are kept
in .ci/screenshots for whoever wants to look.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("uvicorn", reason="needs the extra 'serve'")
pytest.importorskip("playwright.sync_api", reason="needs the extra 'browser'")

from playwright import sync_api as api

from kg.serve.pages.assets import missing_assets
from tests.serving import seeds_graph

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / ".ci" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = next((path for folder in os.environ.get("NODE_PATH", str(ROOT / ".ci" / "node" / "node_modules")).split(os.pathsep)
            if (path := Path(folder, "axe-core", "axe.min.js")).is_file()), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
drawn = pytest.mark.skipif(bool(missing_assets()), reason="the npm packages of the pages are missing: python -m kg.serve.pages.assets")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of `kg serve` on the graph of the seeds, a process of its own."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(seeds_graph()), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        address = ""
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                address = found[0]
            if "startup complete" in line.lower() or (address and "uvicorn running" in line.lower()):
                break
        assert address, "the server did not start"
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        yield address
        process.terminate()
        process.wait(20)
        drain.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield found
        found.close()


@dataclass
class Visit:
    """One page in the browser, and all that it complained of."""

    page: Any
    server: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str, status: int = 200) -> None:
        answer = self.page.goto(self.server + path, wait_until="load")
        assert answer.status == status, path

    def shoot(self, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"))


def open_page(browser: Any, server: str, size: str = "desktop", **options: Any) -> Visit:
    context = browser.new_context(viewport=SIZES[size], **options)
    visit = Visit(context.new_page(), server)
    visit.page.set_default_timeout(20_000)
    context.add_init_script("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))")
    visit.page.on("console", lambda message: visit.faults.append(message.text) if message.type in {"error", "warning"} else None)
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    visit.page.on("request", lambda request: None if request.url.startswith((server, "data:", "blob:")) else visit.faults.append(request.url))
    return visit


@pytest.fixture(params=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Any, server: str) -> Iterator[Visit]:
    """A fresh page; in the end it has complained of nothing, asked nobody else, and is no wider than the screen."""
    found = open_page(browser, server, request.param)
    yield found
    assert found.faults == []
    found.page.context.close()


def fits(visit: Visit) -> bool:
    return visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")  # type: ignore[no-any-return]


def test_from_the_start_page_to_the_sentence_of_a_trade_figure(visit: Visit) -> None:
    """Two clicks where three are allowed: the section, the row's sentence."""
    visit.go("/")
    size = "desktop" if visit.page.viewport_size["width"] > 500 else "phone"
    visit.shoot(f"start-{size}")
    assert fits(visit)
    visit.page.get_by_role("navigation", name="On this page").get_by_role("link", name="Trade").click()
    visit.page.locator("#trade table a.to-sentence").first.click()
    mark = visit.page.locator("blockquote mark").first
    mark.wait_for()
    assert mark.is_visible() and mark.inner_text().strip()
    assert visit.page.locator(".kind").inner_text() == "Trade figure"
    visit.shoot(f"fact-{size}")
    assert fits(visit)
    words = mark.inner_text()
    visit.page.get_by_role("link", name="In the whole text").first.click()
    here = visit.page.locator("#here")
    here.wait_for()
    assert words.startswith(here.inner_text())
    api.expect(here).to_be_in_viewport()
    visit.shoot(f"document-{size}")
    assert fits(visit)


def test_on_a_phone_no_cell_of_a_table_hides_beside_the_screen(browser: Any, server: str) -> None:
    visit = open_page(browser, server, "phone")
    for path in ("/", "/queries/trade-of-a-pair", "/queries/meetings-of-a-pair"):
        visit.go(path)
        hidden = visit.page.evaluate("""[...document.querySelectorAll('table.rows td')].filter(cell => cell.offsetParent)
            .filter(cell => cell.getBoundingClientRect().right > innerWidth).map(cell => cell.textContent)""")
        assert hidden == [] and visit.page.locator("table.rows td").count() > 10
        assert visit.page.get_by_role("cell").count() > 10, "still a table for those who listen"
    visit.page.context.close()


def test_a_question_with_a_parameter(visit: Visit) -> None:
    visit.go("/queries")
    visit.page.get_by_role("link", name="Agreements of two states", exact=True).click()
    field_a = visit.page.get_by_label("one state")
    field_a.fill("Kazakhstan")
    visit.page.get_by_label("until").fill("1999")
    visit.page.get_by_role("button", name="Ask").click()
    visit.page.wait_for_url("**until=1999**")
    rows = visit.page.locator("tbody tr").count()
    visit.shoot(f"question-{visit.page.viewport_size['width']}")
    assert fits(visit)
    visit.page.get_by_label("until").fill("")
    visit.page.get_by_role("button", name="Ask").click()
    visit.page.wait_for_url("**until=")
    assert 0 < rows < visit.page.locator("tbody tr").count()


def test_suggestions_by_keyboard(visit: Visit) -> None:
    visit.go("/documents")
    box = visit.page.get_by_role("combobox", name="Search by name")
    box.press_sequentially("nazar")
    option = visit.page.get_by_role("option").first
    option.wait_for()
    assert "Nursultan Nazarbayev" in option.inner_text() and box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true" and box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("ArrowUp")
    assert option.get_attribute("aria-selected") == "false"
    box.press("ArrowDown")
    box.press("Enter")
    visit.page.wait_for_url("**/entity/nursultan-nazarbayev")
    visit.shoot(f"entity-{visit.page.viewport_size['width']}")
    assert fits(visit)


@drawn
def test_a_query_in_the_editor(visit: Visit) -> None:
    visit.go("/editor?example=leases")
    visit.page.locator(".yasqe .CodeMirror").wait_for()
    assert not visit.page.locator(".plain-editor").is_visible()
    visit.page.locator(".yasqe_queryButton").click()
    visit.page.locator(".yasr table a").first.wait_for()
    visit.shoot(f"editor-{visit.page.viewport_size['width']}")
    assert fits(visit)
    link = visit.page.locator(".yasr table a[href*='bilateral-kg/fact/']").first
    fact = link.get_attribute("href").rpartition("/")[2]
    link.press("Enter")  # long IRIs are cut, so that the middle of the link is no place to click
    visit.page.wait_for_url(f"{visit.server}/fact/{fact}")
    assert visit.page.locator("blockquote mark").first.is_visible()


@drawn
@pytest.mark.parametrize("name", ["trade", "investment", "timeline", "network", "projects", "activity"])
def test_plots_are_drawn(visit: Visit, name: str) -> None:
    visit.go(f"/plots/{name}")
    canvas = visit.page.locator("[data-plot]")
    visit.page.locator("[data-drawn=yes] svg").wait_for()
    assert canvas.locator("svg path").count() > 5
    assert fits(visit)
    visit.shoot(f"plot-{name}-{visit.page.viewport_size['width']}")


@drawn
def test_a_mark_of_a_plot_leads_to_its_fact(browser: Any, server: str) -> None:
    visit = open_page(browser, server)
    visit.go("/plots/timeline")
    visit.page.locator("[data-drawn=yes] svg .mark-symbol path").first.click(force=True)
    visit.page.wait_for_url("**/fact/*")
    assert visit.page.locator("blockquote mark").count() > 0
    assert visit.faults == []


def test_pages_work_without_script(browser: Any, server: str) -> None:
    visit = open_page(browser, server, java_script_enabled=False)
    visit.go("/search?q=baikonur")
    visit.page.locator("main a[href*='/entity/baikonur']").first.click()
    assert visit.page.locator("h1").inner_text().startswith("Baikonur")
    visit.go("/editor?query=ASK%20%7B%7D")
    assert visit.page.get_by_text("Yes.").is_visible() and visit.page.locator("textarea").is_visible()
    assert visit.faults == []


PAGES = ["/", "/documents", "/search?q=space", "/queries", "/queries/trade-of-a-pair", "/plots/timeline", "/editor", "/docs", "/entity/kazakhstan",
         "/nosuch"]


@pytest.mark.skipif(AXE is None, reason="npm's axe-core is not on NODE_PATH")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_bars_anyone(browser: Any, server: str, path: str, scheme: str) -> None:
    """axe-core finds no serious or critical violation of WCAG 2.2 A and AA."""
    assert AXE is not None
    visit = open_page(browser, server, color_scheme=scheme)
    visit.go(path, 404 if path == "/nosuch" else 200)
    check_access(visit)


@pytest.mark.skipif(AXE is None, reason="npm's axe-core is not on NODE_PATH")
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_facts_and_documents_bar_nobody(browser: Any, server: str, size: str) -> None:
    visit = open_page(browser, server, size)
    visit.go("/")
    visit.page.locator("#trade table a.to-sentence").first.click()
    visit.page.locator("blockquote mark").first.wait_for()
    check_access(visit)
    visit.page.get_by_role("link", name="In the whole text").first.click()
    visit.page.locator("#here").wait_for()
    check_access(visit)


def check_access(visit: Visit) -> None:
    assert AXE is not None
    if visit.page.locator("[data-plot]").count() and not missing_assets():
        visit.page.locator("[data-drawn=yes] svg").first.wait_for()
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    serious = [f"{v['id']} ({v['impact']}): {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}"
               for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    assert serious == []

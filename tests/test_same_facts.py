"""The same document in another format gives the same facts; another wording of it nearly the same."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Concept, Document, Entity, Fact, Term
from kg.text import read_document, read_originals
from kg.words import slug_of
from tests.rendering import RENDERERS

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.md"))
ORIGINALS = ROOT.parent / "shared" / "seeds"
CORE = {"OfficeHolding", "Membership", "AgreementAction", "ProjectStatus", "TradeFigure", "InvestmentFigure", "Indicator", "Meeting",
        "DiplomaticRelations", "JointBody", "Cooperation", "Lease", "Ownership", "OrganisationEvent"}


@cache
def extractor() -> Extractor:
    return Extractor()


@cache
def facts_of(path: Path) -> tuple[Document, tuple[Fact, ...]]:
    document = read_document(path, originals=read_originals(ROOT / "seeds"))
    return document, extractor().extract(document)


def spelled(term: Term) -> str:
    if isinstance(term, Entity):
        return term.iri if term.known else slug_of(term.label)
    if isinstance(term, Concept):
        return f"{term.scheme}-{term.word}"
    return str(term.normalize()) if isinstance(term, Decimal) else " ".join(str(term).split())


def content(fact: Fact) -> tuple[object, ...]:
    return (fact.type, tuple(sorted((role, spelled(term)) for role, term in fact.roles)), fact.status,
            tuple(sorted(spelled(e) for e in fact.stated_by)), fact.date, fact.start_date, fact.end_date)


@pytest.mark.parametrize("form", sorted(RENDERERS))
@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem)
def test_html_pdf_and_docx_give_the_facts_of_the_markdown(seed: Path, form: str, tmp_path: Path) -> None:
    pytest.importorskip({".html": "trafilatura", ".pdf": "pypdfium2", ".docx": "docx"}[form], reason="needs bilateral-kg[documents]")
    if form == ".pdf":
        pytest.importorskip("reportlab", reason="the PDF is made with reportlab")
    document, facts = facts_of(seed)
    path = tmp_path / f"{seed.stem}{form}"
    path.write_bytes(RENDERERS[form](document.text, document.title))
    other = read_document(path, metadata={"issued": document.issued, "creator": document.creator, "publisher": document.publisher})
    got = Counter(content(f) for f in extractor().extract(other))
    wanted = Counter(content(f) for f in facts)
    assert got == wanted, f"only in {form}: {list(got - wanted)[:5]}\nonly in Markdown: {list(wanted - got)[:5]}"


def key(fact: Fact) -> tuple[object, ...]:
    """What a core fact says at its heart, whatever the wording: type, known entities, concepts, numbers."""
    known = sorted({spelled(t) for _, t in fact.roles if (isinstance(t, Entity) and t.known) or isinstance(t, Decimal)})
    word = sorted(t.word for r, t in fact.roles if isinstance(t, Concept) and r in ("action", "step", "stage", "flow", "office", "indicator"))
    return fact.type, tuple(known), tuple(word)


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original documents lie beside the developers' checkout only")
def test_two_wordings_make_one_graph() -> None:
    """Restated and original documents agree in most of what their core facts say about known entities and figures."""
    both = total = 0
    for seed in SEEDS:
        name = re.search(r'^original: "?([^"\n]+)', seed.read_text(encoding="utf-8"), re.M)
        assert name is not None
        ours = {key(f) for f in facts_of(seed)[1] if f.type in CORE}
        theirs = {key(f) for f in facts_of(ORIGINALS / name.group(1))[1] if f.type in CORE}
        both += 2 * len(ours & theirs)
        total += len(ours) + len(theirs)
    assert total and both / total >= 0.9, f"{both / total:.1%} of the core facts agree"
    print(f"{both / total:.1%} of the core facts of both wordings agree")

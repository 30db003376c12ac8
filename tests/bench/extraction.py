"""How fast documents become facts with evidence, on one core, beside peers in the same run; and how that grows.

    python tests/bench/extraction.py [--rounds 3] [--json FILE] [--markdown FILE] [--small]

CPU time, the best of the rounds; peers and extraction take turns in each round. What spaCy needs is left out where it is not installed:
`pip install spacy`, and for the trained pipeline any package of en_core_web_sm (the name is given with --pipeline).
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.extract import Extractor
from kg.model import Document

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.bench.extraction_material import all_names, dense_documents, gazetteer_of, more_rules, with_foreign
from tests.bench.extraction_peers import Work, bare_scan, spacy_matchers, spacy_pipeline


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: megabytes of text in a second of CPU, and how that stands to the row it is compared with."""

    table: str
    what: str
    rate: float
    ratio: float


def best(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """CPU seconds of each work, the best of the rounds; they take turns."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = time.process_time()
            work()
            found[number] = min(found[number], time.process_time() - start)
    return found


def extraction(extractor: Extractor, documents: Sequence[Document]) -> Work:
    """All facts of the documents."""
    return lambda: sum(len(extractor.extract(document)) for document in documents)


def size(documents: Sequence[Document]) -> float:
    """Megabytes of text in UTF-8."""
    return sum(len(document.text.encode()) for document in documents) / 1e6


def beside_peers(extractor: Extractor, documents: Sequence[Document], rounds: int, pipeline: str) -> list[Row]:
    """Extraction of dense documents, and what others do with them in the same run."""
    texts = [document.text for document in documents]
    works = {"extraction, all rules, facts with evidence": extraction(extractor, documents)}
    works |= {name: work for name, work in (
        ("spaCy blank + PhraseMatcher + Matcher, the words of the same rules", spacy_matchers(texts, extractor.rules, extractor.index.classes, all_names())),
        ("spaCy's small English pipeline, no rules", spacy_pipeline(texts, pipeline)),
    ) if work is not None}
    seconds = best(list(works.values()), rounds)
    return [Row("dense documents", name, size(documents) / took, took / seconds[0]) for name, took in zip(works, seconds, strict=True)]


def by_share(extractor: Extractor, documents: Sequence[Document], rounds: int) -> list[Row]:
    """Extraction of documents among foreign ones beside a bare Aho-Corasick scan of the same text for the same names."""
    rows = []
    for share in (0.01, 0.1, 1.0):
        mixed = with_foreign(documents, share)
        scan = bare_scan([document.text for document in mixed], all_names())
        took = best([extraction(extractor, mixed), *([scan] if scan else [])], rounds)
        rows.append(Row("share of relevant sentences", f"{share:.0%}, extraction", size(mixed) / took[0], 1.0))
        if scan:
            rows.append(Row("share of relevant sentences", f"{share:.0%}, bare Aho-Corasick scan", size(mixed) / took[1], took[0] / took[1]))
    return rows


def by_text(extractor: Extractor, documents: Sequence[Document], rounds: int) -> list[Row]:
    """The same documents once and four times over, and one document made of four."""
    joined = [Document("joined", "\n\n".join(d.text for d in documents[:4]), "0" * 64, issued=documents[0].issued)]
    sets = {"once": documents, "four times over": [*documents] * 4, "four as one": joined, "these four": documents[:4]}
    took = best([extraction(extractor, each) for each in sets.values()], rounds)
    rates = [size(each) / seconds for each, seconds in zip(sets.values(), took, strict=True)]
    return [Row("size of the text", name, rate, rates[0] / rate) for name, rate in zip(sets, rates, strict=True)]


def by_rules(documents: Sequence[Document], rounds: int, numbers: Sequence[int]) -> list[Row]:
    """The first fifty rules, all, and with copies that ask for other words of the documents."""
    base = Extractor()
    extractors = [Extractor(base.rules[:50], base.gazetteer), base]
    extractors += [Extractor(more_rules(base.rules, number, documents), base.gazetteer) for number in numbers]
    extractors.append(Extractor(more_rules(base.rules[:50], numbers[-1], documents), base.gazetteer))
    took = best([extraction(each, documents) for each in extractors], rounds)
    names = [f"{len(each.rules):,} rules" for each in extractors[:-1]] + [f"{numbers[-1]:,} rules, of them 50 as they are"]
    return [Row("number of rules", name, size(documents) / seconds, seconds / took[0]) for name, seconds in zip(names, took, strict=True)]


def by_names(documents: Sequence[Document], rounds: int, numbers: Sequence[int]) -> list[Row]:
    """Gazetteers of several sizes; what a small one does not know is recognised by its shape, so that facts differ a little."""
    rules = Extractor().rules
    extractors = [Extractor(rules, gazetteer_of(number)) for number in numbers]
    took = best([extraction(each, documents) for each in extractors], rounds)
    return [Row("number of names", f"{number:,} names", size(documents) / seconds, seconds / took[0])
            for number, seconds in zip(numbers, took, strict=True)]


def markdown(rows: Sequence[Row], machine: str) -> str:
    """The rows as tables."""
    lines = [f"Measured on {machine}. MB/s: megabytes of text in a second of CPU on one core, the best of the rounds.", ""]
    for table in dict.fromkeys(row.table for row in rows):
        lines += [f"| {table} | MB/s | time beside the first |", "|---|---:|---:|"]
        lines += [f"| {row.what} | {row.rate:.3f} | {row.ratio:.2f} |" for row in rows if row.table == table]
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables, and writes them where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--pipeline", default="en_core_web_sm")
    parser.add_argument("--small", action="store_true", help="two documents and small numbers: to see that it runs")
    given = parser.parse_args(arguments)
    documents = dense_documents()[:2] if given.small else dense_documents()
    extractor = Extractor()
    rows = beside_peers(extractor, documents, given.rounds, given.pipeline)
    rows += by_share(extractor, documents, given.rounds)
    rows += by_text(extractor, documents, given.rounds)
    rows += by_rules(documents, given.rounds, (500,) if given.small else (1000, 2000))
    rows += by_names(documents, given.rounds, (1000, 20_000) if given.small else (1000, 20_000, 200_000))
    machine = f"{platform.machine()}, Python {platform.python_version()}, {len(documents)} documents, {size(documents) * 1000:.0f} kB"
    text = markdown(rows, machine)
    print(text)
    if given.json:
        given.json.write_text(json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=1) + "\n", encoding="utf-8")
    if given.markdown:
        given.markdown.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

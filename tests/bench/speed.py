"""How fast documents become facts, beside peers that do a small part of the work, in the same run.

    python tests/bench/speed.py [PATH...]

Peers: one regular expression over all names of the gazetteer (finding names only); spaCy's blank English tokenizer with a PhraseMatcher
over the same names, where spaCy is installed. Prints words a second and the ratio of each to the whole extraction.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.extract import Extractor
from kg.text import find_files, read_document

ROOT = Path(__file__).resolve().parent.parent.parent


def timed(work: Callable[[], object], least: float = 2.0) -> float:
    """CPU seconds of one run, the best of the runs that fit into `least` seconds."""
    best, begin = float("inf"), time.monotonic()
    while time.monotonic() - begin < least:
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Prints the table."""
    documents = [read_document(path) for path in find_files([Path(a) for a in sys.argv[1:]] or [ROOT / "seeds"])]
    texts = [document.text for document in documents]
    words = sum(len(text.split()) for text in texts)
    start = time.process_time()
    extractor = Extractor()
    print(f"rules and gazetteer load in {time.process_time() - start:.2f} s CPU; {len(documents)} documents, {words:,} words")
    names = sorted({n for e in extractor.gazetteer.entities.values() for n in (e.label, *e.names)}, key=lambda n: (-len(n), n))
    rows: list[tuple[str, float]] = [("whole extraction", timed(lambda: [extractor.extract(d) for d in documents]))]
    rows.append(("names by the gazetteer", timed(lambda: [extractor.gazetteer.find_names(t) for t in texts])))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")
    rows.append(("names by one regular expression", timed(lambda: [pattern.findall(t) for t in texts])))
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        print("spaCy is not installed: without that peer")
    else:
        nlp = spacy.blank("en")
        matcher = PhraseMatcher(nlp.vocab)
        matcher.add("name", list(nlp.tokenizer.pipe(names)))
        rows.append(("names by spaCy blank + PhraseMatcher", timed(lambda: [matcher(nlp(t)) for t in texts])))
    whole = rows[0][1]
    for name, seconds in rows:
        print(f"{name:40} {words / seconds:12,.0f} words/s   {whole / seconds:8.2f} x the whole extraction")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

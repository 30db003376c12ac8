"""How many different rules serve how many different documents, by fact type; and the rules that serve one document only.

    python tests/bench/rule_use.py [--rules] PATH...

PATH: documents or folders, by default seeds/. Facts are counted once a document and rule.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from kg.extract import Extractor
from kg.text import find_files, read_document, read_originals

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "seeds"])
    parser.add_argument("--rules", action="store_true", help="also each rule with its documents and facts")
    arguments = parser.parse_args()
    extractor = Extractor()
    originals = read_originals(ROOT / "seeds")
    documents: defaultdict[str, set[str]] = defaultdict(set)
    facts: Counter[str] = Counter()
    types: dict[str, str] = {rule.name: rule.type for rule in extractor.rules}
    total = 0
    for path in find_files(arguments.paths or [ROOT / "seeds"]):
        document = read_document(path, originals=originals)
        total += 1
        for fact in extractor.extract(document):
            documents[fact.activity.rule].add(document.identifier)
            facts[fact.activity.rule] += 1
            types.setdefault(fact.activity.rule, fact.type)
    print(f"{total} documents")
    print(f"{'fact type':20} {'rules':>5} {'fire':>5} {'in 2+':>5} {'documents':>9} {'facts':>6}")
    for kind in sorted(set(types.values())):
        names = [name for name, made in types.items() if made == kind]
        firing = [name for name in names if documents[name]]
        served = set().union(*(documents[name] for name in firing)) if firing else set()
        wide = sum(len(documents[name]) > 1 for name in firing)
        print(f"{kind:20} {len(names):5} {len(firing):5} {wide:5} {len(served):9} {sum(facts[n] for n in names):6}")
    if arguments.rules:
        print()
        for name in sorted(types, key=lambda n: (types[n], -len(documents[n]), n)):
            print(f"{types[name]:20} {name:40} {len(documents[name]):3} documents {facts[name]:4} facts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

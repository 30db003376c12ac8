"""Facts made of text that is not about states at all: package documentation, licences, whatever text files a folder holds.

    python tests/bench/no_states.py FOLDER... [--megabytes 30] [--show]

Reads .txt, .md, .rst and .html-free text files in path order up to the size, and prints facts per 100,000 words.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter
from pathlib import Path

from kg.extract import Extractor
from kg.model import Document

SUFFIXES = {".txt", ".md", ".rst", "", ".text", ".tex", ".dic", ".1"}
PIECE = 200_000  # characters read as one document


def main() -> int:
    """Prints the count, and with --show every fact."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--megabytes", type=float, default=30)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    extractor = Extractor()
    budget = int(arguments.megabytes * 1e6)
    words = facts = read = files = 0
    rules: Counter[str] = Counter()
    seen: set[str] = set()
    begin = time.monotonic()
    for folder in arguments.folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and not p.is_symlink()):
            if read >= budget:
                break
            try:
                text = path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue
            if "\0" in text or len(text) < 500 or (digest := hashlib.sha256(text.encode()).hexdigest()) in seen:
                continue
            seen.add(digest)
            files += 1
            for at in range(0, len(text), PIECE):
                piece = text[at:at + PIECE]
                read += len(piece)
                words += len(piece.split())
                for fact in extractor.extract(Document(path.stem, piece, digest)):
                    facts += 1
                    rules[fact.activity.rule] += 1
                    if arguments.show:
                        span = fact.evidence[0]
                        print(f"{path}: {fact.type} {fact.activity.rule}: {' '.join(piece[span.start:span.end].split())[:200]}")
                if read >= budget:
                    break
    spent = time.monotonic() - begin
    print(f"{files} files, {read / 1e6:.1f} MB, {words:,} words: {facts} facts, {facts / max(words, 1) * 100_000:.2f} per 100,000 words, "
          f"{read / 1e6 / spent:.2f} MB/s")
    for rule, count in rules.most_common():
        print(f"  {count:5} {rule}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

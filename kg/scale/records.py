"""A part's texts become its records: documents with their facts, as they were extracted.

The same function runs in a process of this machine and in a task of a cluster. Memory is bounded by a batch of documents, time by
the limits of each; what a part gives depends on its documents alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, KgError
from kg.graph.intake import tells_most
from kg.graph.newcomers import Seen, newcomers_of
from kg.graph.packing import plain_facts, read_facts
from kg.graph.pool import Outcome, extract_all
from kg.model import Document
from kg.scale.extraction import Extraction, load_extractor
from kg.scale.rows import TEXTS, whole
from kg.scale.shards import RECORDS, digest_of, read_done, shard, tell_done, writing

if TYPE_CHECKING:
    import pyarrow as pa

_DOCUMENTS, _CHARACTERS = 64, 2_000_000  # of a batch at most, but for a single longer document


def records_schema() -> pa.Schema:
    """A document a row: the fields of `Document`, ``gaps`` and ``rules`` as in `Outcome`, ``facts`` as of `plain_facts`, in JSON."""
    import pyarrow as pa

    return pa.schema([*((name, pa.large_string()) for name in TEXTS), ("gaps", pa.int32()), ("rules", pa.string()), ("facts", pa.large_string())])


def write_records(job: Extraction, part: int, pages: Iterable[Document | DocumentError]) -> None:
    """Writes the records of a part. Its pages come sorted by SHA-256; of several with one text the one that tells most counts.

    A part that is finished already is not done again. Raises `KgError` where not a document but the program is at fault.
    """
    out = Path(job.out)
    if read_done(out, RECORDS, part) is not None:
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    failures: list[KgError] = []
    newcomers: Counter[Seen] = Counter()
    documents = 0
    name, schema = shard(RECORDS, part, ".parquet"), records_schema()
    with writing(out, name) as beside:
        with pq.ParquetWriter(beside, schema, compression="zstd") as table:
            for batch in _batches(_each_text_once(pages, failures)):
                outcomes = extract_all(batch, load_extractor(job.aliases), seconds=job.seconds, jobs=1)
                good = [each for each in outcomes if each.error is None]
                failures += [each.error for each in outcomes if each.error]
                newcomers.update(seen for each in good for seen in newcomers_of(each.facts))
                documents += len(good)
                if good:
                    table.write_batch(pa.RecordBatch.from_pylist([_record(each) for each in good], schema))
        digest = digest_of(beside)
    tell_done(
        out, RECORDS, part, files={name: digest}, documents=documents, failures=[told(each, "unread") for each in failures],
        newcomers=sorted([*seen, count] for seen, count in newcomers.items()),
    )  # fmt: skip


def read_records(file: Path) -> Iterator[list[Outcome]]:
    """The extracted documents of a shard, in batches. Raises `KgError` where the shard is broken."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_DOCUMENTS, use_threads=False):
                yield [_outcome(row) for row in batch.to_pylist()]
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError) as error:
        raise KgError(f"the shard cannot be read ({error})", file=file, remedy="extract again") from None


def told(failure: KgError, kind: str) -> dict[str, str]:
    """What is written of a document that was left out: it could not be read or extracted ("unread"), or not be kept ("unkept")."""
    return {"kind": kind, "file": whole(failure.where), "what": whole(failure.what), "remedy": failure.remedy}


def _each_text_once(pages: Iterable[Document | DocumentError], failures: list[KgError]) -> Iterator[Document]:
    """The documents; errors go to `failures`."""
    for _, same in groupby(pages, key=lambda page: page.sha256 if isinstance(page, Document) else ""):
        best: Document | None = None
        for page in same:
            if isinstance(page, DocumentError):
                failures.append(page)
            elif best is None or tells_most(page) < tells_most(best):
                best = page
        if best is not None:
            yield best


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) >= _DOCUMENTS or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _record(outcome: Outcome) -> dict[str, object]:
    texts = {name: getattr(outcome.document, name) for name in TEXTS}
    facts = json.dumps(plain_facts(outcome.facts), ensure_ascii=False, separators=(",", ":"))
    return {**texts, "gaps": outcome.gaps, "rules": outcome.rules, "facts": facts}


def _outcome(row: dict[str, Any]) -> Outcome:
    document = Document(**{name: row[name] for name in TEXTS})
    return Outcome(document, read_facts(json.loads(row["facts"])), row["gaps"], rules=row["rules"])

"""A part's records become facts for any store: names as all parts agreed on, what breaks a shape left out, sorted."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad

from kg.graph.conform import Plan, Validate, keep_what_conforms
from kg.graph.facts import by_content, role_terms
from kg.graph.labels import make_label
from kg.graph.newcomers import rename
from kg.graph.pool import Outcome
from kg.graph.report import Rejected
from kg.graph.write import write_nquads
from kg.model import Document, Entity, Fact
from kg.scale.extraction import AgreedNames, Extraction, load_extractor
from kg.scale.records import read_records, told
from kg.scale.shards import FACTS, FAILURES, RECORDS, digest_of, read_done, shard, tell_done, writing

if TYPE_CHECKING:
    import pyarrow as pa

Write = Callable[[Plan, Mapping[str, list[Quad]]], None]
"""Writes the facts of a batch of documents: the plan that kept them, and the quads of each document."""

_LEVEL = 6  # of gzip


def facts_schema() -> pa.Schema:
    """A fact a row: its IRI and its document's, what it says, and the words that it rests on with their offsets."""
    import pyarrow as pa

    texts = ("fact", "document", "identifier", "source", "type", "status", "label", "date", "start_date", "end_date", "earliest", "latest", "rule", "rule_version")
    role = pa.struct([("role", pa.string()), ("value", pa.string()), ("label", pa.string())])
    span = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("quote", pa.string())])
    lists = [("stated_by", pa.list_(pa.string())), ("roles", pa.list_(role)), ("evidence", pa.list_(span))]
    return pa.schema([*((name, pa.string()) for name in texts), *lists])


def write_facts(job: Extraction, part: int, agreed: AgreedNames, validate: Validate) -> None:
    """Writes the facts of a part of which the records are there. A part that is finished already is not done again."""
    out = Path(job.out)
    if read_done(out, FACTS, part) is not None:
        return
    records = read_done(out, RECORDS, part)
    assert records is not None, "the records of a part come before its facts"
    failures, rejected, facts, quads = list(records["failures"]), 0, 0, 0
    digests: dict[str, str] = {}
    with ExitStack() as stack:
        writers = [stack.enter_context(_WRITERS[form](job, part, digests)) for form in job.formats]
        for outcomes in read_records(out / shard(RECORDS, part, ".parquet")):
            plan = _plan(outcomes, agreed, job)
            by_document = _conforming(plan, validate)
            for write in writers:
                write(plan, by_document)
            facts += sum(len(by_content(plan.documents[sha256], plan.facts[sha256])) for sha256 in by_document)
            quads += sum(map(len, by_document.values()))
            rejected += len(plan.rejected)
            failures += [told(each, "unkept") for each in plan.failures]
            failures += [_told_fact(each) for _, each in plan.rejected]
    name = shard(FAILURES, part, ".jsonl")
    with writing(out, name) as beside:
        beside.write_text("".join(sorted(json.dumps(each, ensure_ascii=False) + "\n" for each in failures)), encoding="utf-8")
        digests[name] = digest_of(beside)
    tell_done(out, FACTS, part, files=digests, quads=quads, facts=facts, failures=len(failures) - rejected, rejected=rejected)


def _plan(outcomes: Iterable[Outcome], agreed: AgreedNames, job: Extraction) -> Plan:
    outcomes = list(outcomes)
    return Plan(
        {each.document.sha256: rename(each.facts, agreed.get) for each in outcomes},
        {each.document.sha256: each.document for each in outcomes}, [], load_extractor(job.aliases).gazetteer, [],
    )  # fmt: skip


def _conforming(plan: Plan, validate: Validate) -> dict[str, list[Quad]]:
    """The quads of each document, sorted by its SHA-256; of documents that must be left out none."""
    keep_what_conforms(plan, validate)
    return plan.document_quads()


def _told_fact(fact: Rejected) -> dict[str, str]:
    return {"kind": "fact", "file": fact.document, "what": f"{fact.label}: {fact.message}", "rule": fact.rule, "quote": fact.quote}


@contextmanager
def _nquads(job: Extraction, part: int, digests: dict[str, str]) -> Iterator[Write]:
    name = shard(FACTS, part, ".nq.gz")
    with writing(Path(job.out), name) as beside:
        # Neither a name nor a time in the head: the same facts give the same bytes.
        with beside.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, 0) as stream:

            def write(plan: Plan, by_document: Mapping[str, list[Quad]]) -> None:
                for quads in by_document.values():
                    stream.write(write_nquads(quads).encode())

            yield write
        digests[name] = digest_of(beside)


@contextmanager
def _table(job: Extraction, part: int, digests: dict[str, str]) -> Iterator[Write]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    name, schema = shard(FACTS, part, ".parquet"), facts_schema()
    with writing(Path(job.out), name) as beside:
        with pq.ParquetWriter(beside, schema, compression="zstd") as table:

            def write(plan: Plan, by_document: Mapping[str, list[Quad]]) -> None:
                rows = [row for sha256 in by_document for row in _rows(plan.documents[sha256], plan.facts[sha256])]
                if rows:
                    table.write_batch(pa.RecordBatch.from_pylist(rows, schema))

            yield write
        digests[name] = digest_of(beside)


_WRITERS = {"nquads": _nquads, "parquet": _table}


def _rows(document: Document, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    for iri, same in by_content(document, facts):
        fact = same[0]
        spans = sorted({(span.start, span.end) for each in same for span in each.evidence})
        labels = {term.iri: term.label for _, term in fact.roles if isinstance(term, Entity)}
        yield {
            "fact": iri, "document": document.sha256, "identifier": document.identifier, "source": document.source,
            "type": fact.type, "status": fact.status, "label": fact.label or make_label(fact),
            "date": fact.date, "start_date": fact.start_date, "end_date": fact.end_date, "earliest": fact.earliest, "latest": fact.latest,
            "rule": fact.activity.rule, "rule_version": fact.activity.version,
            "stated_by": [entity.iri for entity in fact.stated_by],
            "roles": [{"role": role, "value": term.value, "label": labels.get(term.value, "")} for role, term in role_terms(fact)],
            "evidence": [{"start": start, "end": end, "quote": document.text[start:end]} for start, end in spans],
        }  # fmt: skip

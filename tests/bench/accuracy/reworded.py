"""Which facts survive when a sentence is said a little differently.

    python tests/bench/accuracy/reworded.py [--every N] [--lost NAME] [--kind front|inside|end|clause|pointing|untrue]

The sentences are the `yes` examples of the rules, one sentence each. Every rewording adds words that leave the facts as they are
(an adverbial in front, a parenthesis behind the subject, a clause around the whole, a sentence that names who acts before one that
only points there), or takes the truth away ("it is not true
that"). Recall = facts of the plain sentence (type and roles, without dates, speakers and status) that the reworded one gives,
untrue ones: facts that are no longer asserted. Printed by rewording, the worst first; `--lost` shows the sentences of one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))  # a checkout runs without being installed

from kg.cards.read import Example  # noqa: E402
from kg.extract import load_extractor, read, write_fact  # noqa: E402
from kg.extract.examples import example_facts  # noqa: E402
from kg.match.view import SentenceView  # noqa: E402
from kg.model import Document, Entity, Fact, Term  # noqa: E402
from kg.terms import DATE_ROLES  # noqa: E402
from kg.words.closed import DETERMINERS, PREPOSITIONS  # noqa: E402

FRONT = (
    "Meanwhile,", "Among other things,", "For the first time in years,", "In a further sign of change,", "After months of wrangling,",
    "Despite the objections of the opposition,", "On the sidelines of the gathering,", "Thanks to the efforts of many,",
    "As the local press noted at the time,", "While few took notice of it,", "The public took little notice, but", "The debate went on, and",
    "The newspaper wrote that", "It was announced that", "There is no doubt that", "It should be recalled that", "What is certain is that",
    "According to the local press,", "The fact is that", "To sum up,", "Moreover, and this is important,",
)
INSIDE = (
    ", in the meantime,", ", as expected,", ", despite the bad weather,", " (see the table)", " – not for the first time –", ", for its part,",
    ", acting against the advice of the experts,", ", which had long been the subject of debate,", ", together with several others,", ", according to the press,",
    ", it was announced,",
)
# The sentence as a clause of another: what stands in front of it and behind it.
CLAUSES = (
    ("After", ", the press took note"), ("Because", ", the press took note"), ("Although", ", the press took no note"), ("Since", ", much has changed"),
    ("The press took note because", ""), ("The press took no note although", ""), ("The press took note after", ""), ("The weather was bad when", ""),
    ("The press explains why", ""), ("The press asked how it came that", ""), ("So it came that", ""), ("Not only was the weather bad, but", ""),
)
SHARED = (" welcomed the news and", " has a long history and", " was in the news and", ", after long debates and much criticism,", " had long hesitated but")
ADVERBS = (" also", " finally", " in fact", " recently", " once again")
END = (
    "amid growing public interest", "as part of a wider effort", "despite the bad weather", "after long debates", ", a step that surprised many",
    ", bringing the long debate to an end", ", and the public took note", ", but much remains to be done", ", although the weather was bad",
    "; nobody was surprised", "(see below)", ", officials said", ", the daily wrote", "– to the surprise of many", "in order to calm the public", "as well",
    ", among other things", ", where the weather was bad", "for various reasons", ", it was announced",
)
PERSON = (", in office since 2014,", ", 61,", ", a lawyer by training,", ", together with his advisers,", ", accompanied by his wife,", ", who is an engineer by training,")
UNTRUE = (
    "It is not true that", "Nobody believes that", "It would be wrong to say that", "It was denied that", "Rumours proved false that", "There is no evidence that",
    "It is hard to imagine that", "It is doubtful that", "It is a myth that", "The government denies that", "Suppose that",
)
# What names somebody first, so that the sentence may go on with a word that only points there, by the kind of who is named.
POINTING = (
    ("person", "{} spoke to the press.", "He"), ("person", "{}, who is 61, came late.", "The politician"), ("person", "The press praised {}.", "He"),
    ("state", "{} has changed.", "The country"), ("state", "{} has changed.", "It"), ("state", "Much is written about {}.", "The country"),
    ("company", "{} is well known.", "The company"), ("company", "{} is well known.", "It"), ("project", "{} is much talked of.", "It"),
    ("organisation", "{} is well known.", "The organisation"), ("pair", "{} have much in common.", "The two countries"), ("pair", "{} have much in common.", "They"),
    ("pair", "{} have much in common.", "Both"), ("agreement", "{} is well known.", "It"), ("agreement", "{} is much talked of.", "The document"),
)
# The same for what stands behind the verb: its kind, the words before it that go with it, the sentence before, what points to it.
POINTED_AT = (
    ("state", "", "Much is written about {}.", "the country"), ("state", "", "{} is a country like others.", "it"), ("company", "", "{} is well known.", "the company"),
    ("company", "", "{} is well known.", "it"), ("person", "", "The press praised {}.", "him"), ("place", "in", "{} is a lively city.", "there"),
    ("agreement", "", "Much is written about {}.", "it"), ("agreement", "", "Much is written about {}.", "the document"), ("project", "", "Much is written about {}.", "it"),
    ("facility", "", "Much is written about {}.", "it"), ("organisation", "", "{} is well known.", "the organisation"),
)
IF = ("If", "Unless", "Even if", "Contrary to the rumour that")


@dataclass(frozen=True, slots=True)
class Rewording:
    """A name, its kind, and the text that it makes of a sentence ("" where it does not apply)."""

    name: str
    kind: str
    apply: Callable[[str, SentenceView], str]


def _opening(text: str, view: SentenceView) -> str:
    """The sentence as it goes on behind other words: its first letter small unless a name begins there."""
    named = any(m.first == 0 and m.kind not in ("date", "pronoun") for m in view.mentions)
    first = view.tokens[0].text
    if first.lower() in DETERMINERS | PREPOSITIONS:
        return text[0].lower() + text[1:]
    if named or first == "I" or first.isupper() or not first.istitle() or any(t.text == first for t in view.tokens[1:]):
        return text
    return text[0].lower() + text[1:]


def _main_verb(view: SentenceView) -> int:
    """The token of the first finite verb whose subject is a name right in front of it; 0 where there is none."""
    for group in view.groups:
        if group.form != "finite" or group.first == 0:
            continue
        ends = [m for m in view.mentions if m.last == group.first and m.kind not in ("date", "pronoun", "sector", "indicator", "office")]
        return group.first if ends and not any(view.words[i] in (",", "who", "which", "that") for i in range(group.first)) else 0
    return 0


def _front(words: str) -> Callable[[str, SentenceView], str]:
    return lambda text, view: f"{words} {_opening(text, view)}"


def _inside(words: str, person: bool = False) -> Callable[[str, SentenceView], str]:
    def apply(text: str, view: SentenceView) -> str:
        i = _main_verb(view)
        if not i or (person and not any(m.last == i and m.kind == "person" and m.form == "name" for m in view.mentions)):
            return ""
        at = view.tokens[i - 1].end
        return text[:at] + words + text[at:]

    return apply


def _clause(before: str, behind: str) -> Callable[[str, SentenceView], str]:
    return lambda text, view: f"{before} {_opening(text, view).rstrip('.')}{behind}." if text.endswith(".") else ""


def _shared(words: str) -> Callable[[str, SentenceView], str]:
    """Another verb before the one of the sentence, with the same subject; only where that is of the past or perfect."""
    inside = _inside(words)

    def apply(text: str, view: SentenceView) -> str:
        group = next((g for g in view.groups if g.first == _main_verb(view)), None)
        return inside(text, view) if group is not None and group.tense == "past" and not group.modal else ""

    return apply


def _relative(text: str, view: SentenceView) -> str:
    i = _main_verb(view)
    if not i or not text.endswith("."):
        return ""
    who = "who" if any(m.last == i and m.kind == "person" for m in view.mentions) else "which"
    return f"{text[: view.tokens[i - 1].end]}, {who}{text[view.tokens[i - 1].end :].rstrip('.')}, drew attention."


def _cleft(text: str, view: SentenceView) -> str:
    i = _main_verb(view)
    return f"It was {_opening(text, view)[: view.tokens[i - 1].end]} that{text[view.tokens[i - 1].end :]}" if i else ""


def _end(words: str) -> Callable[[str, SentenceView], str]:
    def apply(text: str, view: SentenceView) -> str:
        if not text.endswith("."):
            return ""
        return text[:-1] + ("" if words[0] in ",;" else " ") + words + "."

    return apply


def _pointing(kind: str, before: str, words: str) -> Callable[[str, SentenceView], str]:
    def apply(text: str, view: SentenceView) -> str:
        i = _main_verb(view)
        opens = view.word(0) in ("the", "a", "an")
        named = [m for m in view.mentions if m.first <= opens and m.last <= i and m.form in ("name", "description")]
        if kind == "pair":
            states = [m for m in view.mentions if m.last <= i and m.kind == "state" and m.form == "name"]
            fits = len(states) == 2 and states[0].first == 0 and states[0].last + 1 == states[1].first and states[1].last == i and view.word(1) == "and"
        else:
            fits = len(named) == 1 and named[0].kind == kind and named[0].last == i
        if not i or not fits or (words == "He" and view.words[0] in ("ms", "mrs")):
            return ""
        whole = text[: view.tokens[i - 1].end]
        subject = whole if before.startswith("{}") else _opening(whole, view)
        return f"{before.format(subject)} {words}{text[view.tokens[i - 1].end :]}"

    return apply


def _pointed_at(kind: str, led: str, before: str, words: str) -> Callable[[str, SentenceView], str]:
    def apply(text: str, view: SentenceView) -> str:
        verb = next((g.last for g in view.groups if g.form == "finite"), 0)
        found = [m for m in view.mentions if verb and m.first >= verb and m.kind == kind and m.form in ("name", "description") and m.entities]
        if len(found) != 1 or any(m is not found[0] and m.first < found[0].last and found[0].first < m.last for m in view.mentions):
            return ""
        m = found[0]
        first = m.first - (view.word(m.first - 1) in ("the", "a", "an"))
        named = text[view.tokens[first].start : m.end]
        first -= bool(led)
        if (led and view.word(first) != led) or view.word(m.last) in ("'s", "'", "-", "and", ","):
            return ""
        subject = named[0].upper() + named[1:] if before.startswith("{}") else named
        return f"{before.format(subject)} {text[: view.tokens[first].start]}{words}{text[m.end :]}"

    return apply


def _if(words: str) -> Callable[[str, SentenceView], str]:
    return lambda text, view: f"{words} {_opening(text, view).rstrip('.')}, the opposition will protest."


def rewordings() -> Iterator[Rewording]:
    """All of them, in the order of their kinds."""
    yield from (Rewording(words, "front", _front(words)) for words in FRONT)
    yield from (Rewording(words.strip(), "inside", _inside(words)) for words in (*INSIDE, *ADVERBS))
    yield from (Rewording(words.strip(), "inside", _inside(words, person=True)) for words in PERSON)
    yield from (Rewording(words, "end", _end(words)) for words in END)
    yield from (Rewording(f"{before} ... {behind}".strip(), "clause", _clause(before, behind)) for before, behind in CLAUSES)
    yield from (Rewording(f"{words.strip()} ...", "clause", _shared(words)) for words in SHARED)
    yield Rewording("..., which ..., drew attention", "clause", _relative)
    yield Rewording("It was ... that ...", "clause", _cleft)
    yield Rewording('"...," he said', "end", lambda text, view: f'"{text.rstrip(".")}," the spokesman said.')
    yield from (Rewording(f"{kind}: {before} {words}", "pointing", _pointing(kind, before, words)) for kind, before, words in POINTING)
    yield from (Rewording(f"{kind} behind: {before} ... {words}", "pointing", _pointed_at(kind, led, before, words)) for kind, led, before, words in POINTED_AT)
    yield from (Rewording(words, "untrue", _front(words)) for words in UNTRUE)
    yield from (Rewording(words, "untrue", _if(words)) for words in IF)


def key(fact: Fact) -> tuple[object, ...]:
    """Type and roles of a fact, without dates: things by what they are called, of texts the first words."""
    return fact.type, tuple(sorted((role, _said(term)) for role, term in fact.roles if role not in DATE_ROLES))


def _said(term: Term) -> str:
    if isinstance(term, Entity):
        return term.iri if term.known else term.label
    return " ".join(term.split()[:3]) if isinstance(term, str) else str(term)


def sentences(rules: Iterable[object], every: int) -> Iterator[Example]:
    """Each so many of the examples that are one plain sentence and give facts."""
    found = (e for rule in rules for e in rule.examples if e.kind == "yes" and "\n" not in e.text and e.text[:1].isupper() and e.text.count(". ") == 0)
    for n, example in enumerate(found):
        if n % every == 0:
            yield example


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=5, help="one sentence in so many")
    parser.add_argument("--lost", default="", help="show what this rewording loses")
    parser.add_argument("--kind", default="", choices=list(dict.fromkeys(r.kind for r in rewordings())), help="rewordings of one kind only")
    options = parser.parse_args(argv)
    if options.every < 1:
        parser.error(f"--every is {options.every}: give a whole number from 1, which takes every sentence")
    if options.lost and options.lost not in {r.name for r in rewordings()}:
        parser.error(f"no rewording is called {options.lost!r}: run it without --lost, which prints the names of all")
    extractor = load_extractor()
    tried = [r for r in rewordings() if options.kind in ("", r.kind) and options.lost in ("", r.name)]
    whole: dict[str, list[int]] = {r.name: [0, 0] for r in tried}
    for example in sentences(extractor.rules, options.every):
        document = Document("example", example.text, "0" * 64, issued=example.given.date)
        views = read(document, extractor.gazetteer).views
        plain = {key(f): f for f in example_facts(example, extractor)}
        if len(views) != 1 or not plain:
            continue
        for rewording in tried:
            text = rewording.apply(example.text, views[0])
            if not text:
                continue
            made = example_facts(replace(example, text=text), extractor)
            if rewording.kind == "untrue":
                asserted = {key(f) for f in made if f.status == "Asserted"}
                kept = {k for k in plain if k not in asserted or plain[k].status != "Asserted"}
            else:
                kept = {k for k in plain if k in {key(f) for f in made}}
            whole[rewording.name][0] += len(plain)
            whole[rewording.name][1] += len(kept)
            if options.lost and len(kept) < len(plain):
                print(text, *(f"    lost {write_fact(plain[k])} [{plain[k].activity.rule}]" for k in plain if k not in kept), *(f"    made {write_fact(f)}" for f in made), sep="\n")
    print(f"{'kind':8} {'rewording':50} {'facts':>6} {'kept':>6}")
    for rewording in sorted(tried, key=lambda r: (r.kind, whole[r.name][1] / max(1, whole[r.name][0]))):
        facts, kept = whole[rewording.name]
        print(f"{rewording.kind:8} {rewording.name:50} {facts:6} {kept / max(1, facts):6.1%}")
    for kind in dict.fromkeys(r.kind for r in tried):
        facts, kept = (sum(whole[r.name][i] for r in tried if r.kind == kind) for i in (0, 1))
        print(f"{kind:8} {'all':50} {facts:6} {kept / max(1, facts):6.1%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

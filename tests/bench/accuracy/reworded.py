"""Which facts survive when a sentence is said a little differently.

    python tests/bench/accuracy/reworded.py [--every N] [--lost NAME] [--kind front|inside|end|within|untrue]

The sentences are the `yes` examples of the rules, one sentence each. Every rewording adds words that leave the facts as they are
(an adverbial in front, a parenthesis behind the subject, a clause around the whole), or takes the truth away ("it is not true
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
from kg.model import Document, Fact  # noqa: E402
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


def _end(words: str) -> Callable[[str, SentenceView], str]:
    def apply(text: str, view: SentenceView) -> str:
        if not text.endswith("."):
            return ""
        return text[:-1] + ("" if words[0] in ",;" else " ") + words + "."

    return apply


def _if(words: str) -> Callable[[str, SentenceView], str]:
    return lambda text, view: f"{words} {_opening(text, view).rstrip('.')}, the opposition will protest."


def rewordings() -> Iterator[Rewording]:
    """All of them, in the order of their kinds."""
    yield from (Rewording(words, "front", _front(words)) for words in FRONT)
    yield from (Rewording(words.strip(), "inside", _inside(words)) for words in (*INSIDE, *ADVERBS))
    yield from (Rewording(words.strip(), "inside", _inside(words, person=True)) for words in PERSON)
    yield from (Rewording(words, "end", _end(words)) for words in END)
    yield Rewording('"...," he said', "end", lambda text, view: f'"{text.rstrip(".")}," the spokesman said.')
    yield from (Rewording(words, "untrue", _front(words)) for words in UNTRUE)
    yield from (Rewording(words, "untrue", _if(words)) for words in IF)


def key(fact: Fact) -> tuple[object, ...]:
    """Type and roles of a fact, without dates."""
    return fact.type, tuple(sorted((role, str(getattr(term, "iri", term))) for role, term in fact.roles if role not in DATE_ROLES))


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
    parser.add_argument("--kind", default="", help="rewordings of one kind only")
    options = parser.parse_args(argv)
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

"""Every example of every rule card, and the obligations of a card. One test an example."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.cards import Choice, Optional_, Rule, read_rule_file, read_rules
from kg.cards.pattern import Element, read_pattern
from kg.cards.read import read_parts
from kg.errors import RuleError
from kg.extract import Extractor, check_example
from kg.match.frames import make_frame
from kg.resources import rules_folder

ROOT = Path(__file__).resolve().parent.parent
RULES = read_rules()
CASES = [(rule, example) for rule in RULES for example in rule.examples]


PARTS = read_parts(rules_folder())


@cache
def options_of_parts() -> frozenset[str]:
    """The optional parts, as text, that stand in parts (`part NAME`): one of the rules that use them has to serve them."""
    return frozenset(repr(o) for texts in PARTS.values() for text in texts for o in options_in(read_pattern(text)))


def options_in(items: tuple[Element, ...]) -> list[Element]:
    found: list[Element] = []
    for item in items:
        if isinstance(item, Optional_):
            found += [item, *options_in(item.items)]
        elif isinstance(item, Choice):
            found += [o for option in item.options for o in options_in(option)]
    return found


@cache
def extractor() -> Extractor:
    return Extractor(RULES)


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{r.name}:{e.line}" for r, e in CASES])
def test_example_holds(rule: Rule, example) -> None:  # type: ignore[no-untyped-def]
    outcome = check_example(rule, example, extractor())
    shown = "\n".join(outcome.actual) or "nothing"
    assert not outcome.fault, f"{rule.file}:{example.line}: {outcome.fault}\n{example.text}\nmade:\n{shown}"


@pytest.mark.parametrize("rule", RULES, ids=[r.name for r in RULES])
def test_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    kinds = {example.kind for example in rule.examples}
    assert {"yes", "no"} <= kinds, f"{rule.file}:{rule.line}: {rule.name} needs a `yes` and a `no`"
    assert rule.note, f"{rule.file}:{rule.line}: {rule.name} needs a note"


def variants(rule: Rule) -> list[tuple[str, Rule]]:
    """The rule without one of its patterns or optional parts, each with a word for what is missing."""
    out = []
    for name, patterns in (("whens", rule.whens), ("frames", rule.frames), ("scenes", rule.scenes)):
        for k, pattern in enumerate(patterns):
            if len(rule.whens) + len(rule.frames) + len(rule.scenes) > 1:
                out.append((f"{name[:-1]} {k + 1}", replace(rule, **{name: patterns[:k] + patterns[k + 1:]})))
            for where, smaller in without_options(pattern):
                if smaller and (name != "frames" or keeps_its_verb(smaller)):
                    out.append((f"{name[:-1]} {k + 1} {where}", replace(rule, **{name: (*patterns[:k], smaller, *patterns[k + 1:])})))
    return out


def keeps_its_verb(pattern: tuple[Element, ...]) -> bool:
    try:
        make_frame(pattern)
    except StopIteration:
        return False
    return True


def without_options(items: tuple[Element, ...]) -> list[tuple[str, tuple[Element, ...]]]:
    """The pattern without each of its optional parts that holds a slot."""
    out: list[tuple[str, tuple[Element, ...]]] = []
    for k, item in enumerate(items):
        if isinstance(item, Optional_):
            if "Slot(" in repr(item) and repr(item) not in options_of_parts():
                out.append((f"option {k + 1}", items[:k] + items[k + 1:]))
            out += [(w, (*items[:k], Optional_(inner), *items[k + 1:])) for w, inner in without_options(item.items) if inner]
        elif isinstance(item, Choice):
            for n, option in enumerate(item.options):
                out += [(w, (*items[:k], Choice((*item.options[:n], inner, *item.options[n + 1:])), *items[k + 1:]))
                        for w, inner in without_options(option) if inner]
    return out


@pytest.mark.parametrize("rule", RULES, ids=[r.name for r in RULES])
def test_every_pattern_and_optional_slot_serves_an_example(rule: Rule) -> None:
    """A pattern, or an optional part with a slot, whose removal no `yes` notices is not covered by the examples."""
    idle = []
    examples = [e for e in rule.examples if e.kind == "yes"]
    for what, smaller in variants(rule):
        without = Extractor(tuple(smaller if r.name == rule.name else r for r in (rule,)), extractor().gazetteer, classes=extractor().index.classes)
        if all(not alone_fault(smaller, example, without) for example in examples):
            idle.append(what)
    assert not idle, f"{rule.file}:{rule.line}: {rule.name}: no `yes` needs {', '.join(idle)}"


def test_every_optional_slot_of_a_part_serves_an_example() -> None:
    """Of all rules that use a part, one has a `yes` that needs the optional part with a slot."""
    idle = {text for text in options_of_parts() if "Slot(" in text}
    for rule in RULES:
        mine = [t for t in idle if t in repr((rule.whens, rule.frames))]
        examples = [e for e in rule.examples if e.kind == "yes"]
        if any(filler in ("before", "same") for _, filler in rule.fill):
            continue
        for text in mine:
            smaller = replace(rule, whens=tuple(without(p, text) for p in rule.whens), frames=tuple(without(p, text) for p in rule.frames))
            tool = Extractor((smaller,), extractor().gazetteer, classes=extractor().index.classes)
            if any(alone_fault(smaller, example, tool) for example in examples):
                idle.discard(text)
    assert not idle, f"no `yes` of any rule needs {sorted(idle)}"


def without(items: tuple[Element, ...], text: str) -> tuple[Element, ...]:
    """The pattern without the optional parts that read like this."""
    out: list[Element] = []
    for item in items:
        if isinstance(item, Optional_):
            if repr(item) != text:
                out.append(Optional_(without(item.items, text)))
        elif isinstance(item, Choice):
            out.append(Choice(tuple(without(option, text) for option in item.options)))
        else:
            out.append(item)
    return tuple(out)


def alone_fault(rule: Rule, example, tool: Extractor) -> str:  # type: ignore[no-untyped-def]
    return check_example(rule, example, tool).fault


def test_every_rule_is_listed() -> None:
    """The list of rules in the documentation names each rule and no other: taking one away shows here."""
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs" / "rule-list.md").read_text(encoding="utf-8"), re.M)
    from kg.extract import BUILT_IN_RULES

    assert listed == sorted([*(r.name for r in RULES), *BUILT_IN_RULES]), "run `kg rules list --format markdown > docs/rule-list.md`"


def written_classes() -> dict[str, list[str]]:
    """The members of each word class as its file writes them."""
    found: dict[str, list[str]] = {}
    for path in sorted(rules_folder().glob("*.words")):
        for line in path.read_text(encoding="utf-8").splitlines():
            head = re.match(r"class ([a-z0-9-]+):(.*)", line)
            if head:
                found[head[1]] = []
            if head or line.startswith(" "):
                found[list(found)[-1]] += [part.strip() for part in (head[2] if head else line).split(",") if part.strip()]
    return found


def test_members_of_a_word_class_are_sorted_and_stand_once() -> None:
    faults = []
    for name, members in written_classes().items():
        bare = [member.strip('"').lower() for member in members]
        if len(set(bare)) < len(bare) or members != sorted(members, key=lambda m: (m[0] != "%", m.strip('"').lower())):
            faults.append(name)
    assert not faults, f"sort these classes (others taken over first) and leave out what stands twice: {faults}"


def test_every_word_class_is_asked_for() -> None:
    """By a rule, by another class, or by the code, which may name the first part of a family (`column-{kind}`)."""
    cards = "".join(path.read_text(encoding="utf-8") for path in sorted(rules_folder().iterdir()) if path.suffix in (".rule", ".words"))
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "kg").rglob("*.py")))
    asked = set(re.findall(r"%([a-z][a-z0-9-]*)", cards)) | set(re.findall(r"[\"']([a-z][a-z0-9-]*)[\"']", code))
    families = tuple(re.findall(r"f\"([a-z]+-)\{", code))
    idle = [name for name in written_classes() if name not in asked and not name.startswith(families)]
    assert not idle, f"nothing asks for the classes {idle}: take them away"


BROKEN = {
    "maekes TradeFigure\n": "key 'maekes' is unknown",
    "makes TradeFigur\n": "fact type 'TradeFigur' is unknown",
    "makes TradeFigure flow=outward\n": "'outward' is no word of flow",
    "makes TradeFigure colour=red\n": "has no role 'colour'",
    "makes TradeFigure\nwhen {reporter:planet} trade\n": "slot type 'planet' is unknown",
    "makes TradeFigure\nwhen [trade\n": "a `[` is not closed",
    "makes TradeFigure\nframe {reporter:state} trade\n": "needs exactly one !verb",
    "makes TradeFigure\nwhen trade\nstatus Wished\n": "status 'Wished' is unknown",
    "makes TradeFigure\nwhen trade\nyes trade grew\n": "needs <evidence>",
    "makes TradeFigure\nwhen trade\nyes <trade grew\n => flow=total\n": "a `<` is not closed",
    "makes TradeFigure\nwhen trade\nfill reporter=moon\n": "'moon' cannot fill",
    "makes TradeFigure\n": "is missing",
    "when trade\n": "stands before `makes`",
    "": "`makes` is missing",
}


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_broken_card_is_named_with_file_and_line(body: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.rule"
    path.write_text(f"rule broken\n{body}", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_rule_file(path)
    assert BROKEN[body] in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")
    assert caught.value.remedy


def test_unknown_word_class_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.rule"
    path.write_text("rule x\nmakes TradeFigure\nwhen %no-such-class {reporter:state}\n", encoding="utf-8")
    with pytest.raises(RuleError, match="no-such-class"):
        Extractor(read_rule_file(path), extractor().gazetteer, classes=extractor().index.classes)


def test_a_rule_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rule").write_text("rule x\nmakes EventFact\nwhen {event:event}\n", encoding="utf-8")
    (tmp_path / "b.rule").write_text("rule x\nmakes EventFact\nwhen {event:event}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"stands in a\.rule too"):
        read_rules(tmp_path)

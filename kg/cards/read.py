"""Rule files to Rule records.

    rule    NAME
    makes   TYPE role=word ...
    when    PATTERN                 words in a row (kg/cards/pattern.py)
    frame   {role:type} !verb {role:type} [in {role:type}]      a clause, in every shape that English gives it
    speech  reported|according|quote    instead of patterns: what someone is reported or quoted to say (only for Remark)
    unless  PATTERN                 the rule keeps silent where this matches the same words
    heading PATTERN                 only below a heading in which these words stand; its slots fill roles too
    fill    role=pair|side|other|author ...                     roles taken from the document where the words give none
    scene   PIECES                  what one clause holds in any order: (must stand there) [may stand there] [subject {role:type}]
    respectively ROLE ROLE          two `+` lists that go together one by one ("the leaders of A and B, X and Y")
    also    date place | none       what is looked for around the match (default: date)
    under   word|word               only below a heading that holds one of these words
    need    role=N ...              how many values a role must have (default 1 for every role of the first `when` outside brackets)
    status  Planned                 only where the words of the rule themselves decide
    yields  all | topic             the fact stands only where facts of other types do not tell its words; no fact, but what sentences behind go on with
    note    what the rule is about
    given   date=2001-05-04 between=chad,niger side=chad
    yes     <words> with the evidence in angle brackets
            => role=value ...       one line for each fact
            +> role=value ...       a fact of the type that another rule makes of the same text
    no      words from which this rule makes nothing
            (a ¶ in the words begins a new line: a heading above an item)
    todo    <words> that should work one day
            => role=value ...

A part is a stretch of pattern with a name, for all rules of the folder:

    part    NAME                    used as &NAME
    is      PATTERN                 one line for each alternative; a part may use parts that stand before it
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.cards.pattern import Choice, Element, Optional_, Pattern, PatternError, Put, Slot, Verb, expand_parts, read_pattern
from kg.errors import RuleError
from kg.resources import rules_folder
from kg.terms import DATE_ROLES, FACT_TYPES, STATUSES, role_of, words_of

_KEYS = frozenset((
    "rule part is makes when frame scene speech unless under heading fill left respectively also need status yields note given yes no todo"
).split())
_FILLERS = frozenset({"elsewhere", "theirs", "spoken", "land", "near", "pair", "side", "other", "author", "before", "same", "both", "speaker", "home", "each", "members", "person", "title", "counterpart", "inside", "abroad"})
_SPEECH = frozenset({"reported", "according", "quote"})
_LEFT = frozenset({"figures"})
_GIVEN = frozenset({"date", "between", "side", "creator", "title"})
# Roles that a slot may name although the type lists them under another record.
_SPECIAL = frozenset((*DATE_ROLES, "yearsAgo"))


@dataclass(frozen=True, slots=True)
class Given:
    """The circumstances of the examples below it: the document's date, its pair of states, its side."""

    date: str = ""
    between: tuple[str, ...] = ()
    side: str = ""
    creator: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A marked-up sentence. ``kind``: "yes", "no", "todo"; ``spans`` the evidence marked with angle brackets (offsets in ``text``)."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    facts: tuple[tuple[tuple[str, str], ...], ...]
    given: Given
    line: int
    others: tuple[tuple[tuple[str, str], ...], ...] = ()  # facts of the type that other rules make of the text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled from its card. ``version`` is a hash of what decides its matches."""

    name: str
    type: str
    fixed: tuple[tuple[str, str], ...]
    whens: tuple[Pattern, ...]
    frames: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    fill: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    need: tuple[tuple[str, int], ...]
    status: str
    note: str
    examples: tuple[Example, ...]
    file: str
    line: int
    version: str
    sources: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    respectively: tuple[str, ...] = ()
    headings: tuple[Pattern, ...] = ()
    speech: tuple[str, ...] = ()
    yields: bool = False
    scenes: tuple[Pattern, ...] = ()
    topic: bool = False
    left: str = ""


def read_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """All rules of the `*.rule` files of a folder (default: those of the package), by file name and place in it.

    Raises RuleError with file and line for anything unknown or broken.
    """
    folder = folder or rules_folder()
    parts = read_parts(folder)
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.rglob("*.rule")):
        for rule in read_rule_file(path, parts):
            if rule.name in seen:
                raise RuleError(f"the rule {rule.name!r} stands in {seen[rule.name]} too", file=path, line=rule.line, remedy="rename one")
            seen[rule.name] = path.name
            rules.append(rule)
    if not rules:
        raise RuleError("no rule was found", file=folder, remedy="put *.rule files there")
    return tuple(rules)


def read_parts(folder: Path) -> dict[str, tuple[str, ...]]:
    """The parts of all `*.rule` files of a folder: name -> the text of each alternative. Raises RuleError."""
    parts: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.rglob("*.rule")):
        for card in _read_cards(path):
            line, key, name = card[0]
            if key != "part":
                continue
            if name in parts or not re.fullmatch(r"[a-z][a-z0-9-]*", name) or {k for _, k, _ in card[1:]} != {"is"}:
                raise RuleError(f"the part {name!r} is no part", file=path, line=line,
                                remedy="give it a name of its own, lower-case words joined by hyphens, and lines `is PATTERN`")
            options = []
            for at, _, text in card[1:]:
                try:
                    read_pattern(text, parts)
                    options.append(expand_parts(text, parts))
                except PatternError as error:
                    raise RuleError(f"part {name!r}: the pattern is broken: {error}", file=path, line=at, remedy="see docs/rules.md") from error
            parts[name] = tuple(options)
    return parts


def read_rule_file(path: Path, parts: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Rule, ...]:
    """The rules of one file; ``parts`` are those of its folder, read here where they are not given. Raises RuleError."""
    known = read_parts(path.parent) if parts is None else parts
    return tuple(_make_rule(path, card, known) for card in _read_cards(path) if card[0][1] == "rule")


def _read_cards(path: Path) -> list[list[tuple[int, str, str]]]:
    """The cards of a rule file: (line, key, value) each, the first one with the key "rule" or "part"."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", file=path, remedy="save it as UTF-8 text") from error
    cards: list[list[tuple[int, str, str]]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        if not line or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            if not cards:
                raise RuleError("a continuation before the first rule", file=path, line=number, remedy="begin with `rule NAME`")
            stripped = line.strip()
            if stripped.startswith(("=>", "+>")):
                cards[-1].append((number, stripped[:2], stripped[2:].strip()))
            else:
                at, key, value = cards[-1][-1]
                cards[-1][-1] = (at, key, f"{value} {stripped}")
            continue
        key, _, value = line.partition(" ")
        if key not in _KEYS:
            raise RuleError(f"the key {key!r} is unknown", file=path, line=number, remedy=f"known keys: {', '.join(sorted(_KEYS))}")
        if key in ("rule", "part"):
            cards.append([])
        elif not cards:
            raise RuleError(f"{key!r} stands before the first rule", file=path, line=number, remedy="begin with `rule NAME`")
        cards[-1].append((number, key, value.strip()))
    return cards


def _make_rule(path: Path, card: list[tuple[int, str, str]], parts: Mapping[str, tuple[str, ...]]) -> Rule:
    first_line, _, name = card[0]

    def fail(line: int, what: str, remedy: str) -> RuleError:
        return RuleError(f"rule {name!r}: {what}", file=path, line=line, remedy=remedy)

    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise fail(first_line, "the name must be lower-case words joined by hyphens", "e.g. `rule agreement-signed`")
    kind = ""
    fixed: list[tuple[str, str]] = []
    patterns: dict[str, list[Pattern]] = {"when": [], "frame": [], "scene": [], "unless": [], "heading": []}
    sources: list[str] = []
    fill: list[tuple[str, str]] = []
    together: tuple[str, ...] = ()
    also: tuple[str, ...] = ("date",)
    need: list[tuple[str, int]] = []
    under: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    yields = topic = False
    left = status = ""
    notes: list[str] = []
    given = Given()
    examples: list[Example] = []
    decisive: list[str] = []
    pending: tuple[int, str, str] | None = None
    facts: list[tuple[tuple[str, str], ...]] = []
    others: list[tuple[tuple[str, str], ...]] = []

    def flush() -> None:
        nonlocal pending, facts, others
        if pending is None:
            return
        line, key, text = pending
        examples.append(replace(_make_example(path, name, kind, line, key, text, tuple(facts), given), others=tuple(others)))
        pending, facts, others = None, [], []

    for line, key, value in card[1:]:
        if key == "+>" and pending is not None and pending[1] != "no":
            others.append(_pairs(value, lambda what, remedy, line=line: fail(line, what, remedy)))
            continue
        if key in ("=>", "+>"):
            if pending is None or pending[1] == "no":
                raise fail(line, "`=>` stands behind no `yes` or `todo`", "put it below the sentence that it belongs to")
            facts.append(_pairs(value, lambda what, remedy, line=line: fail(line, what, remedy)))
            continue
        flush()
        if not value:
            raise fail(line, f"{key!r} says nothing", "write its value behind it")
        if key == "makes":
            words = value.split()
            kind = words[0]
            if kind not in FACT_TYPES:
                raise fail(line, f"the fact type {kind!r} is unknown", f"known: {', '.join(FACT_TYPES)}")
            for role, word in _pairs(" ".join(words[1:]), lambda what, remedy, line=line: fail(line, what, remedy)):
                found = role_of(kind, role)
                if found is None:
                    raise fail(line, f"{kind} has no role {role!r}", f"its roles: {', '.join(r.name for r in FACT_TYPES[kind])}")
                known = words_of(kind, role)
                if known and word not in known and (kind, role, word) != ("ProjectStatus", "stage", "tense"):
                    raise fail(line, f"{word!r} is no word of {role}", f"its words: {', '.join(known)}")
                fixed.append((role, word))
            decisive.append(value)
        elif key in patterns:
            if not kind:
                raise fail(line, f"{key!r} stands before `makes`", "say first what the rule makes")
            try:
                pattern = read_pattern(value, parts)
            except PatternError as error:
                raise fail(line, f"the pattern is broken: {error}", "see docs/rules.md") from error
            for slot in slots_of(pattern):
                if slot.role and slot.role not in _SPECIAL and role_of(kind, slot.role) is None:
                    raise fail(line, f"{kind} has no role {slot.role!r}", f"its roles: {', '.join(r.name for r in FACT_TYPES[kind])}")
            for put in puts_of(pattern):
                known = words_of(kind, put.role)
                if role_of(kind, put.role) is None or (known and put.word not in known):
                    raise fail(line, f"{{{put.role}={put.word}}} fits no role of {kind}", "name a role of the type and a word of its scheme")
            if key == "frame" and sum(isinstance(item, Verb) for item in pattern) != 1:
                raise fail(line, "a frame needs exactly one !verb", "write e.g. `{by*:actor} !sign {agreement:agreement}`")
            if key == "scene" and not _is_scene(pattern):
                raise fail(line, "a scene holds pieces in brackets, the first in round ones", "write e.g. `({amount:money}) (%lending) [to {recipient:land}]`")
            patterns[key].append(pattern)
            if key not in ("unless", "heading"):
                sources.append(f"{key} {value}")
            decisive.append(f"{key} {expand_parts(value, parts)}")
        elif key == "fill":
            for role, filler in _pairs(value, lambda what, remedy, line=line: fail(line, what, remedy)):
                if filler not in _FILLERS:
                    raise fail(line, f"{filler!r} cannot fill a role", f"known: {', '.join(sorted(_FILLERS))}")
                if role_of(kind, role) is None:
                    raise fail(line, f"{kind} has no role {role!r}", f"its roles: {', '.join(r.name for r in FACT_TYPES[kind])}")
                fill.append((role, filler))
            decisive.append(f"fill {value}")
        elif key == "respectively":
            together = tuple(value.split())
            if len(together) < 2 or any(role_of(kind, role) is None for role in together):
                raise fail(line, f"{value!r} are no two roles", f"name two or more roles of {kind}")
            decisive.append(f"respectively {value}")
        elif key == "also":
            also = () if value == "none" else tuple(value.split())
            if set(also) - {"date", "place", "ends"}:
                raise fail(line, f"{value!r} is not what `also` takes", "write date, place, ends or none")
            decisive.append(f"also {value}")
        elif key == "speech":
            speech = tuple(value.split("|"))
            if kind != "Remark" or not set(speech) <= _SPEECH:
                raise fail(line, f"{value!r} is no kind of speech, or no Remark is made", f"known: {', '.join(sorted(_SPEECH))}")
            sources.append(f"speech {value}")
            decisive.append(f"speech {value}")
        elif key == "left":
            if value not in _LEFT:
                raise fail(line, f"{value!r} is nothing that is left over", f"known: {', '.join(sorted(_LEFT))}")
            left = value
            sources.append(f"left {value}")
            decisive.append(f"left {value}")
        elif key == "under":
            under = tuple(filter(None, value.lower().split("|")))
            decisive.append(f"under {value}")
        elif key == "need":
            for role, count in _pairs(value, lambda what, remedy, line=line: fail(line, what, remedy)):
                if not count.isdigit() or (role not in _SPECIAL and role_of(kind, role) is None):
                    raise fail(line, f"{role}={count} is no need", "write role=number")
                need.append((role, int(count)))
            decisive.append(f"need {value}")
        elif key == "status":
            if value not in STATUSES:
                raise fail(line, f"the status {value!r} is unknown", f"known: {', '.join(STATUSES)}")
            status = value
            decisive.append(f"status {value}")
        elif key == "yields":
            if value not in ("all", "topic"):
                raise fail(line, f"{value!r} is not what `yields` takes", "write `yields all` or `yields topic`")
            yields, topic = value == "all", value == "topic"
            decisive.append(f"yields {value}")
        elif key == "note":
            notes.append(value)
        elif key == "given":
            given = _make_given(_pairs(value, lambda what, remedy, line=line: fail(line, what, remedy)),
                                lambda what, remedy, line=line: fail(line, what, remedy))
        else:
            pending = (line, key, value)
    flush()
    if not kind:
        raise fail(first_line, "`makes` is missing", "say which fact the rule makes")
    if not any(patterns[key] for key in ("when", "frame", "scene")) and not speech and not left:
        raise fail(first_line, "`when`, `frame`, `scene`, `speech` or `left` is missing", "say which words the rule matches")
    version = hashlib.sha256("\n".join(decisive).encode()).hexdigest()[:12]
    return Rule(name, kind, tuple(fixed), tuple(patterns["when"]), tuple(patterns["frame"]), tuple(patterns["unless"]), tuple(fill), also,
                tuple(need), status, " ".join(notes), tuple(examples), path.name, first_line, version, tuple(sources), under, together,
                tuple(patterns["heading"]), speech, yields, tuple(patterns["scene"]), topic, left)


def _is_scene(pattern: Pattern) -> bool:
    """Whether the pattern is pieces in brackets, the first of which cannot lack."""
    return isinstance(pattern[0], Choice) and all(isinstance(item, Optional_) or (isinstance(item, Choice) and len(item.options) == 1) for item in pattern)


def slots_of(pattern: tuple[Element, ...]) -> list[Slot]:
    """All slots of a pattern, those inside brackets too."""
    out: list[Slot] = []
    for item in pattern:
        if isinstance(item, Slot):
            out.append(item)
        elif isinstance(item, Optional_):
            out += slots_of(item.items)
        elif isinstance(item, Choice):
            for option in item.options:
                out += slots_of(option)
    return out


def puts_of(pattern: tuple[Element, ...]) -> list[Put]:
    """All `{role=word}` of a pattern, those inside brackets too."""
    out: list[Put] = []
    for item in pattern:
        if isinstance(item, Put):
            out.append(item)
        for inner in (item.items,) if isinstance(item, Optional_) else item.options if isinstance(item, Choice) else ():
            out += puts_of(inner)
    return out


_PAIR = re.compile(r"\s*([A-Za-z]+)=(\"[^\"]*\"|\S+)")


def _pairs(text: str, fail) -> tuple[tuple[str, str], ...]:  # type: ignore[no-untyped-def]
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = _PAIR.match(text, at)
        if match is None:
            raise fail(f"cannot read {text[at:].strip()!r}", "write role=value, values with blanks in double quotes")
        out.append((match.group(1), match.group(2).strip('"')))
        at = match.end()
    return tuple(out)


def _make_given(pairs: tuple[tuple[str, str], ...], fail) -> Given:  # type: ignore[no-untyped-def]
    found = dict(pairs)
    for key in found:
        if key not in _GIVEN:
            raise fail(f"`given` knows no {key!r}", f"known: {', '.join(sorted(_GIVEN))}")
    return Given(found.get("date", ""), tuple(filter(None, found.get("between", "").split(","))), found.get("side", ""),
                 found.get("creator", ""), found.get("title", ""))


def _make_example(path: Path, name: str, fact_type: str, line: int, kind: str, marked: str,
                  facts: tuple[tuple[tuple[str, str], ...], ...], given: Given) -> Example:
    def fail(what: str, remedy: str) -> RuleError:
        return RuleError(f"rule {name!r}: {what}", file=path, line=line, remedy=remedy)

    marked = re.sub(r"\s*¶\s*", "\n\n", marked)
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    length, opened = 0, -1
    for char in marked:
        if char == "<" and opened < 0:
            opened = length
        elif char == ">" and opened >= 0:
            spans.append((opened, length))
            opened = -1
        else:
            plain.append(char)
            length += 1
    if opened >= 0:
        raise fail("a `<` is not closed", "mark the evidence as <words>")
    if kind != "no" and (not spans or not facts):
        raise fail(f"a `{kind}` needs <evidence> and at least one `=>` line", "mark the words and say what they mean")
    for fact in facts:
        for role, _ in fact:
            if role not in ("status", "statedBy", *_SPECIAL) and role_of(fact_type, role) is None:
                raise fail(f"{fact_type} has no role {role!r}", "correct the `=>` line")
    return Example(kind, "".join(plain), tuple(spans), facts, given, line)

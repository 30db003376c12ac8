"""All rules in one index: each pattern is tried only in sentences that hold its rarest literal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.cards import Choice, ClassRef, Element, Optional_, Pattern, Rule, Slot, Verb, Word
from kg.cards.pattern import TEXT_TYPES
from kg.errors import RuleError
from kg.match.frames import Frame, FrameMatcher, make_frame, nominals
from kg.match.linear import LinearMatcher, TooManySteps, class_table, pieces
from kg.match.records import Match, State
from kg.match.scenes import Piece, SceneMatcher, make_scene, plain
from kg.match.view import SentenceView
from kg.model import Mention
from kg.words import WordClasses
from kg.words.forms import forms_of, verb_forms


@dataclass(frozen=True, slots=True)
class _Entry:
    """One pattern, compiled: what a sentence must hold for it (one word of each of ``needs``, a mention for each of ``types``)."""

    rule: Rule
    pattern: Pattern
    frame: Frame | None
    first: _First
    needs: tuple[frozenset[str], ...]
    types: tuple[str, ...]
    scene: tuple[Piece, ...] = ()

    def possible(self, view: SentenceView) -> bool:
        for need in self.needs:
            if need.isdisjoint(view.vocabulary):
                return False
        return all(view.holds(kind) for kind in self.types)


@dataclass(frozen=True, slots=True)
class _First:
    """Where a pattern can begin: at one of these words, at any mention, anywhere."""

    words: frozenset[str]
    mentions: bool = False
    anywhere: bool = False

    def starts(self, view: SentenceView) -> Iterable[int]:
        if self.anywhere:
            return range(len(view))
        return [i for i, word in enumerate(view.words) if word in self.words or (self.mentions and i in view.by_first)]


# Slot types that may take words where no mention begins.
_WORDY = TEXT_TYPES | {"field", "undertaking", "panel", "holding", "gift", "firm", "owner"}


class RuleIndex:
    """Rules compiled for matching."""

    def __init__(self, rules: Sequence[Rule], classes: WordClasses) -> None:
        self.rules = tuple(rules)
        self.classes = classes
        self._by_word: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._entries: list[_Entry] = []
        for rule in rules:
            for pattern in rule.whens:
                self._add(rule, pattern, False)
            for pattern in rule.frames:
                self._add(rule, pattern, True)
            for pattern in rule.scenes:
                self._add(rule, pattern, False, make_scene(pattern))

    def _add(self, rule: Rule, pattern: Pattern, is_frame: bool, scene: tuple[Piece, ...] = ()) -> None:
        self._check_classes(rule, pattern)
        asked = plain(scene) if scene else pattern
        needs = tuple(found | {"'", "’"} if "'s" in found else found for item in asked
                      if not (is_frame and isinstance(item, Verb)) and (found := self._triggers(item)))
        types = tuple(dict.fromkeys(item.type for item in asked if isinstance(item, Slot) and item.type not in _WORDY))
        triggers = self._frame_triggers(pattern) if is_frame else self._rarest(asked)
        # what finds the pattern stands in the sentence anyhow; what is rare is asked for first
        needs = tuple(sorted((need for need in needs if not triggers or not triggers <= need), key=lambda words: (_commonness(words), len(words))))
        entry = _Entry(rule, pattern, make_frame(pattern) if is_frame else None, self._first(pattern), needs, types, scene)
        number = len(self._entries)
        self._entries.append(entry)
        if not triggers:
            self._always.append(number)
        for word in triggers:
            self._by_word.setdefault(word, []).append(number)

    def _check_classes(self, rule: Rule, pattern: Pattern) -> None:
        def walk(items: Iterable[Element]) -> None:
            for item in items:
                names = (item.name,) if isinstance(item, ClassRef) else item.classes if isinstance(item, Verb) else ()
                for name in names:
                    if name not in self.classes:
                        raise RuleError(f"rule {rule.name!r}: the word class {name!r} is unknown", file=rule.file, line=rule.line,
                                        remedy="define it in kg/rules/*.words, or correct its name")
                if isinstance(item, Choice):
                    for option in item.options:
                        walk(option)
                elif hasattr(item, "items"):
                    walk(item.items)

        walk(pattern)

    def _triggers(self, item: Element) -> frozenset[str]:
        """Lower-case words one of which must stand in a sentence for the element to match; empty where none must."""
        if isinstance(item, Word):
            if item.text == "'s":
                return frozenset({"'s", "'", "’"})
            word = max(pieces(item.text), key=len)
            return forms_of(word) if item.inflects else frozenset({word})
        if isinstance(item, ClassRef):
            out: set[str] = set()
            for phrase in self.classes.phrases(item.name):
                first = pieces(phrase.words[0])[0]
                out |= forms_of(first) if phrase.inflects else {first}
            return frozenset(out)
        if isinstance(item, Verb):
            words = {word.split()[0] for word in item.words}
            for name in item.classes:
                words |= {phrase.words[0] for phrase in self.classes.phrases(name)}
            forms: set[str] = set()
            for word in words:
                forms |= verb_forms(word)
                if word == "be":
                    forms |= {"'s", "'re", "'m"}
                if word == "have":
                    forms |= {"'ve"}
            return frozenset(forms)
        if isinstance(item, Choice):
            parts = [self._rarest(option) for option in item.options]
            return frozenset().union(*parts) if all(parts) else frozenset()
        return frozenset()

    def _rarest(self, items: Iterable[Element]) -> frozenset[str]:
        found = [triggers for item in items if (triggers := self._triggers(item))]
        return min(found, key=lambda words: (_commonness(words), len(words))) if found else frozenset()

    def _first(self, items: tuple[Element, ...]) -> _First:
        words: frozenset[str] = frozenset()
        mentions = False
        for item in items:
            inner: list[_First]
            if isinstance(item, Word):
                part = pieces(item.text)[0]
                return _First(words | (forms_of(part) | {part} if item.inflects else {part}), mentions)
            if isinstance(item, ClassRef):
                return _First(words | class_table(self.classes, item.name).keys(), mentions)
            if isinstance(item, Slot) and item.type not in _WORDY:
                return _First(words, True)
            if isinstance(item, Optional_):
                inner = [self._first(item.items)]
            elif isinstance(item, Choice):
                inner = [self._first(option) for option in item.options]
            else:
                return _First(frozenset(), anywhere=True)
            if any(first.anywhere for first in inner):
                return _First(frozenset(), anywhere=True)
            words = words.union(*(first.words for first in inner))
            mentions = mentions or any(first.mentions for first in inner)
            if isinstance(item, Choice):
                return _First(words, mentions)
        return _First(frozenset(), anywhere=True)

    def _frame_triggers(self, pattern: Pattern) -> frozenset[str]:
        verb = next(item for item in pattern if isinstance(item, Verb))
        forms = set(self._triggers(verb))
        bases = {word.split()[0] for word in verb.words} | {p.words[0] for name in verb.classes for p in self.classes.phrases(name)}
        for base in bases:
            forms |= set(nominals().get(base, ()))
        return frozenset(forms)

    def calls(self) -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
        """For each rule by name its patterns as what they call for: of each set one word (as tokens are in lower case) must stand in a
        sentence for the pattern to be tried there. A pattern without sets may be tried in any."""
        words: dict[int, set[str]] = {}
        for word, numbers in self._by_word.items():
            for number in numbers:
                words.setdefault(number, set()).add(word)
        found: dict[str, list[tuple[frozenset[str], ...]]] = {rule.name: [()] if rule.speech else [] for rule in self.rules}
        for number, entry in enumerate(self._entries):
            found[entry.rule.name].append((*([frozenset(words[number])] if number in words else []), *entry.needs))
        return {name: tuple(patterns) for name, patterns in found.items()}

    def candidates(self, view: SentenceView) -> list[int]:
        """Numbers of the patterns worth trying in a sentence, in rule order."""
        found = set(self._always)
        for word in set(view.words):
            found.update(self._by_word.get(word, ()))
        return sorted(found)

    def find(self, view: SentenceView, only: frozenset[str] | None = None, heading: SentenceView | None = None) -> list[Match]:
        """Matches in one sentence, by rule order; of one rule's matches that share their anchor only the fullest one.

        ``heading`` is the heading that the sentence stands under, for rules that read one.
        """
        out: list[Match] = []
        by_rule: dict[str, list[Match]] = {}
        entries = self._entries
        for number in self.candidates(view):
            entry = entries[number]
            if (only is not None and entry.rule.name not in only) or not entry.possible(view):
                continue
            if entry.rule.under and not _stands_under(entry.rule.under, view.sentence.heading):
                continue
            by_rule.setdefault(entry.rule.name, []).extend(self._try(entry, view))
        for rule in self.rules:
            if rule.name in by_rule:
                found = _best([m for m in by_rule[rule.name] if not self._silenced(m, view)])
                if rule.headings:
                    found = [done for m in found if (done := self._under_heading(m, heading)) is not None]
                out += found
        return out

    def _under_heading(self, match: Match, heading: SentenceView | None) -> Match | None:
        """The match with what its rule's slots catch in the heading, None where the heading does not fit."""
        if heading is None:
            return None
        for pattern in match.rule.headings:
            linear = LinearMatcher(heading, self.classes)
            for start in range(len(heading)):
                for _, state in linear.sequence(pattern, start, State()):
                    caught = tuple(replace(b, first=match.first, last=match.first) for b in state.bindings)
                    return replace(match, bindings=(*match.bindings, *caught))
        return None

    def _try(self, entry: _Entry, view: SentenceView) -> list[Match]:
        linear = LinearMatcher(view, self.classes)
        out: list[Match] = []
        try:
            if entry.scene:
                out += [_make_match(entry.rule, state, "scene") for state in SceneMatcher(view, self.classes, linear).matches(entry.scene)]
            elif entry.frame is not None:
                for state, way in FrameMatcher(view, self.classes, linear).matches(entry.frame):
                    out.append(_make_match(entry.rule, state, way))
            else:
                for start in entry.first.starts(view):
                    best: State | None = None
                    for count, (_, state) in enumerate(linear.sequence(entry.pattern, start, State())):
                        if best is None or _fullness(state) > _fullness(best):
                            best = state
                        if count >= 200:
                            break
                    if best is not None and best.spans:
                        out.append(_make_match(entry.rule, best, "when"))
        except TooManySteps:
            pass
        return out

    def _silenced(self, match: Match, view: SentenceView) -> bool:
        for pattern in match.rule.unless:
            linear = LinearMatcher(view, self.classes)
            for start in range(max(0, match.first - 8), match.last):
                for end, _ in linear.sequence(pattern, start, State()):
                    if end > match.first and start < match.last:
                        return True
        return False

    def trace(self, view: SentenceView) -> list[tuple[Rule, str, bool, str]]:
        """For `kg explain`: each candidate pattern, whether it matches, and the words it got to: (rule, source, matched, reached)."""
        out: list[tuple[Rule, str, bool, str]] = []
        for number in self.candidates(view):
            entry = self._entries[number]
            linear = LinearMatcher(view, self.classes)
            matched, furthest = False, -1
            try:
                if entry.scene:
                    matched = any(True for _ in SceneMatcher(view, self.classes, linear).matches(entry.scene))
                    furthest = linear.reached
                elif entry.frame is not None:
                    matched = any(True for _ in FrameMatcher(view, self.classes, linear).matches(entry.frame))
                    furthest = linear.reached
                else:
                    for start in range(len(view)):
                        if any(True for _ in linear.sequence(entry.pattern, start, State())):
                            matched = True
                            break
                        furthest = max(furthest, linear.reached)
            except TooManySteps:
                pass
            key = "scene" if entry.scene else "frame" if entry.frame else "when"
            position = {"scene": entry.rule.scenes, "frame": entry.rule.frames, "when": entry.rule.whens}[key].index(entry.pattern)
            kind = [s for s in entry.rule.sources if s.startswith(key)]
            reached = view.text(max(0, furthest - 4), furthest) if furthest > 0 else ""
            out.append((entry.rule, kind[position], matched, reached))
        return out


def _stands_under(words: tuple[str, ...], heading: str) -> bool:
    """Whether a heading holds one of the words (a plural s does not matter)."""
    held = {word.strip(".,:;()").removesuffix("s") for word in heading.lower().replace("/", " ").split()}
    return any(word.removesuffix("s") in held for word in words)


_COMMON = frozenset((
    "the a an of in on at by for with from to and or but that which who is are was were be been has have had will "
    "it its as not this their our between"
).split())


def _commonness(words: frozenset[str]) -> int:
    return sum(word in _COMMON for word in words)


def _fullness(state: State) -> tuple[int, int, int]:
    items = sum(len(b.items) for b in state.bindings)
    length = (max(b for _, b in state.spans) - min(a for a, _ in state.spans)) if state.spans else 0
    return len({b.role for b in state.bindings if b.role}), items, length


def _make_match(rule: Rule, state: State, way: str) -> Match:
    first = min(a for a, _ in state.spans)
    last = max(b for _, b in state.spans)
    return Match(rule, first, last, state.bindings, state.anchor or (first, last), state.group, way, spans=state.spans)


def _best(matches: list[Match]) -> list[Match]:
    """Of matches of one rule that overlap, the fullest; nominal ones yield to verbal ones."""
    def rank(m: Match) -> tuple[int, int, int, int]:
        return (len({b.role for b in m.bindings if b.role}), sum(len(b.items) for b in m.bindings), m.last - m.first, -m.first)

    kept: list[Match] = []
    for match in sorted(matches, key=rank, reverse=True):
        if all(not _collides(match, other) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: (m.first, m.last))


def _collides(a: Match, b: Match) -> bool:
    """Whether two matches of one rule say the same twice: they share their anchor or all of what one caught."""
    if a.anchor[0] < b.anchor[1] and b.anchor[0] < a.anchor[1] and "scene" not in (a.way, b.way):
        return True
    if a.group is not None and b.group is not None and a.group.first != b.group.first and "nominal" not in (a.way, b.way) and (
            a.group.form == b.group.form == "finite"):
        return False  # "was initialled in March and is to be signed in May"
    caught_a = {(x.role, x.first) for x in a.bindings}
    caught_b = {(x.role, x.first) for x in b.bindings}
    return bool(caught_a) and (caught_a <= caught_b or caught_b <= caught_a)


def mention_kinds(mentions: Sequence[Mention]) -> set[str]:
    """The kinds of all mentions."""
    return {mention.kind for mention in mentions}

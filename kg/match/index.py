"""All rules in one index: each pattern is tried only in sentences that hold its rarest literal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.cards import Choice, ClassRef, Element, Pattern, Rule, Slot, Verb, Word
from kg.errors import RuleError
from kg.match.frames import Frame, FrameMatcher, make_frame, nominals
from kg.match.linear import LinearMatcher, TooManySteps
from kg.match.records import Match, State
from kg.match.scenes import Piece, SceneMatcher, make_scene, plain
from kg.match.steps import WORDY, Steps, make_steps
from kg.match.tables import class_table, pieces, verb_table
from kg.match.view import SentenceView
from kg.words import WordClasses
from kg.words.forms import forms_of, verb_forms

_VERB = "!"  # marks a verb's base form, so that it is no word of the text


@dataclass(frozen=True, slots=True)
class _Entry:
    """One pattern, compiled: what a sentence must hold for it (a word of each of ``needs``, whose bits ``mask`` has; a mention for each of ``types``,
    whose bits ``type_mask`` has)."""

    rule: Rule
    pattern: Pattern
    frame: Frame | None
    steps: Steps | None
    needs: tuple[frozenset[str], ...]
    mask: int
    types: tuple[str, ...]
    type_mask: int
    scene: tuple[Piece, ...] = ()


class RuleIndex:
    """Rules compiled for matching."""

    def __init__(self, rules: Sequence[Rule], classes: WordClasses) -> None:
        self.rules = tuple(rules)
        self.classes = classes
        self._by_word: dict[str, list[int]] = {}  # what is worth a trial where a word stands: all patterns
        self._by_anchor: dict[str, list[int]] = {}  # the same by what is rarest of all that a pattern needs: words, and verbs as verbs
        self._always: list[int] = []
        self._entries: list[_Entry] = []
        self._needs: dict[frozenset[str], int] = {}  # what patterns need, as bits
        self._held: dict[str, int] = {}  # the needs that a word serves
        self._types: dict[str, int] = {}  # the types of slots, as bits
        self._rules = {rule.name: number for number, rule in enumerate(rules)}
        self._triggered: dict[Element, frozenset[str]] = {}
        self._unless = {rule.name: tuple(make_steps(pattern, classes) for pattern in rule.unless) for rule in rules}
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
        types = tuple(dict.fromkeys(item.type for item in asked if isinstance(item, Slot) and item.type not in WORDY))
        triggers = self._frame_triggers(pattern) if is_frame else self._rarest(asked)
        asked_for = (*needs, self._verb_anchors(pattern)) if is_frame else needs
        mask = 0
        for need in asked_for:
            mask |= self._bit(need)
        frame = make_frame(pattern) if is_frame else None
        steps = None if is_frame or scene else make_steps(pattern, self.classes)
        type_mask = 0
        for kind in types:
            type_mask |= self._types.setdefault(kind, 1 << len(self._types))
        entry = _Entry(rule, pattern, frame, steps, needs, mask, types, type_mask, scene)
        number = len(self._entries)
        self._entries.append(entry)
        if not triggers:
            self._always.append(number)
        for word in triggers:
            self._by_word.setdefault(word, []).append(number)
        for word in min(asked_for, key=_frequency, default=()):
            self._by_anchor.setdefault(word, []).append(number)

    def _bit(self, need: frozenset[str]) -> int:
        bit = self._needs.get(need)
        if bit is None:
            bit = self._needs[need] = 1 << len(self._needs)
            for word in need:
                self._held[word] = self._held.get(word, 0) | bit
        return bit

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
        found = self._triggered.get(item)
        if found is None:
            found = self._triggered[item] = self._find_triggers(item)
        return found

    def _find_triggers(self, item: Element) -> frozenset[str]:
        if isinstance(item, Word):
            if item.text == "'s":
                return frozenset({"'s", "'", "’"})
            word = max(pieces(item.text), key=len)
            return forms_of(word) if item.inflects else frozenset({word})
        if isinstance(item, ClassRef):
            out: set[str] = set()
            for phrases in class_table(self.classes, item.name).values():
                for phrase in phrases:
                    out |= sorted(phrase, key=_rarity)[0]
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
        found: dict[str, list[tuple[frozenset[str], ...]]] = {rule.name: [()] if rule.speech or rule.left else [] for rule in self.rules}
        for number, entry in enumerate(self._entries):
            found[entry.rule.name].append((*([frozenset(words[number])] if number in words else []), *entry.needs))
        return {name: tuple(patterns) for name, patterns in found.items()}

    def _verb_anchors(self, pattern: Pattern) -> frozenset[str]:
        """The verbs of a frame by base form, marked as such, or the word that goes with them ("call for"); and the nouns made of them."""
        verb = next(item for item in pattern if isinstance(item, Verb))
        verbs = verb_table(self.classes, verb)
        told = {max(words[1:], key=len) if len(words) > 1 else _VERB + words[0] for phrases in verbs.values() for words in phrases}
        return frozenset(told).union(*(nominals().get(base, ()) for base in verbs))

    def candidates(self, view: SentenceView) -> list[int]:
        """Numbers of the patterns worth trying in a sentence, in rule order."""
        found = set(self._always)
        for word in set(view.words):
            found.update(self._by_word.get(word, ()))
        return sorted(found)

    def _likely(self, view: SentenceView) -> list[_Entry]:
        """The patterns of which all that they need stands in a sentence, in rule order."""
        entries = self._entries
        held = 0
        found = set(self._always)
        for word in (*view.vocabulary, *(_VERB + lemma for lemma in view.lemmas)):
            if word in self._held:
                held |= self._held[word]
                found.update(self._by_anchor.get(word, ()))
        lacking = ~held
        asked = absent = 0  # of the types of slots: those looked for, and those of which no mention stands here
        out: list[_Entry] = []
        for number in sorted(found):
            entry = entries[number]
            if entry.mask & lacking:
                continue
            if entry.type_mask & ~asked:
                asked |= entry.type_mask
                for kind in entry.types:
                    if not view.holds(kind):
                        absent |= self._types[kind]
            if not entry.type_mask & absent:
                out.append(entry)
        return out

    def find(self, view: SentenceView, only: frozenset[str] | None = None, heading: SentenceView | None = None) -> list[Match]:
        """Matches in one sentence, by rule order; of one rule's matches that share their anchor only the fullest one.

        ``heading`` is the heading that the sentence stands under, for rules that read one.
        """
        by_rule: dict[int, list[Match]] = {}
        trial = _Trial(view, self.classes)
        for entry in self._likely(view):
            rule = entry.rule
            if (only is not None and rule.name not in only) or (rule.under and not _stands_under(rule.under, view.sentence.heading)):
                continue
            found = trial.matches(entry)
            if found:
                by_rule.setdefault(self._rules[rule.name], []).extend(found)
        out: list[Match] = []
        for number in sorted(by_rule):
            rule = self.rules[number]
            best = _best([m for m in by_rule[number] if not self._silenced(m, trial)])
            if rule.headings:
                best = [done for m in best if (done := self._under_heading(m, heading)) is not None]
            out += best
        return out

    def _under_heading(self, match: Match, heading: SentenceView | None) -> Match | None:
        """The match with what its rule's slots catch in the heading, None where the heading does not fit."""
        if heading is None:
            return None
        for pattern in match.rule.headings:
            linear = LinearMatcher(heading, self.classes)
            for start in range(len(heading)):
                for _, state in linear.sequence(make_steps(pattern, self.classes), start, State()):
                    caught = tuple(replace(b, first=match.first, last=match.first) for b in state.bindings)
                    return replace(match, bindings=(*match.bindings, *caught))
        return None

    def _silenced(self, match: Match, trial: _Trial) -> bool:
        for steps in self._unless[match.rule.name]:
            trial.linear.start_anew()
            first = max(0, match.first - 8)
            places = trial.linear.places(steps, False) >> first & (1 << max(0, match.last - first)) - 1
            while places:
                start = first + (places & -places).bit_length() - 1
                places &= places - 1
                if any(end > match.first for end, _ in trial.linear.sequence(steps, start, State())):
                    return True
        return False

    def trace(self, view: SentenceView) -> list[tuple[Rule, str, bool, str]]:
        """For `kg explain`: each candidate pattern, whether it matches, and the words it got to: (rule, source, matched, reached)."""
        out: list[tuple[Rule, str, bool, str]] = []
        for number in self.candidates(view):
            entry = self._entries[number]
            trial = _Trial(view, self.classes)
            linear = trial.linear
            matched, furthest = False, -1
            try:
                if entry.scene:
                    matched = any(True for _ in trial.scenes.matches(entry.scene))
                    furthest = linear.reached
                elif entry.frame is not None:
                    matched = any(True for _ in trial.frames.matches(entry.frame))
                    furthest = linear.reached
                else:
                    for start in range(len(view)):
                        if any(True for _ in linear.sequence(entry.steps, start, State())):
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


class _Trial:
    """Patterns tried on one sentence; what one of them finds out about it serves all others."""

    def __init__(self, view: SentenceView, classes: WordClasses) -> None:
        self.view = view
        self.linear = LinearMatcher(view, classes)
        self.frames = FrameMatcher(view, classes, self.linear)
        self.scenes = SceneMatcher(view, self.linear, self.frames.subjects)

    def matches(self, entry: _Entry) -> list[Match]:
        """The matches of one pattern; what was found before its steps were used up where it does not come to an end."""
        self.linear.start_anew()
        out: list[Match] = []
        try:
            if entry.scene:
                for state in self.scenes.matches(entry.scene):
                    out.append(_make_match(entry.rule, state, "scene"))
            elif entry.frame is not None:
                for state, way in self.frames.matches(entry.frame):
                    out.append(_make_match(entry.rule, state, way))
            else:
                out += self._words(entry)
        except TooManySteps:
            pass
        return out

    def _words(self, entry: _Entry) -> Iterator[Match]:
        """The fullest match at each place where the pattern can begin."""
        assert entry.steps is not None
        places = self.linear.places(entry.steps, False) & (1 << len(self.view)) - 1
        while places:
            start = (places & -places).bit_length() - 1
            places &= places - 1
            best: State | None = None
            for count, (_, state) in enumerate(self.linear.sequence(entry.steps, start, State())):
                if best is None or _fullness(state) > _fullness(best):
                    best = state
                if count >= 200:
                    break
            if best is not None and best.spans:
                yield _make_match(entry.rule, best, "when")


def _stands_under(words: tuple[str, ...], heading: str) -> bool:
    """Whether a heading holds one of the words (a plural s does not matter)."""
    held = {word.strip(".,:;()").removesuffix("s") for word in heading.lower().replace("/", " ").split()}
    return any(word.removesuffix("s") in held for word in words)


_COMMON = frozenset((
    "the a an of in on at by for with from to and or but that which who is are was were be been has have had will "
    "it its as not this their our between"
).split())


# Of a hundred sentences on relations between states about as many hold the word; one that is not listed stands in few.
_OFTEN = {word: share for share, words in (
    (60, "the , of and !be"), (45, "in to a"), (20, "for on with by at from 's is as that its has was an - are been"),
    (9, "! !have have be it also which will were this their between not or up than other country countries : ( ) ' ’"),
    (4, "out over down into about both new first more he his we our two cooperation relations trade economic !take !make !become !hold !give !open !come")
) for word in words.split()}


def _frequency(words: frozenset[str]) -> float:
    """In how many of a hundred sentences one of the words may stand, about."""
    return sum(_OFTEN.get(word, 0.3) for word in words)


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    """What sorts the words that may stand at one place, those first that stand in the fewest sentences: no common ones, long ones."""
    return _commonness(words), -min(map(len, words))


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

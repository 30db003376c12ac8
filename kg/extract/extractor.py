"""Document -> facts: pure, deterministic, no files and no RDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.cards import Rule, read_rules
from kg.context import NOT_UNTIL
from kg.extract.checks import problem_of
from kg.extract.counts import RULE as COUNTS_RULE
from kg.extract.counts import VERSION as COUNTS_VERSION
from kg.extract.counts import read_counts
from kg.extract.dates import carried_date, nearby, nearby_place, recalled_date, years_before
from kg.extract.dating import (
    current_year,
    date_beside,
    date_from_on,
    date_in_target,
    date_included,
    date_of_event,
    date_of_frame,
    date_of_guest,
    date_of_lead,
    date_of_narrative,
    date_of_speaker,
    date_of_talks,
    date_of_visit,
    date_put_off,
    date_there,
    further_dates,
    spread_visit,
    standing_date,
    year_of_marking,
    years_passed,
)
from kg.extract.ends import ends_of
from kg.extract.fill import Circumstances, fill_roles, named_inside, settle_abroad, settle_recipient, spread_roles
from kg.extract.gapping import denied_of_others, gapped, gapped_in_time, is_bare_denial
from kg.extract.homes import give_offices_their_state
from kg.extract.meetings import meet_apart, settle_meeting
from kg.extract.reading import Reading, read
from kg.extract.registers import VERSION as REGISTER_VERSION
from kg.extract.registers import read_register
from kg.extract.relevance import is_foreign, relevant_spans
from kg.extract.remarks import drop_captured, find_remarks
from kg.extract.roles import (
    Draft,
    complete,
    complete_between,
    is_joint,
    localised,
    make_drafts,
    name_sub_bodies,
    settle_dates,
    split_figure,
    with_entities,
)
from kg.extract.stages import is_in_the_world, stage_of
from kg.extract.stances import DENYING, drop_nested, has_target, is_balanced, name_target, settle_stance, tells_stance, trim_target
from kg.extract.tables import RULE as TABLE_RULE
from kg.extract.tables import VERSION as TABLE_VERSION
from kg.extract.tables import find_tables, read_table
from kg.extract.titles import add_title, term_dates
from kg.extract.versions import Versions
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.match import Match, RuleIndex, SentenceView
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Sentence, Term, Value
from kg.resources import rules_folder
from kg.terms import SYMMETRIC_KINDS
from kg.values import date_bounds
from kg.words import WordClasses, load_classes
from kg.words.closed import BE, DO, HAVE, MODALS

_DATED = frozenset({"date", "period"})
# Whether a noun that a rule hangs on names something that happens, and so stands under the verb of its clause; else the noun tells.
_EVENT = {"ProjectStatus": True, "Meeting": True, "EventFact": True, "OfficeHolding": False, "Relationship": False, "Ownership": False,
          "Membership": False, "Presence": False}
# Types whose date is what the rule captured only: a date near them dates something else.
_NAMED_YEAR = re.compile(r"(?<=[ -])((?:19|20)\d\d)$")
_DATED_BY_NAME = frozenset({"EventFact"})
_DATED_BY_STAY = frozenset({"Meeting", "AgreementAction", "Position", "DiplomaticRelations", "OrganisationEvent", "ProjectStatus", "Cooperation", "JointBody", "Remark", "Relationship"})
# Types of what is so when the document is written: "currently" tells the year.
_CURRENT = frozenset({"Indicator", "Membership"})
_BEGINNING = frozenset("become upgrade elevate raise turn establish form forge".split())
_CARRIED = frozenset({"TradeFigure"})
_STANDING = frozenset({"OfficeHolding", "Relationship"})
_TAKING_OFFICE = frozenset("appoint elect re-elect reelect name reappoint install designate crown proclaim inaugurate choose swear vote sweep assume take enter succeed replace "
                           "present begin start become".split())


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with figures or two actors that gave no fact. ``weight`` counts what is in it."""

    start: int
    end: int
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Trial:
    """One rule tried on one sentence, for `kg explain --sentence`."""

    rule: str
    pattern: str
    matched: bool
    reached: str


class Extractor:
    """Applies one set of rules to documents. Make it once, use it for many documents; it holds no state of theirs."""

    def __init__(self, rules: Sequence[Rule] | None = None, gazetteer: Gazetteer | None = None, classes: WordClasses | None = None) -> None:
        self.gazetteer = gazetteer or load_gazetteer()
        self.rules = tuple(rules) if rules is not None else read_rules()
        self.index = RuleIndex(self.rules, classes or load_classes(rules_folder()))
        self._yielding = frozenset(rule.name for rule in self.rules if rule.yields)
        self._versions: Versions | None = None
        self._look_back = frozenset(rule.name for rule in self.rules if any(filler in ("before", "same", "theirs") for _, filler in rule.fill))

    @property
    def versions(self) -> Versions | None:
        """What tells whether a document would be read as before; None where it cannot be told (a gazetteer of no files)."""
        if self._versions is None and self.gazetteer.version:
            self._versions = Versions(self.rules, self.index.classes, self.index.calls(), self.gazetteer.version)
        return self._versions

    def extract(self, document: Document) -> tuple[Fact, ...]:
        """The facts of a document in text order; the same document gives the same facts."""
        return self.analyse(document)[0]

    def extract_reading(self, reading: Reading, only: frozenset[str] | None = None) -> tuple[Fact, ...]:
        """The facts of a document already read; `only` names the rules to use."""
        tried = None if only is None or self._look_back & only else only
        facts: list[Fact] = []
        topics: list[Fact] = []  # what was spoken of without a figure
        headings: dict[str, SentenceView] = {}
        found = find_tables(reading.views)
        told = 0
        for index, view in enumerate(reading.views):
            if index in found:
                made = self._table_facts(reading, index, found[index], facts) or self._count_facts(reading, index, found[index])
                facts += made or self._register_facts(reading, index, found[index])
                told = index + len(found[index]) if made else 0  # its rows are read: no sentences
            if index < told:
                continue
            if view.sentence.kind == "heading":
                headings[reading.document.text[view.sentence.start:view.sentence.end].rstrip(" :")] = view
            if not view.mentions and len(reading.pair) != 2:
                continue
            facts += self._sentence_facts(reading, view, tried, _heading_of(view, headings), facts, topics, only is not None)
        if only is not None:
            facts = [fact for fact in (*facts, *topics) if fact.activity.rule in only]
        kept = drop_nested(drop_captured(reading, _drop_retold(_join_events(_drop_vague_offices(_drop_subsumed(facts)))), self._yielding))
        kept += find_remarks(reading, self.rules, kept, only)
        return tuple(_merge(fold_offices(give_offices_their_state(kept, reading))))

    def analyse(self, document: Document) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
        """Facts and gaps of a document, read once; none of either where it is not about states at all."""
        if is_foreign(document.text, self.gazetteer):
            return (), ()
        names = self.gazetteer.find_names(document.text)
        spans = relevant_spans(document.text, names)
        if not spans:
            return (), ()
        reading = read(document, self.gazetteer, spans=spans, names=names)
        facts = self.extract_reading(reading)
        return facts, find_gaps(reading, facts)

    def gaps(self, document: Document) -> tuple[Gap, ...]:
        """Sentences with figures or two actors that give no fact, most telling first."""
        return self.analyse(document)[1]

    def try_sentence(self, document: Document) -> tuple[Trial, ...]:
        """Which rules match in a (one-sentence) document, and how far the others get."""
        out: list[Trial] = []
        for view in read(document, self.gazetteer).views:
            for rule, source, matched, reached in self.index.trace(view):
                out.append(Trial(rule.name, source, matched, reached))
        return tuple(out)

    def _sentence_facts(self, reading: Reading, view: SentenceView, only: frozenset[str] | None, heading: SentenceView | None,
                        before: Sequence[Fact], topics: list[Fact], alone: bool = False) -> list[Fact]:
        facts: list[Fact] = []
        told: set[int] = set()  # where the figures stand of which a fact was made
        firmly: dict[str, set[int]] = {}  # the same by type, of rules that do not look back
        waiting: list[Match] = []
        gaps: list[Match] = []  # what goes on without a verb
        matches = self.index.find(view, only, heading)
        for match in matches:
            if match.rule.topic:
                topics += self._match_facts(reading, view, match, before)
        matches = [match for match in matches if not match.rule.topic]
        for match in sorted(matches, key=lambda m: (m.way == "scene", m.rule.name in self._look_back, m.first if m.rule.name in self._look_back else 0)):
            figures = _figures(match)
            if gaps and (match.way == "scene" or match.rule.name in self._look_back):
                facts += self._gap_facts(reading, view, gaps, told, firmly, [*before, *facts])
            if match.way == "scene" and figures & told:
                continue
            if not alone and match.rule.name in self._look_back and figures and figures <= firmly.get(match.rule.type, frozenset()):
                continue  # a rule that needs no fact before has told it
            made = self._match_facts(reading, view, match, [*before, *facts], topics)
            told |= figures if made else set()
            if made and match.rule.name not in self._look_back:
                firmly.setdefault(match.rule.type, set()).update(figures)
            facts += made
            gaps += (*gapped(view, match), *gapped_in_time(view, match), *denied_of_others(view, match)) if made else ()
            if not made and match.way != "scene" and match.rule.name in self._look_back:
                waiting.append(match)
        facts += self._gap_facts(reading, view, gaps, told, firmly, [*before, *facts])
        for match in waiting:  # what goes on with a fact that only a scene has told: "2016 – $2 million; 2017 – $3 million"
            own = {item.start for b in match.bindings if b.role for item in b.items if not isinstance(item, str) and item.kind in _FIGURES}
            if not own & told:
                facts += self._match_facts(reading, view, match, [*before, *facts], topics)
        return facts

    def _gap_facts(self, reading: Reading, view: SentenceView, gaps: list[Match], told: set[int], firmly: dict[str, set[int]], before: Sequence[Fact]) -> list[Fact]:
        """Facts of what goes on without a verb, where no rule has told them; the matches are used up."""
        out: list[Fact] = []
        known = frozenset(told)
        for match in gaps:
            if not _figures(match) & known and (made := self._match_facts(reading, view, match, [*before, *out])):
                told |= _figures(match)
                firmly.setdefault(match.rule.type, set()).update(_figures(match))
                out += made
        gaps.clear()
        return out

    def _table_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView], known: Sequence[Fact]) -> list[Fact]:
        """Facts of a table by the built-in rule of `kg.extract.tables`."""
        out: list[Fact] = []
        for found in read_table(reading, first, rows, known, self.index.classes):
            if not problem_of(found.draft, ()):
                activity = Activity(TABLE_RULE, TABLE_VERSION, (), found.notes)
                out.append(_make_fact(found.draft, "Asserted", (), found.evidence, activity, reading.document.identifier))
        return out

    def _count_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView]) -> list[Fact]:
        """Facts of a table of counts by the built-in rule of `kg.extract.counts`."""
        return [
            _make_fact(found.draft, "Asserted", (), found.evidence, Activity(COUNTS_RULE, COUNTS_VERSION, (), found.notes), reading.document.identifier)
            for found in read_counts(reading, first, rows, self.index.classes) if not problem_of(found.draft, ())
        ]

    def _register_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView]) -> list[Fact]:
        """Facts of a table of visits or agreements by the built-in rules of `kg.extract.registers`."""
        return [
            _make_fact(entry.draft, "Asserted", (), entry.evidence, Activity(entry.rule, REGISTER_VERSION), reading.document.identifier)
            for entry in read_register(reading, first, rows, self.index.classes) if not problem_of(entry.draft, ())
        ]

    def _match_facts(self, reading: Reading, view: SentenceView, match: Match, before: Sequence[Fact], topics: Sequence[Fact] = ()) -> list[Fact]:
        document = reading.document
        if (match.rule.type == "OfficeHolding" and (_of_the_next(view, match) or _of_the_last(view, match))) or _is_asked(view, match) or _echoes(view, match) or _some_of_people(view, match) or _is_level(view, match):
            return []
        start, end = view.tokens[match.first].start, view.tokens[match.last - 1].end
        anchor_start = view.tokens[match.anchor[0]].start
        speakers = tuple(localised(e, document.sha256) for e in reading.speakers_at(start, end))
        inner = tuple(localised(e, document.sha256) for e in reading.speakers_at(anchor_start, anchor_start + 1))
        given = Circumstances(
            reading.pair, reading.side_at(start), inner or speakers, reading.author, self.gazetteer.entity,
            gazetteer=self.gazetteer, issued=document.issued, before=_before(reading, view, _goes_on_from(view, match, start), match.rule, before, topics),
            offices=tuple(m.concept for m in view.mentions if m.kind == "office" and m.last <= match.first and m.concept is not None),
            inside=named_inside(view, match), others_only=_others_only(view, reading.pair), near=_named_near(reading, view), elsewhere=_dealt_elsewhere(view, reading.pair), joint=not _JOINT.isdisjoint(view.vocabulary) or any(m.kind == "pair" for m in view.mentions),
            theirs=_held_by(match, [f for f in before if f.evidence[0].end <= anchor_start], document.sha256) if any(filler == "theirs" for _, filler in match.rule.fill) else None,
            spoken=next((_spoken(reading, view, match, before, role) for role, filler in match.rule.fill if filler == "spoken"), None),
            lead=_lead(reading, view, match, before) if match.rule.type == "OfficeHolding" else None,
            land=_land(reading, view, match) if any(filler == "land" for _, filler in match.rule.fill) else None,
        )
        if given.before is not None and match.rule.type == "Indicator" and not _goes_on_with(view, match, given.before):
            given = replace(given, before=None)
        status = reading.status(view, *match.anchor, event=_EVENT.get(match.rule.type))
        if match.group is None and match.way in ("nominal", "when") and status.word == "Asserted" and _is_scheduled(view, match):
            status = replace(status, word="Planned", cues=("scheduled",))
        out: list[Fact] = []
        drafts = [d for draft in make_drafts(meet_apart(name_sub_bodies(with_entities(match, view.mentions), view.words), view.words), document.sha256) for d in spread_roles(draft, match.rule.fill, given)]
        for draft in drafts:
            span = [_evidence_start(view, match, match.rule.name in self._look_back), end]
            if "place" in match.rule.also and not draft.roles.get("place"):
                place = nearby_place(view, match)
                named = [b.first for b in match.bindings if b.role == "name"] if ("place", "inside") in match.rule.fill else []
                if place is not None and not (named and place.first < named[0] and any(i.home for i in named_inside(view, match))):
                    draft.add("place", localised(place.entities[0], document.sha256))
            _drop_compared(draft, view, match)
            complete(draft, _states_in_body(view, match), document.sha256)
            if draft.type == "JointBody" and not draft.roles.get("between") and not is_joint(draft):
                continue
            if draft.type == "JointBody" and any(isinstance(b, Entity) and b.known and b.iri.rsplit("/", 1)[-1].startswith("united-nations") for b in draft.roles.get("body", ())):
                continue  # "the Council" of the United Nations is no body of the two
            _take_up(draft, match, given.before)
            fill = match.rule.fill
            if draft.type in ("InvestmentFigure", "TradeFigure") and _acts_jointly(view, match, reading.pair):
                fill = tuple(pair for pair in fill if pair[1] != "other")
            if draft.type == "AgreementAction" and not add_title(draft, view, match, self.gazetteer, document.sha256):
                fill = tuple(pair for pair in fill if pair != ("party", "pair"))
            if draft.type == "Meeting" and any(b.role == "host" and any(getattr(i, "kind", "") == "pronoun" and i.text.lower() == "we" for i in b.items if not isinstance(i, str))
                                               for b in match.bindings):
                draft.roles.pop("host", None)  # "we have held a forum": who speaks, not where
            notes = fill_roles(draft, fill, given)
            complete_between(draft)
            if draft.type == "Meeting" and not settle_meeting(draft, self.gazetteer.state_of):
                continue
            if draft.type == "Presence":
                settle_abroad(draft, match, view, reading.pair, self.gazetteer)
            if draft.type == "InvestmentFigure":
                settle_recipient(draft, match, reading.pair)
            mention = None
            if not draft.dates and "date" in match.rule.also and (passed := years_passed(view, match, document.issued)) is not None:
                draft.dates.append(passed)
            if not draft.dates and (_begins(draft, view, match) or ("date" in match.rule.also and draft.type not in _STANDING)):
                mention = nearby(view, match, _DATED)
                if mention is not None and mention.kind == "period" and mention.value is not None and mention.value.start_date and any(term is mention.value for _, term in draft.term):
                    mention = None  # "the programme for 2018-2022 was signed": how long it holds, not when
                if mention is not None and mention.value is not None:
                    draft.dates.append((date_from_on(view, mention) if NOT_UNTIL in status.cues or (
                        view.word(mention.first - 1) == "not" and view.word(mention.last) == "that") else date_put_off(view, mention)) or mention.value)
                    if mention.last > match.last and mention.first - match.last <= 4:
                        span[1] = mention.end
                    notes.append(f"date from {mention.text!r}")
                elif (told := self._told_date(reading, view, match, draft, [*before, *(t for t in topics if t.evidence[0].start >= view.sentence.start)])) is not None and not (
                        status.word == "Planned" and told.latest and told.latest < document.issued[:10]):
                    draft.dates.append(told)
                    notes.append("date from what is told before")
            further = further_dates(view, match, draft, mention) if mention is not None else []
            if not draft.dates and (included := date_included(draft, view, match, reading.sentences, before)) is not None:
                draft.dates.append(included)
            if not draft.dates and draft.type == "AgreementAction" and match.rule.under and (led := date_of_lead(view, reading.sentences, before)) is not None:
                draft.dates.append(led)
                notes.append("date of the occasion")
            if not draft.dates and draft.type in _STANDING and (stood := standing_date(view, match, draft.type)) is not None:
                draft.dates.append(stood)
                notes.append("date of what stands")
            if draft.type in _CURRENT and (match.rule.status or status.word) == "Asserted" and not draft.dates and (now := current_year(view, match, document.issued)) is not None:
                draft.dates.append(now)
            spread_visit(draft, view, match)
            settle_dates(draft, document.text)
            if draft.type in _DATED_BY_NAME and not draft.dates and (year := _year_in_name(draft)) is not None:
                draft.dates.append(year)
            self._seat_capital(draft, view, match, document.issued)
            if draft.type in ("Meeting", "EventFact") and not draft.roles.get("place") and (seat := _seat(match, self.gazetteer)) is not None:
                draft.add("place", localised(seat, document.sha256))
            if "ends" in match.rule.also and (ends := ends_of(view, match, self.gazetteer)) is not None:
                if not any(b.role == "place" for b in match.bindings):
                    draft.roles.pop("place", None)  # a line runs between places: none of them is where it is
                for role, entity in zip(("origin", "destination"), ends, strict=True):
                    if not draft.roles.get(role):
                        draft.add(role, localised(entity, document.sha256))
            if draft.years_ago:
                recalled = years_before(view, next(iter(draft.dates), None), draft.years_ago, document.issued, match)
                draft.dates = [recalled] if recalled is not None else []
            self._order(draft)
            problem = problem_of(draft, match.rule.need, match.rule.topic)
            if problem:
                continue
            word = match.rule.status or status.word
            if word == "Asserted" and draft.type in ("Meeting", "EventFact") and _is_ahead(draft, document.issued):
                word = "Planned"  # "the fair opens on 9 June"
            if word == "Denied" and draft.type in _OF_WHAT and match.group is not None and match.group.negated and match.group.lemma in _LIMITS:
                word = "Asserted"  # "it did not exceed $45 million" tells the most that it was
                draft.roles["qualifier"] = [Concept("qualifier", _LIMITS[match.group.lemma])]
            said = speakers if draft.type != "Remark" else tuple(s for s in speakers if s not in draft.roles.get("speaker", ()))
            if draft.type == "OfficeHolding" and match.group is None and not reading.in_turn(start):
                said = ()  # a title is said in passing, whoever is quoted
            if draft.type == "Remark":
                if all(isinstance(c, str) and (len(c.split()) < 2 or _BROKEN.match(c)) for c in draft.roles.get("content", ())):
                    continue  # "described relations as good", "complained of | it to the chancellor"
                if status.word in ("Hypothetical", "Denied"):
                    continue  # nobody has said it
                word = match.rule.status or "Asserted"
            if word in ("Planned", "Hypothetical") and draft.type != "Position" and _not_merely(view, match):
                continue  # "not merely planned but under construction"
            if draft.type == "Meeting" and word == "Hypothetical" and "invite" in status.cues and not any(
                    isinstance(k, Concept) and k.word == "visit" for k in draft.roles.get("kind", ())):
                continue  # "was invited to address the summit": the summit itself is held
            if draft.type in ("Meeting", "EventFact") and word in ("Asserted", "Planned") and _called_off(view, match):
                word = "Denied"
            if status.word == "Denied" and status.cues and status.cues[-1] in DENYING and draft.type not in ("OfficeHolding", "Remark"):
                word = "Denied"  # "denied a report that ...": whatever the rule says
            if draft.type == "Position":
                name_target(draft, view, match, document.sha256)
                if not tells_stance(view, match) or not has_target(draft):
                    continue
                trim_target(draft, view, match)
                if status.word == "Denied" and match.group is not None and any(view.word(k) in ("not", "n't", "never") for k in range(match.group.first, min(match.group.last + 2, len(view)))):
                    word = "Denied"  # "is not ready to": whatever the rule says
                word = settle_stance(draft, word, match, is_balanced(view, match), status.cues[-1] if status.cues else "")
            if word != "Denied" and draft.type not in ("Remark", "OfficeHolding") and _refuted(document.text, view, match):
                word = "Denied"
            if draft.type in _OF_WHAT and word in ("Planned", "Hypothetical") and _comes_from(view, match, draft, document.issued):
                word = "Asserted"
            if draft.type == "ProjectStatus" and len(reading.pair) != 2 and not is_in_the_world(draft, view, match):
                continue
            if draft.type == "AgreementAction" and len(reading.pair) != 2 and not draft.roles.get("party") and not draft.roles.get("by"):
                continue  # "this agreement" of a licence
            if draft.type == "ProjectStatus":
                draft.roles["stage"] = [Concept("stage", stage_of(s.word, word, match)) for s in draft.roles["stage"] if isinstance(s, Concept)]
            captured = tuple((b.role, " ".join(document.text[view.tokens[b.first].start:view.tokens[b.last - 1].end].split()))
                             for b in match.bindings if b.role and b.last > b.first)
            activity = Activity(match.rule.name, match.rule.version, captured,
                                (f"way: {match.way}", *(f"status cue: {cue}" for cue in status.cues), *notes))
            figures = split_figure(draft, match)
            figures += [replace(one, dates=[value]) for one in figures[:1] for value in further]
            comma, last = _apart(view, match) if draft.type in ("TradeFigure", "InvestmentFigure") else (0, 0)
            for one in figures:
                evidence = Evidence(span[0], span[1])
                if comma:
                    evidence = Evidence(span[0], view.tokens[comma - 1].end) if one.roles.get("amount") else Evidence(
                        view.tokens[comma + 1].start, view.tokens[last - 1].end)
                out.append(_make_fact(one, word, said, evidence, activity, document.identifier))
        return out

    @staticmethod
    def _told_date(reading: Reading, view: SentenceView, match: Match, draft: Draft, before: Sequence[Fact]) -> Value | None:
        """The date that the clause takes from what was told before it: from the visit "during" which it happened, from the figure before."""
        group = match.group
        if draft.type == "AgreementAction" and len(reading.document.issued) == 10 and "just" in view.words[
                max(0, match.anchor[0] - 1):match.anchor[1]] and (group is None or group.perfect or group.form == "participle"):
            earliest, latest = date_bounds(reading.document.issued)
            return Value(0, 0, "date", reading.document.issued, earliest=earliest, latest=latest)  # "have just signed"
        if draft.type in _CARRIED:
            if not draft.roles.get("amount") and not draft.roles.get("changePercent"):
                return None
            return carried_date(view, match, reading.sentences, before)
        if draft.type in _OF_WHAT and draft.roles.get("changePercent") and any(filler == "before" for _, filler in match.rule.fill):
            within = [f for f in before if f.evidence[0].start >= view.sentence.start]
            return carried_date(view, match, reading.sentences, within)  # "780,000 came in 2018 (-5%)"
        if draft.type == "Position" and (inside := date_in_target(view, match, reading.document.issued)) is not None:
            return inside
        if (event := date_of_event(view, match)) is not None:
            return event
        if draft.type == "EventFact":
            return year_of_marking(draft, match, reading.document.issued)
        if draft.type == "Meeting" and (beside := date_beside(view, match)) is not None:
            return beside
        if (there := date_there(view, match)) is not None:
            return there
        recalled = recalled_date(view, match, reading.sentences, before) if draft.type in _DATED_BY_STAY else None
        return (recalled or date_of_speaker(view, match, draft, reading.sentences, before) or date_of_visit(view, match, draft, reading.sentences, before)
                or date_of_narrative(view, match, draft, reading.sentences, before) or date_of_talks(draft, view, match, reading.sentences, before)
                or date_of_guest(view, match, draft, reading.document.issued)
                or date_of_frame(view, match, draft, reading.views[at - 1] if (at := reading.places[view.sentence.start]) else None))

    def _seat_capital(self, draft: Draft, view: SentenceView, match: Match, issued: str) -> None:
        """Puts the city for "in the capital of Chad", where the state stands as place."""
        for binding in match.bindings:
            if binding.role == "place" and view.words[max(0, binding.first - 3):binding.first][-2:] in (["capital", "of"], ["of", "the"]) and "capital" in view.words[
                    max(0, binding.first - 3):binding.first]:
                states = [t for t in draft.roles.get("place", ()) if isinstance(t, Entity) and t.kind == "state"]
                city = self.gazetteer.capital(states[0].iri, issued) if len(states) == 1 else ""
                if city:
                    draft.roles["place"] = [self.gazetteer.entity(city)]

    @staticmethod
    def _order(draft: Draft) -> None:
        """Symmetric relations stand in one order, so that both wordings are one fact."""
        kinds = {getattr(k, "word", "") for k in draft.roles.get("kind", ())}
        if draft.type == "Relationship" and kinds & SYMMETRIC_KINDS:
            a, b = draft.roles.get("subject", []), draft.roles.get("object", [])
            if len(a) == 1 and len(b) == 1 and isinstance(a[0], Entity) and isinstance(b[0], Entity) and a[0].iri > b[0].iri:
                draft.roles["subject"], draft.roles["object"] = b, a


# How many sentences a rule that fills roles with "before" looks back.
_BACK = 3


def _goes_on_with(view: SentenceView, match: Match, before: Fact) -> bool:
    """Whether the fact before tells the figure that the match steps over: "486,000 nights, 12 percent more" tells nothing of "2,800 Slovenes"."""
    over = [i for b in match.bindings if not b.role for i in b.items if not isinstance(i, str) and i.kind in _FIGURES]
    first = match.bindings[0] if match.bindings else None
    if first is None or first.role or first.first != match.first or not over:
        return True
    return any(e.start < i.end and i.start < e.end for i in over for e in before.evidence)


def _goes_on_from(view: SentenceView, match: Match, start: int) -> int:
    """Where what a match tells begins: behind a figure that it only steps over ("1,200 trucks, compared with 400 in 2008")."""
    if match.bindings and not match.bindings[0].role and match.bindings[0].first == match.first:
        bound = [b.first for b in match.bindings if b.role and b.last > b.first]
        return view.tokens[min(bound)].start if bound else start
    return start


def _heading_of(view: SentenceView, headings: dict[str, SentenceView]) -> SentenceView | None:
    """The heading that a sentence stands under, also where the words that lead in its list follow it."""
    over = view.sentence.heading.rstrip(" :")
    found = headings.get(over)
    return found or next((headings[name] for name in sorted(headings, key=len, reverse=True) if name and over.startswith(f"{name} ")), None)


def _apart(view: SentenceView, match: Match) -> tuple[int, int]:
    """The comma behind which a change is told apart from the amount, and where that ends: ", down 13 percent on the year before"; zeros elsewhere."""
    change = next((b for b in match.bindings if b.role == "changePercent" and b.last > b.first), None)
    if change is None:
        return 0, 0
    comma = next((k for k in range(change.first - 1, max(change.first - 7, match.first), -1) if view.word(k) == ","), -1)
    if comma < 0 or any(b.first <= comma < b.last for b in match.bindings) or not any(b.role in ("amount", "") and b.type == "money" and b.last <= comma for b in match.bindings):
        return 0, 0
    last = match.last
    if view.word(last) in ("on", "over", "than", "from", "compared", "against"):
        last = next((m.last for m in view.mentions if m.kind in ("date", "period") and last < m.first <= last + 4), last)
        last = last if last > match.last or view.word(last + 1) != "the" or view.word(last + 3) != "before" else last + 4
    return comma, last


_ASKING = BE | HAVE | DO | MODALS


def _drop_compared(draft: Draft, view: SentenceView, match: Match) -> None:
    """Takes out what something is only compared with: "less than in Tanzania"."""
    for binding in match.bindings:
        if binding.role in ("recipient", "counterpart", "partner", "place", "in", "investor") and binding.last > binding.first and (
                view.word(binding.first - 1) in ("in", "to", "from", "with", "for", "by", "at")) and view.word(binding.first - 2) in ("than", "unlike"):
            draft.roles.pop(binding.role, None)
        elif draft.type == "Indicator" and binding.role == "counterpart":
            value = next((b.last for b in match.bindings if b.role == "value"), binding.first)
            between = view.words[value:binding.first]
            if any(word[:1].isdigit() for word in between) and "who" not in between and any(one == "of" and two in ("them", "these", "those", "whom", "which") for one, two in pairwise(between)):
                draft.roles.pop("counterpart", None)  # "35,000 students, 1,500 of them from Chad"


def _is_asked(view: SentenceView, match: Match) -> bool:
    """Whether the verb of the match stands in a question that may be answered with no ("Did Chad ever sell arms to Togo?")."""
    if match.group is None or match.rule.type == "Remark" or "?" not in view.words[match.last - 1:]:
        return False
    end = next((i for i in range(match.last - 1, len(view)) if view.word(i) in ("?", ".", "!")), -1)
    if end < 0 or view.word(end) != "?":
        return False
    start = next((i + 1 for i in range(match.anchor[0] - 1, -1, -1) if view.word(i) in ("?", ".", "!", "“", '"', ":", "‘")), 0)
    return view.word(start) in _ASKING


def _acts_jointly(view: SentenceView, match: Match, pair: Sequence[Entity]) -> bool:
    """Whether the one whose figure it is stands beside the other of the pair: "Chad and Togo will invest $2 billion" names no recipient."""
    own = [i for b in match.bindings if b.role in ("investor", "reporter") for i in b.items if not isinstance(i, str)]
    sides = {s.iri for s in pair}
    return any(view.word(m.first - 1) == "and" and o.last in (m.first - 1, m.first - 2) and o.entities and o.entities != m.entities and {e.iri for e in (*o.entities, *m.entities)} == sides
               for m in own for o in view.mentions if o.kind == "state" and o.form == m.form)


def _echoes(view: SentenceView, match: Match) -> bool:
    """Whether the verb only says that others do as told: "Chad recognised it, and so have 130 states"."""
    group = match.group
    if group is not None and match.anchor[0] == group.first and is_bare_denial(view, group):
        return True  # "the Russians have not"
    return group is not None and group.last - group.first == 1 and view.word(group.first - 1) in ("so", "neither", "nor") and view.word(group.first) in (
        *HAVE, *DO, *BE, *MODALS) and view.word(group.first - 2) in ("and", ",", ";", "but", "") and not any(
            m.kind == "pair" and m.last == group.first for m in view.mentions)  # "Neither is a member"


def _comes_from(view: SentenceView, match: Match, draft: Draft, issued: str) -> bool:
    """Whether a figure is that from which a planned one rises: "to raise trade to $500 million by 2020, from $224 million in 2017"."""
    risen = next((b for b in match.bindings if b.role in ("amount", "value") and view.word(b.first - 1) == "from"), None)
    if risen is not None and draft.dates and "to" in view.words[risen.last:risen.last + 3] and all(d.date > issued for d in draft.dates):
        draft.dates.clear()  # "will go up from 500 to 1,100 megawatts by 2020"
        return True
    return risen is not None and bool(draft.dates) and bool(issued) and all(d.date and d.date[:4] <= issued[:4] for d in draft.dates)


_BROKEN = re.compile(r"(?i)it (?:to|in|on|at|by|from|with) [A-Z]|(?:out|off|up|down|away) ")
_OFF = frozenset("postponed cancelled canceled deferred".split())


def _called_off(view: SentenceView, match: Match) -> bool:
    """Whether a bracket behind a meeting says that it did not take place: "visit to Oslo in May (postponed)"."""
    opening = next((i for i in range(match.last, min(match.last + 6, len(view))) if view.word(i) in ("(", ";", ".")), len(view))
    inside = view.words[opening + 1:opening + 5]
    return view.word(opening) == "(" and (bool(_OFF & {*inside[:1]}) or inside[0:2] == ["called", "off"] or inside[2:4] == ["called", "off"])


def _is_level(view: SentenceView, match: Match) -> bool:
    """Whether a percentage caught as a change is what something stands at: "growth fell below 2 percent"."""
    return any(b.role == "changePercent" and view.word(b.first) in ("below", "above", "under", "beyond") for b in match.bindings)


_PART_OF_PEOPLE = frozenset("most many some few several half two three four five ten percent cent majority third thirds quarter minority handful part thousands millions hundreds "
                            "dozens of more fewer young ordinary poor rich older other number".split())
_TAKING_SIDES = {"Position": "actor", "Remark": "speaker"}


def _some_of_people(view: SentenceView, match: Match) -> bool:
    """Whether those who take a stance or speak are only some of a people: "most Greeks oppose", "Mongolians in Seoul complain"."""
    role = _TAKING_SIDES.get(match.rule.type, "")
    some = next((i for b in match.bindings if b.role == role for i in b.items if not isinstance(i, str) and i.form == "people"), None)
    return some is not None and (view.word(some.first - 1) in _PART_OF_PEOPLE or view.word(some.last) in ("in", "at", "from", "who", "living", "abroad") or any(
        m.kind in ("percent", "number") and m.last == some.first for m in view.mentions))


_FALSE = re.compile(r"""["”]?\s+(?:But |And |Yet |Well, )?(?:that|this|it|such (?:claims?|reports?|talk|fears))(?: is|'s|’s| was| are| were)(?:,? (?:simply|just|plainly|quite|of course|clearly|utterly|completely|entirely|all),?)?"""
                    r""" (?:false|untrue|not true|not so|not the case|wrong|nonsense|a lie|a myth|absurd|baseless|unfounded|rubbish|fiction|fake)\b""", re.IGNORECASE)
_CLAIMING = frozenset("say claim argue allege suggest think believe fear maintain assert insist write accuse complain report whisper repeat".split())


def _refuted(text: str, view: SentenceView, match: Match) -> bool:
    """Whether the next sentence calls false what the match tells that others say: "Some say that we want their land. That is false."."""
    return any(g.lemma in _CLAIMING and g.last <= match.anchor[0] for g in view.groups) and _FALSE.match(text, view.sentence.end) is not None


def _not_merely(view: SentenceView, match: Match) -> bool:
    """Whether "not merely" stands before what the match hangs on and "but" goes on behind it: it is more than that."""
    for i in range(max(0, match.anchor[0] - 3), match.anchor[1]):
        if view.word(i) in ("not", "n't") and any(view.word(k) in ("only", "merely", "just", "simply") for k in (i + 1, i + 2)):
            return "but" in view.words[match.anchor[1]:match.anchor[1] + 12]
    return False


def _begins(draft: Draft, view: SentenceView, match: Match) -> bool:
    """Whether the verb tells when a relation or an office began: "became partners in 2009", "took over as minister in May"."""
    if draft.type == "OfficeHolding":
        return match.group is not None and match.group.lemma in _TAKING_OFFICE
    return draft.type == "Relationship" and ((match.group is not None and match.group.lemma in _BEGINNING) or "became" in view.words[match.first:match.last])


def _year_in_name(draft: Draft) -> Value | None:
    """The year in the name of an event: "EXPO 2017"."""
    for role in ("event", "name"):
        for term in draft.roles.get(role, ()):
            label = term.label if isinstance(term, Entity) else term if isinstance(term, str) else ""
            if year := _NAMED_YEAR.search(label):
                earliest, latest = date_bounds(year[1])
                return Value(0, 0, "date", year[1], earliest=earliest, latest=latest)
    return None


# What "not" makes of verbs that tell of a limit.
_LIMITS = {"exceed": "atMost", "surpass": "atMost", "top": "atMost", "reach": "lessThan", "hit": "lessThan", "attain": "lessThan"}
# Types of figures, and the role that says what a figure is of.
_OF_WHAT = {"TradeFigure": "flow", "InvestmentFigure": "kind", "Indicator": "indicator"}


def _before(reading: Reading, view: SentenceView, start: int, rule: Rule, facts: Sequence[Fact], topics: Sequence[Fact]) -> Fact | None:
    """The nearest fact of the rule's type that stands before a place, at most three sentences back, or what was spoken of there without a figure.

    Where it says what the figure is of ("it reached $5 billion"), a figure of another type that stands nearer hides it.
    """
    at = reading.places[view.sentence.start]
    earliest = reading.sentences[max(0, at - _BACK)].start
    told = any(role == _OF_WHAT.get(rule.type) and filler == "before" for role, filler in rule.fill)
    kinds = {*_OF_WHAT} if told else {rule.type}

    def nearest(among: Sequence[Fact]) -> Fact | None:
        found = [f for f in among if f.type in kinds and earliest <= f.evidence[0].start < start]
        return max(found, key=lambda f: (f.evidence[0].start, f.type == rule.type, f.evidence[0].end), default=None)

    last = nearest(facts)
    if told or rule.type == "Membership" or (last is None and rule.type in _OF_WHAT):
        sentence = 0 if last is None else max(s.start for s in reading.sentences[:at + 1] if s.start <= last.evidence[0].start)
        spoken = nearest([t for t in topics if last is None or not any(
            s.start == sentence and t.evidence[0].start < s.end for s in reading.sentences[max(0, at - _BACK):at + 1])])
        if spoken is not None and (last is None or spoken.evidence[0].start >= last.evidence[0].end):
            last = spoken
    if last is not None and last.type != rule.type:  # the same words may tell a figure of both types
        last = max((f for f in facts if f.type == rule.type and f.evidence[0].start < start and _overlap(f, last)), key=lambda f: f.evidence[0].start, default=None)
    if last is not None and last.type == rule.type == "TradeFigure" and ("flow", "before") in rule.fill and last.evidence[0].start < view.sentence.start:
        last = _whole(reading, last, [f for f in facts if f.type == "TradeFigure" and earliest <= f.evidence[0].start < start])
    return last if last is not None and last.type == rule.type else None


def _whole(reading: Reading, last: Fact, among: Sequence[Fact]) -> Fact:
    """The trade that "the figure" of a new sentence is: all of it, where the sentence before told its two parts, or "of which" one."""
    sentence = next(s for s in reversed(reading.sentences) if s.start <= last.evidence[0].start)
    flows = {flow.word for f in among if f.evidence[0].start >= sentence.start for flow in f.values("flow") if isinstance(flow, Concept)}
    if last.activity.rule != "trade-of-which" and not {"exports", "imports"} <= flows:
        return last
    sides = {*last.values("reporter"), *last.values("partner")}
    whole = [f for f in among if any(isinstance(flow, Concept) and flow.word == "total" for flow in f.values("flow"))
             and {*f.values("reporter"), *f.values("partner")} == sides]
    return max(whole, key=lambda f: f.evidence[0].start, default=last)


def _land(reading: Reading, view: SentenceView, match: Match) -> Entity | None:
    """The state whose unemployment "unemployment" is: the only one named before in the sentence, or else in the one before of the paragraph."""
    at = reading.places[view.sentence.start]
    above = reading.sentences[at - 1] if at > 0 and reading.sentences[at - 1].paragraph == view.sentence.paragraph else None
    views = [view] + [v for v in reading.views if above is not None and v.sentence.start == above.start]
    for one in views:
        named = {m.entities for m in one.mentions if m.kind in ("state", "pair", "pronoun") and m.entities and all(e.kind == "state" for e in m.entities)
                 and (one is not view or m.last <= match.first)}
        if named:
            found = named.pop() if len(named) == 1 else ()
            return found[0] if len(found) == 1 else None
    return None


def _is_scheduled(view: SentenceView, match: Match) -> bool:
    """Whether a participle behind it says that it is still to come: "the opening of the embassy in Lima, scheduled for next spring"."""
    at = match.last + (view.word(match.last) == ",")
    at += at > match.last and view.word(at) in ("now", "currently", "tentatively", "provisionally", "originally")
    return view.word(at) in _SCHEDULED and view.word(at + 1) in ("for", "in", "on", "at", "next", "this", "by", "before", "later")


_SCHEDULED = frozenset("scheduled planned expected slated due foreseen envisaged".split())


def _lead(reading: Reading, view: SentenceView, match: Match, facts: Sequence[Fact]) -> Entity | None:
    """The state of the pair whose official is named without it: the other one for "his counterpart, Economy Minister X", else the subject of the
    sentence, or of one of the two before it in the paragraph ("Peru recalled its envoy. Foreign Minister Y said")."""
    at = reading.places[view.sentence.start]
    if view.word(match.first - 1) == "," and view.word(match.first - 2) in ("counterpart", "colleague"):
        told = next((f for f in reversed(facts) if f.type == "OfficeHolding" and f.evidence[0].start >= reading.sentences[max(0, at - 2)].start), None)
        of = next((e.iri for e in told.values("of") if isinstance(e, Entity)), "") if told is not None else ""
        others = [s for s in reading.pair if s.iri != of]
        return others[0] if of and len(others) == 1 and len(reading.pair) == 2 else None
    for back in range(min(at, 2) + 1):
        one = reading.views[at - back]
        if one.sentence.paragraph != view.sentence.paragraph:
            return None
        end = next((g.first for g in one.groups if g.form == "finite"), len(one))
        acting = [m for m in one.mentions if m.kind == "state" and m.entities and m.last <= min(end, match.first if not back else end)]
        if acting:
            states = {m.entities for m in acting}
            first = acting[0]
            found = first.entities[0] if len(states) == 1 and first.form in ("name", "metonym") and first.first <= 1 and one.word(first.last) != "'s" else None
            return found if found is not None and found.iri in {s.iri for s in reading.pair} else None
        if back and any(m.kind == "state" for m in one.mentions):
            return None
    return None


def _held_by(match: Match, facts: Sequence[Fact], document_hash: str) -> Fact | None:
    """The office told last of the person whom the match caught for no role of its own: "Timo Soini, who replaced Eva Niemi"."""
    people = {localised(e, document_hash).iri for b in match.bindings if not b.role for i in b.items if not isinstance(i, str) for e in i.entities if e.kind == "person"}
    return next((f for f in reversed(facts) if f.type == "OfficeHolding" and people & {p.iri for p in f.values("person") if isinstance(p, Entity)}), None)


def _is_ahead(draft: Draft, issued: str) -> bool:
    """Whether all dates of what is told lie behind the document's."""
    return len(issued) >= 10 and bool(draft.dates) and all((d.earliest or "") > issued[:10] for d in draft.dates)


def _spoken(reading: Reading, view: SentenceView, match: Match, facts: Sequence[Fact], role: str) -> Entity | None:
    """The project or facility (for a session, the joint body) spoken of last before a match, at most three sentences back; of several
    the one that facts tell of."""
    kinds = ("body", "event") if role == "participant" else ("organisation",) if role == "organisation" else ("project", "facility")
    at = reading.places[view.sentence.start]
    told = {e.iri for f in facts for r in ("project", "body") for e in f.values(r) if isinstance(e, Entity)}
    for back in range(_BACK + 1):
        if at < back:
            break
        near = [m for m in reading.views[at - back].mentions if m.kind in kinds and (back or m.last <= match.first)]
        near = [m for m in near if not any(o is not m and o.first <= m.first and m.last <= o.last and o.last - o.first > m.last - m.first for o in near)]
        things = {e.iri: e for m in near for e in m.entities if role != "organisation" or not e.state}
        if things and role == "organisation":
            return localised(next(iter(things.values())), reading.document.sha256) if len(things) == 1 else None
        if things:
            if role == "participant":
                chosen = [e for e in list(things.values())[-1:] if e.kind == "body"]  # "A second meeting" of a forum is no body's
            else:
                chosen = [e for e in things.values() if e.iri in told] if len(things) > 1 else list(things.values())
            return localised(chosen[-1], reading.document.sha256) if chosen else None
    last = next((f for f in reversed(facts) if f.type == "ProjectStatus" and f.evidence[0].start >= reading.sentences[max(0, at - 1)].start), None)
    told_last = [e for e in last.values("project") if isinstance(e, Entity)] if last is not None and role == "project" else []
    return told_last[0] if len(told_last) == 1 else None  # "will upgrade the parliament complex. The work will begin in May"


_TAKEN_UP = {
    "project": frozenset("project scheme venture undertaking initiative facility complex works plan".split()),
    "agreement": frozenset("agreement document deal text instrument accord pact treaty".split()),
}


def _take_up(draft: Draft, match: Match, before: Fact | None) -> None:
    """Fills a project or agreement that is only referred to ("the scheme", "the plant") with that of the fact told last, where nothing else was found
    and its name ends in the same noun or the reference is a general one."""
    for role, general in _TAKEN_UP.items():
        if draft.roles.get(role) or before is None or before.type != draft.type:
            continue
        noun = next((i.text.lower().split()[-1] for b in match.bindings if b.role == role for i in b.items
                     if not isinstance(i, str) and i.form == "reference" and not i.entities), "")
        told = [e for e in before.values(role) if isinstance(e, Entity)]
        if noun and not noun.endswith("s") and len(told) == 1 and (noun in general or noun in told[0].label.lower().replace("-", " ").split()):
            draft.add(role, told[0])


def _states_in_body(view: SentenceView, match: Match) -> list[Entity]:
    """The states in the name of the body that a match caught: "the Peruvian-Chilean Business Council"."""
    bodies = [i for b in match.bindings for i in b.items if not isinstance(i, str) and i.kind in ("body", "organisation")]
    found = {e.iri: e for body in bodies[:1] for m in view.mentions if m.kind == "state" and body.first <= m.first and m.last <= body.last
             for e in m.entities}
    return list(found.values())


def _dealt_elsewhere(view: SentenceView, pair: Sequence[Entity]) -> bool:
    """Whether the sentence tells of dealings of one of the pair with a third state: "Sweden signed the treaty and ceded a third of its land to Russia"."""
    named = {e.iri for m in view.mentions for e in m.entities if e.kind == "state"} | {
        e.state for m in view.mentions if m.kind in ("person", "institution", "place") for e in m.entities if e.state}
    third = any(m.kind == "state" and m.form in ("name", "metonym") and view.word(m.first - 1) in ("to", "with") and m.entities and m.entities[0].iri not in {s.iri for s in pair}
                for m in view.mentions)
    return third and len(pair) == 2 and sum(s.iri in named for s in pair) == 1


def _named_near(reading: Reading, view: SentenceView) -> Entity | None:
    """The one of the pair that a sentence names, or else the two before it in its paragraph; None where it is neither or both."""
    at = reading.places[view.sentence.start]
    for near in (reading.views[k] for k in range(at, max(-1, at - 3), -1)):
        named = {e.iri for m in near.mentions if m.kind == "state" for e in m.entities if e in reading.pair}
        if near.sentence.paragraph != view.sentence.paragraph or len(named) > 1:
            return None
        if named:
            return next(s for s in reading.pair if s.iri in named)
    return None


_JOINT = frozenset("both bilateral bilaterally mutual mutually joint jointly our between each common shared together reciprocal two-way cross-border they".split())


def _others_only(view: SentenceView, pair: Sequence[Entity]) -> bool:
    """Whether the sentence tells of other states than the pair: it names two or more, or one as an actor, and none of the pair."""
    named = {e.iri: m for m in view.mentions for e in m.entities if e.kind == "state" and m.kind in ("state", "pair", "pronoun")}
    if not named or any(state.iri in named for state in pair):
        return False
    return len(named) > 1 or any(m.form in ("metonym", "adjective", "description") for m in named.values())


def _seat(match: Match, gazetteer: Gazetteer) -> Entity | None:
    """The city whose name stands for the host of a gathering: "Geneva hosted the summit"."""
    hosts = [i for b in match.bindings if b.role == "host" for i in b.items if not isinstance(i, str) and i.kind == "state" and i.form == "metonym"]
    return next((e for h in hosts for e in gazetteer.by_label(h.text) if e.kind == "place" and e.state in {s.iri for s in h.entities}), None)


def _evidence_start(view: SentenceView, match: Match, looks_back: bool) -> int:
    """Where the evidence begins: at the match, but not at what it only passes over.

    That is what a rule that looks back steps over ("70 of them in trade, and 60 in health"), and the first of two predicates
    ("We must move fast and agree on a pact").
    """
    if looks_back and match.group is None and any(b.first == match.first and not b.role and b.type == "counted" for b in match.bindings):
        bound = [b.first for b in match.bindings if b.role and b.last > b.first]
        if bound and min(bound) - match.first > 4:
            return _with_article(view, min(bound))
    group = match.group
    joint = group.first - 1 if group is not None else -1
    joint -= view.word(joint) in ("also", "then", "even")
    if group is not None and match.way == "active" and group.first - match.first > 8 and view.word(joint) in ("and", "but") and any(
            g.form == "finite" and match.first < g.first and g.last < group.first for g in view.groups):
        return view.tokens[group.first].start
    return _with_article(view, match.first)


def _with_article(view: SentenceView, first: int) -> int:
    """Where the evidence begins: at the article in front of the match, where there is one."""
    return view.tokens[first - 1 if view.word(first - 1) in ("the", "a", "an") else first].start


def _term_key(term: Term) -> str:
    if isinstance(term, Entity):
        return term.iri
    if isinstance(term, Value):
        return f"{term.kind}:{term.start}"
    return str(term)


def _make_fact(draft: Draft, status: str, speakers: tuple[Entity, ...], evidence: Evidence, activity: Activity, document: str) -> Fact:
    roles = tuple((role, term) for role in sorted(draft.roles) for term in sorted(draft.roles[role], key=_term_key))
    date = start_date = end_date = earliest = latest = ""
    for value in draft.dates:
        if draft.date_role == "startDate" and value.date:
            start_date = value.date
        elif draft.date_role == "endDate" and value.date:
            end_date = value.date
        else:
            date, start_date, end_date = date or value.date, start_date or value.start_date, end_date or value.end_date
        earliest = min(filter(None, (earliest, value.earliest)), default="")
        latest = max(filter(None, (latest, value.latest)), default="")
    if draft.term:
        start_date, end_date = term_dates(draft.term, start_date, end_date)
    if not earliest and (date or start_date):
        earliest = date_bounds(date or start_date)[0]
    if not latest and (date or end_date):
        latest = date_bounds(date or end_date)[1]
    if draft.date_role == "endDate":
        earliest = date_bounds(start_date or date)[0] if start_date or date else ""
    if draft.date_role == "startDate":
        latest = date_bounds(end_date or date)[1] if end_date or date else ""
    return Fact(draft.type, roles, status, (evidence,), activity, "", tuple(sorted(speakers, key=lambda e: e.iri)), date, start_date, end_date,
                earliest, latest, document)


def _content(fact: Fact) -> tuple[object, ...]:
    return (fact.type, tuple((r, _term_key(t)) for r, t in fact.roles if r != "officeTitle"), fact.status, tuple(e.iri for e in fact.stated_by),
            fact.date, fact.start_date, fact.end_date)


def _drop_subsumed(facts: Iterable[Fact]) -> list[Fact]:
    """Leaves out a fact of which another one, on overlapping words, says the same and more."""
    kept = list(facts)
    rivals: dict[str, list[Fact]] = {}
    for fact in kept:
        rivals.setdefault(fact.type, []).append(fact)
    return [fact for fact in kept if not any(
        other is not fact and _overlap(other, fact) and (_says_more(other, fact) or _tells_stage(other, fact) or _is_part(other, fact))
        for other in rivals[fact.type])]


def _join_events(facts: list[Fact]) -> list[Fact]:
    """One fact for an event told of in one sentence, where one of several has the date: "the fair, opened by Ana Lima in Lima in 2010"."""
    out = list(facts)
    for fact in facts:
        if fact.type != "EventFact" or fact.date or fact.start_date or fact.end_date:
            continue
        dated = next((f for f in out if f.type == "EventFact" and (f.date or f.start_date) and f.status == fact.status and f.stated_by == fact.stated_by
                      and f.values("event") == fact.values("event") and _overlap(f, fact)), None)
        if dated is not None:
            more = [(role, term) for role, term in fact.roles if not dated.values(role)]
            out[out.index(dated)] = replace(dated, roles=tuple(sorted([*dated.roles, *more], key=lambda pair: pair[0])))
            out.remove(fact)
    return out


def _drop_retold(facts: Sequence[Fact]) -> list[Fact]:
    """Leaves out an indicator of exports or imports whose figure a fact of trade tells on the same words."""
    traded = [f for f in facts if f.type == "TradeFigure"]
    return [f for f in facts if f.type != "Indicator" or not any(
        _overlap(t, f) and any(isinstance(i, Concept) and i.word in _TRADED for i in f.values("indicator")) and set(f.values("value") + f.values("changePercent")) & set(t.values("amount") + t.values("changePercent") + t.values("sharePercent")) for t in traded)]


_TRADED = frozenset({"consumption", "exports", "imports", "trade", "oil-exports", "oil-imports", "gas-exports", "arms-exports", "agricultural-exports"})


def _of_the_next(view: SentenceView, match: Match) -> bool:
    """Whether the office behind a name is that of the name behind it: "the President of Chile, Ms Lima, the President of Peru, Mr Soto"."""
    person, office = (next((b for b in match.bindings if b.role == role), None) for role in ("person", "office"))
    if person is None or office is None or office.first < person.last or view.word(office.last) != ",":
        return False
    titled = any(m.kind == "person" and m.last == person.last and any(
        o.kind == "office" and m.first <= o.first and o.last <= person.first and view.word(o.last) == "," for o in view.mentions) for m in view.mentions)
    return titled and any(m.kind == "name" and office.last < m.first <= office.last + 6 and "," not in view.words[office.last + 1:m.first]
                          and not any(g.first <= m.first and g.first > office.last for g in view.groups) for m in view.mentions)


def _of_the_last(view: SentenceView, match: Match) -> bool:
    """Whether the office before a name is that of the name in front of it: "Juan Soto, President of Chile, Ana Lima, President of Peru, met"."""
    person, office = (next((b for b in match.bindings if b.role == role), None) for role in ("person", "office"))
    if person is None or office is None or office.last > person.first or view.word(person.first - 1) != "," or view.word(person.last) != ",":
        return False
    at = office.first
    while view.word(at - 1) in ("and", "the") or any(o.kind == "office" and o.last == at for o in view.mentions):
        at = at - 1 if view.word(at - 1) in ("and", "the") else next(o.first for o in view.mentions if o.kind == "office" and o.last == at)
    before = next((m for m in view.mentions if m.kind in ("name", "person") and view.word(at - 1) == "," and (
        m.last == at - 1 or (m.last == at - 2 and view.tokens[m.last].text[:1].isupper()))), None)
    if before is None or any(o.kind == "office" and (o.last == before.first or (before.first <= o.first and o.last <= before.last)) for o in view.mentions):
        return False
    return any(o.kind == "office" and person.last < o.first <= person.last + 3 for o in view.mentions)


def _drop_vague_offices(facts: list[Fact]) -> list[Fact]:
    """Leaves out that "the minister" is a minister, where the text says of which department he is one."""
    def offices(fact: Fact) -> set[str]:
        return {getattr(t, "word", "") for t in fact.values("office")}

    clear = {t.iri for f in facts if f.type == "OfficeHolding" and any(o.endswith("-minister") or o.startswith("minister-") for o in offices(f))
             for t in f.values("person") if isinstance(t, Entity)}
    return [f for f in facts if f.type != "OfficeHolding" or offices(f) != {"minister"} or f.values("officeTitle")
            or not any(isinstance(t, Entity) and t.iri in clear for t in f.values("person"))]


def _overlap(one: Fact, other: Fact) -> bool:
    a, b = one.evidence[0], other.evidence[0]
    return a.start < b.end and b.start < a.end


def _is_part(whole: Fact, part: Fact) -> bool:
    """Whether cooperation is told of by a verb's clause ("expand energy ties") and once more by the noun in it: the clause has the status."""
    a, b = whole.evidence[0], part.evidence[0]
    return (whole.type == part.type == "Cooperation" and whole.status != part.status and set(_content_roles(part)) <= set(_content_roles(whole))
            and a.start <= b.start and b.end <= a.end and b.end - b.start < a.end - a.start)


def _tells_stage(clear: Fact, vague: Fact) -> bool:
    """Whether a verb gives the stage of the project that a mere noun ("the construction of the dam") leaves open on the same words."""
    if clear.type != "ProjectStatus" or vague.type != clear.type or "way: nominal" not in vague.activity.notes or "way: nominal" in clear.activity.notes:
        return False
    a, b = clear.evidence[0], vague.evidence[0]
    same = {_term_key(t) for r, t in clear.roles if r == "project"} == {_term_key(t) for r, t in vague.roles if r == "project"}
    return same and a.start < b.end and b.start < a.end


def _says_more(more: Fact, less: Fact) -> bool:
    if more.type != less.type:
        return False
    a, b = more.evidence[0], less.evidence[0]
    if not (a.start < b.end and b.start < a.end):
        return False
    mine, theirs = set(_content_roles(more)), set(_content_roles(less))
    if mine == theirs:
        return False
    if more.type == "Meeting" and ("name", *more.values("name")) == ("name", *less.values("name")) != ("name",):
        # Whose gathering it is by its name adds nothing to who attended it.
        theirs -= {("participant", _term_key(t)) for t in less.values("participant") if isinstance(t, Entity) and t.kind == "organisation"}
        if more.values("participant") == less.values("participant"):
            theirs |= {("participant", _term_key(t)) for t in less.values("participant")}
    return all(pair in mine or (pair[0] == "date" and any(r == "date" and d.startswith(pair[1]) for r, d in mine)) for pair in theirs)


def _content_roles(fact: Fact) -> list[tuple[str, str]]:
    extra = [("date", d) for d in (fact.date, fact.start_date, fact.end_date) if d]
    return [(r, _term_key(t)) for r, t in fact.roles if r != "officeTitle"] + extra


def fold_offices(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with who holds which office said once: whoever is quoted, a title is said in passing; one that does not
    say whose it is gives way to one that does."""
    said = {(e, o): f for f in facts if f.type == "OfficeHolding" and f.status == "Asserted" for e, o in [_held(f)] if any(r == "of" for r, _ in f.roles)}
    plain = {_content(f)[:3] for f in facts if f.type == "OfficeHolding" and not f.stated_by}
    out: list[Fact] = []
    for fact in facts:
        if fact.type == "OfficeHolding":
            other = said.get(_held(fact))
            if other is not None and not any(r == "of" for r, _ in fact.roles):
                continue
            if fact.stated_by and _content(fact)[:3] in plain:
                fact = replace(fact, stated_by=())
        out.append(fact)
    return out


def _held(fact: Fact) -> tuple[str, str]:
    return tuple(next((_term_key(t) for r, t in fact.roles if r == role), "") for role in ("person", "office"))  # type: ignore[return-value]


def _merge(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each content, with all its evidence in text order."""
    by_content: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = _content(fact)
        old = by_content.get(key)
        if old is None:
            by_content[key] = fact
        else:
            spans = sorted({(e.start, e.end) for e in (*old.evidence, *fact.evidence)})
            distinct = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
            by_content[key] = replace(old, evidence=tuple(Evidence(a, b) for a, b in distinct))
    return sorted(by_content.values(), key=lambda f: (f.evidence[0].start, f.evidence[0].end, f.type, str(_content(f))))


def _figures(match: Match) -> set[int]:
    """Where the figures stand that a match tells of, as offsets: not those that it steps over."""
    return {item.start for b in match.bindings if b.role for item in b.items if not isinstance(item, str) and item.kind in _FIGURES}


_FIGURES = frozenset({"money", "percent", "quantity", "number"})


def find_gaps(reading: Reading, facts: Sequence[Fact]) -> tuple[Gap, ...]:
    """Sentences with figures or two actors that no fact's evidence touches, most telling first."""
    out: list[Gap] = []
    for view in reading.views:
        sentence: Sentence = view.sentence
        if any(e.start < sentence.end and sentence.start < e.end for f in facts for e in f.evidence):
            continue
        figures = sum(m.kind in _FIGURES for m in view.mentions)
        actors = {e.iri for m in view.mentions for e in m.entities if e.kind in ("state", "person", "organisation", "company")}
        if figures or len(actors) >= 2:
            out.append(Gap(sentence.start, sentence.end, reading.document.text[sentence.start:sentence.end], 3 * figures + len(actors)))
    return tuple(sorted(out, key=lambda g: (-g.weight, g.start)))

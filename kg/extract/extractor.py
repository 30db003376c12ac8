"""Document -> facts: pure, deterministic, no files and no RDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.cards import Rule, read_rules, slots_of
from kg.extract.asserted import heads_section, is_only_asked, is_scheduled, settle_status, status_of_figure, tells_nothing
from kg.extract.checks import problem_of
from kg.extract.evidence import apart, evidence_end, evidence_start
from kg.extract.facts import make_fact
from kg.extract.figures import (
    acts_jointly,
    drop_compared,
    figures_of,
    goes_on_from,
    goes_on_with,
    papers_of,
    reach_of,
    settle_rank,
    settle_seller,
)
from kg.extract.fill import Circumstances, fill_roles, named_inside, settle_abroad, settle_giver, settle_recipient, spread_roles, turn_sides
from kg.extract.gapping.offices import gapped_offices
from kg.extract.gapping.things import gapped_things
from kg.extract.gapping.verbless import denied_of_others, gapped, gapped_in_brackets, gapped_in_places, gapped_in_time
from kg.extract.gaps import Gap, find_gaps
from kg.extract.homes import give_offices_their_state, lead_of
from kg.extract.joining import join_meetings
from kg.extract.last_resort.leftover import left_figures
from kg.extract.layout.counts import RULE as COUNTS_RULE
from kg.extract.layout.counts import VERSION as COUNTS_VERSION
from kg.extract.layout.counts import read_counts
from kg.extract.layout.listed import VERSION as LISTED_VERSION
from kg.extract.layout.listed import read_listed
from kg.extract.layout.registers import VERSION as REGISTER_VERSION
from kg.extract.layout.registers import read_register
from kg.extract.layout.tables import RULE as TABLE_RULE
from kg.extract.layout.tables import VERSION as TABLE_VERSION
from kg.extract.layout.tables import find_tables, read_table
from kg.extract.meetings import add_sides_of_body, meet_apart, settle_meeting
from kg.extract.money.prices import with_price
from kg.extract.money.purposes import lend, recipient_near, with_purpose
from kg.extract.named import dealt_elsewhere, is_touched, named_near, names_third, others_only, says_joint, states_in_body
from kg.extract.offices import drop_vague_offices, fold_offices, is_of_another, of_that_state
from kg.extract.places import add_place_nearby, settle_places
from kg.extract.pointing import name_pointed
from kg.extract.projects.backers import with_backers
from kg.extract.projects.stages import is_in_the_world, stage_of
from kg.extract.projects.undertakings import drop_told_better, drop_under_way, told_here
from kg.extract.reading import Reading, read
from kg.extract.recall import fact_before, held_by, is_of_amount, land_of, spoken_of, take_up
from kg.extract.relevance import is_foreign, is_headed, kept_of_stray, relevant_spans
from kg.extract.remarks import drop_captured, find_remarks
from kg.extract.repeats import drop_recalled, drop_retold, drop_subsumed, join_events, merge
from kg.extract.roles import (
    Draft,
    complete,
    complete_between,
    is_joint,
    localised,
    make_drafts,
    name_sub_bodies,
    order_symmetric,
    speak_for_states,
    split_figure,
    with_entities,
)
from kg.extract.stances import drop_nested
from kg.extract.time.when import date_draft
from kg.extract.titles import add_title
from kg.extract.variants.clauses import facts_of_variants
from kg.extract.versions import Versions
from kg.extract.words import words
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.match import Match, RuleIndex, SentenceView
from kg.model import Activity, Concept, Document, Entity, Evidence, Fact, Span
from kg.resources import rules_folder
from kg.words import WordClasses, load_classes

__all__ = ["Extractor", "Gap", "Trial", "find_gaps"]

# Whether a noun that a rule hangs on names something that happens, and so stands under the verb of its clause; else the noun tells.
_EVENT = {"ProjectStatus": True, "Meeting": True, "EventFact": True, "OfficeHolding": False, "Relationship": False, "Ownership": False,
          "Membership": False, "Presence": False}

# What the heading of a section names and does not tell: "Economic cooperation", "Bilateral mechanisms".
_BASIC = words("extractor", "basic")
_OF_SECTIONS = frozenset({"Cooperation", "JointBody"})


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
        self._last_resort = frozenset(rule.name for rule in self.rules if rule.scenes and rule.type == "ProjectStatus")
        self._yielding = frozenset(rule.name for rule in self.rules if rule.yields)
        self._recalling = frozenset(
            rule.name
            for rule in self.rules
            if rule.name == "agreement-of-date" or any(slot.role == "yearsAgo" for pattern in rule.whens for slot in slots_of(pattern))
        )
        self._versions: Versions | None = None
        self._look_back = frozenset(rule.name for rule in self.rules if any(filler in ("before", "same", "elsewhere", "theirs") for _, filler in rule.fill))
        self._plain = frozenset(
            rule.name
            for rule in self.rules
            if rule.type != "Remark"
            and rule.name not in self._look_back
            and not rule.topic
            and not rule.left
            and not any(filler in ("spoken", "land") for _, filler in rule.fill)
        )  # what may tell of a clause that stands alone

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
        facts = self._facts_told(reading, tried, only)
        plain = self._plain if only is None else self._plain & only
        if plain:
            facts = facts_of_variants(reading, facts, lambda variants: self._facts_told(variants, plain, plain))
        facts += self._left_facts(reading, facts, only)
        facts = name_pointed(reading, facts)
        kept = drop_nested(
            drop_captured(
                reading,
                drop_retold(drop_recalled(join_meetings(join_events(drop_vague_offices(drop_subsumed(facts)))), self._recalling)),
                self._yielding,
            )
        )
        kept = drop_under_way(drop_told_better(kept, self._last_resort))
        kept += find_remarks(reading, self.rules, kept, only)
        return tuple(merge(fold_offices(give_offices_their_state(kept, reading))))

    def _facts_told(self, reading: Reading, tried: frozenset[str] | None, only: frozenset[str] | None) -> list[Fact]:
        """The facts that rules make of the sentences of a reading, in text order; repetitions are still among them."""
        facts: list[Fact] = []
        topics: list[Fact] = []  # what was spoken of without a figure
        headings: dict[str, SentenceView] = {}
        found = find_tables(reading.views, reading.document.text)
        registered: list[Fact] = []
        told = 0
        for index, view in enumerate(reading.views):
            if index in found:
                made = self._table_facts(reading, index, found[index], facts) or self._count_facts(reading, index, found[index])
                registered = [] if made else self._register_facts(reading, index, found[index])
                facts += made or registered
                told = index + len(found[index]) if made else 0  # its rows are read: no sentences
            if index < told:
                continue
            if view.sentence.kind == "heading":
                headings[reading.document.text[view.sentence.start:view.sentence.end].rstrip(" :")] = view
            if not view.mentions and len(reading.pair) != 2:
                continue
            listed = self._listed_facts(reading, view) if only is None else []
            types = {fact.type for fact in listed} | {f.type for f in registered if f.type == "AgreementAction" and f.evidence[0].start == view.sentence.start}
            facts += listed
            facts += [fact for fact in self._sentence_facts(reading, view, tried, _heading_of(view, headings), facts, topics, only is not None)
                      if fact.type not in types]
        if only is not None:
            facts = [fact for fact in (*facts, *topics) if fact.activity.rule in only]
        return facts

    def analyse(self, document: Document) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
        """Facts and gaps of a document, read once; none of either where it is not about states at all."""
        headed = is_headed(document, self.gazetteer)
        if not headed and is_foreign(document.text, self.gazetteer):
            return (), ()
        names = self.gazetteer.find_names(document.text)
        spans = (Span(0, len(document.text)),) if headed else relevant_spans(document.text, names)
        if not spans:
            return (), ()
        reading = read(document, self.gazetteer, spans=spans, names=names)
        facts = kept_of_stray(document.text, spans, self.extract_reading(reading))
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
        matches = [match for match in matches if not match.rule.topic and not (
            (match.rule.type in _OF_SECTIONS or (match.rule.type == "AgreementAction" and view.sentence.kind == "heading")) and heads_section(view, match))]
        texts: set[int] = set()  # where the agreements stand of which it is told what was done with them
        for match in sorted(
            matches,
            key=lambda m: (m.way == "scene", m.rule.name in self._look_back, m.first if m.rule.name in self._look_back else 0, reach_of(m)),
        ):
            figures = figures_of(match)
            papers = papers_of(match)
            if gaps and (match.way == "scene" or match.rule.name in self._look_back):
                facts += self._gap_facts(reading, view, gaps, told, firmly, [*before, *facts])
            if match.way == "scene" and (figures & told or papers & texts or told_here(match, view, facts) or (
                    match.rule.type in _ACTS and any(_tells_words(fact, view, match) for fact in facts))):
                continue
            if not alone and match.rule.name in self._look_back and figures and figures <= firmly.get(match.rule.type, frozenset()):
                continue  # a rule that needs no fact before has told it
            made = self._match_facts(reading, view, match, [*before, *facts], topics)
            told |= figures if made else set()
            texts |= papers if made else set()
            if made and match.rule.name not in self._look_back:
                firmly.setdefault(match.rule.type, set()).update(figures)
            facts += made
            gaps += (
                (
                    *gapped(view, match),
                    *gapped_in_time(view, match),
                    *gapped_in_brackets(view, match),
                    *gapped_in_places(view, match),
                    *gapped_things(view, match, self.index.classes),
                    *gapped_offices(view, match, self.gazetteer),
                    *denied_of_others(view, match),
                )
                if made
                else ()
            )
            if not made and match.way != "scene" and match.rule.name in self._look_back:
                waiting.append(match)
        facts += self._gap_facts(reading, view, gaps, told, firmly, [*before, *facts])
        for match in waiting:  # what goes on with a fact that only a scene has told: "2016 – $2 million; 2017 – $3 million"
            if not figures_of(match) & told:
                facts += self._match_facts(reading, view, match, [*before, *facts], topics)
        return facts

    def _left_facts(self, reading: Reading, facts: Sequence[Fact], only: frozenset[str] | None) -> list[Fact]:
        """Facts of the figures that no rule has told, by the cards with `left figures`."""
        out: list[Fact] = []
        for rule in self.rules:
            if rule.left and (only is None or rule.name in only):
                for view in reading.views:
                    for match in left_figures(reading, view, facts, rule, self.index.classes):
                        out += [fact for fact in self._match_facts(reading, view, match, facts) if fact.status in ("Asserted", "Planned")]
        return out

    def _gap_facts(
        self, reading: Reading, view: SentenceView, gaps: list[Match], told: set[int], firmly: dict[str, set[int]], before: Sequence[Fact]
    ) -> list[Fact]:
        """Facts of what goes on without a verb, where no rule has told them; the matches are used up."""
        out: list[Fact] = []
        known = frozenset(told)
        for match in gaps:
            if not figures_of(match) & known and (made := self._match_facts(reading, view, match, [*before, *out])):
                told |= figures_of(match)
                firmly.setdefault(match.rule.type, set()).update(figures_of(match))
                out += made
        gaps.clear()
        return out

    def _table_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView], known: Sequence[Fact]) -> list[Fact]:
        """Facts of a table by the built-in rule of `kg.extract.layout.tables`."""
        out: list[Fact] = []
        for found in read_table(reading, first, rows, known, self.index.classes):
            if not problem_of(found.draft, ()):
                activity = Activity(TABLE_RULE, TABLE_VERSION, (), found.notes)
                out.append(make_fact(found.draft, "Asserted", (), found.evidence, activity, reading.document.identifier))
        return out

    def _count_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView]) -> list[Fact]:
        """Facts of a table of counts by the built-in rule of `kg.extract.layout.counts`."""
        return [
            make_fact(found.draft, "Asserted", (), found.evidence, Activity(COUNTS_RULE, COUNTS_VERSION, (), found.notes), reading.document.identifier)
            for found in read_counts(reading, first, rows, self.index.classes) if not problem_of(found.draft, ())
        ]

    def _register_facts(self, reading: Reading, first: int, rows: Sequence[SentenceView]) -> list[Fact]:
        """Facts of a table of visits, agreements or projects by the built-in rules of `kg.extract.layout.registers`."""
        return [
            make_fact(entry.draft, entry.status, (), entry.evidence, Activity(entry.rule, REGISTER_VERSION), reading.document.identifier)
            for entry in read_register(reading, first, rows, self.index.classes) if not problem_of(entry.draft, ())
        ]

    def _listed_facts(self, reading: Reading, view: SentenceView) -> list[Fact]:
        """Facts of an item that names an agreement or a project, by the built-in rules of `kg.extract.layout.listed`."""
        return [
            make_fact(entry.draft, entry.status, (), entry.evidence, Activity(entry.rule, LISTED_VERSION), reading.document.identifier)
            for entry in read_listed(reading, view, self.index.classes) if not problem_of(entry.draft, ())
        ]

    def _match_facts(self, reading: Reading, view: SentenceView, match: Match, before: Sequence[Fact], topics: Sequence[Fact] = ()) -> list[Fact]:
        """Facts of one match: what it caught becomes drafts; each gets its roles, its dates, its places and its status, or is given up."""
        if is_of_another(view, match) or tells_nothing(view, match):
            return []
        match = with_purpose(view, with_backers(view, with_price(view, match)), reading.pair, self.index.classes)
        document = reading.document
        start, end = view.tokens[match.first].start, view.tokens[match.last - 1].end
        if is_only_asked(reading, match, start):
            return []
        speakers = tuple(localised(e, document.sha256) for e in reading.speakers_at(start, end))
        given = self._circumstances(reading, view, match, speakers, before, topics)
        status = reading.status(view, *match.anchor, event=_EVENT.get(match.rule.type))
        if match.way == "scene" and status.word == "Asserted":
            status = status_of_figure(reading, view, match) or status
        if match.group is None and match.way in ("nominal", "when") and status.word == "Asserted" and is_scheduled(view, match):
            status = replace(status, word="Planned", cues=("scheduled",))
        first = evidence_start(view, match, match.rule.name in self._look_back)
        out: list[Fact] = []
        caught = make_drafts(meet_apart(name_sub_bodies(with_entities(match, view.mentions), view.words), view.words), document.sha256)
        for draft in [one for whole in caught for one in spread_roles(whole, match.rule.fill, given)]:
            notes = self._fill(draft, reading, view, match, given, before)
            if notes is None:
                continue
            found = date_draft(draft, reading, view, match, status, before, topics)
            settle_places(draft, view, match, self.gazetteer, document.issued, document.sha256)
            order_symmetric(draft)
            if problem_of(draft, match.rule.need, match.rule.topic):
                continue
            if draft.type == "Meeting":
                add_sides_of_body(draft, reading.pair, self.gazetteer)
            word = settle_status(draft, status, reading, view, match)
            if not word or _is_nowhere(draft, reading, view, match):
                continue
            if draft.type == "ProjectStatus":
                draft.roles["stage"] = [Concept("stage", stage_of(s.word, word, match)) for s in draft.roles["stage"] if isinstance(s, Concept)]
            said = speakers if draft.type != "Remark" else tuple(s for s in speakers if s not in draft.roles.get("speaker", ()))
            if draft.type == "OfficeHolding" and match.group is None and not reading.in_turn(start):
                said = ()  # a title is said in passing, whoever is quoted
            captured = tuple((b.role, " ".join(document.text[view.tokens[b.first].start:view.tokens[b.last - 1].end].split()))
                             for b in match.bindings if b.role and b.last > b.first)
            activity = Activity(match.rule.name, match.rule.version, captured,
                                (f"way: {match.way}", *(f"status cue: {cue}" for cue in status.cues), *notes, *found.notes))
            figures = split_figure(draft, match)
            figures += [replace(one, dates=[value]) for one in figures[:1] for value in found.further]
            comma, last = apart(view, match) if draft.type in ("TradeFigure", "InvestmentFigure") else (0, 0)
            for one in figures:
                evidence = Evidence(first, evidence_end(view, match, one.roles.get("agreement", ()), found.end or end))
                if comma:
                    evidence = Evidence(first, view.tokens[comma - 1].end) if one.roles.get("amount") else Evidence(
                        view.tokens[comma + 1].start, view.tokens[last - 1].end)
                out.append(make_fact(one, word, said, evidence, activity, document.identifier))
        return out

    def _circumstances(self, reading: Reading, view: SentenceView, match: Match, speakers: tuple[Entity, ...],
                       before: Sequence[Fact], topics: Sequence[Fact]) -> Circumstances:
        """What the document leaves to fill the roles of one match from."""
        document, fillers = reading.document, [filler for _, filler in match.rule.fill]
        start, anchor = view.tokens[match.first].start, view.tokens[match.anchor[0]].start
        inner = tuple(localised(e, document.sha256) for e in reading.speakers_at(anchor, anchor + 1))
        last = fact_before(reading, view, goes_on_from(view, match, start), match.rule, before, topics)
        if last is not None and not is_of_amount(view, match, last):
            last = None
        if last is not None and match.rule.type == "Indicator" and not goes_on_with(view, match, last):
            last = None
        return Circumstances(
            reading.pair, reading.side_at(start), inner or speakers, reading.author, self.gazetteer.entity,
            gazetteer=self.gazetteer, issued=document.issued, before=last,
            offices=tuple(m.concept for m in view.mentions if m.kind == "office" and m.last <= match.first and m.concept is not None
                          and not of_that_state(view, m, match)),
            inside=named_inside(view, match), others_only=others_only(view, reading.pair), near=named_near(reading, view), touched=is_touched(reading, view),
            third=names_third(view, match, reading.pair),
            elsewhere=dealt_elsewhere(view, reading.pair), joint=says_joint(view),
            theirs=held_by(match, [f for f in before if f.evidence[0].end <= anchor], document.sha256) if "theirs" in fillers else None,
            spoken=next((spoken_of(reading, view, match, before, role) for role, filler in match.rule.fill if filler == "spoken"), None),
            lead=lead_of(reading, view, match, before) if match.rule.type in ("OfficeHolding", "InvestmentFigure") else None,
            land=land_of(reading, view, match) if "land" in fillers else None,
        )

    def _fill(self, draft: Draft, reading: Reading, view: SentenceView, match: Match, given: Circumstances,
              before: Sequence[Fact]) -> list[str] | None:
        """Completes the roles of a draft from its words and from what is given; notes of what was filled, None where it can be no fact."""
        document = reading.document
        add_place_nearby(draft, view, match, document.sha256)
        drop_compared(draft, view, match)
        settle_seller(draft, view, match)
        settle_rank(draft, view, match)
        complete(draft, states_in_body(view, match), document.sha256)
        if draft.type == "JointBody" and not draft.roles.get("between") and not is_joint(draft):
            return None
        if draft.type == "JointBody" and any(
            isinstance(b, Entity) and b.known and b.iri.rsplit("/", 1)[-1].startswith("united-nations") for b in draft.roles.get("body", ())
        ):
            return None  # "the Council" of the United Nations is no body of the two
        take_up(draft, match, given.before)
        if draft.type == "InvestmentFigure" and not settle_giver(draft, match, view, reading.pair, given.lead):
            return None
        fill = match.rule.fill
        if draft.type in ("InvestmentFigure", "TradeFigure") and acts_jointly(view, match, reading.pair):
            fill = tuple(pair for pair in fill if pair[1] != "other")
        if draft.type == "AgreementAction" and not add_title(draft, view, match, self.gazetteer, document.sha256):
            fill = tuple(pair for pair in fill if pair != ("party", "pair"))
        at = match.anchor[0]
        if any(view.word(k) in ("which", "whom") and view.word(k - 1) == "with" for k in range(max(at - 5, 1), at)):
            fill = tuple(pair for pair in fill if pair[1] not in ("pair", "other"))  # "Togo, with which it signed a treaty": the other one is told
        if draft.type == "Meeting" and any(
            b.role == "host"
            and any(getattr(i, "kind", "") == "pronoun" and i.text.lower() == "we" for i in b.items if not isinstance(i, str))
            for b in match.bindings
        ):
            draft.roles.pop("host", None)  # "we have held a forum": who speaks, not where
        notes = fill_roles(draft, fill, given)
        turn_sides(draft, view, match, given.before)
        complete_between(draft)
        speak_for_states(draft, self.gazetteer.state_of)
        if draft.type == "Meeting" and not settle_meeting(
            draft, self.gazetteer.state_of, view.words[match.first : match.last], sure=match.way == "scene"
        ):
            return None
        if draft.type == "Presence":
            settle_abroad(draft, match, view, reading.pair, self.gazetteer)
        if draft.type == "InvestmentFigure":
            settle_recipient(draft, match, reading.pair)
            lend(view, match, draft)
            if not draft.roles.get("recipient") and (meant := recipient_near(reading, view, match, draft, before)) is not None:
                draft.add("recipient", meant)
                notes.append("recipient filled with what is spoken of")
        return notes


# Facts without figures: a scene of them gives way to a fact of the type that the same words tell.
_ACTS = frozenset({"DiplomaticRelations", "Meeting", "OfficeHolding", "Relationship"})


def _tells_words(fact: Fact, view: SentenceView, match: Match) -> bool:
    """Whether a fact of the type (and kind of meeting) that a match makes is told by words among its own."""
    kinds = [word for role, word in match.rule.fixed if role == "kind"]
    if fact.type != match.rule.type or (kinds and [k.word for k in fact.values("kind") if isinstance(k, Concept)] != kinds):
        return False
    start, end = view.tokens[match.first].start, view.tokens[match.last - 1].end
    return any(e.start < end and start < e.end for e in fact.evidence)


def _is_nowhere(draft: Draft, reading: Reading, view: SentenceView, match: Match) -> bool:
    """Whether nothing says whose a project or an agreement is, in a document that is not about a pair of states."""
    if len(reading.pair) == 2:
        return False
    if draft.type == "ProjectStatus":
        return not is_in_the_world(draft, view, match)
    return draft.type == "AgreementAction" and not draft.roles.get("party") and not draft.roles.get("by")  # "this agreement" of a licence


def _heading_of(view: SentenceView, headings: dict[str, SentenceView]) -> SentenceView | None:
    """The heading that a sentence stands under, also where the words that lead in its list follow it."""
    over = view.sentence.heading.rstrip(" :")
    found = headings.get(over)
    if found is not None and _BASIC & found.vocabulary and not any(m.kind == "state" for m in found.mentions):
        return next((v for v in reversed(headings.values()) if _names_state(v)), found)  # "ANGOLA", "1. Basic data"
    return found or next((headings[name] for name in sorted(headings, key=len, reverse=True) if name and over.startswith(f"{name} ")), None)


def _names_state(heading: SentenceView) -> bool:
    """Whether a heading is no more than the name of a state, or says that the facts of one follow: "Angola", "Country fact sheet: Angola"."""
    states = {m.entities[0].iri for m in heading.mentions if m.kind == "state" and len(m.entities) == 1}
    return len(states) == 1 and (
        any(m.kind == "state" and m.first == 0 and m.last == len(heading) for m in heading.mentions) or "country" in heading.vocabulary
    )

"""From what the slots of a match caught to the terms of a fact's roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from kg.extract.words import words
from kg.match import Binding, Match
from kg.model import Concept, Entity, Mention, Term, Value
from kg.terms import DATE_ROLES, ENT, FACT_TYPES, SYMMETRIC_KINDS, Role, role_of, words_of
from kg.values import date_bounds
from kg.words import slug_of
from kg.words.voices import acting_entities

# The kind of the entity that a role's words make where no gazetteer knows them.
_MADE = {
    "agreement": "agreement", "project": "project", "property": "facility", "asset": "facility", "event": "event", "body": "body",
    "organisation": "organisation", "member": "organisation", "speaker": "group", "actor": "group", "participant": "group",
    "owner": "organisation", "investor": "organisation", "partOf": "body", "place": "place", "origin": "place", "destination": "place",
    "in": "place", "host": "group", "by": "group", "party": "group", "subject": "group", "counterpart": "group", "of": "organisation",
    "person": "person", "addressee": "group", "object": "group", "from": "group", "recipient": "group", "target": "group",
}
# Where one slot catches two actors of a figure or relation, the second stands in the other role.
_OTHER_SIDE = {"reporter": "partner", "subject": "object", "investor": "recipient", "lessor": "lessee"}


def _other_side(fact_type: str, role: str) -> str:
    """The role that the second of two actors in one slot takes, "" where there is none."""
    return "counterpart" if fact_type == "Indicator" and role == "subject" else _OTHER_SIDE.get(role, "")


_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "our", "your", "neighbouring", "neighboring"})

# A person is no party to an agreement: who signs acts for one.
_ACTS_FOR = {("AgreementAction", "party"): "by"}
_NUMBER_ROLES = frozenset({"amount", "value", "rent"})


@dataclass(slots=True)
class Draft:
    """Roles of a fact in the making, and its dates."""

    type: str
    roles: dict[str, list[Term]] = field(default_factory=dict)
    dates: list[Value] = field(default_factory=list)
    date_role: str = ""
    years_ago: int = 0
    titles: tuple[Concept, ...] = ()
    term: list[tuple[str, Value]] = field(default_factory=list)  # an agreement's own years: (startDate, endDate or "", value)

    def add(self, role: str, term: Term) -> None:
        """Puts a term into a role, once."""
        terms = self.roles.setdefault(role, [])
        if term not in terms:
            terms.append(term)

    def copy(self) -> Draft:
        """An independent draft with the same content."""
        return Draft(self.type, {role: list(terms) for role, terms in self.roles.items()}, list(self.dates), self.date_role, self.years_ago,
                     self.titles, list(self.term))


def split_figure(draft: Draft, match: Match) -> list[Draft]:
    """A trade or investment figure that gives an amount and by how much it changed is two: each can be right or wrong by itself."""
    if draft.type not in ("TradeFigure", "InvestmentFigure") or not draft.roles.get("amount") or not draft.roles.get("changePercent"):
        return [draft]
    amount, change = draft.copy(), draft.copy()
    del amount.roles["changePercent"]
    for role in ("amount", "currency", "valueMin", "valueMax"):
        change.roles.pop(role, None)
    priced = any(not isinstance(item, str) and item.kind == "money" and item.value is not None and item.value.qualifier
                 for binding in match.bindings for item in binding.items)
    (change if priced else amount).roles.pop("qualifier", None)
    return [amount, change]


def make_entity(text: str, role: str, document_hash: str) -> Entity:
    """An entity made from the words of the text; what no name marks out belongs to its document."""
    kind = _MADE.get(role, "group")
    label = " ".join(text.split())
    iri = f"{ENT}{kind}-{slug_of(label)}"
    return localised(Entity(iri, label, kind, known=False), document_hash)


def localised(entity: Entity, document_hash: str) -> Entity:
    """The entity, tied to its document where its label is a description and no name ("new refineries")."""
    if entity.known or any(word[:1].isupper() for word in entity.label.split()[:2]) or entity.iri.endswith(document_hash[:8]):
        return entity
    return Entity(f"{entity.iri}-{document_hash[:8]}", entity.label, entity.kind, False, entity.state, entity.names)


def _entity_terms(role: Role, item: Mention | str, document_hash: str) -> list[Term]:
    if isinstance(item, str):
        text = " ".join(item.split())
        return [text] if role.open else [make_entity(text, role.name, document_hash)]
    if item.entities:
        return [localised(entity, document_hash) for entity in acting_entities(item) or item.entities]
    if role.open:
        return [" ".join(item.text.split())]
    if item.form == "reference":
        return [make_entity(_undetermined(item.text), role.name, document_hash)] if item.kind == "agreement" and role.name == "agreement" else []
    return [make_entity(item.text, role.name, document_hash)]


def _undetermined(text: str) -> str:
    """The words of a reference without what points: "the relevant convention" -> "relevant convention"."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in ("the", "this", "that", "these", "those", "such") else text


def _concept_terms(fact_type: str, role: Role, item: Mention | str) -> list[Term]:
    if isinstance(item, str):
        word = " ".join(item.split())
        if word in words_of(fact_type, role.name):
            return [Concept(role.scheme, word)]
        return [word] if role.open else []
    if item.concept is not None:
        return [item.concept]
    return [" ".join(item.text.split())] if role.open else []


_LASTING = re.compile(r"(PT?)(\d+(?:\.\d+)?)([A-Z])")
_UNITS_OF_TIME = {"PY": "years", "PM": "months", "PW": "weeks", "PD": "days", "PTH": "hours", "PTM": "minutes", "PTS": "seconds"}
_MANY_MONTHS = 36


def _beginning(value: Value) -> Value:
    """The day, month or year with which an open period begins: "it has not met since 2010"."""
    earliest, latest = date_bounds(value.start_date)
    return replace(value, kind="date", date=value.start_date, start_date="", earliest=earliest, latest=latest)


def _put_value(draft: Draft, role: Role | None, binding: Binding, value: Value) -> None:
    if binding.role == "yearsAgo":
        years = re.fullmatch(r"P(\d+)Y", value.duration)
        draft.years_ago = int(value.number or (years.group(1) if years else 0))
        return
    if draft.type == "AgreementAction" and binding.role in ("startDate", "endDate"):
        draft.term.append((binding.role, value))
        return
    if binding.role in DATE_ROLES or role is None:
        draft.dates.append(_beginning(value) if binding.type == "since" else value)
        draft.date_role = binding.role if binding.role in ("startDate", "endDate") else draft.date_role
        return
    known = {r.name for r in FACT_TYPES[draft.type]}
    if role.kind == "duration":
        text = value.duration or value.per
        if text:
            draft.add(role.name, text)
        if value.qualifier and "qualifier" in known:
            draft.add("qualifier", Concept("qualifier", value.qualifier))
        return
    lasting = _LASTING.fullmatch(value.duration) if value.number is None and draft.type == "Indicator" else None
    if lasting is not None:
        length, unit = Decimal(lasting.group(2)), lasting.group(1) + lasting.group(3)
        if unit == "PM" and length > _MANY_MONTHS:
            length, unit = length / 12, "PY"  # "74.5 years"
        draft.add(role.name, length)
        draft.add("unit", _UNITS_OF_TIME[unit])
    if value.number is None:
        return
    sign = -1 if binding.negative else 1
    draft.add(role.name, (value.number - 1) * 100 if binding.type == "times" else sign * value.number)
    if value.kind == "money" and value.currency:
        if "currency" in known and role.name in ("amount", "rent"):
            draft.add("currency", value.currency)
        elif "unit" in known:
            draft.add("unit", value.currency)
    if role.name in _NUMBER_ROLES:
        for name, number in (("valueMin", value.number_min), ("valueMax", value.number_max)):
            if number is not None and name in known:
                draft.add(name, sign * number)
    if "unit" in known and role.name == "value":
        if value.unit:
            draft.add("unit", value.unit)
        elif value.kind == "percent":
            draft.add("unit", "percent")
    if value.per:
        target = "rentPeriod" if "rentPeriod" in known else "per"
        if target in known:
            draft.add(target, value.per)
    if value.qualifier and "qualifier" in known:
        draft.add("qualifier", Concept("qualifier", value.qualifier))


# Titles that are parts of names: "King Hussein", "Queen Noor", and what stands before them.
_ROYAL = words("roles", "royal")
_MAJESTY = ("majesty ", "highness ", "royal highness ", "his majesty ", "her majesty ", "h.m. ", "hm ")


def _put_word(draft: Draft, role: Role, word: str, document_hash: str) -> None:
    """What a rule itself says of a role: a word of its scheme, a number, text, or what an entity is called ("independence")."""
    if role.kind == "entity" and not role.open:
        draft.add(role.name, make_entity(word.replace("_", " "), role.name, document_hash))
    elif role.kind == "concept" and (words_of(draft.type, role.name) or not role.open or word.islower()):
        draft.add(role.name, Concept(role.scheme, word))
    else:
        draft.add(role.name, Decimal(word) if role.kind == "number" else word.replace("_", " "))


def complete(draft: Draft, inner: Sequence[Entity], document_hash: str) -> None:
    """Adds what follows from roles already there. ``inner``: the states named inside the mention of the body that the match caught."""
    roles = draft.roles
    if draft.type == "DiplomaticRelations":
        for term in [t for t in roles.get("place", ()) if isinstance(t, Entity) and t.kind == "state"]:
            roles["place"].remove(term)
            if not roles.get("receiver"):
                draft.add("receiver", term)
        if not roles.get("place"):
            roles.pop("place", None)
    elif draft.type == "JointBody" and not roles.get("between") and len(inner) == 2:
        for state in inner:
            draft.add("between", localised(state, document_hash))


def settle_dates(draft: Draft, text: str) -> None:
    """Takes the day since when something is there as the day on which it began: "the commission has worked since 2013", not "after 2013"; a visit has none."""
    if draft.type in ("DiplomaticRelations", "JointBody"):
        draft.dates = [replace(d, date=d.start_date, start_date="") if d.start_date and not d.date and not d.end_date and not text.startswith(
            ("after", "After"), d.start) else d for d in draft.dates]
        draft.date_role = ""
    elif (
        draft.type == "Meeting"
        and not draft.roles.get("count")
        and any(isinstance(kind, Concept) and kind.word == "visit" for kind in draft.roles.get("kind", ()))
    ):
        draft.dates = [d for d in draft.dates if d.date or d.end_date or not d.start_date]  # "his fifth visit since 2014": not when


_JOINT = frozenset(
    "joint intergovernmental interparliamentary inter bilateral mixed friendship dialogue consultation consultations interdepartmental "
    "interministerial interagency cooperation partnership coordination subcommission subcommittee business binational "
    "bi interregional supreme tripartite trilateral 2+2 contact strategic border boundary mechanism transfrontier demarcation delimitation level consultative standing permanent".split()
)


_MANY_BODIES = re.compile(r"(groups|committees|commissions|councils|forces)( on| for| of|$)", re.IGNORECASE)


def is_joint(draft: Draft) -> bool:
    """Whether a body's name says that it is one of two sides, so that they may be taken from the document."""
    bodies = [t for t in draft.roles.get("body", ()) if isinstance(t, Entity)]
    if any(_MANY_BODIES.search(b.label) and not b.label.istitle() and "friendship" not in b.label.lower() for b in bodies):
        return False  # "four working groups" are no body, "the Border Commissions" are one
    bodies += [t for t in draft.roles.get("partOf", ()) if isinstance(t, Entity)]
    return any(b.known or _JOINT & set(b.label.lower().replace("-", " ").split()) or any(
        w in b.label.lower() for w in ("working group", "working party", "task force", "study group", "expert group")) for b in bodies)


def complete_between(draft: Draft) -> None:
    """The two states of an embassy: who sends and who receives."""
    if draft.type == "DiplomaticRelations" and not draft.roles.get("between"):
        for role in ("sender", "receiver"):
            for term in draft.roles.get(role, ()):
                draft.add("between", term)


def speak_for_states(draft: Draft, state_of: Callable[[str], str]) -> None:
    """States that work together, without the people who promise it for them."""
    partners = [e for e in draft.roles.get("participant", ()) if isinstance(e, Entity)]
    states = {e.iri for e in partners if e.kind == "state"}
    if draft.type == "Cooperation" and len(states) > 1:
        draft.roles["participant"] = [e for e in partners if e.kind != "person" or (e.state or state_of(e.iri)) not in states]


def _put(draft: Draft, binding: Binding, item: Mention | str, document_hash: str) -> None:
    role = role_of(draft.type, binding.role)
    if binding.type == "put" and role is not None and isinstance(item, str):
        _put_word(draft, role, item, document_hash)
        return
    if not isinstance(item, str) and item.concept is not None and item.concept.scheme == "office":
        draft.titles += (item.concept,)
    elif binding.role == "person" and not isinstance(item, str) and (royal := next((w for w in item.text.lower().split()[:3] if w in _ROYAL), "")) and (
            item.text.lower().startswith(royal) or item.text.lower().startswith(_MAJESTY)):
        draft.titles += (Concept("office", royal),)
    if not isinstance(item, str) and item.value is not None:
        _put_value(draft, role, binding, item.value)
        return
    if role is None:
        return
    if role.kind == "entity":
        terms = _entity_terms(role, item, document_hash)
        if len(terms) == 2 and not role.many and _other_side(draft.type, binding.role):
            draft.add(binding.role, terms[0])
            draft.add(_other_side(draft.type, binding.role), terms[1])
            return
        if draft.type == "JointBody" and not isinstance(item, str) and item.concept is not None and item.concept.scheme == "sector":
            draft.add("sector", item.concept)  # "working groups on trade and mining"
        for term in terms:
            draft.add(_ACTS_FOR.get((draft.type, binding.role), binding.role) if isinstance(term, Entity) and term.kind == "person" else binding.role, term)
    elif role.kind == "concept":
        for term in _concept_terms(draft.type, role, item):
            draft.add(binding.role, term)
        if binding.role == "office" and not isinstance(item, str):
            draft.add("officeTitle", " ".join(item.text.split()))
            _put_owners(draft, item, document_hash)
    elif role.kind == "text":
        text = item if isinstance(item, str) else item.entities[0].label if item.form == "reference" and item.entities else item.text
        if isinstance(item, str) or item.entities or item.form != "reference":
            draft.add(binding.role, " ".join(text.split()))


# Offices that one state holds in another ("ambassador of Germany to Kenya").
_SENT = frozenset({"ambassador", "charge-d-affaires", "consul", "special-envoy"})


# Offices in a body, whose name stands behind "of" even where nothing is known of it.
_BODY_OFFICES = words("roles", "body-offices")


_LEGISLATURE = re.compile(rf"\b(?:{'|'.join(sorted(words('roles', 'legislatures')))})\b", re.IGNORECASE)


def _put_owners(draft: Draft, office: Mention, document_hash: str) -> None:
    """Whose office it is, and to whom an envoy is accredited, from the actors that the office's mention names."""
    owners = [localised(e, document_hash) for e in office.entities if e.kind not in ("person", "place")]
    if office.concept is not None and office.concept.word == "deputy" and _LEGISLATURE.search(office.text):
        draft.roles["office"] = [Concept("office", "member-of-parliament")]  # "a deputy of the State Duma"
        states = [e for e in owners if e.kind == "state"]
        owners = states or owners
    for place in office.entities:
        if place.kind == "place" and place.state:
            draft.add("accreditedTo", place)  # "ambassador to Washington": the state whose place it is, put there by the fillers
    if draft.roles.get("of"):
        others = [e for e in owners if e not in draft.roles["of"]]
        if office.concept is not None and office.concept.word in _SENT and len(others) == 1 and (" to " in office.text or " in " in office.text):
            draft.add("accreditedTo", others[0])  # "Ana Lima, its ambassador to NATO"
        return
    word = office.concept.word if office.concept is not None else ""
    if not owners:
        _, _, body = office.text.partition(" of ") if " of " in office.text else office.text.partition(" at ")
        body = body.removeprefix("the ")
        if word in _BODY_OFFICES and body[:1].isupper():
            draft.add("of", make_entity(body, "of", document_hash))
        return
    states = [e for e in owners if e.kind == "state"]
    if word in _SENT:
        text = f" {office.text.lower()} "
        at = max(text.find(" to "), text.find(" in "))
        if at >= 0 and (len(owners) == 1 or not states) and any(f" {n.lower()} " in f"{text[at:]} " for n in (owners[0].label, *owners[0].names)):
            owners, sent_to = [], owners
        else:
            owners, sent_to = owners[:1], owners[1:]
        for entity in sent_to:
            if entity.kind in ("state", "organisation"):
                draft.add("accreditedTo", entity)
        if owners:
            draft.add("of", owners[0])
        return
    inner = [e for e in owners if e.kind != "state"]
    if len(states) > 1 and not inner:
        return
    draft.add("of", (inner or states)[0])


def with_entities(match: Match, mentions: Sequence[Mention]) -> Match:
    """The match with an entity where the words that a text slot caught for an open role are just its name ("supports the European Union")."""
    bindings = []
    for binding in match.bindings:
        role = role_of(match.rule.type, binding.role) if binding.role else None
        if role is not None and role.kind == "entity" and role.open and len(binding.items) == 1 and isinstance(binding.items[0], str):
            named = [
                m
                for m in mentions
                if len(m.entities) == 1
                and m.form in ("name", "metonym")
                and m.last == binding.last
                and (m.first == binding.first or (m.first == binding.first + 1 and binding.items[0].split()[0].lower() in _DETERMINERS))
                and m.text.removeprefix("the ") in binding.items[0]
                and len(binding.items[0].split()) - len(m.text.split()) <= 1
            ]
            if named:
                binding = replace(binding, items=(named[0],))
        bindings.append(binding)
    return replace(match, bindings=tuple(bindings))


# The nouns of bodies inside a body; what stands in front of them belongs to them ("joint technical working groups").
_PARTS = {"groups": "group", "committees": "committee", "commissions": "commission", "subcommittees": "subcommittee", "subcommissions": "subcommission",
          "sections": "section", "forces": "force"}
_BEFORE_PARTS = frozenset({"working", "task", "sub", "-", "technical", "thematic", "expert", "joint"})


def name_sub_bodies(match: Match, words: Sequence[str]) -> Match:
    """The match with bodies named by the noun before the list of their fields: "working groups on trade and mining" are two."""
    if match.rule.type != "JointBody":
        return match
    bindings = []
    for binding in match.bindings:
        if binding.role == "body" and binding.type == "field":
            at = next((k for k in range(binding.first - 1, match.first, -1) if words[k] in _PARTS), -1)
            first = at
            while first > match.first and words[first - 1] in _BEFORE_PARTS:
                first -= 1
            noun = " ".join((*words[first:at], _PARTS[words[at]])).replace(" - ", "-") if at >= 0 else "working group"
            binding = replace(binding, items=tuple(_as_body(item, f"{noun} on ") for item in binding.items))
        bindings.append(binding)
    return replace(match, bindings=tuple(bindings))


def _as_body(item: Mention | str, lead: str) -> Mention | str:
    if isinstance(item, str):
        return lead + item
    label = lead + " ".join(item.text.split())
    return replace(item, entities=(Entity(f"{ENT}body-{slug_of(label)}", label, "body", known=False),))


def make_drafts(match: Match, document_hash: str) -> list[Draft]:
    """The drafts of a match: one, or one for each member of its `+` lists."""
    single = [b for b in match.bindings if b.role and b.many != "+"]
    spread = [b for b in match.bindings if b.role and b.many == "+"]
    base = Draft(match.rule.type)
    for role_name, word in match.rule.fixed:
        role = role_of(match.rule.type, role_name)
        assert role is not None
        _put_word(base, role, word, document_hash)
    for binding in single:
        items = binding.items
        role = role_of(match.rule.type, binding.role)
        if len(items) == 2 and role is not None and not role.many and _other_side(match.rule.type, binding.role):
            _put(base, binding, items[0], document_hash)
            other = Binding(_other_side(match.rule.type, binding.role), binding.type, "", False, binding.first, binding.last, (items[1],))
            _put(base, other, items[1], document_hash)
            continue
        for item in items:
            _put(base, binding, item, document_hash)
    if not spread:
        return [base]
    out: list[Draft] = []
    options = [[(b, piece) for item in b.items for piece in _pieces(item)] for b in spread]
    together = [k for k, b in enumerate(spread) if b.role in match.rule.respectively]
    if len(together) > 1:
        lists = [[piece for k in together if spread[k].role == role for piece in options[k]] for role in match.rule.respectively]
        if len({len(pieces) for pieces in lists}) > 1:
            return []
        rows = [tuple(row) for row in zip(*lists, strict=True)]
        rest = [option for k, option in enumerate(options) if k not in together]
        combinations = [(*row, *others) for row in rows for others in product(*rest)]
    else:
        combinations = list(product(*options))
    for combination in combinations:
        draft = base.copy()
        for binding, item in combination:
            _put(draft, binding, item, document_hash)
        out.append(draft)
    return out


def _pieces(item: Mention | str) -> list[Mention | str]:
    """A mention of several entities taken apart."""
    if isinstance(item, str) or len(item.entities) < 2 or item.kind == "office":
        return [item]
    return [Mention(item.start, item.end, item.first, item.last, item.kind, item.text, item.form, (entity,), item.value, item.concept, item.head)
            for entity in item.entities]


def order_symmetric(draft: Draft) -> None:
    """Puts the two sides of a symmetric relation in one order, so that both wordings are one fact."""
    kinds = {getattr(k, "word", "") for k in draft.roles.get("kind", ())}
    if draft.type == "Relationship" and kinds & SYMMETRIC_KINDS:
        a, b = draft.roles.get("subject", []), draft.roles.get("object", [])
        if len(a) == 1 and len(b) == 1 and isinstance(a[0], Entity) and isinstance(b[0], Entity) and a[0].iri > b[0].iri:
            draft.roles["subject"], draft.roles["object"] = b, a

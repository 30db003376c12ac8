"""What a draft must have to become a fact: the least that the shapes ask for, and no nonsense."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.roles import Draft
from kg.extract.words import words
from kg.model import Entity, Term
from kg.terms import role_of

# Not offices unless they are held in some body.
_CALLINGS = words("checks", "callings")
_TWO = {"DiplomaticRelations": "between", "JointBody": "between"}
_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    # every inner tuple: at least one of these roles
    "DiplomaticRelations": (("between",), ("step",)),
    "AgreementAction": (("agreement",), ("action",)),
    "Membership": (("member",), ("organisation",)),
    "OrganisationEvent": (("organisation",), ("action",)),
    "Meeting": (("kind",), ("participant", "name", "host", "place")),
    "ProjectStatus": (("project",), ("stage",)),
    "Cooperation": (("participant",), ("sector", "topic")),
    "TradeFigure": (("reporter",), ("partner",), ("flow",), ("amount", "changePercent", "sharePercent", "rank", "trend", "commodity")),
    "InvestmentFigure": (("investor",), ("recipient",), ("kind",), ("amount", "changePercent", "trend")),
    "Lease": (("property",), ("lessor", "lessee")),
    "Ownership": (("owner",), ("asset",)),
    "Indicator": (("indicator",), ("subject",), ("value", "rank", "changePercent", "trend")),
    "OfficeHolding": (("person",), ("office",)),
    "Remark": (("speaker",), ("content",)),
    "Position": (("actor",), ("stance",), ("target",)),
    "Relationship": (("subject",), ("object",), ("kind",)),
    "Presence": (("organisation",), ("in",)),
    "JointBody": (("body",), ("between",)),
    "EventFact": (("event",),),
    "ArmedAction": (("actor",), ("kind",)),
}
_DIFFERENT = (("reporter", "partner"), ("subject", "object"), ("member", "organisation"), ("investor", "recipient"), ("lessor", "lessee"),
              ("owner", "asset"), ("sender", "receiver"), ("organisation", "in"), ("person", "of"), ("subject", "counterpart"), ("from", "asset"))
# What an entity must be to stand in a role.
_KINDS = {
    "reporter": {"state", "organisation", "place"}, "partner": {"state", "organisation", "place"}, "between": {"state", "organisation"},
    "person": {"person"}, "member": {"state", "organisation"}, "sender": {"state", "organisation"}, "receiver": {"state", "organisation"},
    "agreement": {"agreement"}, "in": {"state", "place", "facility", "organisation"},
    "place": {"place", "state", "facility", "institution", "organisation"},
    "origin": {"place", "state", "facility"}, "destination": {"place", "state", "facility"}, "accreditedTo": {"state", "organisation"},
    "of": {"state", "organisation", "institution", "company", "body", "place", "group", "agreement"},
}


_OF_PARTIES = frozenset({"terminated", "suspended", "ratified", "extended"})
_NAMELESS = frozenset({"joint venture", "venture", "company", "firm", "project"})
_ANY_GOODS = words("checks", "any-goods")
_AMOUNT = re.compile(r"(?i)(?:US|C|A|NZ)?[$€£¥]|(?:USD|EUR|GBP|JPY|CNY|RMB|INR|Rs)\b|[\d.,]+\s?(?:million|billion|trillion|percent|per cent|%)")
_ADJECTIVE = re.compile(r"(?:un|il|ir|im|in|dis)[a-z]+(?:al|ed|ive|ous|able|ible|ent)")
_CURRENCY, _COUNTED = re.compile(r"[A-Z]{3}"), words("checks", "counted")
# Things that do not act: nobody is quoted or takes part by their names.
_ACTORS = ("speaker", "actor", "participant", "party", "by", "addressee", "investor", "lessor", "lessee", "owner")
_NO_ACTORS = frozenset({"agreement", "project", "event", "facility"})


_FEWEST = 1000  # inhabitants of a state


# What is told of a topic: a draft without it is what sentences behind may go on with.
_TELLING = frozenset({"amount", "value"})


def problem_of(draft: Draft, need: tuple[tuple[str, int], ...], topic: bool = False) -> str:
    """Why the draft is no fact (no ``topic`` of facts), "" where it is one."""
    for options in _REQUIRED[draft.type]:
        if topic and _TELLING & {*options}:
            continue
        if not any(draft.roles.get(role) for role in options):
            return f"no {' or '.join(options)}"
    if draft.type == "Ownership" and any(isinstance(term, Entity) and term.label.lower() in _NAMELESS for term in draft.roles.get("asset", ())):
        return "nothing tells which firm it is"
    if draft.type == "TradeFigure" and any(isinstance(term, str) and _AMOUNT.match(term) for term in draft.roles.get("commodity", ())):
        return "an amount is no commodity"
    if (
        draft.type == "TradeFigure"
        and draft.roles.get("commodity")
        and not any(draft.roles.get(role) for role in ("amount", "changePercent", "sharePercent"))
        and all(isinstance(term, str) and term.lower() in _ANY_GOODS for term in draft.roles.get("commodity", ()))
    ):
        return "nothing tells which goods"
    if draft.type == "Indicator" and any(isinstance(term, Entity) and term.kind == "agreement" for term in draft.roles.get("subject", ())):
        return "an agreement has no figures of its own"
    if draft.type == "Indicator" and any(isinstance(u, str) and _CURRENCY.fullmatch(u) for u in draft.roles.get("unit", ())) and any(
            getattr(i, "word", "") in _COUNTED for i in draft.roles.get("indicator", ())):
        return "people and things are not counted in money"
    if draft.type == "Indicator" and _is_too_few(draft):
        return "no state has so few people"
    if draft.type == "Membership":
        for term in draft.roles.get("organisation", ()):
            if isinstance(term, Entity) and (term.kind not in ("organisation", "body", "group", "agreement") or term.state):
                return f"{term.label} has no states as members"
    if draft.type == "AgreementAction" and _is_outsider(draft):
        return "who ends or ratifies it has no part in it"  # "Beijing has denounced the pact of Manila and Washington"
    if draft.type == "JointBody" and any(isinstance(t, Entity) and t.known and t.kind == "organisation" for t in draft.roles.get("body", ())):
        return "an organisation of many states is no body of two"
    if draft.type == "Meeting" and not draft.dates and not any(draft.roles.get(r) for r in ("participant", "host", "place", "topic", "frequency", "count")):
        return "nothing is told of the gathering but its name"
    if draft.type == "Meeting" and not any(draft.roles.get(r) for r in ("participant", "host", "place", "topic", "frequency", "count")) and all(
            isinstance(name, str) and name.islower() for name in draft.roles.get("name", ())):
        return "a gathering without a name of its own"
    if draft.type == "OfficeHolding" and not draft.roles.get("of"):
        words = {getattr(office, "word", "") for office in draft.roles.get("office", ())}
        if words & _CALLINGS:
            return "a calling is no office"
    for role, count in need:
        if role in ("date", "startDate", "endDate"):
            if not draft.dates and not (draft.term and role != "date"):
                return f"no {role}"
        elif len(draft.roles.get(role, ())) < count:
            return f"fewer than {count} {role}"
    double = _TWO.get(draft.type)
    if double and len(draft.roles.get(double, ())) < 2:
        return f"fewer than two {double}"
    for one, two in _DIFFERENT:
        if set(map(_key, draft.roles.get(one, ()))) & set(map(_key, draft.roles.get(two, ()))):
            return f"{one} and {two} are the same"
    for role, kinds in _KINDS.items():
        for term in draft.roles.get(role, ()):
            if isinstance(term, Entity) and term.kind not in kinds:
                return f"{term.label} ({term.kind}) cannot be {role}"
    for role in _ACTORS:
        for term in draft.roles.get(role, ()):
            if isinstance(term, Entity) and term.kind in _NO_ACTORS:
                return f"{term.label} ({term.kind}) cannot act as {role}"
    for role, terms in draft.roles.items():
        known = role_of(draft.type, role)
        if known is not None and not known.many and len(dict.fromkeys(map(_key, terms))) > 1:
            return f"several {role}"
    if draft.type == "Cooperation" and any(isinstance(t, str) and _ADJECTIVE.fullmatch(t) for t in draft.roles.get("sector", ())):
        return "an adjective alone is no field"  # "the fight against illegal, unreported and unregulated fishing"
    if draft.type == "Cooperation" and len(draft.roles.get("participant", ())) < 2:
        return "fewer than two participant"
    return ""


def _is_too_few(draft: Draft) -> bool:
    """Whether fewer than a thousand people would be all that live in a state: they are some other people, "the academy takes 20 people"."""
    return (
        any(getattr(i, "word", "") == "population" for i in draft.roles.get("indicator", ()))
        and any(isinstance(s, Entity) and s.kind == "state" for s in draft.roles.get("subject", ()))
        and not (draft.roles.get("counterpart") or draft.roles.get("unit"))
        and any(isinstance(v, Decimal) and v < _FEWEST for v in draft.roles.get("value", ()))
    )


def _is_outsider(draft: Draft) -> bool:
    """Whether a state does to an agreement of two others what only its parties can do."""
    parties, doers = draft.roles.get("party", ()), draft.roles.get("by", ())
    actions = {getattr(a, "word", "") for a in draft.roles.get("action", ())}
    return bool(actions & _OF_PARTIES) and len(parties) == 2 and bool(doers) and all(
        isinstance(t, Entity) and t.kind == "state" for t in (*parties, *doers)) and not set(map(_key, doers)) & set(map(_key, parties))


def _key(term: Term) -> object:
    return term.iri if isinstance(term, Entity) else term

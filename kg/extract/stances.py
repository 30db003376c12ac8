"""What holds for all Positions: which matches tell a stance, what a denied stance means, and which of two nested ones stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.extract.roles import Draft, localised
from kg.extract.words import words
from kg.match import Binding, Match, SentenceView
from kg.match.frames.antecedents import antecedent
from kg.model import Concept, Entity, Fact, Term
from kg.words.closed import PREPOSITIONS, RELATIVES, is_adverb

_CONTRARY = {"supports": "opposes", "seeks": "rejects", "offers": "rejects", "interested": "rejects"}
_ADJUNCT = re.compile(
    r", according to\b.*|, (?:something |an? (?:\w+ ){1,3}(?:(?:to|on|for|of|in|with|at) )?)(?:that|which)\b.*|, (?:the (?:\w+ ){1,4}of |(?:to|of|in|on|for|from|with|by|at|under) )?(?:which|whom|whose|who|where)\b.*|,? (?:(?:during|after|before|following|at|upon|as part of) which\b|with the (?:participation|assistance|help|involvement|aim|goal|purpose) of|in order to|so as to"
    r"|and (?:its|their|his|her) (?:\w+ ){0,2}(?:support|commitment|readiness|determination|opposition|concern|willingness|desire|interest|solidarity) (?:for|to|in|at|about|over|with)\b"
    rf"|(?:(?:during|at|after|before|following) (?:(?:an?|the|his|her|its|their) )?|in an? )(?:(?!of\b|in\b|on\b|at\b|for\b|to\b|with\b|and\b)\w+ ){{0,3}}"
    rf"(?:{'|'.join(sorted(words('stances', 'occasions')))}) (?:with|in|to|held|on)\b"
    r"|in an? (?:\w+ ){0,2}(?:statement|interview|letter|speech|tweet|press release)(?: to | with | issued| published| released| made| on|,|$)) ?.*",
    re.DOTALL,
)
_PLANNING = frozenset({"intend", "plan"})
_NOT_SO = (("far", "from"), ("instead", "of"), ("rather", "than"), ("short", "of"))
_JUDGING = words("stances", "judging")
_AS = re.compile(r" as (?!of\b|from\b|well\b|soon\b|long\b|part\b)\W?\w+.*", re.DOTALL)  # "dismissed the plan | as a whim"
_TO = re.compile(r"^to (?=(?:the|an?|any|all|its|their|such|this|these)\b)")  # "opposed to the dam"
_CALLED = re.compile(r"^as \w+(?: and \w+)? (?=(?:the|an?|any|all|its|their|such|this|these)\b)")  # "criticised as premature the plan"
DENYING = words("stances", "denying")
_LEADING = words("stances", "leading")
_DOING_SO = re.compile(r"(?i)thank\b|be brief\b|do (?:so|it|this|that|the same|likewise)\b|(?:very|so) much\b")
_BACKING = words("stances", "backing")
_ADVERBIAL = frozenset("is are was were has have had been will would at in on with by from during after before under within since until of so yet".split())
_ONLY_DATE = re.compile(r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4}")
_EMPTY = frozenset(
    "the it he she they we i this that them him her us me you one each other so these those all nor or something anything nothing everything more less".split()
)


def _target_of(match: Match) -> Binding | None:
    return next((b for b in match.bindings if b.role == "target"), None)


def tells_stance(view: SentenceView, match: Match) -> bool:
    """Whether the verb of a match says what its subject wants: a bare infinitive of purpose ("to support the budget") does not,
    "was the first country to support it" does."""
    group = match.group
    if group is not None and group.form == "participle" and group.lemma == "ask" and group.first <= 1:
        return False  # "Asked about air links, the minister said"
    if group is not None and group.form == "gerund" and (view.word(group.first - 2), view.word(group.first - 1)) in _NOT_SO:
        return False  # "Far from opposing the dam, Chad offered to pay for it"
    target = _target_of(match)
    if (
        group is not None
        and group.lemma in ("welcome", "greet")
        and target is not None
        and any(
            m.kind in ("person", "pronoun")
            and m.first <= target.first
            and target.last <= m.last
            and view.word(m.first) not in ("it", "this")
            for m in view.mentions
        )
    ):
        return False  # "he was welcomed by the president"
    if target is not None and _is_anothers(view, target):
        return False
    return group is None or group.form != "infinitive" or any(view.word(k) in _LEADING for k in range(group.first - 5, group.first)) or (
        view.word(group.first - 1) == "as" and view.word(group.first - 2) == "far")


def _is_anothers(view: SentenceView, target: Binding) -> bool:
    """Whether the words caught begin with somebody else whose stance it is: "reiterates the support of | Chad for the pact"."""
    return (
        view.word(target.first - 1) == "of"
        and view.word(target.first - 2) in _BACKING
        and any(
            m.first <= target.first + 1
            and target.first <= m.first
            and m.kind in ("state", "organisation", "person")
            and view.word(m.last) in ("for", "to")
            for m in view.mentions
        )
    )


def settle_stance(draft: Draft, status: str, match: Match, balanced: bool = False, denied_by: str = "", outside: bool = False) -> str:
    """The status of a Position; a stance denied ("is not interested in leaving") becomes the contrary one, in place.
    Where it is ``balanced`` ("neither backs nor opposes") or denied from ``outside`` ("it is not true that it backs") no contrary follows.

    A stance that hangs on another as its manner ("tries to find a way, seeking to please all") holds by itself.
    """
    if match.group is not None and match.group.form == "gerund" and status in ("Hypothetical", "Planned"):
        return "Asserted"
    if match.group is not None and match.group.form == "infinitive" and status in ("Hypothetical", "Planned"):
        return "Asserted"  # "took the opportunity to condemn it", "went so far as to ask"
    if (
        status == "Hypothetical"
        and match.group is not None
        and match.group.modal in ("would", "'d")
        and (match.group.lemma in _POLITE or _POLITE & set(match.group.chain[:1]))
    ):
        return "Asserted"  # "would welcome a new tender"
    if status == "Planned" and match.group is not None and not match.group.modal and match.group.lemma not in _PLANNING and set(match.group.chain) <= _READY:
        return "Asserted"  # "is ready to support it", "is pressing Chad to reply as soon as possible"
    if status == "Asserted" and match.group is not None and match.group.modal in ("should", "ought") and not match.group.perfect:
        return "Hypothetical"  # "Oslo should propose a smaller dam"
    if balanced or (outside and status == "Denied"):
        return "Denied"
    if status == "Denied" and match.group is not None and match.group.lemma == "say":
        return "Asserted"  # "says no to quotas"
    if status == "Asserted" and match.group is not None and match.group.lemma in _PLANNING:
        return "Planned"
    stances = [s for s in draft.roles.get("stance", ()) if isinstance(s, Concept)]
    if status == "Denied" and denied_by in DENYING:
        return "Denied"  # "denied that it had supported the zone": no contrary stance
    if status == "Denied" and match.group is not None and _BINDING & set(match.group.chain):
        return "Denied"  # "has never promised to defend the island"
    if status == "Denied" and match.group is not None and match.group.lemma in _ASKING and (match.group.perfect or match.group.tense == "past"):
        return "Denied"  # "has not asked for a loan": nor has it turned one down
    if status == "Denied" and stances and stances[0].word in _CONTRARY:
        draft.roles["stance"] = [Concept(stances[0].scheme, _CONTRARY[stances[0].word])]
        return "Asserted"
    return status


def is_balanced(view: SentenceView, match: Match) -> bool:
    """Whether the verb stands in "neither ... nor ..."."""
    group = match.group
    return group is not None and "nor" in view.words and (
        view.word(group.first - 1) in ("nor", "neither") or "neither" in view.words[group.first:group.head])


def is_denied_outside(view: SentenceView, match: Match) -> bool:
    """Whether nothing in the clause of a stance denies it, so that what denies it stands around it: "it is not true that Chad backs it"."""
    group, target = match.group, _target_of(match)
    if group is None or group.negated or target is None or "that" not in view.words[:match.first]:
        return False
    return not _DENIAL.intersection(view.words[max(0, match.first - 2):max(target.first, group.last) + 1])


_DENIAL = words("stances", "denial")


def trim_target(draft: Draft, view: SentenceView, match: Match) -> None:
    """Leaves out of the target who else takes part, what it is good for, and the date at its end that dates the stance."""
    target = _target_of(match)
    inside = [m for m in view.mentions if target is not None and target.first <= m.first and m.last <= target.last]
    date = next((m.text for m in inside if m.kind == "date" and target is not None and m.last == target.last and m.value in draft.dates), "")
    known = {m.text: m.entities[0] for m in inside if len(m.entities) == 1 and m.entities[0].known}
    if target is not None and (cut := _end_of_relative(view, match, target) or _end_of_subject(view, match, target)):
        draft.roles["target"] = [view.text(target.first, cut) if isinstance(t, str) else t for t in draft.roles.get("target", ())]
    judged = match.group is not None and match.group.lemma in _JUDGING
    draft.roles["target"] = [
        _trimmed(_AS.sub("", t) if judged else t, date, known) if isinstance(t, str) else t for t in draft.roles.get("target", ())]
    if target is not None and view.word(target.first - 1) == "to" and view.word(target.first - 2) == "not":
        draft.roles["target"] = [f"not to {t}" if isinstance(t, str) else t for t in draft.roles["target"]]  # "advised its citizens not to travel"


def _end_of_relative(view: SentenceView, match: Match, target: Binding) -> int:
    """The comma with which a relative clause ends that the target goes beyond: "Serbia, which hopes to join the union|, is a candidate"; 0 where none does."""
    opener = (match.group.first if match.group is not None else match.anchor[0]) - 1
    while opener > 0 and is_adverb(view.word(opener)):
        opener -= 1
    if view.word(opener) not in ("which", "who") or view.word(opener - 1) != ",":
        return 0
    comma = next((k for k in range(target.first, target.last) if view.word(k) == ","), -1)
    behind = next((g for g in view.groups if g.form == "finite" and g.first > comma), None) if comma > 0 else None
    if behind is None or any(word in RELATIVES or word in (",", "and", "or") for word in view.words[comma + 1:behind.first]):
        return 0
    return comma


def _end_of_subject(view: SentenceView, match: Match, target: Binding) -> int:
    """The verb of the sentence, where a noun of stance with its target is the subject: "Chad's eagerness to buy gas | explains much"; 0 elsewhere."""
    if match.group is not None or target.first == 0 or any(g.form == "finite" and g.first < target.first for g in view.groups):
        return 0
    verbs = [g for g in view.groups if g.form == "finite" and target.first < g.first < target.last]
    inside = view.word(target.first - 1) == "that"
    main = verbs[1] if inside and len(verbs) > 1 else verbs[0] if verbs and view.word(target.first - 1) == "to" else None
    if main is None or any(word in RELATIVES or word in _SUBORDINATING for word in view.words[verbs[0].last if inside else target.first:main.first]):
        return 0
    first = main.first - is_adverb(view.word(main.first - 1))
    return first if first > target.first + 1 else 0


_SUBORDINATING = frozenset({"that", "and", "or", "but", "if", "when", "because", "as", "while", "until", "unless", "after", "before", "what", "how", ",", ";"})


def _trimmed(target: str, date: str, known: Mapping[str, Entity]) -> Term:
    text = _ADJUNCT.sub("", _CALLED.sub("", _TO.sub("", target)).removeprefix("that ").removesuffix(" as"))
    dateless = re.sub(rf",? (?:in|on|since|by|during|at) (?:the )?{re.escape(date)}$", "", text) if date else text
    return known.get(dateless, dateless) if dateless != text else text  # "supported the EU in 2008": the EU itself


def name_target(draft: Draft, view: SentenceView, match: Match, document_hash: str) -> None:
    """Puts the thing that "it" means for "supports it without reservation"."""
    target = _target_of(match)
    if target is not None and (region := taken_up(view, target.first)) is not None:
        draft.roles["target"] = [view.text(*region)]  # "a ban on trucks, an idea that Chad opposes"
        return
    if target is None or view.word(target.first) not in ("it", "them") or (target.last - target.first > 4 and view.word(target.first + 1) not in PREPOSITIONS):
        return
    meant = next((m for m in view.mentions if m.kind == "pronoun" and m.first == target.first and m.entities), None)
    if meant is not None and meant.entities[0] not in draft.roles.get("actor", ()):
        draft.roles["target"] = [localised(e, document_hash) for e in meant.entities[:1]]
    elif target.last - target.first == 1 or view.word(target.first + 1) in PREPOSITIONS:
        draft.roles["target"] = [view.word(target.first)]  # what it means is found behind (`kg/extract/pointing.py`)


def taken_up(view: SentenceView, first: int) -> tuple[int, int] | None:
    """The thing that the apposition at token `first` takes up by a word of its own: the ban in "a ban on trucks, an idea that Chad opposes"."""
    if first < 2 or view.word(first) not in ("a", "an") or view.word(first - 1) != ",":
        return None
    end = next((k for k in range(first + 1, first + 4) if view.word(k) in _TAKEN_UP), 0)
    if not end or (view.word(end + 1) not in ("that", "which", *PREPOSITIONS) and not view.tokens[end + 1].text[:1].isupper()):
        return None
    return antecedent(view, first)


_TAKEN_UP = words("stances", "taken-up")
_BINDING = words("stances", "binding")
_POLITE = words("stances", "polite")
_ASKING = words("stances", "asking")
_READY = words("stances", "ready")
_LEFT_OPEN = words("stances", "pointing")
_POINTING = frozenset("this that these those such us me them him her you".split())


_HERE_AND_NOW = words("stances", "here-and-now")


def _points(target: str) -> bool:
    """Whether a target only points at something: "promised this during the campaign"."""
    said = target.lower().replace(",", " ,").split()
    return bool(said) and said[0] in _POINTING and (
        len(said) == 1 or said[1] in (*PREPOSITIONS, ",") or is_adverb(said[1]) or said[1] in _HERE_AND_NOW)


def has_target(draft: Draft) -> bool:
    """Whether the target says something by itself: no pronoun, no phrase that a preposition opens ("welcomed at once")."""
    if any(isinstance(t, str) and t.lower().split(" ")[0] in _ADVERBIAL for t in draft.roles.get("target", ())):
        return False
    if any(isinstance(t, str) and (_ONLY_DATE.fullmatch(t) or (t.endswith("ly") and " " not in t and is_adverb(t))) for t in draft.roles.get("target", ())):
        return False  # "objected loudly"
    if any(isinstance(s, Concept) and s.word == "offers" for s in draft.roles.get("stance", ())) and any(
            isinstance(t, Entity) and t.kind in ("place", "city") for t in draft.roles.get("target", ())):
        return False  # "invited him to Belgrade"
    if any(isinstance(t, Entity) and t in draft.roles.get("actor", ()) for t in draft.roles.get("target", ())):
        return False  # "Oman has never criticised it"
    if any(isinstance(t, str) and _DOING_SO.match(t) for t in draft.roles.get("target", ())) and not any(
            isinstance(s, Concept) and s.word in ("rejects", "opposes") for s in draft.roles.get("stance", ())):
        return False  # "hopes to do so next year", "I wish to thank"; but "has refused to do so"
    if any(isinstance(t, str) and t.lower() in _LEFT_OPEN for t in draft.roles.get("target", ())):
        return True
    if any(isinstance(t, str) and _points(t) for t in draft.roles.get("target", ())):
        return False
    return all(isinstance(t, Entity) or not set(str(t).lower().split()) <= _EMPTY for t in draft.roles.get("target", ()))


def drop_nested(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without Positions whose target is only a part of another one's of the same actors ("ready to consider extending"),
    and without those of who only says whose they are ("Mr Soto reiterated Chile's support for the fund")."""
    kept = list(facts)
    return [fact for fact in kept if fact.type != "Position" or not any(_holds(other, fact) or _tells(other, fact) for other in kept if other is not fact)]


def _tells(owner: Fact, teller: Fact) -> bool:
    """Whether the actors of the one Position only state the other one."""
    actors = {t.iri for t in teller.values("actor") if isinstance(t, Entity)}
    of = {e.iri for e in owner.values("actor") if isinstance(e, Entity)}
    for_it = len(of) == 1 and all(isinstance(e, Entity) and e.kind == "person" and e.state in of for e in teller.values("actor"))
    if owner.type != "Position" or not actors or not (for_it or actors <= {e.iri for e in owner.stated_by}) or _terms(owner, "actor") == _terms(teller, "actor"):
        return False
    a, b = owner.evidence[0], teller.evidence[0]
    return a.start < b.end and b.start < a.end and _terms(owner, "target") == _terms(teller, "target") and _terms(owner, "stance") == _terms(teller, "stance")


def _holds(outer: Fact, inner: Fact) -> bool:
    if outer.type != "Position" or _terms(outer, "actor") != _terms(inner, "actor"):
        return False
    a, b = outer.evidence[0], inner.evidence[0]
    large, small = " ".join(_terms(outer, "target")).lower(), " ".join(_terms(inner, "target")).lower()
    if not (a.start < b.end and b.start < a.end) or small not in large:
        return False
    return small != large or (a.end - a.start, outer.activity.rule) > (b.end - b.start, inner.activity.rule)


def _terms(fact: Fact, role: str) -> list[str]:
    return sorted(t.label if isinstance(t, Entity) else str(t) for r, t in fact.roles if r == role)

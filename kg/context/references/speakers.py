"""What "we", "our country", "I" and "your exports" mean: the speaker, his state, both states or the other one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.context.references.memory import Memory
from kg.context.words import words
from kg.model import Entity, Mention
from kg.words import closed
from kg.words.verbs import verb_tags

__all__ = ["FIRST_PERSON", "SECOND_PERSON", "first_person", "is_deed", "is_inclusive", "second_person", "spoken_for"]

_I = words("references", "i")
_SHARED = words("references", "shared")
_OWN = words("references", "own")
_TOGETHER = words("references", "together")
_BETWEEN_STATES = words("references", "between-states")
_BEING = words("references", "being")
_OF_BOTH = frozenset({("between", "our"), ("each", "other"), ("one", "another")})
_TWO = frozenset({"countries", "nations", "of", "peoples", "sides", "states"})
_ONE_SIDED = words("references", "one-sided")
FIRST_PERSON = words("references", "we") | _I
SECOND_PERSON = words("references", "you")


def is_inclusive(following: Sequence[str], word: str = "our") -> bool | None:
    """Whether "we/our" with these lower-case words behind it means both states; None where the words do not tell.

    >>> is_inclusive(["bilateral", "trade"]), is_inclusive(["country"])
    (True, False)
    """
    if word != "our" and _first_verb(following) in _ONE_SIDED:
        return None
    if word != "our" and {"you", "your"} & {*following[:8]}:
        return False  # "we cannot agree to the plan of your government"
    following = [w for w in following if w != "-"]
    if word == "we" and _OF_BOTH & {*pairwise(following)}:
        return True  # "we have set up a dialogue between our ministries", "we last saw each other in May"
    for i, w in enumerate(following[: 4 if word == "our" else 6]):
        if w == "both" and i and following[i - 1] in closed.PREPOSITIONS and not {*following[i + 1 : i + 2]} & _TWO:
            continue  # "we are members of both SADC and COMESA"
        if word == "our" and w in _OWN:
            return False
        if w in _SHARED:
            return True
        if word != "our" and (
            w in _TOGETHER
            or w.removesuffix("ed") in _TOGETHER
            or w.removesuffix("d") in _TOGETHER
            or w in ("met", "held")
        ):
            return True
        if w in closed.PUNCTUATION or (word == "our" and w in closed.PREPOSITIONS):
            break
    return None


def _first_verb(following: Sequence[str]) -> str:
    """The base of the first word behind "we" that is no adverb and no form of "have", "be", "do" or a modal, "" where a mark comes first."""
    skipped = closed.BE | closed.HAVE | closed.DO | closed.MODALS
    word = next((w for w in following[:5] if w not in skipped and not closed.is_adverb(w)), "")
    return next((base for base, _ in verb_tags(word)), word)


def is_deed(low: Sequence[str], at: int) -> bool:
    """Whether the "you" at this place does, or is done, what a state does to another: "you lent us", "we recognised you".

    >>> is_deed("last year you have lent us money".split(), 2), is_deed("we recognised you".split(), 2), is_deed("you know".split(), 0), is_deed("you are our guests".split(), 0)
    (True, True, False, True)
    """
    behind = low[at + 1 : at + 10]
    behind = behind[: next((i for i, w in enumerate(behind) if w in closed.PUNCTUATION), len(behind))]
    last = max((i for i, w in enumerate(behind[:4]) if any(base in _BEING for base, _ in verb_tags(w))), default=-1)
    if last >= 0 and "our" in behind[last + 1 :]:
        return True
    return _first_verb(low[at + 1 :]) in _BETWEEN_STATES or (at > 0 and any(base in _BETWEEN_STATES for base, _ in verb_tags(low[at - 1])))


def spoken_for(memory: Memory, speakers: tuple[Entity, ...], side: Entity | None) -> Entity | None:
    """The state for which the speakers speak, or ``side`` where they have none; None where they have several."""
    states = (
        [memory.state_of(s) for s in speakers if s.kind == "person"]
        + [s.iri for s in speakers if s.kind == "state"]
        + [s.state for s in speakers if s.kind not in ("state", "person") and s.state]
    )
    states = list(dict.fromkeys(iri for iri in states if iri))
    if len(states) == 1:
        try:
            return memory.gazetteer.entity(states[0])
        except KeyError:
            return None
    return None if states else side


def second_person(memory: Memory, speakers: tuple[Entity, ...], side: Entity | None) -> tuple[Entity, ...]:
    """What "your country", "your exports" mean: the state of the pair for which the speaker does not speak."""
    mine = spoken_for(memory, speakers, side)
    return memory.other_of_pair((mine,)) if mine is not None and mine in memory.dyad.states[:2] else ()


def first_person(
    memory: Memory, m: Mention, low: list[str], speakers: tuple[Entity, ...], side: Entity | None, *, joint: bool = False
) -> tuple[Entity, ...]:
    """What "we", "our", "I" mean here: the speaker, his state, or both states (in a `joint` paper always both)."""
    head = m.head.lower() or m.text.lower()
    if head in _I:
        return tuple([s for s in speakers if s.kind == "person"][:1])
    mine = spoken_for(memory, speakers, side) if not joint else None
    if m.kind == "state":
        return (mine,) if mine is not None else ()
    if joint and len(memory.dyad.states) == 2:
        return memory.dyad.states
    if head == "we" and m.first and low[m.first - 1] in ("together", "jointly"):
        pair = memory.dyad.states[:2]
        return pair if len(pair) == 2 else ()
    inclusive = is_inclusive(low[m.last : m.last + 12], "our" if head in ("our", "ours") else "we")
    if head == "us" and m.first and low[m.first - 1] in ("between", "both"):
        inclusive = True
    if head == "us" and m.first and low[m.first - 1] not in closed.PREPOSITIONS | {"both"} and low[m.last : m.last + 1] not in (["both"], ["all"]):
        inclusive = False  # "India has given us more than two billion dollars"
    pair = memory.dyad.states[:2]
    if inclusive and len(pair) == 2 and (mine is None or mine.iri in {p.iri for p in pair}):
        with_other = any(w in ("with",) for w in low[m.last : m.last + 7])
        return pair if not (with_other and mine is not None) else (mine,)
    return (mine,) if mine is not None else ()

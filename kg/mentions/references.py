"""Words that stand for something named elsewhere: pronouns, "the two countries", "the facility"."""

from __future__ import annotations

from kg.mentions.line import AUXILIARIES, DETERMINERS, NOUN_VERBS, POSSESSIVE, PREPOSITIONS, SMALL, Line
from kg.mentions.words import lists, plural, with_plurals
from kg.model import Entity
from kg.words.phrases import is_numeral
from kg.words.regions import region_end
from kg.words.verbs import verb_tags

__all__ = ["add_references"]

_LISTS = lists("small")

_PRONOUNS = _LISTS["references-pronouns"]
_PAIR = {plural: single for plural, single in with_plurals("nouns", "pair").items() if plural != single} | {
    "parliaments": "parliament",
    "men": "leader",
    "women": "leader",
    "people": "people",
    "peoples": "people",
}
_PAIR_LONG = {tuple(p.split()): p for p in _PAIR if " " in p}
_TWO = frozenset({"two", "both"})
_DOUBTFUL = lists("references")["doubtful"]
_NAMING = lists("references")["naming"]
# Those of the two sides even where no "two" says so.
_OF_BOTH = lists("references")["of-both"]
_KINDS = {
    "person-reference": "person",
    "state-reference": "state",
    "place-reference": "place",
    "organisation-reference": "organisation",
    "company-reference": "company",
    "body-reference": "body",
    "event-reference": "event",
    "project-reference": "project",
    "agreement-reference": "agreement",
    "facility-reference": "facility",
}


def _singles() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for section, kind in _KINDS.items():
        for form, single in with_plurals("nouns", section).items():
            if form != single and kind in ("person", "state", "place", "organisation", "company", "event"):
                continue
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, kind, single))
    return {first: tuple(sorted(e, key=lambda entry: (-len(entry[0]), entry))) for first, e in found.items()}


_SINGLES = _singles()
_BETWEEN = _LISTS["references-between"]
_RULING = _LISTS["groups-ruling"]
_SENDING = lists("references")["sending"]
_SENT = frozenset(with_plurals("nouns", "acting")) - frozenset(with_plurals("nouns", "acting").values()) - {
    "sides", "capitals", "states", "administrations", "cabinets", "elites"} | {"representatives", "experts", "members", "parliamentarians", "deputies", "heads"}
_BETWEEN_SENT = _LISTS["groups-between"]
# Those who hold the same office in another state, and what stands before one named without "his".
_VISITED = lists("references")["visited"]
_KINDRED = lists("references")["kindred"]
_STYLES = lists("people")["style"]
_BARE = frozenset("and with by to , met meets from between".split())


def add_references(line: Line) -> None:
    """Adds the pronouns and referring phrases of the sentence."""
    for i, word in enumerate(line.low):
        if word in _PRONOUNS and line.tokens[i].text not in ("US", "IT") and not is_numeral(line.tokens, i) and not _is_style(line, i):
            line.add(i, i + 1, "pronoun", "reference", head=word)
        if word in ("the", "both", "two", "these") and (_add_kind_of_state(line, i) or (word == "the" and _add_colony(line, i))):
            continue
        if word in ("the", "this", "that", "these", "those", "our", "my", "your", "both", "two", "each", "such"):
            _add_phrase(line, i)
        elif word in ("parties", "sides") and line.word(i - 1) not in ("the", "our", "both", "two"):
            continue
        if word in ("his", "her", "their", "its", "the", "my", "our") or (
            line.word(i - 1) in _BARE and any(m.kind == "state" and m.form == "adjective" for m in line.at.get(i, ()))):
            _add_counterpart(line, i)
        if word in ("both", "neither"):
            _add_both(line, i)
        if (
            word == "there"
            and i
            and line.word(i + 1) not in AUXILIARIES
            and line.word(i + 1) not in _EXISTING
            and not (line.word(i + 1) == "," and line.word(i - 1) == ",")
        ):
            line.add(i, i + 1, "place", "reference", head="there")
        if word in ("his", "her"):
            _add_host(line, i)
        if (
            word in ("latter", "former")
            and line.word(i - 1) == "the"
            and not line.cap(i)
            and (
                line.verb(i + 1)
                or line.word(i + 1) in AUXILIARIES
                or line.word(i + 1) in POSSESSIVE
                or not line.alpha(i + 1)
                or line.word(i + 1) in PREPOSITIONS
            )
        ):
            line.add(i - 1, i + 1, "pronoun", "reference", head=word)
        if word == "the" and line.word(i + 1) in ("two", "pair", "duo") and (line.verb(i + 2) or line.word(i + 2) in AUXILIARIES or (
                line.word(i - 1) == "between" and line.word(i + 2) in (",", ".", ";", ")")) or (
                line.word(i + 2) in ("also", "then", "later", "further", "jointly", "both") and (line.verb(i + 3) or line.word(i + 3) in AUXILIARIES))):
            line.add(i, i + 2, "pair", "reference", head="leaders")  # "The two also discussed"
    _add_holders(line)
    _add_sent(line)


def _is_style(line: Line, i: int) -> bool:
    """Whether "his" or "her" belongs to a form of address: "His Excellency"."""
    return line.word(i) in ("his", "her", "their", "your") and line.cap(i + 1) and line.word(i + 1) in _STYLES


def _add_host(line: Line, i: int) -> None:
    """Adds "his host", "her guest" without a name behind it: the other one of two who meet."""
    if line.word(i + 1) in ("host", "guest", "visitor", "interlocutor") and (
        line.verb(i + 2) or line.word(i + 2) in AUXILIARIES or line.word(i + 2) in PREPOSITIONS or line.word(i + 2) in (".", ",", ";", "")
    ):
        after = i + 3 if line.word(i + 2) == "," else i + 2
        if line.word(i + 2) != "," or not line.cap(after):
            line.add(i, i + 2, "person", "reference", head=line.word(i + 1))


_BEFORE_BOTH = frozenset(
    (
        "",
        *",.;:",
        *"and but that which while as because since where though although if when whereas so yet until unless once before after".split(),
    )
)
_QUALITIES = lists("references")["qualities"]
_EXISTING = frozenset(
    "exist exists existed remain remains remained seem seems seemed appear appears appeared 's 're ’s ’re came come comes follows followed".split()
)


def _add_both(line: Line, i: int) -> None:
    """Adds "both" and "both of us" that stand for the two sides by themselves: "Both are members", "both belong to"."""
    if line.low[i] == "neither" and line.word(i + 1) in ("country", "state", "nation", "side", "party", "government"):
        if _ends_here(line, i + 2):
            line.add(i, i + 2, "pair", "reference", head="countries")
        return
    last = i + 3 if line.word(i + 1) == "of" and line.word(i + 2) in ("us", "them") else i + 1
    last = next((i + n for n in (4, 5) if line.word(i + 1) == "of" and line.word(i + 2) == "the" and line.word(i + n - 1) in ("two", "countries")), last)
    before, after = line.word(i - 1), line.word(last)
    if last == i + 1 and (
        not (before in _BEFORE_BOTH or before.isdigit())
        or not (
            after in AUXILIARIES
            or line.verb(last)
            or _verb_of_both(line, last)
            or (
                line.low[i] == "neither"
                and after.endswith("s")
                and not line.cap(last)
                and not line.verb(last + 1)
                and line.word(last + 1) not in AUXILIARIES
            )
            or (after in NOUN_VERBS and line.word(last + 1) in DETERMINERS | {"to", "that"})
            or (line.word(last + 1) and line.verb(last + 1) and after.endswith(("ly", "also", "now", "still")))
        )
    ):
        return
    if any(m.first == i and m.kind == "pair" for m in line.mentions):
        return
    line.add(i, last, "pair", "reference", head="both of us" if line.word(last - 1) == "us" else "both")


def _verb_of_both(line: Line, i: int) -> bool:
    """Whether what stands behind "both" is a verb: a word that is no plural noun and no adjective ("Both share a border", "both recognised")."""
    word, behind = line.word(i), line.word(i + 1)
    tags = {tag for _, tag in verb_tags(word)}
    if word.endswith("s") or word in _QUALITIES or not tags & {"base", "past"}:
        return False
    return behind not in ("and", "or", ",") and ("base" in tags or behind in DETERMINERS | PREPOSITIONS or not line.cap(i))


def _add_holders(line: Line) -> None:
    """Adds "the energy ministers", "their prime ministers": holders of one office on both sides, where nothing says whose they are."""
    for m in [m for m in line.mentions if m.kind == "office" and m.form == "office" and not m.entities]:
        head = m.text.lower().partition(" of ")[0].partition(" for ")[0]
        if not head.endswith("s") or head.endswith(("ss", "affairs")) or line.word(m.last) in ("of", "from", "for", "-") or line.hyphen(m.first - 1):
            continue
        first = m.first - 1
        if line.word(first) in _TWO and line.word(first - 1) in ("the", "their", "our", "these"):
            first -= 1
        if line.word(first) not in ("the", "these", "both", "their", "two") or not _ends_here(line, m.last):
            continue
        if not any(o.kind == "pair" and o.first <= m.first < o.last for o in line.mentions):
            line.add(first, m.last, "pair", "reference", head=m.text.lower().removesuffix("s"))


def _add_sent(line: Line) -> None:
    """Adds "leaders of the two countries", "officials from both sides": people by whom both act."""
    for m in [m for m in line.mentions if m.kind == "pair" and m.form == "reference" and m.head in _SENDING]:
        noun = m.first - 2
        if line.word(m.first - 1) not in ("of", "from") or noun < 0:
            continue
        office = next((o for o in line.mentions if o.kind == "office" and o.first <= noun < o.last), None)
        if line.word(noun if office is None or line.word(noun) in _SENT else office.first) not in _SENT:
            continue
        first = office.first if office is not None else noun
        while first > 0 and (line.low[first - 1] in _BETWEEN_SENT or line.low[first - 1] in ("the", "many", "some", "several")):
            first -= 1
        plain = line.low[noun]
        line.add(first, m.last, "pair", "reference", head=plain if plain == "presidents" else "sides")


# What a state is called besides "country", where a word before tells which: "the Gulf monarchy", "the Asian giant", "the NATO member".
_STATES = lists("references")["states"]
_STATES_OF = _STATES | frozenset("island giant master ruler power economy member ally powerhouse heavyweight producer neighbour neighbor".split())
_QUALITIES = _LISTS["references-qualities"]
_QUALIFIED = _LISTS["references-qualified"]


def _add_kind_of_state(line: Line, i: int) -> bool:
    """Adds "the oil-rich Gulf state", "the two Andean countries": states told by where they lie or what they are."""
    k = i + 1
    two = line.low[i] in _TWO
    if line.word(k) in _TWO:
        two, k = True, k + 1
    start, placed, noun = k, False, ""
    while k < len(line) and k - start < 7 and not noun:
        end = region_end(line.low, k)
        if end > k and line.low[end - 1] in _STATES_OF and line.word(end) not in _STATES_OF:
            noun, placed, k = line.low[end - 1], placed or end > k + 1, end - 1  # "the Islamic Republic"
        elif end > k:
            placed, k = True, end
        elif line.hyphen(k + 1) and line.word(k + 2) in _QUALIFIED:
            k += 3
        elif line.word(k) in _QUALITIES or (line.low[k] in _BETWEEN and not line.cap(k)) or (
                line.word(k) in (",", "and") and k > start and (line.word(k + 1) in _QUALITIES or region_end(line.low, k + 1) > k + 1)):
            k += 1
        else:
            noun = line.low[k]
    if k == start:
        return False
    many = two and noun in _MANY_STATES
    if not many and noun not in (_STATES_OF if placed else _STATES):
        return False
    if two != many or (not placed and all(w in _BETWEEN for w in line.low[start:k])) or line.word(k + 1) in ("of", "between") or not _ends_here(line, k + 1):
        return False
    if any(m.entities and m.first < k + 1 and m.last > k and (m.kind == "state" or m.last > k + 1) for m in line.mentions):
        return False  # "the Islamic Republic of Iran", "the Gulf Cooperation Council"
    for m in [m for m in line.mentions if m.kind == "state" and start <= m.first and m.last <= k]:
        line.drop(m)  # "the former Soviet republic" names no Soviet Union
    if many:
        first = i - 1 if line.low[i] in _TWO and line.word(i - 1) in ("the", "these") else i
        line.add(first, k + 1, "pair", "reference", head="countries")
    else:
        line.add(i, k + 1, "state", "reference", head=noun)
    return True


def _add_colony(line: Line, i: int) -> bool:
    """Adds "the former German colony": the state that is not the one whose it was."""
    k = i + 1 + (line.word(i + 1) in ("former", "old", "one-time", "erstwhile"))
    owner = line.here(k, ("state",))
    if (
        owner is None
        or owner.form != "adjective"
        or line.word(owner.last) not in ("colony", "protectorate", "dominion", "possession")
        or not _ends_here(line, owner.last + 1)
        or (line.word(owner.last + 1) in ("of", "in"))
    ):
        return False
    line.add(i, owner.last + 1, "state", "reference", head="colony")
    return True


_MANY_STATES = frozenset(plural(w) for w in _STATES_OF)


def _add_phrase(line: Line, i: int) -> None:
    word = line.low[i]
    if line.busy[i]:
        return
    if word == "each" and line.word(i + 1) == "other":
        line.add(i, i + 2, "pair", "reference", head="each other")
        return
    k = i + 1
    two = word in _TWO
    if line.word(k) in _TWO or line.word(k) == "both":
        two = True
        k += 1
    start = k
    while k < len(line) and k - start < 4 and line.low[k] in _BETWEEN and not line.cap(k):
        k += 1
    measure = line.values.get(k)
    if word == "the" and measure is not None and measure.kind == "quantity" and measure.first == k:  # "the 1,850-km line"
        k = start = measure.last
    adjective = next((m for m in line.at.get(k, ()) if m.kind == "state" and m.form == "adjective"), None) if word == "the" else None
    if adjective is not None and any(kind == "company" and len(words) == 1 for words, kind, _ in _SINGLES.get(line.word(adjective.last), ())):
        k = start = adjective.last  # "the Qatari company"
    if (
        adjective is not None
        and line.word(adjective.last) in _OF_A_LAND
        and _ends_here(line, adjective.last + 1)
        and line.word(adjective.last + 1) not in ("of", "between")
    ):
        line.add(i, adjective.last + 1, "company", "reference", head=line.word(adjective.last))
        return  # "the Chinese group"
    town = next((m for m in line.at.get(k, ()) if m.first == k and m.kind == "place" and m.form == "name"), None) if word == "the" else None
    if town is not None:
        head = town.last + 2 * (line.word(town.last) == "-" and line.word(town.last + 1) == "based")
        firm = line.word(head) in _OF_A_LAND or any(kind == "company" and len(words) == 1 for words, kind, _ in _SINGLES.get(line.word(head), ()))
        if firm and not line.cap(head) and _ends_here(line, head + 1) and line.word(head + 1) not in ("of", "between"):
            line.add(i, head + 1, "company", "reference", head=line.word(head))
            return  # "the Basel group", "the Basel-based group"
    if two or word in ("our", "the", "these"):
        for size in (3, 2, 1):
            words = tuple(line.low[k : k + size])
            plain = words[0] if size == 1 and words else " ".join(words)
            if len(words) == size and plain in _PAIR and (
                two or word == "our" or plain in _OF_BOTH
            ):
                if word == "two" and line.word(i - 1) in ("the", "these", "our", "those"):
                    return
                if _ends_here(line, k + size) and line.word(k + size) != "of":
                    line.add(i, k + size, "pair", "reference", head=plain)
                return
    if two or word in ("both", "each", "two") or (word == "that" and i > 0 and line.word(i - 1) not in PREPOSITIONS):
        return
    if word == "my" and line.word(k) not in ("country", "government", "nation"):
        return
    if word == "your" and not any(kind == "state" for _, kind, _ in _SINGLES.get(line.word(k), ())):
        return
    if word == "our" and line.word(k) not in ("country", "republic", "state", "region", "agreement", "nation", "government"):
        return
    for words, kind, single in _SINGLES.get(line.word(k), ()):
        last = k + len(words)
        if tuple(line.low[k:last]) != words or not _ends_here(line, last):
            continue
        if (line.word(last) in ("of", "between") and kind not in ("agreement",) and not (single in _RULING and _no_name(line, last + 1))) or (
            line.cap(k) and kind == "state" and (line.word(last) == "of")
        ):
            return
        if line.word(last) in ("linking", "connecting", "between") or (
            line.word(last) in ("to", "from") and kind == "facility" and not _infinitive(line, last)
        ):
            return
        if line.word(last) in ("on", "between", "of", "for") and kind == "agreement":
            return
        if line.word(last) in _NAMING and (line.word(last) != "known" or line.word(last + 1) == "as"):
            return  # "the bloc known as the Cairns Group"
        if _plain_palace(line, k):
            return
        if any(
            m.first in (i, k)
            and m.last >= last
            and m.kind in (kind, "office", "agreement", "event", "body")
            and (m.form != "reference")
            and m.last > last
            for m in line.mentions
        ):
            return
        line.add(i, last, kind, "reference", head=single)
        return


def _infinitive(line: Line, i: int) -> bool:
    """Whether "to" leads a verb: "expects the terminal to open", not "the road to the coast"."""
    return line.word(i) == "to" and line.alpha(i + 1) and not line.cap(i + 1) and any(tag == "base" for _, tag in verb_tags(line.word(i + 1)))


# What a firm is called besides "company" where a land's adjective stands in front.
_OF_A_LAND = lists("references")["of-a-land"]


def _plain_palace(line: Line, k: int) -> bool:
    """Whether "the palace" is only a building: "the Palace" speaks for the state."""
    return line.word(k) == "palace" and not line.cap(k)


def _no_name(line: Line, i: int) -> bool:
    """Whether no name stands at i: "accused the government of theft", not "the government of Chile"."""
    return line.alpha(i) and not line.cap(i) and line.word(i) not in ("the", "a", "this", "that", "both", "all", "these", "those", "which", "national")


def _ends_here(line: Line, i: int) -> bool:
    # No further noun goes on with the phrase: "the two countries’ ties" ends, "the country profile" does not.
    word = line.word(i)
    if line.hyphen(i) or (
        line.word(i - 1) == "official" and line.alpha(i) and word not in AUXILIARIES and word not in PREPOSITIONS
    ):
        return False
    if not line.alpha(i) or word in SMALL or line.verb(i) or word in POSSESSIVE:
        return True
    if word in _DOUBTFUL and line.word(i - 1).endswith("s") and line.alpha(i + 1):
        return True  # "the two sides share concern"
    return (
        word.endswith(("ed", "ly"))
        or i in line.values
        or (line.cap(i) and False)
        or word in _PRONOUNS
        or (
            word.endswith("s")
            and (line.word(i - 1).endswith(("y", "t", "r", "n")) and not line.cap(i) and word not in ("relations",))
        )
    )


def _add_counterpart(line: Line, i: int) -> None:
    """ "his Russian counterpart", "her Dutch colleague": a person by the office of the one just named, of the state given."""
    possessed = line.word(i) in ("his", "her", "their", "its", "the", "my", "our")
    k = i + 1 if possessed else i
    if possessed and line.word(k) in _VISITED and (person := line.here(k + 2 if line.word(k + 1) == "," else k + 1, ("person",))) is not None:
        line.add(i, person.last, "person", "name", person.entities, head=person.head)  # "talks with his host, President Ana Lima"
        return
    while possessed and line.word(k) in ("then", "new", "former", "late", "newly"):
        k += 1
    state = line.here(k, ("state",))
    states: tuple[Entity, ...] = ()
    if state is not None:
        states = state.entities
        k = state.last
    while k > i + 1 and line.word(k) in ("then", "new", "former", "opposite") and line.word(k + 1) in _KINDRED:
        k += 1
    if line.word(k) == "opposite" and line.word(k + 1) in ("number", "numbers"):
        k += 1
    elif line.word(k) not in _KINDRED or (line.word(k) not in ("counterpart", "counterparts") and state is None and not (
            line.word(k) == "colleague" and line.word(i) in ("his", "her") and line.here(k + 1, ("person",)) is not None)):
        return
    last = k + 1
    j = last + 1 if line.word(last) == "," else last
    person = line.here(j, ("person",))
    if (
        person is not None
        and not line.word(k).endswith("s")
        and not (states and person.entities and person.entities[0].state not in ("", states[0].iri))
    ):
        line.add(i, person.last, "person", "name", person.entities, head="counterpart")
    line.add(i, last, "person", "reference", head="counterpart")

"""Organisations, companies and places by their shape."""

from __future__ import annotations

from kg.mentions.line import AUXILIARIES, COMMON, DASHES, DETERMINERS, POSSESSIVE, PREPOSITIONS, SMALL, VERBS, Line
from kg.mentions.memory import Memory
from kg.mentions.phrases import before_name, bracketed, pair_before
from kg.mentions.words import lists, with_plurals
from kg.model import Entity, Mention

__all__ = ["add_companies", "add_organisations", "add_places"]

_LISTS = lists("small")

_NOUNS = lists("nouns")
_ORGANISATION = with_plurals("nouns", "organisation")
_COMPANY = _NOUNS["company"]
_COMPANY_WORD = with_plurals("nouns", "company-word")
_COMPANY_MODIFIER = _NOUNS["company-modifier"]
_ORGANISATION_WORD = _NOUNS["organisation-word"]
_PLACE = with_plurals("nouns", "place")
_BODY_MODIFIER = _NOUNS["body-modifier"] - frozenset({"economic", "political", "business", "supreme", "strategic"})
_OFFICES = lists("people")["office"] | lists("people")["address"] | lists("people")["two-word"]
_LISTING = frozenset({"including", "like", "as", "namely", "especially", "are", "by", "with"})
_ENDINGS = (
    "gas",
    "gaz",
    "neft",
    "oil",
    "bank",
    "telecom",
    "tel",
    "air",
    "energo",
    "prom",
    "atom",
    "stroi",
    "stroy",
    "trans",
    "chem",
    "steel",
    "petro",
    "avia",
    "kosmos",
    "metall",
    "sat",
    "mash",
    "export",
    "invest",
    "nafta",
    "netz",
    "corp",
)
_COMPASS = lists("organisations")["compass"]
_ONE_NAME = lists("organisations")["one-name"]
_LEGAL = lists("organisations")["legal"]
_BRANCHES = lists("organisations")["branches"]
_BEFORE_NAME = lists("organisations")["before-name"]
_LOCATIVE = _LISTS["organisations-locative"]
_WAYS = _LISTS["organisations-ways"]
_MONTHS = _LISTS["organisations-months"]
_PARTS = _LISTS["organisations-parts"]
_OWN_KIND = lists("organisations")["own-kind"]
_ADJECTIVES = _LISTS["organisations-adjectives"]
_GENERAL = _LISTS["organisations-general"]
_GENERALS = lists("organisations")["generals"]
_TRADES = lists("organisations")["trades"]
_TAILS = lists("organisations")["tails"]
_HANDED = lists("agents")["handed"]


def add_organisations(line: Line, memory: Memory) -> None:
    """Adds organisations and companies whose last word says what they are."""
    for i, word in enumerate(line.low):
        if word in _ORGANISATION and (line.cap(i) or word == _ORGANISATION[word]):
            _add_by_head(line, i, word, memory)
        if word == "chamber" and not line.cap(i):
            _add_chamber(line, i, memory)
        if word == "air" and line.cap(i) and not line.titled:
            _add_carrier(line, i, memory)


def add_companies(line: Line, memory: Memory) -> None:
    """Adds companies that the words around them betray; what brackets abbreviate."""
    for i, word in enumerate(line.low):
        if word in _COMPANY_WORD:
            _add_beside_word(line, i, memory)
        elif (word in _ORGANISATION_WORD or f"{line.word(i - 1 - line.hyphen(i - 1))} {word}" in _ORGANISATION_WORD) and line.word(i - 1) not in PREPOSITIONS:
            _add_behind_word(line, i, word, memory)
    _add_before_words(line, memory)
    _add_with_kind(line)
    _add_abroad(line, memory)
    _add_listed(line, memory)
    _add_owned(line, memory)
    add_abbreviations(line, memory)


def _add_before_words(line: Line, memory: Memory) -> None:
    """ "Falabona, a Chilean retailer, bought": an unknown name that is said to be a company behind it, or behind where it is at home."""
    for i in range(1, len(line) - 2):
        if line.low[i] != "," or line.word(i + 1) not in ("a", "an", "the") or not _name_token(line, i - 1):
            continue
        stop = next((k for k in range(i + 2, min(i + 8, len(line))) if line.low[k] in (",", ".", ";", "which", "that") or line.low[k] in PREPOSITIONS), 0)
        last = _before_home(line, i)
        first = _run_back(line, last)
        if (
            stop
            and line.low[stop - 1] in _COMPANY_WORD
            and line.free(first, last)
            and not any(line.at.get(k) for k in range(first, last))
            and not line.titled
            and not (first and line.hyphen(first - 1))
            and last - first < 5
            and not any(line.low[k] in DETERMINERS for k in range(first, last))
        ):
            _add(line, first, last, "company", "company", memory)


def _before_home(line: Line, i: int) -> int:
    """The token behind the name in front of a town that ends before token i: "Karuturi Steel | in Voi, a subsidiary", "Karuturi, of Voi, a ..."."""
    town = _run_back(line, i)
    k = town - 1
    if line.word(k) not in ("in", "at", "near", "from", "of"):
        return i
    k -= line.word(k - 1) == ","
    parted = line.word(k) == "," or line.word(k) not in ("of", "from")  # "Bank of Voi, a lender"
    return k if parted and line.cap(k - 1) and _name_token(line, k - 1) else i


def _add_with_kind(line: Line) -> None:
    """ "SEB bank", "the Fiat group": a known firm's name goes on with what it is."""
    for firm in [m for m in line.mentions if m.kind == "company" and m.form == "name" and m.entities]:
        behind = firm.last + 1
        if line.cap(firm.last) and line.word(firm.last) in _TAILS and not line.cap(behind) and not line.crosses(firm.first, behind) and not line.titled:
            line.add(firm.first, behind, "company", "name", firm.entities, head=firm.head, busy=True)  # "China Merchants Holdings *International*"
        if (
            line.word(firm.last) in _OWN_KIND
            and not line.cap(firm.last)
            and not line.cap(behind)
            and not line.hyphen(behind)
            and line.word(behind) not in POSSESSIVE
            and (not line.alpha(behind) or line.word(behind) in SMALL or line.verb(behind) or line.word(behind) in AUXILIARIES)
        ):
            line.add(firm.first, behind, "company", "name", firm.entities, head=firm.head, busy=True)


def _add_abroad(line: Line, memory: Memory) -> None:
    """ "SOCAR Turkey Energy", "Indian Oil (Mauritius) Ltd": a firm's name goes on with the land in which its branch is."""
    for land in [m for m in line.mentions if m.kind in ("state", "place") and m.form == "name" and m.last - m.first < 3]:
        bracket = line.word(land.first - 1) == "(" and line.word(land.last) == ")"
        firm = line.before(land.first - bracket, ("company",))
        last = land.last + bracket
        if bracket:
            first = firm.first if firm is not None else _run_back(line, land.first - 1)
            if line.word(last) not in _LEGAL or not line.cap(last) or first >= land.first - 1:
                continue
        elif firm is None or firm.form != "name" or not firm.entities or line.titled or line.word(land.last) in POSSESSIVE or line.hyphen(land.last):
            continue
        else:
            first = firm.first
        while line.cap(last) and line.low[last] in _LEGAL | _BRANCHES:
            last += 1
        if line.cap(last) and line.alpha(last) and not bracket:
            continue
        if not line.crosses(first, last) and not any(m.kind == "company" and m.first <= first and last <= m.last for m in line.mentions):
            _add(line, first, last, "company", "company", memory)


def _run_back(line: Line, k: int) -> int:
    """Where the capitalised words that end before token k begin."""
    while k > 0 and line.cap(k - 1) and line.alpha(k - 1):
        k -= 1
    return k


# by head -----------------------------------------------------------------------------------------------------


def _named_run_left(line: Line, i: int) -> int:
    """Where the run of capitalised words that ends before token i begins."""
    first = i
    while first > 0:
        k = first - 1
        if line.cap(k) and line.alpha(k):
            word = line.low[k]
            if (
                word in DETERMINERS
                or word in PREPOSITIONS
                or (word in _OFFICES and not (word == "general" and not _ends_office(line, k)))
                or any(m.kind in ("person", "name") and m.first <= k < m.last for m in line.mentions)
            ):
                break
            if k == 0 and (word in SMALL or word in VERBS or (word in COMMON and not _proper_start(line))):
                break
            first = k
            continue
        if line.hyphen(k) and line.alpha(k - 1) and (line.cap(k - 1) or line.cap(k + 1)):
            first = k - 1
            continue
        if line.low[k] in DASHES and (pair := pair_before(line, k)) is not None:
            first = pair  # "the Uruguay - Viet Nam Friendship Association"
            continue
        if (
            line.low[k] in ("and", "&")
            and line.cap(k - 1)
            and line.cap(k + 1)
            and k - 1 > 0
            and first < i
            and _one_title(line, k, i)
        ):
            first = k
            continue
        if line.low[k] in ("of", "for") and line.cap(k - 1) and line.low[k - 1] in _ORGANISATION and False:
            first = k
            continue
        break
    while first < i and not line.cap(first):
        first += 1
    return first


def _ends_office(line: Line, k: int) -> bool:
    """Whether "General" at token k is a rank or ends an office, and begins no name of a body ("State *General* Reserve Fund")."""
    return line.word(k - 1 - line.hyphen(k - 1)) in _GENERALS or any(m.kind in ("person", "office") and m.first <= k < m.last for m in line.mentions)


def _proper_start(line: Line) -> bool:
    return line.cap(1) and line.alpha(1)


def _one_title(line: Line, k: int, i: int) -> bool:
    # "Tourism and Sports Agency": both words are plain nouns, neither a state nor a name with its own head.
    if line.low[k] == "&":
        return True
    left = line.low[k - 1]
    if left in _ORGANISATION or any(
        m.last == k and m.kind in ("state", "organisation", "company", "place", "person") for m in line.mentions
    ):
        return False
    back = k - 1
    while line.cap(back) and line.alpha(back):
        if line.low[back] in _ORGANISATION:
            return False
        back -= 1
    return (
        (line.low[k + 1] not in _ORGANISATION or (k + 1 < i and line.low[k + 1].endswith("s")))  # "Patents and | Companies Registration Agency"
        and line.word(back) not in _COMPANY_WORD  # "the tractor maker | Agromasz and Equatorial Bank"
        and i - k <= 4
        and not any(
            m.first == k + 1 and m.kind in ("state", "organisation", "company", "person") for m in line.mentions
        )
    )


def _right(line: Line, i: int) -> int:
    """The token behind "of Management and Technology", "for Nuclear Research" and so on."""
    end = i
    for _ in range(3):
        word = line.word(end)
        if word not in ("of", "for", "on", "and", "&", ",") or (end == i and word in ("and", "&", ",")):
            break
        k = end + 1
        k = k + 1 if line.word(k) in ("the",) else k
        if not line.cap(k) or not line.alpha(k):
            break
        if word in ("and", "&", ",") and (
            line.word(k - 1) == "the"  # "the Chamber of Commerce and | the Batumi Sea Terminal"
            or line.here(k, ("state", "organisation", "person", "company")) is not None or _another(line, k)
        ):
            break
        if word == "," and (not _more_and(line, k) or line.low[i - 1] in _ONE_NAME or line.tokens[k].text.isupper()):
            break
        if word == "on" and line.low[i - 1] not in ("commission", "committee", "council", "organisation", "conference"):
            break
        state = line.here(k, ("state",))
        if state is not None and state.form == "name":
            end = state.last
            break
        j = k
        while j < len(line) and ((line.cap(j) and line.alpha(j)) or line.hyphen(j)) and j - k < 7:
            if any(m.first == j and m.kind == "person" for m in line.at.get(j, ())):
                break
            j += 1
        if (
            j < len(line)
            and line.low[j] in ("and", "&")
            and line.cap(j + 1)
            and not _another(line, j + 1)
            and (line.here(j + 1, ("state", "organisation", "company", "person")) is None)
        ):
            j += 2
            while j < len(line) and line.cap(j) and line.alpha(j):
                j += 1
        end = j
    return before_name(line, i, end)


def _more_and(line: Line, k: int) -> bool:
    return any(line.word(j) == "and" and line.cap(j + 1) for j in range(k, min(k + 4, len(line))))


def _another(line: Line, k: int) -> bool:
    # A further name with a head noun of its own begins at token k.
    for j in range(k, min(k + 6, len(line))):
        if line.low[j] in _ORGANISATION and line.cap(j):
            return j > k or _ORGANISATION[line.low[j]] == line.low[j]  # "Chamber of Commerce and *Services* of Peru": no name of its own
        if not line.cap(j) and not line.hyphen(j):
            return False
    return False


def _add_by_head(line: Line, i: int, word: str, memory: Memory) -> None:
    single = _ORGANISATION[word]
    if line.hyphen(i - 1) and not line.cap(i):
        return
    if line.cap(i + 1) and line.low[i + 1] in _ORGANISATION and not line.titled:
        return  # the head stands further on: "Bank Group"
    first = _named_run_left(line, i)
    last = i + 1
    if not line.cap(i):
        # "Levada institute", "the Valdai club": a name before a plain head noun.
        if word != single or single in _GENERAL or first == i or not _unknown_name(line, first, i):
            return
        if (
            line.alpha(last)
            and line.low[last] not in SMALL
            and line.low[last] not in VERBS
            and not line.low[last].endswith("ed")
        ):
            return
    else:
        last = _right(line, last)
        while (
            line.cap(last)
            and line.alpha(last)
            and line.low[last] not in SMALL
            and first < i
            and last - i < 3
            and (line.low[last] in _COMPANY or line.low[last] in _ORGANISATION)
        ):
            last += 1
        if first < i and line.cap(last) and line.word(last) in _COMPASS and not line.cap(last + 1):
            last += 1  # "Multinational Corps Northeast"
        if line.low[last - 1] == "." or (line.word(last) == "." and line.low[last - 1] in ("inc", "ltd", "co", "corp")):
            last += 1 if line.word(last) == "." and last + 1 < len(line) else 0
    if line.titled and not (last - first >= 3 and line.cap(i)):
        return
    telling = [k for k in range(first, last) if k != i and line.cap(k) and line.alpha(k)]
    if not telling or (not line.cap(i) and all(line.low[k] in _ADJECTIVES for k in telling)):
        return  # "the Asian bank"
    states_only = all(any(m.kind == "state" and m.first <= k < m.last for m in line.mentions) for k in telling)
    if (
        states_only
        and single in _GENERAL - {"bank", "railway", "fund", "party", "army", "navy", "chamber"}
        and first < i
        and last == i + 1
        and not _of_two_lands(line, first, i)
    ):
        return
    if word != single and states_only and not (single == "railway" or word in ("railways", "airlines", "airways")):
        return
    if (
        word != single
        and single not in ("railway", "force", "holding", "airline", "airway")
        and word not in ("railways", "airlines", "airways", "holdings", "forces")
        and not (last > i + 1 or len(telling) > 1)
    ):
        return
    if any(
        m.first <= first
        and last <= m.last
        and m.kind in ("organisation", "company", "body", "agreement", "event", "facility", "person")
        and (m.kind in ("organisation", "company", "body") or m.last == last or m.last == i + 1)
        and not (m.kind == "agreement" and "between" in line.low[m.first:first] and line.word(first - 1) in ("the", "and", "between")
                 and single not in ("federation", "republic", "union", "kingdom", "commonwealth"))  # "MoU between A and the B Authority"
        for m in line.mentions
    ) or any(m.kind == "state" and m.first <= i < m.last and m.form == "name" for m in line.mentions):
        return
    if single in _BEFORE_NAME and last == i + 1 and _add_named_behind(line, first, last, single, memory):
        return
    after, abbreviation = bracketed(line, last)
    if line.crosses(first, last):
        inner = [m for m in line.mentions if m.first < first < m.last or first < m.first < last < m.last]
        if any(m.kind in ("organisation", "company", "body", "agreement", "event", "state") for m in inner):
            return
    kind = (
        "company"
        if single in _COMPANY and not (single == "bank" and line.word(first) in ("central", "world", "national"))
        else "organisation"
    )
    if single in ("council", "committee", "commission") and any(
        line.low[k] in _BODY_MODIFIER for k in range(first, last)
    ):
        kind = "body"
    _add(line, first, last, kind, single, memory, abbreviation, after)


def _of_two_lands(line: Line, first: int, head: int) -> bool:
    """Whether two states that a dash joins name it: "the Finland-Namibia Society"."""
    lands = [m for m in line.mentions if m.kind == "state" and first <= m.first and m.last <= head]
    return len({e.iri for m in lands for e in m.entities}) == 2 and any(line.low[k] in DASHES for k in range(first, head))


def _add_chamber(line: Line, i: int, memory: Memory) -> None:
    """ "The Tirana chamber of commerce and industry": whose chamber it is stands in capitals, what it is does not."""
    first = i
    while first > 0 and line.cap(first - 1) and line.alpha(first - 1) and line.low[first - 1] not in SMALL:
        first -= 1
    if first == i or line.word(i + 1) != "of" or line.word(i + 2) not in _TRADES or line.titled:
        return
    last = i + 3
    while line.word(last) in ("and", ",") and line.word(last + 1) in _TRADES:
        last += 2
    if not line.crosses(first, last):
        _add(line, first, last, "organisation", "chamber", memory)


def _add_carrier(line: Line, i: int, memory: Memory) -> None:
    """ "Air Tanzania", "Korean Air": a state, its adjective or a place beside "Air" names an airline."""
    behind = line.here(i + 1, ("state", "place"))
    before = line.before(i - 1, ("state",))
    if behind is not None and behind.form == "name" and not line.cap(behind.last):
        _add(line, i, behind.last, "company", "airline", memory)
    elif before is not None and before.form == "adjective" and not line.cap(i + 1):
        _add(line, before.first, i + 1, "company", "airline", memory)


def _add_named_behind(line: Line, first: int, last: int, single: str, memory: Memory) -> bool:
    """ "National Atomic Company Kazatomprom": the name proper stands behind."""
    end = _run(line, last)
    if end == last or not line.cap(last) or line.low[last] in _ORGANISATION:
        return False
    known = line.here(last, ("company", "organisation"))
    if known is None or not known.entities:
        known = _add(line, last, end, "company", single, memory)
    entity = memory.call(known.entities[0], line.slice(first, known.last))
    if not line.crosses(first, known.last):
        line.add(first, known.last, entity.kind, "name", (entity,), head=single, busy=True)
    return True


def _unknown_name(line: Line, first: int, last: int) -> bool:
    if not all(line.cap(k) or line.hyphen(k) for k in range(first, last)) or first == 0:
        return False
    return not any(
        m.first < last and first < m.last and m.kind in ("state", "person", "place") and m.first <= last - 1 < m.last
        for m in line.mentions
    )


def _in_waters(line: Line, land: Mention) -> bool:
    """Whether a state's name names a lake, a river or a sea here: "the Lake Chad Basin Commission"."""
    return line.word(land.last) in _LISTS["organisations-waters"] or line.word(land.first - 1) in _LISTS["organisations-waters"] or (
        line.word(land.first - 1) == "of" and line.word(land.first - 2) in _LISTS["organisations-waters"])


def _add(
    line: Line,
    first: int,
    last: int,
    kind: str,
    single: str,
    memory: Memory,
    abbreviation: str = "",
    after: int = 0,
) -> Mention:
    first = next((m.first for m in line.mentions if m.kind == "place" and m.first < first < m.last <= last), first)  # "the Gulf of Guinea Commission"
    label = " ".join(line.slice(first, last).split())
    entity: Entity | None = None
    if memory.gazetteer is not None and not (label in ("Security Council", "General Assembly") and line.word(first - 1) == "'s"):
        entity = next(
            (e for e in memory.gazetteer.by_label(label) if e.kind in ("organisation", "company", "body")), None
        )
    if entity is None:
        known = memory.named(label)
        entity = known if known is not None and known.kind in ("organisation", "company", "body") else None
    if entity is None:
        states = [
            m.entities[0]
            for m in line.mentions
            if m.kind == "state" and m.entities and ((first <= m.first and m.last <= last) or m.last == first) and not _in_waters(line, m)
        ]
        owner = line.before(first - 1, ("state",)) if line.word(first - 1) in POSSESSIVE else None
        if owner is not None and owner.entities:
            states = [owner.entities[0], *states]
        if states and all(w in _GENERAL or w in _LISTS["organisations-generic"] for w in line.low[first:last]):
            entity = memory.make(kind, f"{label} of {states[0].label}", states[0].iri, (label,))
        else:
            entity = memory.make(kind, label, states[0].iri if states else "")
    if abbreviation:
        entity = memory.call(entity, abbreviation)
    mention = line.add(first, last, entity.kind, "name", (entity,), head=single, busy=True)
    if abbreviation and after and not line.crosses(first, after):
        line.add(first, after, entity.kind, "name", (entity,), head=single, busy=True)
    return mention


# by company word ---------------------------------------------------------------------------------------------


def _name_token(line: Line, k: int) -> bool:
    if (
        not line.cap(k)
        or not line.alpha(k)
        or line.low[k] in SMALL
        or line.low[k] in _OFFICES
        or line.low[k] in _MONTHS
    ):
        return False
    return not any(
        m.first <= k < m.last and m.kind in ("state", "person", "place", "agreement", "event")
        and not (m.kind == "agreement" and "between" in line.low[m.first:k])
        and not (m.kind == "person" and "," in line.low[m.first:k])  # "Ana Lima, owner of the firm | Drewmax"
        for m in line.mentions
    )


_JOINING = frozenset("de da do of di y del du della dos das des den der van von".split())
_ARTICLES = frozenset("la las los le les el".split())


def _run(line: Line, k: int) -> int:
    """The token behind the run of unknown capitalised words that begins at token k."""
    j = k
    while j < len(line):
        known = line.here(j, ("company", "organisation"))
        if known is not None:
            j = known.last
            continue
        if j > k and line.low[j] in _JOINING and _name_token(line, j + 1 + (line.word(j + 1) in _ARTICLES)):
            j += 2 + (line.word(j + 1) in _ARTICLES)
            continue  # "Aceites del Sur", "Banco de la Plata"
        if _name_token(line, j) or (line.hyphen(j) and j > k and (line.alpha(j + 1) or line.low[j + 1][:1].isdigit())):
            j += 1
            continue
        break
    return j


def _add_behind_word(line: Line, i: int, word: str, memory: Memory) -> None:
    """ "The watchdog FundaRedes", "the daily Dawn": an unknown name behind what it is the name of."""
    end = _run(line, i + 1)
    if not line.cap(i) and end > i + 1 and line.free(i + 1, end) and not line.at.get(i + 1):
        _add(line, i + 1, end, "organisation", word, memory)


def _add_beside_word(line: Line, i: int, memory: Memory) -> None:
    """ "Russian company Polimetall", "the Turkmenneftegaz state corporation", "oil giant Petrobras"."""
    word = line.low[i]
    if _COMPANY_WORD[word] != word or line.cap(i):
        return
    if line.word(i + 1) == "," and line.cap(i + 2) and not line.at.get(i + 2):
        stop = _run(line, i + 2)
        if stop > i + 2 and line.word(stop) == "," and line.free(i + 2, stop) and stop - i < 6 and not any(line.at.get(k) for k in range(i + 2, stop)):
            _add(line, i + 2, stop, "company", word, memory)  # "the national carrier, RwandAir, flies to"
            return
    end = _run(line, i + 1)
    if end > i + 1 and (line.free(i + 1, end) or _of_party(line, i, end)) and line.here(i + 1, ("company", "organisation")) is None:
        _add(line, i + 1, end, "company", word, memory)
        return
    k = i
    while line.low[k - 1] in _COMPANY_MODIFIER and k > 0:
        k -= 1
    first = k
    while first > 0 and (_name_token(line, first - 1) or (line.hyphen(first - 1) and _name_token(line, first - 2))):
        first -= 1
    known = line.before(k, ("company",))
    if (
        known is None
        and first < k
        and first > 0
        and line.free(first, k)
        and not line.titled
        and line.low[first] not in COMMON
        and not all(line.low[n] in _ADJECTIVES for n in range(first, k))
    ):
        if any(
            m.first <= k - 1 < m.last and m.kind in ("office", "sector") and m.form != "description"
            for m in line.mentions
        ):
            return
        _add(line, first, k, "company", word, memory)


def _of_party(line: Line, first: int, last: int) -> bool:
    """Whether the stretch lies in an agreement's title behind "between" or in what is said of a person, and in no other name:
    "contract between the firm | Drewmax | and", "Ana Lima, owner of the firm | Drewmax".
    """
    inside = [m for m in line.mentions if m.first < last and first < m.last and m.form != "adjective" and m.kind not in ("sector", "indicator")]
    return bool(inside) and all(
        m.first < first
        and last <= m.last
        and (
            (m.kind == "agreement" and "between" in line.low[m.first : first])
            or (m.kind in ("office", "person") and m.form in ("office", "name") and bool({"of", "at"} & set(line.low[m.first : first])))
        )
        for m in inside
    )


# lists -------------------------------------------------------------------------------------------------------


def _add_listed(line: Line, memory: Memory) -> None:
    """ "companies such as A, B and C"; "A, B, C and many other firms"."""
    plurals = [
        i
        for i, w in enumerate(line.low)
        if w
        in (
            "companies",
            "firms",
            "corporations",
            "banks",
            "enterprises",
            "manufacturers",
            "producers",
            "giants",
            "carriers",
            "airlines",
            "businesses",
            "groups",
        )
    ]
    for i in plurals:
        k = i + 1
        for back in range(k, min(len(line), k + 12)):
            if line.low[back] in ("including", "like", "namely", "notably") or (line.low[back], line.low[back - 1]) in (
                ("as", "such"), ("them", "among"), ("example", "for")
            ):
                _list_from(line, back + 1, memory)
                break
            if line.low[back] in (".", ";") or line.low[back] in ("which", "that"):
                break
        j = next((x for x in range(i - 1, max(0, i - 12), -1) if line.low[x] in ("other", "others")), 0)
        while j > 0 and line.low[j] in ("other", "others", "many", "several", "some", "various"):
            j -= 1
        if j > 0 and line.low[j] == "and":
            _list_back(line, j, memory)


def _list_from(line: Line, k: int, memory: Memory) -> None:
    while k < len(line):
        if line.word(k) == "the":
            k += 1
        end = _run(line, k)
        if end == k:
            return
        known = line.here(k, ("company", "organisation"))
        if known is not None and known.last < end and not line.crosses(k, end):
            line.add(k, end, known.kind, "name", known.entities, head="company", busy=True)
        if line.free(k, end) and not any(
            m.first == k and m.entities and m.kind in ("company", "organisation") for m in line.at.get(k, ())
        ):
            _add(line, k, end, "company", "company", memory)
        k, _ = bracketed(line, end)
        if line.word(k) == "(" and line.word(k + 2) == ")":
            k += 3
        if (line.word(k) == "," and line.word(k + 1) == "and") or (line.word(k) == "as" and line.word(k + 2) == "as"):
            k += 2
        elif line.word(k) in (",", "and"):
            k += 1
        else:
            return


def _list_back(line: Line, j: int, memory: Memory) -> None:
    # Items before token j ("and many other firms"), back to the start of the clause.
    items: list[tuple[int, int]] = []
    k = j
    while k > 0:
        if line.word(k - 1) == ",":
            k -= 1
        if line.word(k - 1) == ")":
            while k > 0 and line.word(k - 1) != "(":
                k -= 1
            k -= 1
        first = k
        while first > 0 and (
            _name_token(line, first - 1)
            or line.hyphen(first - 1)
            or any(m.first <= first - 1 < m.last and m.kind == "state" and m.form == "adjective" for m in line.mentions)
        ):
            first -= 1
        if first == k:
            break
        items.append((first, k))
        k = first
        if line.word(k - 1) not in (",", "and"):
            break
        k = k - 1 if line.word(k - 1) == "and" else k
    if len(items) < 2:
        return
    for first, last in items:
        if line.free(first, last) and not any(m.entities and m.last == last for m in line.at.get(first, ())):
            _add(line, first, last, "company", "company", memory)


def _add_owned(line: Line, memory: Memory) -> None:
    """ "Angola's Sonangol": an unknown name that looks like a company behind a state's 's."""
    for i, word in enumerate(line.low):
        state = line.before(i, ("state",))
        if word not in POSSESSIVE or state is None:
            continue
        end = _run(line, i + 1)
        dealing = _dealt_with(line, state.first) and i + 1 < end <= i + 4
        if (
            dealing
            and line.free(i + 1, end)
            and not any(line.at.get(k) or k in line.surnames for k in range(i + 1, end))
            and memory.person(line.slice(i + 1, end)) is None
        ):
            _add(line, i + 1, end, "company", "company", memory)
            continue
        if end != i + 2 or not line.free(i + 1, end) or line.at.get(i + 1):
            continue
        text = line.tokens[i + 1].text
        telling = line.low[i + 1].endswith(_ENDINGS) or (sum(c.isupper() for c in text) > 1 and len(text) > 2)
        if telling and text.lower() not in ("foreign", "national"):
            _add(line, i + 1, end, "company", "company", memory)


_DEALING = lists("organisations")["dealing"]


def _dealt_with(line: Line, i: int) -> bool:
    # "is owned by | Angola's ...", "was sold to | Angola's ..."
    return line.word(i - 1) in ("by", "to", "from") and any(line.word(k) in _DEALING for k in (i - 2, i - 3))


def add_abbreviations(line: Line, memory: Memory) -> None:
    """Names introduced earlier by their abbreviation or in full; abbreviations in brackets behind a known name."""
    for i in range(1, len(line)):
        if line.low[i] == "(":
            after, abbreviation = bracketed(line, i)
            if abbreviation:
                _add_by_initials(line, i, after, abbreviation, memory)
                for m in list(line.ending.get(i, ())):
                    if (
                        m.kind in ("organisation", "company", "body")
                        and m.entities
                        and len(m.entities) == 1
                        and m.form == "name"
                    ):
                        memory.call(m.entities[0], abbreviation)
                        break
    for i in range(len(line)):
        text = line.tokens[i].text
        if line.busy[i] or len(text) < 2 or not line.cap(i) or any(m.entities for m in line.at.get(i, ())):
            continue
        if text.isupper() or sum(c.isupper() for c in text) > 1:
            entity = memory.named(text)
            if (
                entity is not None
                and entity.kind in ("organisation", "company", "body", "facility", "project")
                and not line.hyphen(i - 1)
            ):
                line.add(i, i + 1, entity.kind, "name", (entity,), head=entity.label, busy=True)


def _add_by_initials(line: Line, i: int, after: int, abbreviation: str, memory: Memory) -> None:
    """ "Nordic Global Learning Network (NGLN)": the words before the bracket begin with its letters."""
    letters = [c for c in abbreviation if c.isalpha()]
    first = _named_run_left(line, i)
    if line.titled or len(letters) < 3 or any(m.entities and m.last == i and m.kind != "state" for m in line.mentions):
        return
    for begin in range(first, i):
        initials = [line.tokens[k].text[0] for k in range(begin, i) if line.cap(k) and line.alpha(k)]
        if [c.upper() for c in letters] == initials and line.free(begin, i):
            _add(line, begin, i, "organisation", "organisation", memory, abbreviation, after)
            return


# places ------------------------------------------------------------------------------------------------------


def add_places(line: Line, memory: Memory) -> None:
    """Adds unknown places: capitalised words behind a preposition of place, or before "region", "province" ..."""
    if line.titled:
        return
    for i, word in enumerate(line.low):
        if word in _PLACE:
            _add_region(line, i, memory)
            _add_region_of(line, i, memory)
        elif word == "to" and line.word(i - 1) in _HANDED:
            continue
        elif word in _LOCATIVE or word in _WAYS or word == "visited":
            _add_behind(line, i, word, memory)
        elif (word == "between" and line.word(i - 1) in _RUNNING_BETWEEN) or (word in ("linking", "connecting") and line.word(i - 1) in _RUNNING_BETWEEN):
            _add_ends_between(line, i, memory)


_RUNNING_BETWEEN = lists("organisations")["running-between"]


def _add_ends_between(line: Line, i: int, memory: Memory) -> None:
    """The unknown places that a line runs between: "the road between Sarandi and Oruzgan"."""
    k = i + 1
    for joint in ("and", ""):
        begin = k
        while k < len(line) and k - begin < 3 and _open(line, k):
            k += 1
        known = begin == k and any(m.kind in ("place", "state", "facility") and m.form != "adjective" for m in line.mentions if m.first == begin)
        if known:
            k = max(m.last for m in line.mentions if m.first == begin and m.kind in ("place", "state", "facility"))
        elif begin == k:
            return
        elif not line.crosses(begin, k):
            label = " ".join(line.slice(begin, k).split())
            entity = memory.named(label)
            if entity is None or entity.kind not in ("place", "facility"):
                entity = memory.make("place", label)
            line.add(begin, k, entity.kind, "name", (entity,), head=label, busy=True)
        if joint and line.word(k) not in (("and", "with", "to") if line.word(i) != "between" else ("and",)):
            return
        k += 1


def _open(line: Line, k: int) -> bool:
    if not line.cap(k) or not line.alpha(k) or line.busy[k] or line.low[k] in SMALL or line.low[k] in _MONTHS:
        return False
    text = line.tokens[k].text
    if (
        (len(text) > 1 and text.isupper())
        or k in line.values
        or line.low[k] in _ORGANISATION
        or line.low[k] in _OFFICES
    ):
        return False
    return not any(
        m.first <= k < m.last and (m.entities or m.kind == "office")
        for m in line.mentions
        if m.kind not in ("group",) and m.form != "description"
    )


def _add_region(line: Line, i: int, memory: Memory) -> None:
    if line.low[i] != _PLACE[line.low[i]] or line.hyphen(i - 1):
        return
    first = i
    while first > 0 and (
        _open(line, first - 1)
        or (line.hyphen(first - 1) and line.cap(first - 2))
        or (line.low[first - 1] in _PARTS and line.cap(first - 1))
        or _name_part(line, first - 1, i)
    ):
        first -= 1
    if first == i or not line.cap(first) or (first == 0 and line.low[0] in COMMON):
        return
    if all(line.low[k] in _PARTS for k in range(first, i)) or line.crosses(first, i + 1):
        return
    if any(m.first <= first and m.last >= i + 1 for m in line.mentions):
        return
    states = [m for m in line.mentions if first <= m.first and m.last <= i]
    if any(m.form == "adjective" for m in states) or line.low[i - 1] in _ADJECTIVES:
        return
    short = line.slice(first, i)
    label = line.slice(first, i + 1)
    if memory.gazetteer is not None:
        for name in (label, short):
            found = [e for e in memory.gazetteer.by_label(name) if e.kind == "place"]
            if found:
                line.add(first, i + 1, "place", "name", (found[0],), head=line.low[i], busy=True)
                return
    named = label if line.cap(i) else f"{short} {line.low[i].title()}"
    entity = memory.make("place", named, names=(short, label))
    line.add(first, i + 1, "place", "name", (entity,), head=line.low[i], busy=True)


_NAMED_BEHIND = lists("organisations")["named-behind"]


def _add_region_of(line: Line, i: int, memory: Memory) -> None:
    """The unknown place of "the province of Kerman", "the town of Sarandi"."""
    k = i + 2
    if line.low[i] not in _NAMED_BEHIND or line.cap(i) or line.word(i + 1) != "of":
        return
    while k < len(line) and k < i + 5 and _open(line, k):
        k += 1
    if k == i + 2 or line.crosses(i + 2, k) or (line.alpha(k) and line.cap(k)):
        return
    label = " ".join(line.slice(i + 2, k).split())
    entity = memory.named(label)
    if entity is None or entity.kind != "place":
        entity = memory.make("place", label)
    line.add(i + 2, k, "place", "name", (entity,), head=label, busy=True)


def _name_part(line: Line, k: int, i: int) -> bool:
    # "West Kazakhstan region": the state's name belongs to the region's where a point of the compass stands before it.
    return line.cap(k) and line.low[k - 1] in _PARTS and line.cap(k - 1) and k == i - 1


_SHARED = lists("organisations")["shared"]
_PERCENT = frozenset({"%", "percent", "cent"})


def _interest(line: Line, i: int) -> bool:
    """Whether the words in front of "in" are of a share: "a 33.5 percent interest in", "an interest of 20 percent in"."""
    if line.word(i - 1) in _PERCENT:
        return any(line.word(j) in _SHARED or line.word(j) in ("interest", "holding") for j in range(max(0, i - 6), i - 2))
    return line.word(i - 1) in ("interest", "holding") and any(line.word(j) in _PERCENT for j in range(max(0, i - 4), i - 1))


def _add_behind(line: Line, i: int, word: str, memory: Memory) -> None:
    k = i + 1
    if line.word(k) == "the":
        return
    begin = k
    while (
        k < len(line)
        and k - begin < 5
        and (
            _open(line, k)
            or (line.hyphen(k) and k > begin and line.cap(k + 1))
            or (
                line.low[k] in ("de", "del", "la", "las", "los", "al", "el", "da", "do", "dos")
                and k > begin
                and (line.cap(k + 1) or (line.word(k + 1) in ("la", "las", "los") and line.cap(k + 2)))
            )
        )
    ):
        k += 1
    if k == begin or (line.low[begin] in COMMON and k == begin + 1):
        return
    after = line.word(k)
    if word in _WAYS:
        # Only as part of a way or journey: "from Aktobe to Orsk".
        near = [line.word(j) for j in range(max(0, i - 6), i)] + [line.word(j) for j in range(k, min(k + 3, len(line)))]
        if not {"from", "to", "via"} & (set(near)) and not {
            "road",
            "railway",
            "route",
            "pipeline",
            "visit",
            "travelled",
            "traveled",
            "trip",
            "flight",
            "flights",
            "line",
            "highway",
        } & set(near):
            return
    if (
        line.alpha(k)
        and after not in SMALL
        and after not in VERBS
        and not after.endswith(("ed", "s"))
        and word in _WAYS
    ):
        return
    if (line.cap(k) and line.alpha(k)) or after in POSSESSIVE:
        return
    if line.crosses(begin, k):
        return
    label = " ".join(line.slice(begin, k).split())
    state = ""
    if after == "," and (found := line.here(k + 1, ("state",))) is not None and found.form == "name":
        state = found.entities[0].iri
    entity = memory.named(label)
    if word == "in" and (line.word(i - 1) in _SHARED or _interest(line, i)) and (entity is None or entity.kind not in ("place", "facility")):
        firm = entity if entity is not None and entity.kind in ("company", "organisation") else memory.make("company", label)
        line.add(begin, k, "company", "name", (firm,), head=label, busy=True)  # "a 49 percent stake in Karoil"
        return
    if entity is None or entity.kind not in ("place", "facility"):
        entity = memory.make("place", label, state)
    line.add(begin, k, entity.kind, "name", (entity,), head=label, busy=True)

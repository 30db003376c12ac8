"""Companies of which nothing is known but what they do: "Kemira, Outotec and Valmet operate in the country"."""

from __future__ import annotations

from kg.mentions.line import AUXILIARIES, COMMON, DASHES, OPEN_QUOTES, POSSESSIVE, PREPOSITIONS, SMALL, VERBS, Line
from kg.mentions.memory import Memory
from kg.mentions.phrases import bracketed
from kg.mentions.words import lists, plural, verb_forms, with_plurals
from kg.model import Mention

__all__ = ["FIRMS", "add_firms", "is_open", "name_run"]

_WORDS = lists("firms")
_VERBS = verb_forms(_WORDS["verb"])
_VERBS_OF_THING = verb_forms(_WORDS["verb-of-thing"])
_VERBS_IN = verb_forms(_WORDS["verb-in"])
_MAKING = verb_forms(_WORDS["verb-making"])
_MOTION = verb_forms(_WORDS["motion"])
_THINGS = {tuple(form.split()) for thing in _WORDS["thing"] for form in (thing, plural(thing))}
_BEING = _WORDS["being"]
_BEING_NOUNS = {tuple(noun.split()) for noun in _WORDS["being-noun"]}
_KINDS = lists("listed_firms")["kinds"]
_RANK = frozenset(with_plurals("firms", "rank"))
_SUPERLATIVE = _WORDS["superlative"]
_NOUNS = lists("nouns")
_NO_NAME = _WORDS["no-name"].union(*(_NOUNS[kind] for kind in ("organisation", "body", "acting", "group", "agreement", "event", "project", "facility")))
_OWN = lists("firms")["own"]
_PEOPLE = frozenset("people workers staff employees".split())
FIRMS = frozenset({"company", "organisation"})
_BEFORE = frozenset({",", "and", "but", "while", "whereas", "that", "where", "when", ";", ":", "(", "as", "because", "since"}) | DASHES | OPEN_QUOTES
_BUYING = verb_forms(frozenset({"own", "acquire", "buy", "purchase", "take"})) | {"bought", "took", "taken"}
_BOUGHT = lists("firms")["bought"]
_DEALS = frozenset("stake subsidiary affiliate shareholding".split())
_INDUSTRY = frozenset(with_plurals("firms", "industry"))
_LOOSE = lists("firms")["loose"]
_DEALING = verb_forms(_WORDS["dealing"])
_DEAL_NOUNS = frozenset(with_plurals("agents", "deal-noun"))
_PAYING = verb_forms(_WORDS["verb-of-sum"])
_MILLIONS = frozenset({"million", "millions", "billion", "billions", "m", "mn", "bn"})
_FAR = 9  # words between a verb and the thing that tells


def add_firms(line: Line, memory: Memory) -> None:
    """Adds companies that what they do or have betrays, and those that earlier sentences introduced."""
    if line.titled or line.sentence.kind == "row":
        return
    _add_again(line, memory)
    i = 0
    while i < len(line):
        if not _begins(line, i, memory):
            i += 1
            continue
        names, end = _names(line, i)
        if (
            names
            and _tells(line, end, len(names))
            and not all(_people(line, last - 1) for _, last in names)
            and not (names[0][0] == 0 and len(names) == 1 and _common(line, names[0]))
        ):
            for first, last in names:
                _add(line, first, last, memory)
        i = max(end, i + 1)
    _add_owned(line, memory)
    _add_by_industry(line, memory)
    _add_dealt(line, memory)


def _add_dealt(line: Line, memory: Memory) -> None:
    """ "owned by Dangote and Lafarge", "sold 40 percent of the field to Sinochem", "belongs to Avinor", "in which Repsol has a stake"."""
    for i, word in enumerate(line.low):
        if not _deals_with(line, i, word):
            continue
        k = i + 2 if line.word(i + 1) in ("the", "a") else i + 1
        owner = line.here(k, ("state",))
        if owner is not None and line.word(owner.last) in POSSESSIVE:
            k = owner.last + 1  # "belongs to Zambia's ZCCM-IH"
        if not (is_open(line, k) or line.here(k, FIRMS)):
            continue
        names, end = _names(line, k)
        if word == "which" and not _holds(line, end):
            continue
        for first, last in names:
            if line.low[first] not in COMMON and not any(
                (line.at.get(j) and any(m.kind == "person" for m in line.at[j])) or j in line.surnames for j in range(first, last)
            ):
                _add(line, first, last, memory)


def _deals_with(line: Line, i: int, word: str) -> bool:
    """Whether behind token i, a preposition, the one stands with whom firms, shares and plants are dealt in."""
    if word not in _LEADING:
        return False
    back = [line.word(j) for j in range(i - 1, max(-1, i - 12), -1)]
    stop = next((n for n, w in enumerate(back) if w in (",", ";", ":", "and", "but", "that", "which")), len(back))
    near = back[:stop]
    if word == "by":
        return bool(near) and near[0] in _DONE_BY
    if word == "of":
        return bool(near) and near[0] in _ARMS
    if word == "from":
        at = next((n for n, w in enumerate(near) if w in _BUYING_NOUNS or w in _BUYING), len(near))
        return any(w in _DEALT for w in near[:at]) and at < len(near)
    if word == "to":
        at = next((n for n, w in enumerate(near) if w in _SOLD), len(near))
        return at < len(near) and (
            (near[at] in _BELONGING and at == 0)
            or any(w in _DEALT for w in (near[:at] if near[at] not in ("sold", "transferred", "awarded") else near))
        )
    return word == "which" and line.word(i - 1) == "in"


def _holds(line: Line, k: int) -> bool:
    return line.word(k) in ("hold", "holds", "held", "own", "owns", "owned", "has", "have", "had", "controls", "control") and any(
        line.word(j) in ("%", "percent", "per", "stake", "stakes", "share", "shares", "shareholding", "interest") for j in range(k + 1, k + 7))


_LEADING = frozenset({"by", "of", "from", "to", "which"})
_DONE_BY = lists("firms")["done-by"]
_ARMS = frozenset("subsidiary affiliate subsidiaries consortium".split())
_BUYING_NOUNS = frozenset("acquisition purchase takeover".split())
_SOLD = lists("firms")["sold"]
_BELONGING = frozenset("belong belongs belonged belonging".split())
_DEALT = frozenset(
    "% percent stake stakes share shares shareholding interest plant refinery mine field block company firm bank subsidiary operator hotel airport port terminal "
    "smelter brewery factory".split()
)


def _add_by_industry(line: Line, memory: Memory) -> None:
    """ "Cove Energy", "Siam Cement", "Lotte Chemical": a name that no other mention explains, and what the firm lives by."""
    for known in [m for m in line.mentions if m.kind == "company" and m.form == "name" and m.entities]:
        last = _past_industry(line, known.last)
        if last == known.last and is_open(line, last) and line.low[last] not in COMMON and not line.hyphen(last) and not line.cap(last + 1) and (
                line.verb(last + 1) or line.word(last + 1) in AUXILIARIES):
            last += 1  # "Cengiz Enerji launched"
        if last > known.last and not line.cap(last) and not line.crosses(known.first, last) and line.free(known.last, last):
            label = " ".join(line.slice(known.first, last).split())
            entity = memory.make("company", label)
            line.add(known.first, last, "company", "name", (entity,), head="company", busy=True)
    for land in [m for m in line.mentions if m.kind in ("state", "place") and m.form == "name" and not line.cap(m.first - 1)]:
        last = _past_industry(line, land.last)
        while last > land.last and line.word(last) in _WORLDWIDE and line.cap(last):
            last += 1  # "Qatar Steel International"
        if last > land.last and not line.cap(last) and not any(m.last > land.last and m.first <= land.first for m in line.mentions):
            _add(line, land.first, last, memory)
    i = 0
    while i < len(line):
        if not is_open(line, i) or line.low[i] in _INDUSTRY or line.cap(i - 1) or line.low[i] in COMMON or line.low[i].endswith(_ORDINARY):
            i += 1
            continue
        last = name_run(line, i)
        word = line.low[last - 1] if last > i else ""
        if (
            last - i > 1
            and word in _INDUSTRY
            and not line.cap(last)
            and not (line.word(i - 1) in ("of", "for", "and", "&") and line.cap(i - 2))
            and not line.hyphen(last)
            and (i > 0 or last - i > 2 or not _common(line, (i, last)))
            and not any(line.low[k] in _NO_FIRM for k in range(i, last))
        ):
            _add(line, i, last, memory)
        i = max(last, i + 1)


_ORDINARY = ("al", "able", "ible", "ic", "ing", "ion", "ment", "ity", "ive", "ous", "ary", "ical", "ern", "ish", "ean", "ian", "ese", "ed", "ry", "ure")
_WORLDWIDE = lists("firms")["worldwide"]
_NO_FIRM = lists("firms")["no-firm"]


def _people(line: Line, k: int) -> bool:
    # "Hindus and Muslims work in the country": words in the plural
    return line.low[k].endswith(("ians", "ists", "ans", "ims", "dus", "ews", "ese", "ners", "kers", "rers", "ters", "ders"))


def _add_again(line: Line, memory: Memory) -> None:
    # A name that the document introduced as a company's: "Thiess" further on.
    for i in range(len(line)):
        if line.cap(i) and not line.busy[i] and not line.cap(i - 1) and not line.cap(i + 1) and not line.at.get(i):
            known = memory.named(line.tokens[i].text)
            if known is not None and known.kind == "company":
                line.add(i, i + 1, "company", "name", (known,), head=known.label, busy=True)


def _begins(line: Line, i: int, memory: Memory) -> bool:
    """Whether the subject of a clause can begin at token i: a capital, nothing of the same name in front."""
    k = i - 1
    if line.word(k) == "the":
        k -= 1
    if (
        line.word(k) in POSSESSIVE
        and k == i - 1
        and line.before(k, ("state",)) is not None
        and memory.person(line.tokens[i].text) is None
        and i not in line.surnames
    ):
        return is_open(line, i)  # "Bulgaria's | Elmex signed a contract"
    return (is_open(line, i) or (line.here(i, ("place",)) is not None and is_open(line, i + 1))) and (
        k < 0 or line.word(k) in _BEFORE or not line.word(k)[:1].isalnum() or any(m.kind == "date" and m.last == k + 1 for m in line.mentions))


def is_open(line: Line, k: int) -> bool:
    """Whether token k can be a word of an unknown company's name."""
    if not line.cap(k) or not line.alpha(k) or line.low[k] in SMALL or k in line.values:
        return False
    if line.low[k] in _NO_NAME and not (line.cap(k - 1) or line.cap(k + 1)):
        return False
    industry = line.low[k] in _INDUSTRY and line.cap(k - 1)
    return not any(m.first <= k < m.last and (m.entities or m.kind in ("office", "sector", "agreement", "event", "body", "pair")) and m.kind not in FIRMS
                   and not (industry and m.kind == "sector") for m in line.mentions)


def name_run(line: Line, k: int) -> int:
    """The token behind the name that begins at token k."""
    known = line.here(k, FIRMS)
    if known is not None and known.entities:
        return _past_industry(line, known.last)
    j = k
    place = line.here(k, ("place", "state"))
    if place is not None and place.last == k + 1 and is_open(line, k + 1) and line.here(k + 1, FIRMS) is None:
        j = k + 1  # "Texas Instruments"
    while j < len(line):
        if is_open(line, j) and line.here(j, FIRMS) is None:
            j += 1
        elif j > k and line.word(j) == "and" and line.low[j - 1] in _INDUSTRY and line.word(j + 1) in _INDUSTRY and line.cap(j + 1):
            j += 2  # "Siam Power and Light"
        elif j > k and (line.word(j) in _OF or line.word(j) in ("y", "&", "of") or line.hyphen(j)) and is_open(line, j + 1):
            j += 2
        elif j > k and _elided(line, j + (line.word(j) == "de")):
            j += 2 if line.word(j) == "de" else 1  # "Ciments de l'Afrique"
        elif j > k and j in line.values and line.tokens[j].text.isdigit() and len(line.tokens[j].text) == 1:
            j += 1
        elif (
            j > k
            and (land := line.here(j, ("place", "state"))) is not None
            and land.last == j + 1
            and land.form == "name"
            and line.alpha(j + 1)
            and not line.cap(j + 1)
            and (line.word(j + 1) in _VERBS or line.word(j + 1) in _VERBS_OF_THING or line.word(j + 1) in ("holds", "has", "owns"))
        ):
            j += 1  # "Bidco Africa holds"
            break
        else:
            break
    return j if j - k <= 5 else k


_OF = frozenset({"da", "das", "de", "del", "della", "des", "di", "do", "dos", "du"})


def _elided(line: Line, k: int) -> bool:
    """Whether the token is a French or Italian name behind its article: "l'Afrique", "d'Exploitation"."""
    text = line.tokens[k].text if k < len(line) else ""
    return text[:2] in ("l'", "l’", "d'", "d’") and text[2:3].isupper()


def _past_industry(line: Line, k: int) -> int:
    """The token behind the industry words that go on with a firm's known name: "PTT | Exploration and Production"."""
    while line.cap(k) and line.word(k) in _INDUSTRY and not line.hyphen(k - 1):
        k += 1
        if line.word(k) in ("and", "&") and line.cap(k + 1) and line.word(k + 1) in _INDUSTRY:
            k += 1
    if is_open(line, k) and line.tokens[k].text.isalpha() and line.tokens[k].text.isupper() and 1 < len(line.tokens[k].text) < 6 and not line.cap(k + 1):
        k += 1  # "Samsung | SDI"
    return k


def _names(line: Line, i: int) -> tuple[list[tuple[int, int]], int]:
    """The names of a list that begins at token i, and the token where its predicate begins."""
    names: list[tuple[int, int]] = []
    k = i
    while True:
        k = k + 1 if line.word(k) == "the" else k
        k = _past_noun(line, k)
        last = name_run(line, k)
        if last == k:
            return [], i + 1
        names.append((k, last))
        k, _ = bracketed(line, last)
        k = _past_brackets(line, k)
        if line.word(k) == "," and line.word(k + 1) in ("and", "&"):
            k += 2
        elif line.word(k) in ("and", "&") or (line.word(k) == "," and _lists_on(line, k + 1)):
            k += 1
        else:
            return names, _past_aside(line, k)


def _past_noun(line: Line, k: int) -> int:
    # "the retailer Kesko": what the name is said to be stands in front.
    known = line.here(k + 1, FIRMS)
    return k + 1 if not line.cap(k) and line.alpha(k) and known is not None and known.entities else k


def _lists_on(line: Line, k: int) -> bool:
    """Whether behind a comma a further name of the list stands, with a comma or "and" behind it."""
    k = k + 1 if line.word(k) == "the" else k
    last = name_run(line, k) if is_open(line, k) or line.here(k, FIRMS) else k
    return last > k and (line.word(_past_brackets(line, last)) in (",", "and", "&") or line.word(last) in DASHES | {"("})


def _past_brackets(line: Line, k: int) -> int:
    if line.word(k) == "(":
        close = next((j for j in range(k + 1, min(k + 10, len(line))) if line.word(j) == ")"), k - 1)
        return close + 1
    return k


def _past_aside(line: Line, k: int) -> int:
    """The token behind ", to name the best known, –" at token k, behind "which", behind adverbs."""
    if line.word(k) in DASHES | {","} and not line.hyphen(k):
        if line.word(k + 1) in ("which", "who"):
            k += 2
        elif line.word(k + 1) in AUXILIARIES:
            k += 1  # "two banks, Aktia and Nordea, have ..."
        else:
            close = next((j for j in range(k + 1, min(k + 14, len(line))) if line.word(j) in DASHES | {","} and not line.hyphen(j)), 0)
            if not close or any(line.word(j) in AUXILIARIES for j in range(k + 1, close)) or line.word(k + 1) in ("and", "but", "who", "which"):
                return k
            k = close + 1
            while line.word(k) in DASHES:
                k += 1
    while line.word(k) in _LOOSE or line.word(k).endswith("ly"):
        k += 1
    return k


def _tells(line: Line, k: int, count: int) -> bool:
    """Whether the predicate at token k is one of companies; ``count``: how many names stand in front."""
    begin = k
    while line.word(k) in AUXILIARIES or line.word(k) in _LOOSE or line.word(k) in ("been", "not", "to", "plan", "plans", "planning"):
        if line.word(k) in ("have", "has", "had") and _has_thing(line, k + 1):
            return True
        k += 1
    word = line.word(k)
    passed = k > begin
    if word in _DEALING and line.before(begin, ("state",)) is None and any(line.word(j) in _DEAL_NOUNS for j in range(k + 1, k + 5)) and _owned(line, begin):
        return True
    if word in _VERBS:
        return not word.endswith("ed") or not _be_before(line, begin, k)
    if _be_before(line, begin, k):
        return (
            (word in _BEING and (word != "established" or line.word(k + 1) == "in"))
            or _ranked(line, k)
            or (word in ("among", "amongst") and any(line.word(j) in _KINDS for j in range(k + 1, k + 7)))
            or any(tuple(line.low[k : k + len(n)]) == n for n in _BEING_NOUNS)
            or (word == "in" and count > 1 and _land(line, k + 1))
            or (
                word.endswith("ing")
                and ((word in _VERBS_OF_THING and _has_thing(line, k + 1)) or (word in _VERBS_IN and _placed(line, k + 1)))
            )
        )
    if word in _VERBS_OF_THING and _has_thing(line, k + 1):
        return True
    if word in _PAYING and _sum_of_firm(line, k + 1):
        return True
    if word in _MAKING and _placed(line, k + 1):
        return True
    if word in _BUYING and _buys(line, k + 1):
        return True
    if word == "established" and line.word(k + 1) in ("itself", "themselves"):
        return True
    if word in _VERBS_IN and _placed(line, k + 1) and (passed or count > 1 or word == "invested"):
        return True
    if word in _MOTION and (_land(line, k + (2 if line.word(k + 1) in ("from", "to", "into", "out") else 1) + (line.word(k + 1) == "out"))
                            or line.word(k + 2) == "markets"):
        return count > 1 or word not in ("left", "leave", "leaves", "came", "come", "comes", "returned", "returns", "return", "move", "moved", "moves")
    return False


def _sum_of_firm(line: Line, k: int) -> bool:
    """Whether an amount of millions stands there, and behind it what firms put it into: "spent 40 million dollars on a mill"."""
    j = next((j for j in range(k, min(k + 4, len(line))) if (value := line.values.get(j)) is not None and value.kind == "money"), -1)
    if j < 0:
        return False
    last = line.values[j].last
    millions = any(line.word(n) in _MILLIONS for n in range(j, last))
    return millions and any(line.word(n) in ("on", "in", "into", "for") for n in range(last, min(last + 4, len(line))))


def _owned(line: Line, end: int) -> bool:
    """Whether the name that ends before token `end` stands behind a state's 's: "Bulgaria's Elmex"."""
    first = end
    while first > 0 and line.cap(first - 1) and line.alpha(first - 1):
        first -= 1
    return line.word(first - 1) in POSSESSIVE and line.before(first - 1, ("state",)) is not None


def _buys(line: Line, k: int) -> bool:
    """Whether what is owned or bought is a firm or a share of one: "owns Loma Negra", "bought a logistics company", "acquired seven percent of"."""
    k = k + 1 if line.word(k) == "over" else k
    if line.word(k) in ("a", "an", "the", "its", "another"):
        return any(line.word(j) in _BOUGHT for j in range(k + 1, k + 4) if not any(line.word(m) in PREPOSITIONS for m in range(k + 1, j)))
    firm = line.here(k, FIRMS)
    return (firm is not None and bool(firm.entities)) or (is_open(line, k) and name_run(line, k) > k)


def _be_before(line: Line, begin: int, k: int) -> bool:
    return any(line.word(j) in ("is", "are", "was", "were", "been", "be", "remain", "remains") for j in range(begin, k)) or line.word(begin) in (
        "remain", "remains", "become", "became")


def _has_thing(line: Line, k: int) -> bool:
    """Whether one of the things that companies have stands behind the verb in the same clause."""
    for j in range(k, min(k + _FAR, len(line))):
        word = line.low[j]
        if word in (".", ";", "which", "that", "and", "but") or (word == "," and j > k + 3) or (word in ("in", "of", "to", "for", "with", "on") and j > k):
            return word == "of" and any(tuple(line.low[m:m + len(t)]) == t for m in range(j + 1, j + 4) for t in _THINGS)
        if any(tuple(line.low[j:j + len(t)]) == t for t in _THINGS):
            return not (word in ("office", "offices") and line.word(j - 1) in ("held", "hold", "holds", "in", "of", "his", "her"))
    return False


def _ranked(line: Line, k: int) -> bool:
    """ "among the largest employers", "the largest Japanese investor in"."""
    k = k + 1 if line.word(k) in ("among", "one") else k
    k = k + 1 if line.word(k) == "of" else k
    words = [line.word(j) for j in range(k, k + 7)]
    stop = next((n for n, word in enumerate(words) if word in PREPOSITIONS or word in (".", ",")), len(words))
    return any(word in _SUPERLATIVE for word in words[:stop]) and any(word in _RANK for word in words[:stop])


def _land(line: Line, k: int) -> bool:
    k = k + 1 if line.word(k) in ("the", "our", "that", "this") else k
    here = line.here(k, ("state", "place"))
    return (here is not None and bool(here.entities)) or (line.word(k) in ("country", "continent", "region") and line.word(k - 1) != "a")


def _placed(line: Line, k: int) -> bool:
    return any(line.word(j) in ("in", "across", "throughout") and _land(line, j + 1) for j in range(k, min(k + 8, len(line))))


def _common(line: Line, name: tuple[int, int]) -> bool:
    """Whether the one capital at the head of a sentence may only be the sentence's: "Trains run", not "Fiskars runs"."""
    first, last = name
    if last - first > 1 and line.low[first] not in COMMON and all(line.cap(k) or line.word(k) in _OF or _elided(line, k) for k in range(first, last)):
        return False
    word = line.low[first]
    if word in COMMON or word in VERBS or word.endswith(("ing", "tion", "sion", "ment", "ness", "ism", "ity")):
        return True
    verb = line.word(last)
    return (
        word.endswith("s")
        and not word.endswith("ss")
        and line.word(last + 1) != "its"
        and not (verb.endswith(("s", "ed")) or verb in ("has", "had", "is", "was", "ran", "built", "bought", "sold"))
    )


def _add(line: Line, first: int, last: int, memory: Memory) -> Mention | None:
    known = line.here(first, FIRMS)
    if known is not None and known.entities and known.last == last:
        return None
    if last - first == 1 and line.low[first] in _INDUSTRY:
        return None
    if line.crosses(first, last) or not line.free(first, last):
        return None
    label = " ".join(line.slice(first, last).split())
    entity = memory.named(label)
    if entity is None or entity.kind not in FIRMS:
        entity = memory.make("company", label)
    return line.add(first, last, entity.kind, "name", (entity,), head="company", busy=True)


def _add_owned(line: Line, memory: Memory) -> None:
    """ "Kemira's fertiliser plant", "plants of Kemira and Valmet"."""
    for i, word in enumerate(line.low):
        if word in POSSESSIVE and is_open(line, i - 1) and line.word(i - 1) not in COMMON:
            stop = next((j for j in range(i + 1, min(i + 5, len(line))) if line.low[j] in _OWN), 0)
            first = i
            while first > 0 and is_open(line, first - 1):
                first -= 1
            deal = line.word(i + 1) in ("purchase", "acquisition", "takeover") and line.word(i + 2) == "of" and (
                (i + 3) in line.values or line.cap(i + 3))
            share = next((j for j in range(i + 1, min(i + 5, len(line))) if line.low[j] in _DEALS), 0)
            if (
                deal
                or (share and not any(line.low[j] in SMALL for j in range(i + 1, share)))
                or (stop and not any(line.low[j] in SMALL or not line.alpha(j) for j in range(i + 1, stop)) and first > 0)
            ):
                _add(line, first, i, memory)

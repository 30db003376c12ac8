"""How far a noun phrase reaches to the left and to the right of its head."""

from __future__ import annotations

from dataclasses import dataclass

from kg.mentions.line import (
    AUXILIARIES,
    CLOSE_QUOTES,
    CONJUNCTIONS,
    DASHES,
    DEFINITE,
    DETERMINERS,
    NOUN_VERBS,
    OPEN_QUOTES,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    SMALL,
    VERBS,
    Line,
)
from kg.mentions.words import lists
from kg.words.verbs import verb_tags

__all__ = ["PORTFOLIO", "Left", "before_name", "bracketed", "find_left", "find_right", "pair_before", "quoted"]

_LISTS = lists("small")

_NO_PREMODIFIER = _LISTS["phrases-no-premodifier"]
_TITLED_PAPERS, _TITLED_ON = lists("phrases")["titled-papers"], frozenset({"between", "concerning", "for", "of", "on"})
_PARTICIPLES_IN = _LISTS["phrases-participles-in"]
_STARTERS = _LISTS["phrases-starters"]
_ACTORS = ("state", "person", "organisation", "place")
_NAMED = _LISTS["phrases-named"]
PORTFOLIO = _LISTS["phrases-portfolio"]
_PARTICLES = lists("people")["particle"]
_NO_FIRST_NAME = lists("nouns")["organisation"] | lists("nouns")["body"] | lists("people")["office"] | frozenset({"policy", "programme", "program", "project"})


@dataclass(frozen=True, slots=True)
class Left:
    """Where a phrase begins and what determines it.

    ``determiner`` is the word before ("the", "a", "'s", "" where none), ``at`` its token, -1 where none.
    """

    first: int
    determiner: str = ""
    at: int = -1


_LAUNCHED = lists("phrases")["launched"]
_INSTITUTIONS = lists("phrases")["institutions"]
_FIELDS = lists("phrases")["fields"]
_NO_ACTS = lists("nouns")["agreement"] | lists("nouns")["body"] | lists("nouns")["organisation"]
_OF_FIELDS = ("al", "ic", "ary", "ive", "ian")  # how adjectives of fields end: "economic and commercial"
_OF_ACTS = ("tion", "sion", "ment", "ance", "ence", "ity", "ship")  # how nouns of acts end: "promotion and protection"


def find_left(line: Line, head: int, *, limit: int = 9) -> Left:
    """Reads back from the head over its modifiers.

    Behind a determiner all words up to the head belong to the phrase; without one it begins behind the last verb.
    """
    low = line.low
    begin, verb = head, -1
    title = line.cap(head) and head > 0
    i = head - 1
    while i >= 0 and head - i <= limit and i + 1 not in line.cells:
        word = low[i]
        if line.hyphen(i):
            i -= 1
            begin = i
            i -= 1
            continue
        if word in DASHES and title and (pair := pair_before(line, i)) is not None:
            begin = pair
            i = begin - 1
            continue
        if word == "&" and title:
            i -= 1
            continue
        if word == "and" and _joins(line, i, head):
            i -= 1
            continue
        if word == "of" and title and _titled_of(line, i):
            i -= 1
            continue
        if i in line.values and line.values[i].kind in ("date", "period", "number", "ordinal"):
            kind = line.values[i].kind
            if kind == "number" and not (line.word(i)[:1].isdigit() and len(word) == 4):
                cut = _finite(line, begin, head)
                return Left(cut) if cut else Left(begin, word, i)
            if i > 0 and low[i - 1] in PREPOSITIONS and kind != "ordinal":
                break
            begin = line.values[i].first
            while begin < i and (low[begin] in PREPOSITIONS or low[begin] in DETERMINERS):
                begin += 1
            if begin > line.values[i].first:  # "after the 2016" is a date of its own in "after the 2016 elections"
                return Left(begin, low[begin - 1], begin - 1) if low[begin - 1] in DETERMINERS else Left(begin)
            i = begin - 1
            continue
        if i in line.values and line.values[i].kind == "money" and line.values[i].last == i + 1:
            begin = line.values[i].first
            i = begin - 1
            continue
        if word in DETERMINERS or word in POSSESSIVE:
            cut = _finite(line, begin, head)
            return Left(cut) if cut else Left(begin, word if word in DETERMINERS else "'s", i)
        if line.word(i - 1) == "to" and word in _LAUNCHED and not line.cap(i):
            return Left(begin)  # "to launch | joint ventures"
        if not word[:1].isalnum() or word in SMALL or word in _NO_PREMODIFIER:
            break
        if any(m.kind in ("person", "name") and m.first <= i < m.last for m in line.mentions):
            break
        if title and not line.caps[i] and verb < 0 and word not in _PARTICIPLES_IN and _plain_verb(word):
            break
        if (
            (
                (_plain_verb(word) and not (title and line.caps[i] and i > 0))
                or i in line.finite
                or (word in NOUN_VERBS and word.endswith("s"))
            )
            and word not in _PARTICIPLES_IN
            and verb < 0
        ):
            verb = i
        begin = i
        i -= 1
    if verb >= 0:
        begin = max(begin, verb + 1)
    if begin == 0 and line.cap(0) and head > 0 and low[0] in ("under", "following"):
        begin = 1
    return Left(begin)


def pair_before(line: Line, i: int) -> int | None:
    """Where "Viet Nam – Japan" begins, asked at the dash between two states in front of a title; None elsewhere."""
    before, behind = line.before(i, ("state",)), line.here(i + 1, ("state",))
    if before is None or behind is None or "people" in (before.form, behind.form):
        return None
    return before.first


def _titled_of(line: Line, i: int) -> bool:
    # "Avoidance of Double Taxation Agreement", "Protection of Investments Treaty"; not "Republic of Korea Agreement", "Bank of Ghana Charter".
    return (
        line.cap(i - 1)
        and line.cap(i + 1)
        and line.word(i - 1).endswith(("ance", "tion", "sion", "ment", "fer", "dom", "ange", "ity", "ence", "status", "rules"))
        and not any(m.first < i < m.last and m.kind not in ("sector", "indicator") for m in line.mentions)
        and line.word(i - 1)
        not in (
            "government",
            "federation",
            "organisation",
            "organization",
            "association",
            "department",
            "parliament",
            "agreement",
            "foundation",
            "corporation",
            "commission",
            "administration",
            "university",
            "convention",
            "declaration",
            "city",
            "community",
        )
    )


def _finite(line: Line, begin: int, head: int) -> int:
    # "the mine supplies smelters": the token behind a noun-like verb between the determiner and the head, 0 where none.
    for k in range(head - 1, begin, -1):
        word = line.low[k]
        if word.endswith("s") and (word in NOUN_VERBS or k in line.finite) and not line.cap(k) and not line.hyphen(k + 1):
            return k + 1
        if line.word(k - 1).endswith("s") and not line.cap(k) and word not in _PARTICIPLES_IN and not line.hyphen(k - 1) and any(
                tag == "past" for _, tag in verb_tags(word)) and not line.word(k - 1).endswith(("ss", "ous", "us")):
            return k + 1  # "the parties | signed | agreements on customs"
    return 0


def _plain_verb(word: str) -> bool:
    return word in VERBS or (word.endswith("ed") and len(word) > 4) or word.endswith("ly")


def _joins(line: Line, i: int, head: int) -> bool:
    # "trade and economic cooperation agreement", "Tourism and Antiquities Agreement"; not "talks and an agreement".
    left, right = line.word(i - 1), line.word(i + 1)
    if not left[:1].isalpha() or left in SMALL or left in VERBS or i + 1 >= head:
        return False
    if line.cap(i - 1) != line.cap(i + 1) or (line.cap(head) and not line.cap(i + 1)):
        return False
    if any(m.kind in ("state", "person") and m.last == i and m.form != "adjective" for m in line.mentions):
        return False
    if line.cap(i - 1):
        return True
    if left.endswith(_OF_FIELDS) and right.endswith(_OF_FIELDS):
        return True
    return left in _FIELDS or (left.endswith(_OF_ACTS) and right.endswith(_OF_ACTS) and left not in _NO_ACTS and right not in _NO_ACTS)


def quoted(line: Line, i: int, limit: int = 22) -> int:
    """The token behind the closing quote of a quotation that opens at token i; i where none opens or closes."""
    if line.word(i) not in OPEN_QUOTES or not line.tokens[i + 1 : i + 2]:
        return i
    opening = line.low[i]
    closing = {"“": '”"“', '"': '"”“', "«": "»", "„": "”“", "‘": "’'", "”": "“”"}.get(opening, '"”')
    for j in range(i + 2, min(len(line), i + limit)):
        if line.tokens[j].text[0] in closing:
            return j + 1
    return i


def bracketed(line: Line, i: int) -> tuple[int, str]:
    """The token behind "(ABC)" at token i and the abbreviation; (i, "") where none stands there."""
    if line.word(i) != "(":
        return i, ""
    for j in range(i + 2, min(len(line), i + 6)):
        if line.low[j] == ")":
            inner = line.slice(i + 1, j)
            letters = sum(c.isupper() for c in inner)
            if (
                letters >= 2
                and letters >= 0.5 * sum(c.isalpha() for c in inner)
                and len(inner) <= 14
                and " " not in inner
            ):
                return j + 1, inner
            return i, ""
    return i, ""


def find_right(
    line: Line, start: int, prepositions: frozenset[str], *, infinitive: bool = False, limit: int = 44
) -> int:
    """Reads on from behind a head over its complements; the token behind the last one.

    ``prepositions``: those that may open a complement right behind the head; inside one "of", "for", "between", "and"
    go on.
    """
    end = i = start
    open_between = False  # "between the University of A" waits for its "and"
    allowed = prepositions
    while i < min(len(line), start + limit) and i not in line.cells:
        word = line.low[i]
        after = quoted(line, i)
        if after > i:
            end = i = after
            continue
        if (
            word in _NAMED
            and line.word(i + 1) == ","
            and line.word(i + 2) in OPEN_QUOTES
            and quoted(line, i + 2) > i + 2
        ):
            end = i = quoted(line, i + 2)
            continue
        if open_between and word == "and" and end == i:
            stop = phrase_end(line, i + 1)
            if stop > i + 1:
                open_between = False
                end = i = stop
                continue
        if word in _NAMED and (line.cap(i + 1) or line.word(i + 1) in OPEN_QUOTES):
            after = quoted(line, i + 1)
            if after == i + 1:
                while line.cap(after) or line.hyphen(after):
                    after += 1
            end = i = after
            continue
        if word == "in" and "in" not in allowed:
            field = _field(line, i) or _worked_in(line, i)
            if not field or phrase_end(line, field) <= field:
                break
            i = phrase_end(line, field)
            end = i
            allowed = allowed | {"of", "for", "between"}
            continue
        if word == "to" and infinitive and _infinitive(line, i + 1):
            i = phrase_end(line, i + 2)
            end = i
            allowed = allowed | {"of", "from", "to", "via", "between", "on", "for"}
            infinitive = False
            continue
        if word in ("linking", "connecting") and word in allowed:
            stop = _linked(line, i + 1)
            if stop:
                end = i = stop
                continue
        if word in (
            "amending",
            "marking",
            "governing",
            "regulating",
            "linking",
            "connecting",
            "establishing",
            "regarding",
            "concerning",
        ) and word in allowed | {"amending", "marking", "governing", "regarding", "concerning"}:
            i = phrase_end(line, i + 1)
            if i > end + 1:
                end = i
                allowed = allowed | {"of", "on", "between", "to"}
                continue
            break
        if word not in allowed or i + 1 >= len(line):
            break
        value = line.values.get(i + 1)
        if value is not None and value.kind in ("date", "period", "duration", "money", "percent"):
            break
        if line.word(i + 1) in PRONOUNS or line.word(i + 1) in ("which", "whom", "behalf", "time"):
            break
        aside = line.word(i + 2) in (
            ("occasion", "sidelines", "margins", "eve", "basis", "side", "part")
            if word == "on"
            else ("period", "years", "term", "year", "month", "decade", "week", "while", "day")
            if word == "for"
            else ()
        )
        if aside and line.word(i + 1) in ("the", "a", "an"):
            break  # "a statement | on the occasion of", "the programme | for the period up to 2018"
        if word == "between":
            open_between = True
        if (
            word == "between"
            and line.word(i + 1) in ("the", "both", "our", "these", "them")
            and line.here(i + 2, ("state", "organisation", "company", "person")) is None
            and not line.cap(i + 2)
            and not (line.word(i + 2) in ("two", "respective", "relevant", "competent") and line.cap(i + 3))
        ):
            stop = phrase_end(line, i + 2)
            if line.word(stop - 1) not in _INSTITUTIONS:
                break
            end = i = stop  # "a programme between the two ministries", "between the foreign ministries of the two countries"
            open_between = False
            allowed = allowed | {"of", "for"}
            continue
        stop = phrase_end(line, i + 1, between=word == "between")
        if word in ("on", "for") and line.word(i + 1).endswith("ing") and not line.cap(i + 1):
            stop = max(stop, phrase_end(line, i + 2))  # "a programme for creating the corridor"
        if stop == i + 1:
            break
        open_between = open_between and (_half_named(line, i, stop) or "and" not in line.low[i:stop])
        end = i = stop
        if open_between and bracketed(line, stop)[1] and line.word(bracketed(line, stop)[0]) == "and":
            end = i = bracketed(line, stop)[0]  # "between the Chamber of Commerce (CCP) and ..."
        allowed = allowed | {"of", "for", "between"}
        if word == "from":
            allowed = allowed | {"to", "via", "through"}
        if word in ("on", "concerning", "regarding", "of"):
            allowed = allowed | {"through", "via", "across"}
    return end


def _half_named(line: Line, first: int, stop: int) -> bool:
    """Whether the "and" in "between the Chamber of Commerce and Industry" parts no two parties, as "and the ..." follows."""
    inner = [k for k in range(first, stop) if line.word(k) == "and"]
    behind = bracketed(line, stop)[0]
    return (
        len(inner) == 1
        and (line.word(first) == "of" or line.word(first + 1) == "the")
        and line.cap(inner[0] + 1)
        and (line.word(behind), line.word(behind + 1)) == ("and", "the")
        and (line.cap(behind + 2))
    )


def before_name(line: Line, begin: int, stop: int) -> int:
    """Where a personal name begins that stands right behind what somebody is in charge of, ``stop`` where none does.

    "Minister for Innovation and Technology | Ana Lima", "Committee for Science and Sport | Igor Novak".
    """
    for k in range(begin + 1, stop):
        if (
            line.cap(k)
            and line.alpha(k)
            and line.cap(k - 1)
            and line.low[k - 1] in PORTFOLIO
            and line.low[k] not in PORTFOLIO
            and line.low[k] not in _NO_FIRST_NAME
            and (line.cap(k + 1) or line.hyphen(k + 1) or line.word(k + 1) in _PARTICLES)
            and line.word(k + 1) not in PORTFOLIO
            and not any(m.first <= k - 1 and k < m.last and m.form == "name" and m.kind != "person" for m in line.mentions)
            and line.here(k, ("state", "organisation", "place")) is None
        ):
            return k
    return stop


def _linked(line: Line, i: int) -> int:
    # The token behind the second of the two places that something links.
    for j in range(i, min(len(line), i + 18)):
        if line.low[j] in ("and", "with", "to") and j > i and line.cap(j + 1):
            place = line.here(j + 1, ("place", "state", "facility"))
            if place is not None:
                return place.last
            k = j + 1
            while line.cap(k) or line.hyphen(k):
                k += 1
            return k
        if line.low[j] in (".", ";", "which"):
            break
    return 0


def _infinitive(line: Line, i: int) -> bool:
    word = line.word(i)
    return (
        line.alpha(i)
        and not line.cap(i)
        and word not in DETERMINERS
        and word not in PREPOSITIONS
        and word not in PRONOUNS
    )


def _worked_in(line: Line, i: int) -> int:
    # "agreement on cooperation in tourism": the token behind the "in" where no place, date or event follows; 0 where one does.
    j = i + 2 if line.word(i + 1) in DETERMINERS else i + 1
    if line.word(i - 1) not in ("cooperation", "co-operation", "collaboration", "partnership", "exchanges", "assistance") or i - 1 in line.values:
        return 0
    if j in line.values or not line.alpha(j) or any(m.kind in ("state", "place", "event", "person", "organisation") for m in line.at.get(j, ())):
        return 0
    if line.cap(j) != line.cap(i - 1) and line.cap(j):
        return 0
    return j


def _field(line: Line, i: int) -> int:
    # "in the field of", "in the spheres of", "in matters of": the token behind it, 0 where it does not stand at i.
    j = i + 2 if line.word(i + 1) in DETERMINERS else i + 1
    if line.word(j) in (
        "field",
        "fields",
        "sphere",
        "spheres",
        "area",
        "areas",
        "matters",
        "domain",
        "sector",
        "domains",
    ) and (line.word(j + 1) == "of"):
        return j + 2
    return 0


def phrase_end(line: Line, i: int, *, between: bool = False) -> int:
    """The token behind the noun phrase that begins at token i, with its coordinated parts; i where there is none."""
    low, n = line.low, len(line)
    begin = i
    title = (line.cap(i) and line.here(i, ("state",)) is None) or (line.word(i) == "the" and line.cap(i + 1))
    fresh = True  # right behind a determiner, preposition or conjunction
    while i < n and (i == begin or i not in line.cells):
        word = low[i]
        if word in DETERMINERS:
            if not fresh and not (low[i - 1].endswith("ing") and low[i - 1] in VERBS):
                break
            i += 1
            continue
        if word == "and" or word == "&":
            if not _coordinates(line, i, begin, between, title):
                break
            i += 1
            between = False
            fresh = True
            continue
        if word == ",":
            if not _lists(line, i, title):
                break
            i += 1
            fresh = True
            continue
        if word in POSSESSIVE:
            if (line.alpha(i + 1) and word != "'") or (word in ("'", "’") and low[i - 1].endswith("s")):
                i += 1
                fresh = True
                continue
            break
        if line.hyphen(i):
            i += 1
            continue
        if word == "not" or not word[:1].isalnum():
            after = quoted(line, i)
            if after > i:
                i, fresh = after, False
                continue
            after, _ = bracketed(line, i)
            if after > i:
                i = after
                continue
            break
        if word in SMALL and not (word == "a" and fresh):
            break
        if i in line.values and line.values[i].kind in ("date", "period") and not fresh and not line.joined(i):
            mention = line.values[i]
            if mention.first == i:
                break
        if not fresh and _ends(line, i, title):
            break
        if fresh and word in VERBS and not line.cap(i) and not _modifies(line, i):
            break
        if (
            title
            and not line.cap(i)
            and not fresh
            and word in NOUN_VERBS
            and word.endswith("s")
            and not line.cap(i - 1)
        ):
            break
        i += 1
        fresh = False
    while i > begin and (
        low[i - 1] in SMALL
        or low[i - 1] in (",", "&", "-")
        or (low[i - 1] in POSSESSIVE and (not low[i - 2].endswith("s")))
    ):
        i -= 1
    return i


def _ends(line: Line, i: int, title: bool) -> bool:
    word = line.low[i]
    if line.cap(i):
        return False
    if word in _STARTERS or i in line.finite or (word in VERBS and word not in _PARTICIPLES_IN):
        return not (word.endswith("ing") and line.low[i - 1] == "-")
    if word.endswith("ed") and len(word) > 4 and word not in _PARTICIPLES_IN and not line.joined(i):
        return True
    if word.endswith("ly") and word not in (
        "family",
        "supply",
        "assembly",
        "friendly",
        "early",
        "monthly",
        "yearly",
        "daily",
    ):
        return True
    before = line.low[i - 1]
    if (
        word.endswith("s")
        and before.endswith("s")
        and not before.endswith("ss")
        and word in NOUN_VERBS
        and not line.cap(i)
    ):
        return True  # "the quotas helps": two plurals in a row
    return title and word in NOUN_VERBS and word.endswith("s")


def _modifies(line: Line, i: int) -> bool:
    # A participle or gerund that opens a phrase: "combined forces", "preventing incidents", "writing off debts".
    word = line.low[i]
    return (word.endswith(("ed", "ing")) or word in ("held", "built")) and line.alpha(i + 1)


def _coordinates(line: Line, i: int, begin: int, between: bool, title: bool) -> bool:
    nxt = line.word(i + 1)
    if i == begin or not (line.alpha(i + 1)) or nxt in PRONOUNS or nxt in CONJUNCTIONS or nxt in AUXILIARIES:
        return False
    if between:
        return True
    if nxt in _TITLED_PAPERS and line.cap(i + 1) and line.word(i + 2) in _TITLED_ON:
        return False  # "Memorandum on Sport | and Protocol on Fisheries"
    if nxt in ("a", "an"):
        return False
    if nxt in DETERMINERS:
        return (
            nxt == "the"
            and (line.here(i + 2, ("state", "organisation", "place")) is not None)
            and bool(line.before(i, ("state", "organisation", "place")))
        )
    if nxt in PREPOSITIONS:
        return False
    if title and not line.cap(i + 1) and line.cap(i - 1):
        return False
    if (
        not line.cap(i - 1)
        and line.cap(i + 1)
        and any(m.kind in _ACTORS and m.form != "adjective" for m in line.at.get(i + 1, ()))
    ):
        return False
    if nxt in VERBS:
        return nxt.endswith("ing") or nxt in _PARTICIPLES_IN
    return not (nxt.endswith("ed") and nxt not in _PARTICIPLES_IN)


def _lists(line: Line, i: int, title: bool) -> bool:
    # A comma inside a list that ends with "and": "Friendship, Cooperation and Mutual Assistance".
    if not line.alpha(i + 1) or line.word(i + 1) in SMALL:
        return False
    if line.cap(i - 1) != line.cap(i + 1):
        return False
    named = ("state", "person", "name")
    if line.here(i + 1, named) and not line.before(i, named):
        return False
    words = 0
    for j in range(i + 1, min(len(line), i + 14)):
        word = line.low[j]
        if word in ("and", "&"):
            return (
                words <= 4
                and line.alpha(j + 1)
                and line.word(j + 1) not in DETERMINERS
                and (line.cap(j + 1) or not title)
                and line.word(j + 1) not in PRONOUNS
            )
        if word == ",":
            if words > 4 or line.word(j + 1) == "and":
                return words <= 4 and line.word(j + 1) == "and" and line.alpha(j + 2) and line.word(j + 2) not in SMALL
            words = 0
            continue
        if line.hyphen(j):
            continue
        if (word in SMALL and word not in ("of",)) or not word[:1].isalnum() or (word in VERBS and not line.cap(j)):
            return False
        words += 1
    return False


def is_definite(determiner: str) -> bool:
    """Whether a phrase with this determiner speaks of something known."""
    return determiner in DEFINITE


def closes(word: str) -> bool:
    """Whether the word closes a quotation."""
    return word in CLOSE_QUOTES

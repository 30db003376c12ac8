"""Which capital words are the name of a person, as far as its shape tells: "Ana Lima", "José Manuel de la Cruz Jr"."""

from __future__ import annotations

from kg.mentions.line import (
    AUXILIARIES,
    COMMON,
    DASHES,
    DETERMINERS,
    SMALL,
    Line,
)
from kg.mentions.memory import Memory
from kg.mentions.words import lists, with_plurals
from kg.model import Entity, Mention
from kg.words import fold_name
from kg.words.verbs import verb_tags

__all__ = ["ORGANISATIONAL", "behind_style", "name_run", "past_address", "same_surname", "shape_run"]

_LISTS = lists("small")
_PEOPLE = lists("people")
_OFFICES = with_plurals("people", "office")
_ADDRESS = _PEOPLE["address"]
_PARTICLES = _PEOPLE["particle"]
_SAYING = _PEOPLE["saying"]
_NOUNS = lists("nouns")
ORGANISATIONAL = (
    _NOUNS["organisation"]
    | _NOUNS["place"]
    | _NOUNS["facility"]
    | _NOUNS["event"]
    | _NOUNS["agreement"]
    | _LISTS["people-no-surname"]
) - _LISTS["people-surname-too"]
_PARENTS = _PEOPLE["parent"]
_ROMAN = _LISTS["people-roman"]
_GIVEN = lists("given")["given"]
_PARTICIPLES_OF_NAMES = _PARTICLES
_NO_GIVEN_PART = _PEOPLE["no-given-part"]
_NAMES_TOO = _PEOPLE["verb-name"]
_HONORIFICS = tuple(tuple(phrase.split()) for phrase in sorted(_PEOPLE["honorific"]))
_WEAK_HONORIFICS = _PEOPLE["weak-honorific"]
_STYLES = _PEOPLE["style"]
_INDUSTRY = frozenset(with_plurals("firms", "industry"))


def name_run(line: Line, i: int) -> int:
    """The token behind the personal name whose shape begins at token i; i where none does."""
    if i is None or i >= len(line) or not line.cap(i) or not line.alpha(i):
        return i
    known = line.here(i, ("person",))
    if known is not None and known.form == "name":
        return known.last if line.titled else max(known.last, shape_run(line, i))
    return shape_run(line, i)


def shape_run(line: Line, i: int) -> int:
    """The token behind the capital words from token i on that have the shape of a name, known or not; i where none have."""
    begin, words = i, 0
    while i < len(line) and words < 6:
        word = line.low[i]
        text = line.tokens[i].text
        if line.cap(i) and line.alpha(i):
            if word in SMALL and not (word in _PARTICIPLES_OF_NAMES and words) and not (word == "may" and words) and not _small_name(line, i) and not (
                    words and line.word(i - 1) in _PARENTS):
                break
            if words and line.titled and _headline_verb(line, i):
                break  # "Ambassador Ana Lima Flies to Rome"
            if i == begin and (
                (word in COMMON and not (word in _GIVEN and i > 1 and line.cap(i + 1) and not line.titled))
                or (word in _OFFICES and word not in ("king", "prince", "pope", "bishop", "dean"))
            ):
                break
            if i == begin and word in _PEOPLE["modifier"] and line.cap(i + 1) and line.word(i + 1) in _OFFICES and word not in _GIVEN:
                break  # "Prime Minister of Chad, Prime Minister of Togo": an office, no name
            if word in ORGANISATIONAL or (word in DETERMINERS and line.word(i - 1) not in _PARENTS):
                return begin
            other = line.here(i, ("state", "organisation", "company", "place", "facility", "project"))
            if (
                other is not None
                and other.form != "metonym"
                and (other.kind == "state" or words == 0 or other.last - i > 1)
                and not (words and _last_name(line, i, other))
                and not (words == 0 and _first_name(line, i, other))
            ):
                break
            if other is not None and words >= 2 and other.kind == "place" and line.word(other.last) in ("in", "on") and (
                    when := line.values.get(other.last + 1)) is not None and when.kind == "date":
                break  # "X visited Oslo in May 2014, President Ana Lima | Rome in 2016"
            if len(text) > 3 and text.isupper() and begin + words > i:
                break
            words += 1
            i += 1
            if len(text) <= 2 and text[1:].islower() == (len(text) == 2) and line.word(i) == "." and line.joined(i):
                i += 1
            continue
        if word in _PARTICIPLES_OF_NAMES and words and (
            line.cap(i + 1) or line.word(i + 1) in _PARTICLES or (line.hyphen(i + 1) and line.cap(i + 2))
        ):
            i += 1
            continue
        if word in ("de", "van", "von", "al", "el", "bin", "ibn") and words == 0 and line.cap(i + 1):
            i += 1
            continue
        if (
            (line.hyphen(i) or (word in ("'", "’") and line.joined(i) and line.joined(i + 1)))
            and line.cap(i + 1)
            and words
        ):
            if line.here(i + 1, ("state",)):
                break
            i += 1
            words -= 1
            continue
        if line.hyphen(i) and words >= 2 and _given_part(line, i + 1):
            i += 2  # "Kim Tae-joon"
            continue
        if word in _ROMAN and words:
            i += 1
            continue
        break
    while i > begin and (line.low[i - 1] in DASHES or line.low[i - 1] in _PARTICLES):
        i -= 1
    if i > begin and line.low[i - 1].endswith(".") and all(len(line.low[k]) <= 3 for k in range(begin, i)):
        return begin  # initials alone
    return i


def past_address(line: Line, i: int, behind_office: bool = False) -> int:
    """The token behind all forms of address that begin at token i, before a name: "Duke Sir | Rui Paz", "Dato' Seri Dr. | Omar"; i where none do."""
    j, sure = i, behind_office
    while True:
        end, strong = _one_address(line, j, j > i or behind_office)
        if end == j:
            break
        j, sure = end, sure or strong
    if j == i or (not sure and (not line.cap(j) or line.low[j] in _OFFICES or _names_in(line, j) < 2 or (line.cap(i - 1) and line.alpha(i - 1)))):
        return i
    return j


def _one_address(line: Line, i: int, begun: bool) -> tuple[int, bool]:
    """The token behind the form of address at token i, and whether it is never a name itself; i where none stands there."""
    if not line.cap(i):
        end = behind_style(line, i) if begun else i
        return end, end > i
    known = line.here(i, ("person",))
    if known is not None and known.last > i + 1:
        return i, False  # "Sheikh Hasina"
    if line.here(i, ("state", "place", "organisation", "company", "facility")) is not None:
        return i, False  # "Sri Lanka"
    end, word = _honorific(line, i), line.low[i].rstrip(".")
    strong = end > i or word in _ADDRESS or (begun and word in _PEOPLE["rank"])
    if end == i:
        if not strong and (word not in _WEAK_HONORIFICS or (_names_in(line, i) == 1 and line.word(i + 1) != "(") or line.hyphen(i + 1)):
            return i, False
        end = i + 1
    end += line.word(end) == "."
    end += line.word(end) in ("'", "’") and line.joined(end)
    end = _past_retired(line, end)
    return (end if (line.cap(end) and line.alpha(end)) or behind_style(line, end) > end else i), strong


def _honorific(line: Line, i: int) -> int:
    """The token behind a form of address of several words: "Tan Sri", "Al-Hajj"; i where none begins there."""
    for phrase in _HONORIFICS:
        k = i
        for word in phrase:
            if k > i and (line.hyphen(k) or (line.word(k) in ("'", "’") and line.joined(k))):
                k += 1
            if line.word(k) != word or not line.cap(k):
                break
            k += 1
        else:
            return k
    return i


def _names_in(line: Line, i: int) -> int:
    """How many names the name has that begins at token i; those that a hyphen joins count as one."""
    last = shape_run(line, i)
    return 0 if line.word(last - 1) in _INDUSTRY else sum(line.cap(k) and line.alpha(k) and not line.hyphen(k - 1) for k in range(i, last))


def behind_style(line: Line, i: int) -> int:
    """The token behind a form of address of several words that begins at token i ("His Excellency", "the Right Honourable"); i where none does."""
    if not (line.word(i) in ("his", "her", "the") and line.cap(i + 1)):
        return i
    end = i + 1
    while line.word(end) in _STYLES and line.cap(end):
        end += 1
    return end if end > i + 1 and line.cap(end) else i


def _past_retired(line: Line, i: int) -> int:
    """The token behind "(Retd.)" where it stands at token i, else i."""
    if line.word(i) != "(" or line.word(i + 1).rstrip(".") not in _PEOPLE["retired"]:
        return i
    end = next((k for k in (i + 2, i + 3) if line.word(k) == ")"), -1)
    return end + 1 if end > 0 else i


def _given_part(line: Line, i: int) -> bool:
    # The second half of a given name: "Tae-joon", "Chan-ocha"; not "Duda-led".
    word = line.word(i)
    return (
        word.isalpha()
        and not line.cap(i)
        and 2 <= len(word) <= 6
        and word not in _NO_GIVEN_PART
        and not line.hyphen(i + 1)
        and len(line.tokens[i - 2].text) <= 7
    )


def _small_name(line: Line, i: int) -> bool:
    # "Mr Do Thanh Liem", "Le Van An": a small word as a name, behind a form of address.
    if line.low[i] in _GIVEN and line.cap(i + 1) and line.cap(i + 2) and line.alpha(i + 1) and line.alpha(i + 2) and not line.titled:
        return True  # "Per Olsson Fridh"
    return line.word(i - 1).rstrip(".") in _ADDRESS and line.cap(i - 1) and line.cap(i + 1) and line.alpha(i + 1)


def _headline_verb(line: Line, i: int) -> bool:
    word = line.low[i]
    return word not in _NAMES_TOO and i + 1 < len(line) and any(tag == "s" for _, tag in verb_tags(word))


def _last_name(line: Line, i: int, other: Mention) -> bool:
    # A state's or place's name as somebody's family name: "Michael Jordan said".
    return other.last - i == 1 and other.form == "name" and _surname_like(line, i + 1)


def _first_name(line: Line, i: int, other: Mention) -> bool:
    # A place's name as a first name behind an office: "Foreign Minister Santiago Cafiero".
    return (
        other.kind == "place"
        and other.last - i == 1
        and (line.word(i - 1) in _OFFICES or (i > 2 and line.cap(i - 1) and line.word(i - 2) in ("of", "for", "and")))
        and line.cap(i + 1)
        and line.alpha(i + 1)
        and line.low[i + 1] not in SMALL
        and line.here(i + 1, ("state", "place", "organisation")) is None
    )


def _surname_like(line: Line, i: int) -> bool:
    word = line.word(i)
    return word in _SAYING or word in AUXILIARIES or word in (",", ".", "and", ")", "")


def same_surname(name: str, memory: Memory) -> Entity | None:
    """The person known in a longer or shorter form of the name: "Makhdoom Shah Mahmood Qureshi", "Shah Mahmood Qureshi"."""
    words = name.split()
    known = memory.person(words[-1])
    if known is None:
        return None
    mine, theirs = set(fold_name(name).split()), set(fold_name(known.label).split())
    return known if mine <= theirs or theirs <= mine else None

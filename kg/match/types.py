"""Which mentions a slot type takes."""

from __future__ import annotations

from kg.match.words import words
from kg.model import Mention
from kg.words.voices import acting_entities

_STATE_FORMS = {"name", "metonym", "people", "description", "reference"}
_ORGANISATIONS = {"organisation", "company", "institution", "body"}
_VALUE_TYPES = {
    "money": {"money"}, "percent": {"percent"}, "number": {"number"}, "quantity": {"quantity"}, "duration": {"duration"},
    "ordinal": {"ordinal"}, "date": {"date", "period"}, "amount": {"money", "quantity", "number"},
    "counted": {"number", "quantity"}, "times": {"number"}, "figure": {"money", "percent", "quantity", "number", "duration"},
}
_UNITS = {
    "distance": {"kilometres", "kilometers", "metres", "meters", "miles", "nautical miles", "feet"},
    "power": {"megawatts", "gigawatts", "kilowatts", "terawatts"},
    "extent": {"square kilometres", "square kilometers", "square miles", "square metres", "square meters", "hectares", "acres"},
}
_ENTITY_TYPES = {
    "org": _ORGANISATIONS, "company": {"company"}, "institution": {"organisation", "institution", "body"}, "agreement": {"agreement"},
    "project": {"project", "facility"}, "facility": {"facility", "project"}, "body": {"body"}, "event": {"event"}, "group": {"group"},
    "office": {"office"}, "sector": {"sector"}, "field": {"sector"}, "fields": {"sector"}, "indicator": {"indicator"}, "name": {"name"},
    "thing": {"facility", "project", "company", "organisation", "place", "institution", "agreement", "event"},
}


# Events at which officials meet, by the nouns that name them; all others are occasions (festivals, fairs, anniversaries, elections).
_GATHERINGS = {
    "summit": frozenset({"summit", "summits"}),
    "session": frozenset({"session", "sessions", "assembly", "plenary"}),
    "conference": frozenset((
        "forum forums conference conferences symposium symposiums seminar seminars webinar webinars workshop workshops table tables congress congresses"
    ).split()),
}


def event_sort(mention: Mention) -> str:
    """The kind of meeting that an event's name says it is: summit, session or conference; "" for all other events.

    The head noun decides ("the G20 summit", "session of the UN General Assembly"), else the last such noun of the name.
    """
    text = mention.text if mention.form != "reference" or not mention.entities else mention.entities[0].label
    nouns = {word: sort for sort, words in _GATHERINGS.items() for word in words}
    words = [word.strip("\"“”‘’'.,:").lower() for word in text.split()]
    stop = next((k for k, word in enumerate(words) if k > 0 and word in ("of", "on", "for", "in", "called", "entitled", "titled")), len(words))
    head = mention.head.split()[-1].lower() if mention.head else ""
    if any(word in _SHOWS for word in words[:stop]):
        return ""
    if head in nouns and head in words:
        return nouns[head]
    return next((nouns[word] for word in reversed(words[:stop]) if word in nouns), "")


_FESTIVE = words("types", "festive")
_SHOWS = words("types", "shows")


def _is_parliament(mention: Mention) -> bool:
    """Whether "Congress" means a parliament: "the Mexican Congress", "the National Congress"."""
    words = mention.text.lower().split()
    if words[-2:] in (["national", "assembly"], ["legislative", "assembly"], ["federal", "assembly"], ["people's", "assembly"], ["constituent", "assembly"]):
        return True
    return bool(words) and words[-1] == "congress" and not any(word in ("world", "international", "party") or word[0].isdigit() for word in words)


_ANNIVERSARIES = words("types", "anniversaries")
# Schools and the like whose small letter says that they are a thing and no name.
_TAUGHT_IN = words("types", "taught-in")


def fits(mention: Mention, kind: str) -> bool:
    """Whether a slot of this type takes the mention. References count only when they have been resolved."""
    what, form = mention.kind, mention.form
    if kind in _VALUE_TYPES:
        return what in _VALUE_TYPES[kind]
    resolved = bool(mention.entities)
    if kind in _UNITS:
        return what == "quantity" and mention.value is not None and mention.value.unit in _UNITS[kind]
    if kind == "weight":
        return what == "quantity" and mention.value is not None and mention.value.unit not in _UNITS["distance"]
    if kind == "tally":
        return what == "number" and mention.value is not None and (mention.value.number or 0) >= 10
    if kind == "countable":
        return what == "indicator"
    if kind == "moment":
        return what == "date"
    if kind == "until":
        return what == "period" and mention.value is not None and not mention.value.start_date and bool(mention.value.end_date)
    if kind == "since":
        return what == "period" and mention.value is not None and bool(mention.value.start_date) and not mention.value.end_date
    if kind == "treaty":
        return what == "agreement" and form == "name" and resolved and not _is_programme(mention)
    if kind == "programme":
        return what == "agreement" and resolved and _is_programme(mention)
    if kind == "premises":
        return (what == "facility" and (resolved or form != "reference")) or (what == "place" and resolved)
    if kind in ("gathering", "occasion"):
        return what == "event" and not _is_parliament(mention) and (resolved or form != "reference") and (event_sort(mention) == "") == (kind == "occasion")
    if kind == "anniversary":
        return what == "event" and (resolved or form != "reference") and any(word in _ANNIVERSARIES for word in mention.text.lower().split())
    if kind == "festivity":
        return what == "event" and form == "name" and resolved and not event_sort(mention) and any(
            word.strip("\"“”'-,.0123456789").lower() in _FESTIVE for word in (mention.text, *mention.text.replace("-", " ").split()))
    if kind == "holding":
        kinds = {entity.kind for entity in mention.entities}
        if what == "pronoun":
            return mention.text.lower() in ("it", "them", "which", "that") and bool(kinds) and kinds <= {"company", "facility", "project"}
        return what in ("company", "facility", "project") and (resolved or (form != "reference" and mention.concept is None))
    if kind in ("office", "offices"):
        return what == "office" and (kind == "office" or _is_plural(mention.text))
    if kind == what == "agreement":
        return True  # what no word before names is named by its own: "the treaty was signed"
    if kind in ("org", "body", "company") and what == "pronoun" and mention.head.lower() == "it":
        return resolved and {entity.kind for entity in mention.entities} <= _ENTITY_TYPES[kind]
    if what == "pronoun" and kind in ("body", "agreement", "project", "facility", "company", "thing") and mention.head.lower() in ("it", "they"):
        return {entity.kind for entity in mention.entities} <= _ENTITY_TYPES[kind] if resolved else False
    if kind == "project" and what == "pronoun" and len(mention.entities) == 1 and mention.entities[0].kind in ("project", "facility"):
        return True  # "it was opened", told of a bridge
    if kind == "project" and what == "organisation" and resolved and not mention.entities[0].known and mention.text.split()[-1] in _TAUGHT_IN:
        return True  # "a joint university": no name, but a thing that is founded
    if kind == "project" and what == "organisation" and resolved and mention.text.endswith(" Fund") and any(mark in mention.text for mark in "-–"):
        return True  # "the Omani-Indian Investment Fund"
    if kind == "project" and what in ("project", "facility") and form == "reference" and (resolved or len(mention.text.split()) < 3):
        return True  # what no word before names may be what the fact before tells of: "the scheme fell through"
    if kind in _ENTITY_TYPES and what in _ENTITY_TYPES[kind]:
        return resolved or mention.concept is not None or form != "reference"
    if not resolved:
        return False
    kinds = {entity.kind for entity in mention.entities}
    if kind == "state":
        return (what in ("state", "pair", "pronoun") and kinds == {"state"}) or (what == "office" and kinds == {"state"} and bool(acting_entities(mention)))
    if kind == "states":
        return what in ("state", "pair", "pronoun") and kinds == {"state"} and len(mention.entities) > 1
    if kind == "land":
        return what in ("state", "pair", "pronoun") and form in _STATE_FORMS and kinds == {"state"}
    if kind == "demonym":
        return what == "state" and form == "adjective"
    if kind == "people":
        return what == "state" and form == "people"
    if kind == "person":
        return what in ("person", "pair", "pronoun", "office") and kinds == {"person"}
    if kind == "holder":
        return what in ("person", "office")
    if kind == "official":
        if what == "pair" and mention.head.lower() in ("countries", "states", "nations", "economies", "peoples", "republics", "neighbours", "neighbors"):
            return False
        return (what in ("person", "office", "pair", "pronoun") and kinds <= {"person", "state"}) or (what == "state" and form == "description") or (
            what == "office" and kinds == {"institution"} and bool(mention.entities[0].state))  # "the Speaker of the Storting"
    if kind == "place":
        return what in ("place", "state", "facility") and form != "people" and (what != "state" or form in ("name", "reference", "metonym"))
    if kind == "actor":
        if what == "state":
            return form in _STATE_FORMS
        return (what in ("person", "pair", "pronoun", "group") or what in _ORGANISATIONS) or (what == "office" and bool(acting_entities(mention)))
    return False


_PROGRAMMES = words("types", "programmes")


def _is_programme(agreement: Mention) -> bool:
    """Whether an agreement is a plan that is carried out rather than a treaty that holds."""
    label = agreement.entities[0].label if agreement.entities else agreement.text
    words = label.lower().replace("programmes", "programme").replace("programs", "program").replace("plans", "plan").split()
    stop = next((k for k, word in enumerate(words) if k > 0 and word in ("of", "on", "for", "between", "in", "to")), len(words))
    return any(word in _PROGRAMMES for word in words[:stop])


def _is_plural(office: str) -> bool:
    """Whether an office's words name several holders: "foreign ministers of Peru and Chile"."""
    head = office.lower()
    for word in (" of ", " for ", " to ", " on ", " at "):
        head = head.partition(word)[0]
    return head.endswith(("s", "men", "women")) and not head.endswith(("ss", "affairs"))

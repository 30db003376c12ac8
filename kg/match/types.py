"""Which mentions a slot type takes."""

from __future__ import annotations

from kg.model import Mention

_STATE_FORMS = {"name", "metonym", "people", "description", "reference"}
_ORGANISATIONS = {"organisation", "company", "institution", "body"}
_VALUE_TYPES = {
    "money": {"money"}, "percent": {"percent"}, "number": {"number"}, "quantity": {"quantity"}, "duration": {"duration"},
    "ordinal": {"ordinal"}, "date": {"date", "period"}, "amount": {"money", "quantity", "number"},
    "counted": {"number", "quantity"},
}
_ENTITY_TYPES = {
    "org": _ORGANISATIONS, "company": {"company"}, "institution": {"organisation", "institution", "body"}, "agreement": {"agreement"},
    "project": {"project", "facility"}, "facility": {"facility", "project"}, "body": {"body"}, "event": {"event"}, "group": {"group"},
    "office": {"office"}, "sector": {"sector"}, "field": {"sector"}, "indicator": {"indicator"}, "name": {"name"},
    "thing": {"facility", "project", "company", "organisation", "place", "institution", "agreement", "event"},
}


def fits(mention: Mention, kind: str) -> bool:
    """Whether a slot of this type takes the mention. References count only when they have been resolved."""
    what, form = mention.kind, mention.form
    if kind in _VALUE_TYPES:
        return what in _VALUE_TYPES[kind]
    resolved = bool(mention.entities)
    if kind in ("office", "offices"):
        return what == "office" and (kind == "office" or _is_plural(mention.text))
    if kind in _ENTITY_TYPES and what in _ENTITY_TYPES[kind]:
        return resolved or mention.concept is not None or form != "reference"
    if not resolved:
        return False
    kinds = {entity.kind for entity in mention.entities}
    if kind == "state":
        return what in ("state", "pair", "pronoun") and kinds == {"state"} or (what == "office" and kinds == {"state"})
    if kind == "states":
        return what in ("state", "pair", "pronoun") and kinds == {"state"} and len(mention.entities) > 1
    if kind == "land":
        return what in ("state", "pair", "pronoun") and form in _STATE_FORMS and kinds == {"state"}
    if kind == "demonym":
        return what == "state" and form == "adjective"
    if kind == "person":
        return what in ("person", "pair", "pronoun", "office") and kinds == {"person"}
    if kind == "holder":
        return what in ("person", "office")
    if kind == "place":
        return what in ("place", "state", "facility") and form != "people" and (what != "state" or form in ("name", "reference", "metonym"))
    if kind == "actor":
        if what == "state":
            return form in _STATE_FORMS
        return what in ("person", "pair", "pronoun", "office", "group") or what in _ORGANISATIONS
    return False


def _is_plural(office: str) -> bool:
    """Whether an office's words name several holders: "foreign ministers of Peru and Chile"."""
    head = office.lower()
    for word in (" of ", " for ", " to ", " on ", " at "):
        head = head.partition(word)[0]
    return head.endswith(("s", "men", "women")) and not head.endswith(("ss", "affairs"))

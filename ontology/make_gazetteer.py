"""Writes ontology/gazetteer/*.ttl from the tables in ontology/gazetteer/source and three libraries.

    pip install 'bilateral-kg[gazetteer]'
    python ontology/make_gazetteer.py            # writes the files
    python ontology/make_gazetteer.py --check    # exit 1 where they differ from what it would write

The libraries give what is registered: rigour the Wikidata numbers, pycountry ISO 3166 and the official names, babel
further English names of states. The tables, made by hand, give what a text says instead: adjectives, peoples, metonyms,
spellings, terms of office. Cells that hold several values divide them by "; ". States are referred to by ISO 3166
alpha-2 in lower case ("kz", "xk" for Kosovo), anything else by "=Label".
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent / "gazetteer"
SOURCE = HERE / "source"
FILES = ("states", "organisations", "people", "places", "things")
PREFIXES = {
    "bkg": "https://w3id.org/bilateral-kg/ontology#",
    "con": "https://w3id.org/bilateral-kg/concept/",
    "ent": "https://w3id.org/bilateral-kg/entity/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The order in which a node's properties are written.
ORDER = (
    "a", "skos:prefLabel", "skos:altLabel", "bkg:surname", "bkg:weakSurname", "bkg:demonym", "bkg:people",
    "bkg:metonym", "bkg:iso3166", "bkg:iso3166alpha3", "bkg:capital", "bkg:country", "bkg:successorOf", "bkg:cow",
    "bkg:person", "bkg:office", "bkg:of", "bkg:place", "bkg:name", "org:member", "org:organization", "bkg:startDate",
    "bkg:endDate", "owl:sameAs",
)
WEAK_LENGTH = 3  # surnames of so few letters (Li, Roh) are too easily something else


class Gazetteer:
    """All nodes by file, the labels that name them, and the IRIs taken."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, dict[str, set[str]]]] = {name: {} for name in FILES}
        self.by_label: dict[str, str] = {}
        self.by_code: dict[str, str] = {}

    def entity(self, file: str, label: str, cls: str, *, slug: str = "") -> str:
        """A new entity. A label may carry its slug: "Georgia {georgia-us}"."""
        label, slug = split_slug(label, slug)
        iri = f"ent:{slug or make_slug(label)}"
        if any(iri in nodes for nodes in self.files.values()):
            sys.exit(f"{file}: {iri} stands twice: give one of them a slug, as in 'Victoria {{victoria-seychelles}}'")
        self.by_label.setdefault(label, iri)
        self.add(file, iri, "a", f"bkg:{cls}")
        self.add(file, iri, "skos:prefLabel", words(label))
        return iri

    def add(self, file: str, iri: str, predicate: str, *values: str) -> None:
        """Adds property values to a node, made where it is new."""
        if values:
            self.files[file].setdefault(iri, {}).setdefault(predicate, set()).update(values)

    def names(self, file: str, iri: str, names: list[str]) -> None:
        """Adds further names; the label itself is not repeated."""
        label = self.files[file][iri]["skos:prefLabel"]
        self.add(file, iri, "skos:altLabel", *(w for n in names if (w := words(n)) not in label))
        for name in names:
            self.by_label.setdefault(name, iri)

    def dated(self, file: str, iri: str, cls: str, period: str, **properties: str) -> None:
        """A dated node; ``period`` is "start..end", either side may be empty."""
        start, _, end = period.partition("..")
        self.add(file, iri, "a", cls)
        for name, value in properties.items():
            self.add(file, iri, name.replace("_", ":", 1), value)
        self.add(file, iri, "bkg:startDate", *dates(start))
        self.add(file, iri, "bkg:endDate", *dates(end))

    def ref(self, text: str) -> str:
        """The IRI of "kz" or "=Label". Exits where nothing has that name."""
        known = self.by_label.get(text[1:]) if text.startswith("=") else self.by_code.get(text)
        return known or sys.exit(f"nothing is called {text!r}: mend the table")

    def country(self, file: str, iri: str, codes: str) -> None:
        """Says in which states the entity is."""
        self.add(file, iri, "bkg:country", *(self.ref(code) for code in several(codes)))


def main(argv: list[str] | None = None) -> int:
    """Writes or checks the files; the exit status is 0 or, where checking finds a difference, 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 where a file differs")
    check: bool = parser.parse_args(argv).check
    status = 0
    for name, text in make_files().items():
        file = HERE / name
        if check and (not file.exists() or file.read_text(encoding="utf-8") != text):
            print(f"{file}: differs from what its sources say - run ontology/make_gazetteer.py", file=sys.stderr)
            status = 1
        elif not check:
            file.write_text(text, encoding="utf-8", newline="\n")
    return status


def make_files() -> dict[str, str]:
    """The text of every file by its name."""
    gazetteer = Gazetteer()
    make_states(gazetteer)
    make_former_states(gazetteer)
    make_places(gazetteer)
    make_capitals(gazetteer)
    make_former_names(gazetteer)
    make_organisations(gazetteer)
    make_things(gazetteer)
    make_ministries(gazetteer)
    make_people(gazetteer)
    return {f"{name}.ttl": turtle(nodes) for name, nodes in gazetteer.files.items()}


def make_states(g: Gazetteer) -> None:
    """Present states: the table's words, the libraries' codes and official names."""
    import babel
    import pycountry
    from rigour.territories import get_territory

    english = babel.Locale("en").territories
    for row in rows("states"):
        code = row["code"]
        iri = g.entity("states", row["label"], "State")
        g.by_code[code] = iri
        territory = get_territory(code)
        iso = pycountry.countries.get(alpha_2=code.upper())
        if territory is None:
            sys.exit(f"states.tsv: rigour knows no {code!r}")
        registered = [english[key] for key in (code.upper(), f"{code.upper()}-alt-short") if key in english]
        registered += [getattr(iso, "official_name", ""), getattr(iso, "common_name", ""), territory.full_name or ""]
        names = several(row["names"]) + [n for n in registered if n and is_plain(n)]
        g.names("states", iri, [n.removeprefix("the ").removeprefix("The ") for n in names])
        g.add("states", iri, "bkg:iso3166", literal(code.upper()))
        # Kosovo has no ISO code; XK and XKX stand in the user-assigned range and everybody uses them.
        g.add("states", iri, "bkg:iso3166alpha3", literal(iso.alpha_3 if iso else "XKX"))
        g.add("states", iri, "owl:sameAs", f"wd:{territory.qid}")
        add_country_words(g, iri, row)
        add_cow(g, iri, row["cow"])


def make_former_states(g: Gazetteer) -> None:
    """Former states, and whose successors the present ones are."""
    table = rows("former-states")
    for row in table:
        iri = g.entity("states", row["label"], "FormerState")
        g.names("states", iri, several(row["names"]))
        add_country_words(g, iri, row)
        add_cow(g, iri, row["cow"])
        start, _, end = row["period"].partition("..")
        g.add("states", iri, "bkg:startDate", *dates(start))
        g.add("states", iri, "bkg:endDate", *dates(end))
        for code in row["codes"].split():
            g.add("states", iri, "bkg:iso3166" if len(code) == 2 else "bkg:iso3166alpha3", literal(code))
        if row["qid"]:
            g.add("states", iri, "owl:sameAs", f"wd:{row['qid']}")
    for row in table:
        for successor in several(row["successors"]):
            g.add("states", g.ref(successor), "bkg:successorOf", g.ref("=" + row["label"]))


def add_country_words(g: Gazetteer, iri: str, row: dict[str, str]) -> None:
    g.add("states", iri, "bkg:demonym", *map(words, several(row["adjectives"])))
    g.add("states", iri, "bkg:people", *map(words, several(row["people"])))
    g.add("states", iri, "bkg:metonym", *map(words, several(row["metonyms"])))


def add_cow(g: Gazetteer, iri: str, cell: str) -> None:
    # "KZK 1991-; ...": the codes of the Correlates of War state list, with the years of membership in the state system.
    for entry in several(cell):
        code, years = entry.split()
        start, _, end = years.partition("-")
        g.dated(
            "states", f"{iri.replace(':', ':cow-', 1)}-{start}", "bkg:CodePeriod", f"{start}..{end}",
            bkg_of=iri, bkg_cow=literal(code),
        )


def make_places(g: Gazetteer) -> None:
    for row in rows("places"):
        iri = g.entity("places", row["label"], row["class"])
        g.names("places", iri, several(row["names"]))
        g.country("places", iri, row["country"])


def make_capitals(g: Gazetteer) -> None:
    """Capitals become cities (where places.tsv has not named them already) and metonyms of their states."""
    moved = {(row["state"], row["city"]) for row in rows("capitals")}
    for row in [*rows("states"), *rows("former-states")]:
        code, city = row.get("code", "=" + row["label"]), row["capital"]
        state, label = g.ref(code), split_slug(city)[0]
        place = g.by_label.get(city)
        if place not in g.files["places"]:
            slug = f"{make_slug(label)}-city" if label == row["label"] else ""
            place = g.entity("places", city, "City", slug=slug)
            g.by_label[city] = place
            if "code" in row:
                g.add("places", place, "bkg:country", state)
        if "code" in row:
            g.add("states", state, "bkg:capital", place)
            if label not in g.by_label or g.by_label[label] != state:
                g.add("states", state, "bkg:metonym", words(label))
                g.add("states", state, "bkg:metonym", *g.files["places"][place].get("skos:altLabel", ()))
        if not any(code == known for known, _ in moved):
            period = row.get("period", "..")
            node = dated_iri("capital", state, place)
            g.dated("states", node, "bkg:CapitalPeriod", period, bkg_of=state, bkg_place=place)
    for row in rows("capitals"):
        state, place = g.ref(row["state"]), g.ref("=" + row["city"])
        g.dated(
            "states", dated_iri("capital", state, place), "bkg:CapitalPeriod", f"{row['start']}..{row['end']}",
            bkg_of=state, bkg_place=place,
        )
        if row["start"] >= "1900":
            g.add("states", state, "bkg:metonym", words(row["city"]))


def make_former_names(g: Gazetteer) -> None:
    """Dated names; a capital's former names are metonyms of the state as well."""
    capital_of = {
        place: state for state, node in g.files["states"].items() for place in node.get("bkg:capital", ())
    }
    for row in rows("former-names"):
        iri = g.ref("=" + row["entity"])
        file = next(name for name, nodes in g.files.items() if iri in nodes)
        g.dated(
            file, dated_iri("name", iri, "ent:" + make_slug(row["name"])), "bkg:NamePeriod",
            f"{row['start']}..{row['end']}", bkg_of=iri, bkg_name=words(row["name"]),
        )
        if file == "places":
            g.names(file, iri, [row["name"]])
        if iri in capital_of and row["start"] >= "1992":
            g.add("states", capital_of[iri], "bkg:metonym", words(row["name"]))


def make_organisations(g: Gazetteer) -> None:
    for row in rows("organisations"):
        iri = g.entity("organisations", row["label"], row["class"] or "Organisation")
        g.names("organisations", iri, several(row["names"]))
        g.add("organisations", iri, "bkg:metonym", *map(words, several(row["metonyms"] or "")))
        g.add("organisations", iri, "bkg:startDate", *dates(row["founded"]))
        g.add("organisations", iri, "bkg:endDate", *dates(row["dissolved"]))
        g.country("organisations", iri, row["country"] or "")
    for row in rows("members"):
        organisation = g.ref("=" + row["organisation"])
        for entry in row["members"].split():
            code, _, years = entry.partition(":")
            member = g.ref(code.replace("_", " "))
            start, *rest = re.split(r"-(?=\d{4})", years)
            end = rest[0] if rest else ""
            tail = f"-{start}" if start else ""
            g.dated(
                "organisations", dated_iri("membership", member, organisation) + tail, "org:Membership",
                f"{start}..{end}", org_member=member, org_organization=organisation,
            )


def make_things(g: Gazetteer) -> None:
    for table in ("things", "companies"):
        for row in rows(table):
            iri = g.entity("things", row["label"], row.get("class") or "Company")
            g.names("things", iri, several(row["names"]))
            g.country("things", iri, row["country"])


def make_ministries(g: Gazetteer) -> None:
    """The ministries of foreign affairs and of defence of every present state, where things.tsv names none."""
    for row in rows("states"):
        state = g.by_code[row["code"]]
        for affairs, short in (("Foreign Affairs", "Foreign"), ("Defence", "Defence")):
            label = f"Ministry of {affairs} ({row['label']})"
            iri = g.by_label.get(label) or g.entity("things", label, "Institution")
            countries = [row["label"], *several(row["names"])]
            names = [f"Ministry of {affairs} of {name}" for name in countries]
            names += [f"{short} Ministry of {name}" for name in countries]
            official = [name for name in countries if " of " in name or "Republic" in name]
            names += [f"Ministry of {affairs} of the {name}" for name in official]
            for adjective in several(row["adjectives"])[:2]:
                names += [f"{adjective} {short} Ministry", f"{adjective} Ministry of {affairs}"]
            names = [name for name in names if name not in g.by_label]
            g.names("things", iri, names)
            g.add("things", iri, "bkg:country", state)


def make_people(g: Gazetteer) -> None:
    """People with their terms of office: "president 1991-12..2019-03-20; chief-executive@=Gazprom 2001-05-30..".

    "/" marks where the surname begins ("Enrique /Peña Nieto", or in front: "/Xi, Jinping"), otherwise it is the last
    word; a name that begins with "-" has none (monarchs), nor have the spellings that follow it.
    """
    weak = {row["surname"] for row in rows("weak-surnames")}
    for row in rows("people"):
        label, surname = split_surname(row["name"])
        iri = g.entity("people", label, "Person")
        surnames = {surname} - {""}
        names = []
        for other in several(row["spellings"]):
            marked = row["name"].startswith("-") and other[0] not in "-/" and "/" not in other
            name, surname = split_surname("-" + other if marked else other)
            names.append(name)
            surnames |= {surname} - {""}
        g.names("people", iri, [n for n in names if n not in surnames])
        for surname in surnames:
            doubtful = surname in weak or len(surname) <= WEAK_LENGTH or surname in g.by_label
            g.add("people", iri, "bkg:weakSurname" if doubtful else "bkg:surname", words(surname))
        g.country("people", iri, row["state"])
        for entry in several(row["offices"]):
            add_tenure(g, iri, entry, row["state"])


def add_tenure(g: Gazetteer, person: str, entry: str, state: str) -> None:
    office, _, rest = entry.partition(" ")
    period = rest
    if "@" in entry:
        office, _, rest = entry.partition("@")
        state, _, period = rest.rpartition(" ")
    of = g.ref(state)
    start = period.partition("..")[0]
    tail = f"-{start}" if start else ""
    g.dated(
        "people", dated_iri("tenure", person, of, "ent:" + office) + tail, "bkg:Tenure", period,
        bkg_person=person, bkg_office=f"con:office-{office}", bkg_of=of,
    )


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a source table; empty cells are ""."""
    with (SOURCE / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def split_slug(label: str, slug: str = "") -> tuple[str, str]:
    match = re.fullmatch(r"(.+) \{([a-z0-9-]+)\}", label)
    return (match[1], match[2]) if match else (label, slug)


def split_surname(name: str) -> tuple[str, str]:
    if name.startswith("-"):
        return name[1:], ""
    if name.startswith("/"):
        surname, _, given = name[1:].partition(", ")
        return f"{surname} {given}".strip(), surname
    if "/" in name:
        return name.replace("/", ""), name.partition("/")[2]
    return name, name.rpartition(" ")[2]


def is_plain(name: str) -> bool:
    """Whether it is a name as texts write it, not "Bolivia, Plurinational State of" or "Myanmar (Burma)"."""
    return not any(mark in name for mark in (",", "(", "&", " - "))


def make_slug(label: str) -> str:
    """The label in ASCII, lower case, hyphens between words."""
    plain = label.translate(str.maketrans("øØłŁđĐıƏəæß–—", "oOlLdDiEeas--")).replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode().lower().replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def dated_iri(kind: str, *iris: str) -> str:
    return "ent:" + "-".join([kind, *(iri.removeprefix("ent:") for iri in iris)])


def dates(text: str) -> Iterator[str]:
    """The typed literal of an ISO date as precise as given, nothing for ""."""
    if text:
        types = {4: "gYear", 3: "gYear", 7: "gYearMonth", 10: "date"}
        yield f'"{text}"^^xsd:{types[len(text)]}'


def literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(text: str) -> str:
    return literal(text) + "@en"


def turtle(nodes: dict[str, dict[str, set[str]]]) -> str:
    """The nodes as Turtle, sorted by IRI; the same nodes give the same bytes."""
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    for iri, node in sorted(nodes.items()):
        properties = sorted(node.items(), key=lambda item: ORDER.index(item[0]))
        told = [f"{predicate} {', '.join(sorted(values))}" for predicate, values in properties if values]
        lines += ["", f"{iri} {told[0]}" + "".join(f" ;\n  {one}" for one in told[1:]) + " ."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

"""``kg entity``: who bears a name; two nodes that are one thing; one node that is two; one more name."""

from __future__ import annotations

import argparse
import sys

from kg.cli.author import add_author, author_of, tell


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Declares the commands."""
    parser = commands.add_parser("entity", parents=[common], help="find, merge, split and name entities")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    find = actions.add_parser("find", parents=[common], help="who bears this name, and what tells them apart")
    find.add_argument("name", nargs="?", metavar="NAME", help="a label, a spelling, a code, a word of one, or ent:...")
    find.add_argument("--shared", action="store_true", help="list names that several entities of one class bear")
    find.add_argument("--unresolved", action="store_true", help="list names of the texts that could mean several entities")
    find.set_defaults(run=run_find)
    merge = actions.add_parser("merge", parents=[common], help="two nodes are one thing: the second stands for the first")
    merge.add_argument("old", metavar="OLD")
    merge.add_argument("new", metavar="NEW")
    add_author(merge)
    merge.set_defaults(run=run_merge)
    split = actions.add_parser("split", parents=[common], help="one node is two things: some of its facts mean another")
    split.add_argument("entity", metavar="ENTITY")
    split.add_argument("--fact", action="append", default=[], metavar="FACT", help="a fact that means the other; repeat it")
    split.add_argument("--document", default="", metavar="D", help="all facts of this document mean the other")
    which = split.add_mutually_exclusive_group(required=True)
    which.add_argument("--label", default="", metavar="TEXT", help="the label of a new entity")
    which.add_argument("--into", default="", metavar="ENTITY", help="an entity that there is")
    split.add_argument("--class", dest="kind", default="", metavar="C", help="its class (default: that of ENTITY)")
    add_author(split)
    split.set_defaults(run=run_split)
    alias = actions.add_parser("alias", parents=[common], help="give an entity one more name; texts are read with it")
    alias.add_argument("entity", metavar="ENTITY")
    alias.add_argument("name", metavar="NAME")
    add_author(alias)
    alias.set_defaults(run=run_alias)


def run_find(arguments: argparse.Namespace) -> int:
    """Prints who bears the name. Exit status 1 where nobody does."""
    from kg.contribute.entities import find_known, find_shared_names, tell_apart
    from kg.contribute.ledger import open_ledger
    from kg.errors import KgError

    ledger = open_ledger(arguments.graph)
    if arguments.shared:
        found = find_shared_names(ledger.store)
        sys.stdout.write("".join(f"{name}\n" + "".join(f"  {tell_apart(each)}\n" for each in known) for name, known in found))
        return 0
    if arguments.unresolved:
        from kg.contribute.unresolved import find_unresolved, tell_unresolved

        sys.stdout.write(tell_unresolved(find_unresolved(ledger)))
        return 0
    if not arguments.name:
        raise KgError("no name is given", remedy="kg entity find NAME, --shared or --unresolved")
    from kg.contribute.tell_entities import tell_known

    known = find_known(ledger, arguments.name)
    sys.stdout.write(tell_known(ledger, known, arguments.name))
    return 0 if known else 1


def run_merge(arguments: argparse.Namespace) -> int:
    """Merges, and says what."""
    from kg.cli.rooms import makers
    from kg.contribute.entity_decisions import merge

    return tell(merge(arguments.graph, arguments.old, arguments.new, author_of(arguments), makers()))


def run_split(arguments: argparse.Namespace) -> int:
    """Splits, and says what."""
    from kg.cli.rooms import makers
    from kg.contribute.entity_decisions import Split, split

    wanted = Split(arguments.label, arguments.into, arguments.kind, tuple(arguments.fact), arguments.document)
    return tell(split(arguments.graph, arguments.entity, wanted, author_of(arguments), makers()))


def run_alias(arguments: argparse.Namespace) -> int:
    """Gives the name, and says so."""
    from kg.cli.rooms import makers
    from kg.contribute.entity_decisions import alias

    return tell(alias(arguments.graph, arguments.entity, arguments.name, author_of(arguments), makers()))

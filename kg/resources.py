"""Where the files that travel with the package lie: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` (ontology, queries, seeds) of the checkout, or its copy in the installed package."""
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise KgError(f"the folder {name!r} of the package is missing", file=_PACKAGE, remedy="install bilateral-kg again")


def rules_folder() -> Path:
    """The folder of the rule files that come with the package."""
    return _PACKAGE / "rules"

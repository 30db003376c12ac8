"""Puts the pages' npm packages in place when the package is built, also for an editable install."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches the assets; without network the build goes on and says what is missing, unless KG_ASSETS=require."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        assets = _load(Path(self.root, "kg", "serve", "pages", "assets.py"))
        try:
            assets.fetch_assets()
        except assets.AssetError as error:
            if os.environ.get("KG_ASSETS") == "require":
                raise
            self.app.display_warning(
                f"{error}\nkg serve will have no SPARQL editor and draw no plots; all other pages work."
                "\nLater, with network: python -m kg.serve.pages.assets"
            )


def _load(file: Path) -> Any:
    """The module of one file: the package cannot be imported before it is installed."""
    spec = importlib.util.spec_from_file_location("_bilateral_kg_assets", file)
    assert spec is not None and spec.loader is not None
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)  # where its dataclass looks for it
    spec.loader.exec_module(module)
    return module

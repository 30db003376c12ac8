"""The libraries that this room needs beyond the core's."""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import KgError

_EXTRAS = {"pyarrow": "scale", "fastwarc": "scale", "pyspark": "spark"}


def check_installed(*names: str) -> None:
    """Nothing where these libraries are there. Raises `KgError` that says what to install."""
    for name in names:
        if find_spec(name) is None:
            raise KgError(f"{name} is not installed", remedy=f"pip install 'bilateral-kg[{_EXTRAS[name]}]'")

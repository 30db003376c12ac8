"""The editor and the plotting library of the pages: npm packages of fixed versions, fetched at build time, checked by SHA-512.

Standard library only: the build back end runs this file before anything is installed. By hand, after a build without
network: `python -m kg.serve.pages.assets`.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import sys
import tarfile
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
VENDOR = _HERE / "static" / "vendor"
_MARK = ".made-from"  # in VENDOR: the sum of the list that its files were made from
_SECONDS = 60  # for one package


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: its tarball's sum as npm writes it ("sha512-…"), and which of its files go by which name."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]

    @property
    def address(self) -> str:
        """Where the registry keeps the tarball."""
        registry = os.environ.get("npm_config_registry", "https://registry.npmjs.org").rstrip("/")  # noqa: SIM112 - npm's own name
        return f"{registry}/{self.name}/-/{self.name.rpartition('/')[2]}-{self.version}.tgz"


class AssetError(Exception):
    """A package cannot be had, or is not what was checked when its sum was written down."""


def read_packages() -> tuple[Package, ...]:
    """The packages of `assets.toml`."""
    return tuple(Package(**each) for each in tomllib.loads(_list().decode())["package"])


def missing_assets(vendor: Path = VENDOR) -> tuple[str, ...]:
    """The files that the pages want and this installation lacks; empty where all is there."""
    wanted = sorted(name for package in read_packages() for name in package.files.values())
    return tuple(name for name in wanted if not (vendor / name).is_file())


def fetch_assets(vendor: Path = VENDOR) -> None:
    """Fetches every package and puts its files in place, unless they stand there. Raises `AssetError`, having changed nothing."""
    mark = vendor / _MARK
    made_from = hashlib.sha256(_list()).hexdigest()
    if not missing_assets(vendor) and mark.is_file() and mark.read_text(encoding="ascii").strip() == made_from:
        return
    contents = {name: data for package in read_packages() for name, data in _fetch(package).items()}
    vendor.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (vendor / name).write_bytes(data)
    mark.write_text(made_from + "\n", encoding="ascii")


def _list() -> bytes:
    return (_HERE / "assets.toml").read_bytes()


def _fetch(package: Package) -> dict[str, bytes]:
    try:
        with urllib.request.urlopen(package.address, timeout=_SECONDS) as answer:
            tarball = answer.read()
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise AssetError(f"{package.address} cannot be fetched ({getattr(error, 'reason', error)})") from error
    return unpack(package, tarball)


def unpack(package: Package, tarball: bytes) -> dict[str, bytes]:
    """The wanted files of a tarball, by the names that they get. Raises `AssetError` for a wrong sum or a missing file."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if found != package.integrity:
        raise AssetError(f"{package.name} {package.version} has the sum {found}, not {package.integrity}")
    contents = {}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for path, name in package.files.items():
            try:
                member = archive.extractfile(f"package/{path}")
            except KeyError:
                member = None
            if member is None:
                raise AssetError(f"{package.name} {package.version} holds no {path}")
            contents[name] = member.read()
    return contents


def main() -> int:
    """Fetches what is missing and says so; 0 where all is in place."""
    try:
        fetch_assets()
    except AssetError as error:
        print(f"error: {error} - SPARQL editor and plots will not be drawn; all other pages work", file=sys.stderr)
        return 1
    print(f"{VENDOR}: complete")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The npm packages of the pages: what is not what was checked never gets into the package."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="needs the extra 'serve'")
pytest.importorskip("starlette", reason="needs the extra 'serve'")

from kg.serve.pages import assets
from kg.serve.pages.assets import AssetError, Package, fetch_assets, missing_assets, read_packages, unpack


def tarball(**files: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content.encode()))
    return out.getvalue()


def package(data: bytes, files: dict[str, str]) -> Package:
    return Package("@some/thing", "1.0.0", "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode(), files)


def test_the_wanted_files_come_out_under_their_names() -> None:
    data = tarball(a="one", b="two")
    assert unpack(package(data, {"a": "x.js"}), data) == {"x.js": b"one"}


def test_another_sum_is_refused() -> None:
    data = tarball(a="one")
    with pytest.raises(AssetError, match=r"@some/thing 1\.0\.0 has the sum"):
        unpack(package(data, {"a": "x.js"}), tarball(a="two"))


def test_a_file_that_is_not_there_is_named() -> None:
    data = tarball(a="one")
    with pytest.raises(AssetError, match="holds no b"):
        unpack(package(data, {"b": "x.js"}), data)


def test_every_package_of_the_list_has_a_version_and_a_sum() -> None:
    packages = read_packages()
    assert {"@zazuko/yasgui", "vega", "vega-lite", "vega-embed"} == {each.name for each in packages}
    for each in packages:
        assert each.version in each.address and each.address.endswith(".tgz")
        assert len(base64.b64decode(each.integrity.removeprefix("sha512-"))) == 64
    names = [name for each in packages for name in each.files.values()]
    assert len(names) == len(set(names))


def test_without_network_nothing_changes_and_the_error_says_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    with pytest.raises(AssetError, match=r"http://127.0.0.1:9/@zazuko/yasgui/-/yasgui-.* cannot be fetched"):
        fetch_assets(tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()
    assert len(missing_assets(tmp_path / "vendor")) >= 5
    monkeypatch.setattr(assets, "fetch_assets", lambda: fetch_assets(tmp_path / "vendor"))
    assert assets.main() == 1
    assert "all other pages work" in capsys.readouterr().err


def test_what_is_complete_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_fetch", lambda package: dict.fromkeys(package.files.values(), b"content"))
    fetch_assets(tmp_path)
    assert not missing_assets(tmp_path)
    monkeypatch.setattr(assets, "_fetch", lambda package: pytest.fail("fetched again"))
    fetch_assets(tmp_path)
    (tmp_path / "vega.min.js").unlink()
    assert missing_assets(tmp_path) == ("vega.min.js",)

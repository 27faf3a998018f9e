"""Packages of the npm registry: fetched once, checked always, refused where they are not what was named."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from urllib import request
from urllib.error import URLError

import pytest

from bilik.errors import InputError
from bilik.publish import vendored
from bilik.publish.vendored import Package, files, packages


def an_archive(**content: str) -> bytes:
    """An archive as the registry has them, with these files."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, text in content.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return held.getvalue()


ARCHIVE = an_archive(readme="read me", code="1 + 1")


def a_package(archive: bytes, *names: str) -> Package:
    """A package named ``thing`` of which these files are used."""
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return Package("thing", "1.2.3", f"sha512-{digest}", "MIT", "https://example.org", "tests", names)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes | OSError], list[str]]:
    """Lets the registry answer with some bytes, or fail; the addresses asked for come back as a list that grows."""

    def answering(with_: bytes | OSError) -> list[str]:
        asked: list[str] = []

        def urlopen(address: str, timeout: float) -> io.BytesIO:
            asked.append(address)
            if isinstance(with_, OSError):
                raise with_
            return io.BytesIO(with_)

        monkeypatch.setattr(request, "urlopen", urlopen)
        return asked

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(vendored, "packages", lambda: {"thing": a_package(ARCHIVE, "code")})
    return answering


def test_every_package_is_named_whole() -> None:
    assert packages(), "nothing is vendored"
    for package in packages().values():
        algorithm, _, digest = package.integrity.partition("-")
        assert algorithm == "sha512"
        assert len(base64.b64decode(digest, validate=True)) == 64
        assert package.used_by in ("pages", "tests")
        assert package.files


def test_is_fetched_once_and_then_comes_from_the_cache(registry: Callable[[bytes | OSError], list[str]]) -> None:
    asked = registry(ARCHIVE)
    assert files("thing") == {"code": b"1 + 1"}
    assert files("thing") == {"code": b"1 + 1"}
    assert asked == ["https://registry.npmjs.org/thing/-/thing-1.2.3.tgz"]


def test_a_damaged_cache_is_filled_anew(registry: Callable[[bytes | OSError], list[str]]) -> None:
    asked = registry(ARCHIVE)
    kept = vendored.cache_folder() / "thing-1.2.3.tgz"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(ARCHIVE[:-1])
    assert files("thing") == {"code": b"1 + 1"}
    assert len(asked) == 1
    assert kept.read_bytes() == ARCHIVE


def test_another_archive_is_refused_and_not_kept(registry: Callable[[bytes | OSError], list[str]]) -> None:
    registry(an_archive(code="1 + 2"))
    with pytest.raises(InputError, match=r"thing-1\.2\.3\.tgz: its sha512 is not sha512-\S+ \(data/registry/"):
        files("thing")
    assert not list(vendored.cache_folder().glob("*"))


def test_without_network_one_line_says_what_to_do(registry: Callable[[bytes | OSError], list[str]]) -> None:
    registry(URLError("Name or service\nnot known"))
    with pytest.raises(InputError) as refused:
        files("thing")
    assert str(refused.value) == (
        "https://registry.npmjs.org/thing/-/thing-1.2.3.tgz: cannot be fetched: Name or service not known; "
        "without a network, put the file into a folder and name that by --vendored FOLDER"
    )


def test_a_folder_of_archives_does_without_the_network(
    tmp_path: Path, registry: Callable[[bytes | OSError], list[str]]
) -> None:
    asked = registry(URLError("no network"))
    (tmp_path / "thing-1.2.3.tgz").write_bytes(ARCHIVE)
    assert files("thing", tmp_path) == {"code": b"1 + 1"}
    (tmp_path / "thing-1.2.3.tgz").write_bytes(an_archive(code="other"))
    with pytest.raises(InputError, match=r"thing-1\.2\.3\.tgz: its sha512 is not that of https://"):
        files("thing", tmp_path)
    (tmp_path / "thing-1.2.3.tgz").unlink()
    with pytest.raises(InputError, match=r"thing-1\.2\.3\.tgz: cannot be read: .*; put the file of https://"):
        files("thing", tmp_path)
    assert asked == []


def test_a_file_that_is_not_in_the_archive_is_named(
    registry: Callable[[bytes | OSError], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry(ARCHIVE)
    monkeypatch.setattr(vendored, "packages", lambda: {"thing": a_package(ARCHIVE, "code", "nowhere")})
    with pytest.raises(InputError, match=r"thing-1\.2\.3\.tgz: no file nowhere in it"):
        files("thing")

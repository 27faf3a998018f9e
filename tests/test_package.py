"""The wheel: installed away from the checkout, it has everything it needs."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import bilik
from command_line import AS_OF, PEOPLE, ROOT


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, as somebody who knows nothing of the checkout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this tree; nothing is downloaded."""
    out = tmp_path_factory.mktemp("dist")
    if importlib.util.find_spec("hatchling"):
        built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    else:
        built = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", out, ROOT, cwd=out)
    assert built.returncode == 0, built.stderr
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment: the wheel is in it, its dependencies are those of this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}, scheme="venv"))
    pip = (sys.executable, "-m", "pip", "--python", commands / "python")
    done = run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    # Only the folder of packages is added, not what its own .pth files (of editable installs) point to.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """An empty folder away from the checkout."""
    assert not any(tmp_path.iterdir())
    assert ROOT not in tmp_path.parents
    return tmp_path


def test_the_package_is_the_one_of_the_environment(installed: Path, nowhere: Path) -> None:
    asked = "import bilik.resources as r; print(r.__file__); print(r.root())"
    done = run(installed / "python", "-c", asked, cwd=nowhere)
    assert done.returncode == 0, done.stderr
    module, root = map(Path, done.stdout.splitlines())
    assert installed.parent.resolve() in module.resolve().parents
    assert installed.parent.resolve() in root.resolve().parents
    assert root.name == "_graph"


def test_the_graph_in_the_package_is_that_of_the_checkout(installed: Path, nowhere: Path) -> None:
    done = run(installed / "python", "-c", "import bilik.resources as r; print(r.root())", cwd=nowhere)
    root = Path(done.stdout.strip())
    for name in ("ontology", "data", "shapes", "queries"):
        ours = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / name).rglob("*") if path.is_file()}
        theirs = {path.relative_to(root): path.read_bytes() for path in (root / name).rglob("*") if path.is_file()}
        assert ours
        assert theirs == ours


def test_version(installed: Path, nowhere: Path) -> None:
    done = run(installed / "bilik", "--version", cwd=nowhere)
    assert (done.returncode, done.stdout) == (0, f"{bilik.__version__}\n")


def test_check_runs_away_from_the_checkout(installed: Path, nowhere: Path) -> None:
    record = nowhere / "record.ttl"
    record.write_bytes((PEOPLE / "aigerim-ulgi.ttl").read_bytes())
    for command in ((installed / "bilik",), (installed / "python", "-m", "bilik")):
        done = run(*command, "check", record.name, *AS_OF, "--lang", "kk", cwd=nowhere)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Айгерім Үлгі" in done.stdout
    assert [path.name for path in nowhere.iterdir()] == ["record.ttl"]


@pytest.mark.parametrize(
    "arguments", [("explain", "engineer"), ("query", "grades-of-position"), ("validate", PEOPLE / "table-set")]
)
def test_other_commands_run_away_from_the_checkout(
    installed: Path, nowhere: Path, arguments: tuple[object, ...]
) -> None:
    done = run(installed / "bilik", *arguments, cwd=nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_build_of_the_package_is_up_to_date(installed: Path, nowhere: Path) -> None:
    done = run(installed / "bilik", "build", "--check", cwd=nowhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

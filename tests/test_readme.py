"""The README shows commands with their real output: each is run, and what it prints must stand there.

``python tests/test_readme.py`` writes the present output into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(?P<body>(?:\$ bilik .*\n)(?s:.*?))^```$", re.MULTILINE)


def refreshed(readme: str) -> str:
    """The README with the output of every block of `$ bilik …` commands as it is now."""
    return _BLOCK.sub(lambda block: f"```console\n{_output(block['body'])}```", readme)


def _output(body: str) -> str:
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ bilik ")]
    return "\n".join(f"$ {command}\n{_run(command)}" for command in commands)


def _run(command: str, written: Path | None = None) -> str:
    """What a command prints; the files that it writes go below ``written``, else nowhere that lasts."""
    if written is None:
        with tempfile.TemporaryDirectory() as nowhere:
            return _run(command, Path(nowhere))
    program, *arguments = shlex.split(command)
    if "-o" in arguments:
        place = arguments.index("-o") + 1
        arguments[place] = str(written / arguments[place])
        Path(arguments[place]).parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), f"{command}: {done.stderr}"
    assert not done.stderr, f"{command}: {done.stderr}"
    said = done.stdout.replace(f"{written}/", "").strip("\n")
    return "".join(f"{line.rstrip()}\n" for line in said.splitlines())


def test_readme_shows_real_output() -> None:
    readme = README.read_text(encoding="utf-8")
    assert len(_BLOCK.findall(readme)) >= 3
    assert refreshed(readme) == readme


def test_pictures_are_what_the_commands_draw(tmp_path: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    assert _drawing(readme)
    for command, picture in _drawing(readme):
        assert _run(command, tmp_path) == ""
        assert (tmp_path / picture).read_bytes() == (ROOT / picture).read_bytes()
        assert f"]({picture})" in readme


def test_every_path_of_the_readme_exists() -> None:
    named = re.findall(r"`((?:data|ontology|shapes|queries)/[^`* ]*)`", README.read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def _drawing(readme: str) -> list[tuple[str, str]]:
    """The commands that draw a picture of the project, and which."""
    return re.findall(r"^\$ (bilik .* -o (\S+\.svg))$", readme, re.MULTILINE)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
    for command, _ in _drawing(README.read_text(encoding="utf-8")):
        _run(command, ROOT)

"""JavaScript modules as classic scripts, which work where pages are opened from a file system."""

from __future__ import annotations

import re

from bilik.errors import InputError
from bilik.publish.vendored import Package

_DECLARED = re.compile(r"^export (?=(?:(?:async )?function|class) (\w+))", re.MULTILINE)
_LISTED = re.compile(r"^export \{ ([\w, ]+) \};\s*\Z", re.MULTILINE)
_MODULE = re.compile(r"^\s*(import|export)\b|\bimport\.meta\b", re.MULTILINE)


def classic(module: str, package: Package) -> str:
    """An expression whose value is an object with all that a module exports.

    Args:
        module: one that imports nothing, exports classes and functions where they are declared, or lists names at its
            end (a name under which something is the default is left out).

    Raises:
        InputError: a module written in another way.
    """
    listed = [name.partition(" as ")[0].strip() for found in _LISTED.findall(module) for name in found.split(",")]
    exported = sorted({*_DECLARED.findall(module), *listed})
    body = _DECLARED.sub("", _LISTED.sub("", module))
    if not exported or _MODULE.search(body):
        raise InputError(f"{package.archive}: a module in it is not written as they were; see {__name__}")
    return f"(() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})()"


def notice(package: Package) -> str:
    """The comment that names a package, its licence and its home."""
    return f"/*! {package.name} {package.version}, {package.licence}, {package.homepage} */\n"

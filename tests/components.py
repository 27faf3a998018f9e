"""Components of which the package itself has no need: asked for by the tests that do."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import Any, NoReturn

import pytest


def require(module: str) -> Any:
    """The module; where it is not installed the test is skipped, and fails in continuous integration (``CI=true``)."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing(f"{module} is not installed: {error}")


def require_program(program: str) -> str:
    """Where a program is; where it is not installed the test is skipped, and fails in continuous integration."""
    found = shutil.which(program)
    return found if found else missing(f"{program} is not installed")


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail it in continuous integration: there nothing may be absent."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)

"""Components of which the package itself has no need: asked for by the tests that do."""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest


def require(module: str) -> Any:
    """The module; where it is not installed the test is skipped, and fails in continuous integration (``CI=true``)."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        reason = f"{module} is not installed: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)

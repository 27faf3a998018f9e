"""In which order the tests run: the files that take longest begin, so that no process is left with one at the end."""

from __future__ import annotations

import pytest

LONGEST = ("test_agreement", "test_variants", "test_classes", "test_build", "test_laws")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays together: what its tests share is then prepared once, by the process that runs them."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))

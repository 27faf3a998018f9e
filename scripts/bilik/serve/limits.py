"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 2**20


@dataclass(frozen=True)
class Limits:
    """What one query may cost.

    Attributes:
        seconds: how long it may wait for a free process, and again how long it may run.
        megabytes: how large an answer may be as it is sent; a larger one is refused, never cut short.
        memory: megabytes of memory it may take, beside those of the graph.
    """

    seconds: float = 10
    megabytes: int = 32
    memory: int = 1024

"""As much of mod_rewrite as the redirects use: conditions on two headers, and rules that redirect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEADERS = {"%{HTTP_ACCEPT}": "accept", "%{HTTP:Accept-Language}": "accept-language"}


@dataclass(frozen=True)
class Redirect:
    """A rule with its conditions: (header, pattern, whether it must not match)."""

    pattern: str
    target: str
    conditions: tuple[tuple[str, str, bool], ...]


@dataclass
class Htaccess:
    """The redirects of a file, in order.

    Raises:
        ValueError: a line that is none of what is understood here.
    """

    text: str
    redirects: list[Redirect] = field(default_factory=list)

    def __post_init__(self) -> None:
        waiting: list[tuple[str, str, bool]] = []
        for line in self.text.splitlines():
            match line.split():
                case [] | ["#", *_] | ["Options", "-MultiViews"] | ["RewriteEngine", "on"]:
                    continue
                case ["RewriteCond", header, pattern, "[NC]"]:
                    waiting.append((_HEADERS[header], pattern.removeprefix("!"), pattern.startswith("!")))
                case ["RewriteRule", pattern, target, "[R=303,L]" | "[R=303,L,NE]"]:
                    if "#" in target and "NE" not in line:
                        raise ValueError(f"Apache would escape the # of {target}")
                    self.redirects.append(Redirect(pattern, target, tuple(waiting)))
                    waiting = []
                case _:
                    raise ValueError(line)

    def location(self, path: str, **headers: str) -> str | None:
        """Where a request is redirected to; headers by their names with ``_`` for ``-``."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for redirect in self.redirects:
            found = re.search(redirect.pattern, path)
            if found and all(
                bool(re.search(pattern, given.get(header, ""), re.IGNORECASE)) != negated
                for header, pattern, negated in redirect.conditions
            ):
                return filled(redirect.target, found)
        return None


def filled(target: str, found: re.Match[str]) -> str:
    """A target with what the groups of the pattern found in the place of ``$1`` and so on."""
    return re.sub(r"\$(\d)", lambda group: found[int(group[1])], target)

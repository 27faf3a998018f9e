"""The modules of the dataset: which files of the graph each holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bilik.build import ORDER
from bilik.resources import alignments, folder
from bilik.texts import Language, name, text

ALL: Final = "bilik"
"""The file with all modules of the law in one."""

MATERIALISED: Final = "bilik-materialised"
"""The same with what follows from it, for users without a reasoner."""

CATALOGUE: Final = "catalogue"
"""The file that describes all others."""

FOLDER: Final = "modules"


@dataclass(frozen=True)
class Module:
    """A module.

    Attributes:
        key: the name of its files, below the folder of modules.
        files: the Turtle files that it is made of.
        in_all: whether it is part of the file of everything; the catalogue of questions is not.
    """

    key: str
    files: tuple[Path, ...]
    in_all: bool = True

    @property
    def stem(self) -> str:
        """Its files below the folder of the data, without suffix."""
        return f"{FOLDER}/{self.key}"

    def title(self, language: Language) -> str:
        """What people call it."""
        folder_, _, part = self.key.rpartition("/")
        if folder_ and f"{ORDER}-{part}" in _sections():
            return text("module-section", language, section=name(f"law:{ORDER}-{part}", language))
        return text(f"module-{part}", language)


def modules() -> list[Module]:
    """The modules, each file of the graph in one of them."""
    law = sorted(folder("data", ORDER).glob("*.ttl"), key=lambda path: (len(path.stem), path.stem))
    return [
        Module("ontology", _files("ontology")),
        Module("vocabularies", _files("ontology", "vocab")),
        Module("alignments", tuple(alignments().values())),
        *(Module(f"law/{path.stem}", (path,)) for path in law),
        Module("readings", (folder("data", "readings.ttl"),)),
        Module("career", (folder("data", "compiled", "career.ttl"),)),
        Module("conditions", (folder("data", "compiled", "conditions.ttl"),)),
        Module("classes", _files("ontology", "derived")),
        Module("questions", (folder("queries", "catalogue.ttl"),), in_all=False),
    ]


def _files(*parts: str) -> tuple[Path, ...]:
    return tuple(sorted(folder(*parts).glob("*.ttl")))


@cache
def _sections() -> frozenset[str]:
    return frozenset(f"{ORDER}-{path.stem}" for path in folder("data", ORDER).glob("sec-*.ttl"))

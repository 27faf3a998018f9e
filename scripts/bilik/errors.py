"""The exceptions of Bilik, one tree.

    BilikError
    ├── SourceError        the order's text does not read as its registry and grammar say
    ├── InputError         a person file, folder, query or option that cannot be used
    └── EngineError        a SPARQL, SHACL or OWL engine failed: never a verdict
        └── ReasonerMissingError    the packages that carry HermiT are not installed (bilik.derive.reasoning)

Every message is one line: what is wrong, where, and what would be right.
"""

from __future__ import annotations


class BilikError(Exception):
    """Base of everything Bilik raises on purpose; its text is fit to be shown to a user."""


class SourceError(BilikError):
    """The source text, the registry or the grammar disagree: the build stops, nothing is guessed."""


class InputError(BilikError):
    """Wrong use, or an input that cannot be read at all."""


class EngineError(BilikError):
    """An engine failed or answered with something that is no answer."""

"""What the scripts of "check yourself" show in a language: sentences of ``data/texts``, names and addresses."""

from __future__ import annotations

from bilik.evaluate import compiled_law
from bilik.namespaces import PREFIXES, expand
from bilik.people.codes import read_codes
from bilik.people.records import PERSON
from bilik.publish.documents import document_of
from bilik.report.marks import MARKS
from bilik.texts import Language, names, settled_by, shape_messages, template, text

_TOLD = (
    *("alternative", "as-of", "best", "claims", "education", "experience", "findings", "months", "months-possible"),
    *("months-unbounded", "next", "readings", "short", "training", "self-all", "self-any-of", "self-as-of-missing"),
    *("self-based-on", "self-by-time", "self-credentials-one", "self-date", "self-done", "self-months"),
    *("self-employments-one", "self-end-missing", "self-end-before-start", "self-failed"),
    *("self-field-code-wrong", "self-next-by-time", "self-next-none"),
    *("self-nobody", "self-none-qualified", "self-opened", "self-opened-whole", "self-position-title-missing"),
    *("self-ready", "self-remove", "self-settle", "self-trainings-one", "self-unknown-kind", "self-unreadable"),
)
"""The sentences that the scripts tell, and whose words they fill in."""
_EXPERIENCE_OPEN = "experience-unknown"
"""What is open of an experience where no note says it more closely."""
_LATE = "employment-starts-later"
"""The finding that depends on the as-of date; the others are those of shapes."""

_NAMED = ("grade", "position", "outcome", "note", "reading")
_LINKED = ("bilik:isStatedIn", "bilik:dependsOnInterpretation")
"""The properties by which the compiled law refers to documents."""
_DECLARED = ("activity", "bilik", "category", "grade", "isced-f", "level", "position", "rdfs", "tier", "xsd")
_BEGIN = ("credentials", "employments")
_CODE = "^[0-9]{2,4}$"


def page(language: Language) -> dict[str, object]:
    """All that the scripts of "check yourself" are given in a language.

    Keys:
        words: sentences by key, with {words} to fill in.
        names, pages: name, and address of the document seen from the page, of what verdicts refer to, by IRI.
        positions: grade → position (IRIs), in the order of the law.
        marks: code of an outcome or result → its sign.
        settles: IRI of a note, or ``KIND-unknown`` → what would settle it.
        messages: rule of a finding → what is wrong and the remedy.
        record: how the form writes records: IRIs, prefixes, the kinds of entry an empty form has (``begin``), what a
            code of a field looks like (``code``; whether it is one, the rules say).
    """
    facts = compiled_law().facts
    linked = {value for said in facts.values() for term in _LINKED for value in said.get(expand(term), ())}
    known = names(language)
    shown = [iri for iri in known if iri in linked or any(iri.startswith(PREFIXES[prefix]) for prefix in _NAMED)]
    return {
        "language": language,
        "words": {key: template(key, language) for key in _TOLD},
        "names": {iri: known[iri] for iri in shown},
        "pages": {iri: address for iri in shown if (address := _address(iri, language))},
        "positions": [
            [expand(f"grade:{grade}"), expand(f"position:{position}")] for grade, position, _, _ in read_codes().grades
        ],
        "marks": MARKS,
        "settles": {
            **{expand(f"note:{note}"): paper for note, paper in settled_by(language).items()},
            _EXPERIENCE_OPEN: text(f"settled-{_EXPERIENCE_OPEN}", language),
        },
        "messages": {
            **{expand(f"bsh:{shape}"): message for shape, message in shape_messages(language).items()},
            _LATE: template(_LATE, language),
        },
        "record": {
            "begin": _BEGIN,
            "class": expand("bilik:Person"),
            "code": _CODE,
            "codes": PREFIXES["isced-f"],
            "date": expand("xsd:date"),
            "file": "bilik.ttl",
            "person": f"{PERSON}me",
            "prefixes": {prefix: PREFIXES[prefix] for prefix in _DECLARED},
            "type": expand("rdf:type"),
        },
    }


def _address(iri: str, language: Language) -> str | None:
    """The page about something, seen from a page of the same language; None if it has none."""
    address = document_of(iri)
    return address.page(language).removeprefix(f"{language}/") if address else None

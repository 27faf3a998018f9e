"""The oracle under other readings, in plain Python: what each variant does to the law as the oracle knows it.

What changes a condition's sets is done here; what changes how a fact is judged is a branch in `oracle.py` that asks for
the variant in `Law.readings`. Nothing is shared with the updates of the compiled graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from oracle import Alternative, EducationCondition, Law

Branches = tuple[Alternative, ...]


def read_otherwise(law: Law, variants: Iterable[str]) -> Law:
    """The law with some default readings replaced, each by its variant (`or-scope=stand-alone`)."""
    chosen = frozenset(variants)
    changed = {grade: _branches(law, grade, chosen) for grade in law.alternatives}
    return replace(law, alternatives=changed, readings=chosen)


def _branches(law: Law, grade: str, chosen: frozenset[str]) -> Branches:
    branches = law.alternatives[grade]
    for code, change in STRUCTURAL.items():
        if code in chosen:
            branches = change(law, grade, branches)
    return branches


def _of_education(
    change: Callable[[Law, str, Branches, EducationCondition], EducationCondition],
) -> Callable[[Law, str, Branches], Branches]:
    """A change of every education condition of a grade."""

    def changed(law: Law, grade: str, branches: Branches) -> Branches:
        return tuple(
            replace(branch, education=change(law, grade, branches, branch.education)) if branch.education else branch
            for branch in branches
        )

    return changed


def _is_silent(law: Law, education: EducationCondition) -> bool:
    """The text names no field, and the level is none that is looked at alone."""
    return education.codes is None and not education.levels & law.held_with_higher


def _in_the_field_of_the_position(
    law: Law, grade: str, branches: Branches, education: EducationCondition
) -> EducationCondition:
    if _is_silent(law, education) and not education.any_field:
        return replace(education, codes=law.implied_codes[law.position_of[grade]])
    return education


def _in_any_field(law: Law, grade: str, branches: Branches, education: EducationCondition) -> EducationCondition:
    return replace(education, any_field=True) if _is_silent(law, education) else education


def _in_the_relevant_direction(
    law: Law, grade: str, branches: Branches, education: EducationCondition
) -> EducationCondition:
    if "left-modifier-scope" in education.readings:
        return replace(education, codes=law.implied_codes[law.position_of[grade]])
    return education


def _wider_in_any_field(
    law: Law, grade: str, branches: Branches, education: EducationCondition
) -> EducationCondition:
    return replace(education, any_field=True) if "relevant-direction-wider" in education.readings else education


def _no_wider_than_the_first(
    law: Law, grade: str, branches: Branches, education: EducationCondition
) -> EducationCondition:
    if "relevant-direction-wider" in education.readings and branches[0].education:
        return replace(education, codes=branches[0].education.codes)
    return education


def _with_the_education_of_the_first(law: Law, grade: str, branches: Branches) -> Branches:
    first = branches[0].education
    if first is None:
        return branches
    taken_over = replace(first, any_field=True)
    return tuple(branch if branch.education else replace(branch, education=taken_over) for branch in branches)


def _with_the_speciality_alone(law: Law, grade: str, branches: Branches) -> Branches:
    last = branches[-1]
    if not (last.education and last.experience and last.experience.speciality):
        return branches
    alone = Alternative(last.number + 1, None, None, replace(last.experience, alone=True))
    return (*branches, alone)


STRUCTURAL: dict[str, Callable[[Law, str, Branches], Branches]] = {
    # What says of a field that it is stated comes before what is made of fields that are not.
    "left-modifier-scope=both-levels": _of_education(_in_the_relevant_direction),
    "field-not-stated=any-field": _of_education(_in_any_field),
    "field-not-stated=field-of-position": _of_education(_in_the_field_of_the_position),
    "relevant-direction-wider=any-field": _of_education(_wider_in_any_field),
    "relevant-direction-wider=first-branch": _of_education(_no_wider_than_the_first),
    "no-education-named=vocational-education": _with_the_education_of_the_first,
    "or-scope=stand-alone": _with_the_speciality_alone,
}
"""Variants that change what a requirement asks; the others change how a fact is judged."""

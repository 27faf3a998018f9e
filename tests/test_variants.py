"""Other readings: what a variant changes and what it does not, on both engines, beside the oracle, in jurist cases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml

from as_rdf import entry_key, person_iri, person_of, to_store
from bilik.engine import update
from bilik.errors import EngineError
from bilik.evaluate import CompiledLaw, Judgement, Verdict, compiled_law, judge, verdict_graph
from bilik.evaluate.dependence import Comparison, rivals
from bilik.evaluate.variants import Variant, dependent_grades, under, variants
from bilik.namespaces import code, expand
from bilik.resources import folder
from oracle import Law, Person, load_law
from oracle import judge as oracle_judge
from oracle_variants import read_otherwise
from people_strategies import random_person
from rdflib_engine import rdflib_verdict_graph, statements
from test_agreement import compared

PEOPLE = int(os.environ.get("BILIK_PEOPLE", "300")) // 5
OUTCOMES = ("qualified", "undetermined", "not-qualified")
AS_OF = date(2026, 1, 1)
SEED = 775
VARIANTS = variants()
CASES = Path(__file__).parent / "cases" / "readings"
LEAST = 12
"""Fewer jurist cases would mean that files are not found."""

every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.code)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@cache
def published() -> CompiledLaw:
    return compiled_law()


@cache
def changed(*chosen: Variant) -> CompiledLaw:
    return under(published(), chosen)


def compatible(*chosen: Variant) -> bool:
    """Whether no reading is chosen twice."""
    return len({variant.reading for variant in chosen}) == len(chosen)


def mixtures() -> list[tuple[Variant, ...]]:
    """Some sets of variants that can be chosen together: every pair that shares a grade in turn, and larger ones."""
    rng = Random(SEED)
    pairs = [
        pair
        for pair in combinations(VARIANTS, 2)
        if compatible(*pair) and set.intersection(*(dependent_grades(published(), v.reading) for v in pair))
    ]
    some = rng.sample(pairs, 12)
    by_reading = {variant.reading: variant for variant in rng.sample(VARIANTS, len(VARIANTS))}
    return [*some, tuple(by_reading.values()), tuple(rng.sample(sorted(by_reading.values()), 5))]


MIXTURES = mixtures()


# -- the graphs ------------------------------------------------------------------------------------------------------


@every_variant
def test_a_variant_touches_only_what_depends_on_its_reading(variant: Variant) -> None:
    """Conditions, alternatives and requirements that depend on it, what reckons for them, and what it adds."""
    store = ox.Store()  # which writes numbers in one way
    store.extend(published().quads)
    before, after = set(store), set(changed(variant).quads)
    assert before != after
    reading = ox.NamedNode(expand(f"reading:{variant.reading}"))
    of_reading = {quad.subject for quad in before if quad.object == reading}
    parts = {quad.object for quad in before if quad.subject in of_reading and "isReckonedBy" in quad.predicate.value}
    above = {quad.subject for quad in before if quad.object in of_reading}
    known = {quad.subject for quad in before}
    touched = {quad.subject for quad in (before ^ after) - links(before | after)}
    assert touched & known <= of_reading | parts | above
    assert touched & (of_reading | parts)


def named(chosen: Sequence[Variant]) -> str:
    return ",".join(variant.code for variant in chosen)


def links(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Which position asks what, and where alternatives look for a credential."""
    terms = {expand(f"calc:{term}") for term in ("asksGrade", "asksEducationOf", "asksReckoning", "looksAt")}
    return {quad for quad in quads if quad.predicate.value in terms}


def links_of(ours: CompiledLaw) -> set[tuple[str, str, str]]:
    """The same, told from the alternatives and conditions."""
    found = set()
    for grade in ours.grades:
        position = ours.facts[grade][expand("bilik:isGradeOf")][0]
        found.add((position, "asksGrade", grade))
        for way in ours.facts[ours.facts[grade][expand("bilik:hasRequirement")][0]][expand("bilik:hasAlternative")]:
            asked = ours.facts[way]
            educations = asked.get(expand("calc:asksEducation"), [])
            found.add((way, "looksAt", expand("calc:holds" if educations else "calc:goesWithout")))
            found |= {(position, "asksEducationOf", education) for education in educations}
            for experience in asked.get(expand("calc:asksExperience"), ()):
                reckonings = ours.facts[experience][expand("calc:isReckonedBy")]
                found |= {(position, "asksReckoning", reckoning) for reckoning in reckonings}
    return found


@pytest.mark.parametrize("chosen", [(), *((variant,) for variant in VARIANTS), MIXTURES[-2]], ids=named)
def test_positions_ask_what_their_alternatives_ask(chosen: tuple[Variant, ...]) -> None:
    """Also of conditions that only a variant adds, and of none that it takes away."""
    ours = changed(*chosen)
    found = {tuple(str(term)[1:-1] for term in quad.triple) for quad in links(ours.quads)}
    assert {(subject, code(term), value) for subject, term, value in found} == links_of(ours)


@every_variant
def test_what_depended_on_the_reading_names_the_variant(variant: Variant) -> None:
    depends = ox.NamedNode(expand("bilik:dependsOnInterpretation"))
    named = [code(str(quad.object)[1:-1]) for quad in changed(variant).quads if quad.predicate == depends]
    assert variant.reading not in named
    assert named.count(variant.code) >= sum(
        quad.predicate == depends and quad.object == ox.NamedNode(expand(f"reading:{variant.reading}"))
        for quad in published().quads
    )
    assert changed(variant).variants == (variant.code,)
    assert published().variants == ()


@every_variant
def test_an_update_gives_the_same_graph_on_rdflib(variant: Variant) -> None:
    ours = ox.Store()
    ours.extend(published().quads)
    update(ours, variant.effect)
    theirs = rdflib.Graph().parse(folder("data", "compiled", "conditions.ttl"))
    theirs.update(variant.effect.read_text(encoding="utf-8"))
    assert {(s.n3(), p.n3(), str(o)) for s, p, o in theirs} == {
        (str(quad.subject), str(quad.predicate), quad.object.value) for quad in ours
    }


def test_no_variant_is_the_published_law() -> None:
    assert under(published(), []) is published()


def test_the_order_of_variants_does_not_matter() -> None:
    for mixture in MIXTURES:
        assert set(under(published(), mixture[::-1]).quads) == set(changed(*mixture).quads)


def test_a_file_that_is_no_update_is_an_error_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.ru"
    path.write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(EngineError, match=r"wrong\.ru: ") as raised:
        under(published(), [Variant("or-scope", "wrong", path)])
    assert "\n" not in str(raised.value)


def test_restricting_the_law_keeps_its_variants() -> None:
    other = changed(VARIANTS[0])
    assert other.only(other.grades[:1]).variants == other.variants


# -- verdicts beside the oracle --------------------------------------------------------------------------------------


def people_for(law: Law, other: Law, grades: Sequence[str], count: int, seed: int) -> list[Person]:
    """People who come near to these grades, under the default readings and under others in turn."""
    rng = Random(seed)
    made = (
        random_person(rng, (law, other)[number % 2], grades[number % len(grades)], OUTCOMES[number % 3], AS_OF)
        for number in range(count)
    )
    return [
        Person(f"p{number}", person.credentials, person.trainings, person.employments)
        for number, person in enumerate(made)
    ]


def differences(law: Law, chosen: Sequence[Variant], people: Sequence[Person]) -> Iterator[tuple[str, str, str]]:
    """(grade, default outcome, outcome) of verdicts that differ; all verdicts are compared with the oracle's."""
    other = read_otherwise(law, [variant.code for variant in chosen])
    ours = changed(*chosen)
    grades = set.union(*(dependent_grades(published(), variant.reading) for variant in chosen))
    by_iri = {person_iri(person.key): person for person in people}
    for judgement in judge(to_store(people), ours.only(grades), AS_OF):
        person = by_iri[judgement.person]
        assert len(judgement.verdicts) == len(grades)
        for verdict in judgement.verdicts:
            expected = oracle_judge(other, person, verdict.grade, AS_OF)
            assert compared(verdict, entry_key) == compared(expected, str), (person, verdict.grade, ours.variants)
            default = oracle_judge(law, person, verdict.grade, AS_OF).outcome
            if verdict.outcome != default:
                yield verdict.grade, default, verdict.outcome


@every_variant
def test_rules_agree_with_the_oracle_under_a_variant(law: Law, variant: Variant) -> None:
    grades = sorted(code(grade) for grade in dependent_grades(published(), variant.reading))
    people = people_for(law, read_otherwise(law, [variant.code]), grades, max(PEOPLE, 2 * len(grades)), SEED)
    changes = list(differences(law, [variant], people))
    print(f"\n{variant.code}: {len(changes)} of {len(people) * len(grades)} verdicts differ")
    assert changes
    up = {OUTCOMES.index(default) > OUTCOMES.index(outcome) for _, default, outcome in changes}
    assert up == {DIRECTION[variant.code]}


DIRECTION = {
    "a-fortiori=named-levels": False,
    "a-fortiori=without-limit": True,
    "a-fortiori-mid-tier=high-tier-only": False,
    "category-or-higher=exactly": False,
    "engineering-technical-group=open": True,
    "field-not-stated=any-field": True,
    "field-not-stated=field-of-position": False,
    "general-secondary-included=general-secondary-only": False,
    "left-modifier-scope=both-levels": False,
    "no-category-named=uncategorised-only": False,
    "no-education-named=vocational-education": False,
    "or-scope=stand-alone": True,
    "post-secondary-omitted=on-purpose": False,
    "relevant-direction-wider=any-field": True,
    "relevant-direction-wider=first-branch": False,
}
"""Whether a reading is more lenient than the default: it can then only lift verdicts, else only lower them."""


@pytest.mark.parametrize("mixture", MIXTURES, ids=named)
def test_rules_agree_with_the_oracle_under_several_variants(law: Law, mixture: tuple[Variant, ...]) -> None:
    concerned = set.union(*(dependent_grades(published(), variant.reading) for variant in mixture))
    shared = set.intersection(*(dependent_grades(published(), variant.reading) for variant in mixture[:2]))
    grades = sorted(code(grade) for grade in shared or concerned)
    other = read_otherwise(law, [variant.code for variant in mixture])
    assert list(differences(law, mixture, people_for(law, other, grades, PEOPLE, SEED + 1)))


def test_the_verdicts_of_changed_laws_are_the_same_on_rdflib(law: Law) -> None:
    mixture = MIXTURES[-2]
    assert len(mixture) == len({variant.reading for variant in VARIANTS})
    ours = changed(*mixture)
    people = people_for(law, law, sorted(law.alternatives), 4, SEED)
    records = list(to_store(people))
    expected = statements(verdict_graph(records, ours, AS_OF))
    assert len(expected) > len(people) * len(law.alternatives)
    assert rdflib_verdict_graph(records, AS_OF, ours.quads) == expected


@every_variant
def test_nothing_else_changes(law: Law, variant: Variant) -> None:
    """Verdicts on grades that do not depend on the reading stay as they are, to the last note and reading."""
    people, judged = people_and_verdicts()
    dependent = {code(grade) for grade in dependent_grades(published(), variant.reading)}
    elsewhere = 0
    for before, after in zip(judged, judge(people, changed(variant), AS_OF), strict=True):
        for default, verdict in zip(before.verdicts, after.verdicts, strict=True):
            if verdict.grade not in dependent:
                assert verdict == default
                elsewhere += 1
    assert elsewhere == 20 * (len(law.alternatives) - len(dependent)) > 0


@cache
def people_and_verdicts() -> tuple[ox.Store, list[Judgement]]:
    """Twenty people, and what is said of them by default."""
    law = load_law()
    people = to_store(people_for(law, law, sorted(law.alternatives), 20, SEED + 2))
    return people, list(usual(people))


def usual(people: ox.Store) -> Iterator[Judgement]:
    return judge(people, published(), AS_OF)


# -- which verdicts hang on a reading --------------------------------------------------------------------------------


def outcomes(judgement: Judgement) -> dict[str, str]:
    return {verdict.grade: verdict.outcome for verdict in judgement.verdicts}


@pytest.mark.parametrize("chosen", [(), MIXTURES[0]], ids=["by default", "under a mixture"])
def test_a_comparison_finds_every_change_and_no_other(law: Law, chosen: tuple[Variant, ...]) -> None:
    """What pruning leaves out could not have changed: each rival judged whole gives the same changes."""
    people = to_store(people_for(law, law, sorted(law.alternatives), 6, SEED + 3))
    ours = changed(*chosen)
    comparison = Comparison(people, rivals(published(), chosen, ours.grades), AS_OF)
    expected: dict[tuple[str, str], set[tuple[str, str]]] = {}
    base = list(judge(people, ours, AS_OF))
    for reading in sorted({variant.reading for variant in VARIANTS}):
        kept = [variant for variant in chosen if variant.reading != reading]
        options = [kept, *([*kept, variant] for variant in VARIANTS if variant.reading == reading)]
        for option in options:
            if set(option) == set(chosen):
                continue
            name = next((variant.code for variant in option if variant.reading == reading), reading)
            for before, after in zip(base, judge(people, under(published(), option), AS_OF), strict=True):
                for grade, outcome in outcomes(after).items():
                    if outcomes(before)[grade] != outcome:
                        expected.setdefault((before.person, grade), set()).add((name, outcome))
    found = {
        (judgement.person, dependence.verdict.grade): set(dependence.changes)
        for judgement in base
        for dependence in comparison.of(judgement)
        if dependence.changes
    }
    assert found == expected
    assert len(found) > 10


def test_readings_without_a_variant_are_told_apart(law: Law) -> None:
    people = to_store(people_for(law, law, ["accountant-high-first"], 1, SEED))
    (judgement,) = usual(people)
    tried = {variant.reading for variant in VARIANTS}
    for dependence in Comparison(people, [], AS_OF).of(judgement):
        assert set(dependence.without_variant) == set(dependence.verdict.readings) - tried
        assert dependence.without_variant
        assert dependence.changes == ()


@pytest.mark.parametrize("chosen", [(), MIXTURES[-2]], ids=["by default", "under all readings changed"])
def test_a_verdict_relies_on_what_decided_it(law: Law, chosen: tuple[Variant, ...]) -> None:
    """On the readings of its requirement, of the alternatives that came out as it did, and of what their notes say."""
    ours = changed(*chosen)
    replaced = {variant.reading for variant in chosen}
    for judgement in judge(to_store(people_for(law, law, sorted(law.alternatives), 10, SEED)), ours, AS_OF):
        for verdict in judgement.verdicts:
            assert set(verdict.readings) == relied_on(ours, verdict)
            assert not set(verdict.readings) & replaced


def relied_on(ours: CompiledLaw, verdict: Verdict) -> set[str]:
    """The readings that the compiled graph gives for what decided a verdict."""
    depends = expand("bilik:dependsOnInterpretation")
    decisive = [a for a in verdict.alternatives if RANKS[a.result] == RANKS[verdict.outcome]]
    nodes = [ours.facts[expand(f"grade:{verdict.grade}")][expand("bilik:hasRequirement")][0]]
    for alternative in decisive:
        nodes.append(expand(f"alternative:{verdict.grade}-{alternative.number}"))
        nodes += [expand(f"condition:{part.condition}") for part in alternative.conditions]
        nodes += [expand(f"note:{note}") for part in alternative.conditions for note in part.notes]
    return {code(reading) for node in nodes for reading in ours.facts.get(node, {}).get(depends, ())}


RANKS = {"not-qualified": 0, "unmet": 0, "undetermined": 1, "unknown": 1, "qualified": 2, "met": 2}


def test_a_verdict_that_hangs_on_a_reading_names_it(law: Law) -> None:
    """A definite verdict names every reading that could turn it; what is open may hang on other alternatives too."""
    people = to_store(people_for(law, law, sorted(law.alternatives), 30, SEED + 4))
    comparison = Comparison(people, rivals(published(), (), published().grades), AS_OF)
    hanging = 0
    for judgement in usual(people):
        for dependence in comparison.of(judgement):
            if dependence.verdict.outcome != "undetermined":
                hanging += len(dependence.changes)
                turning = {reading.partition("=")[0] for reading, _ in dependence.changes}
                assert turning <= set(dependence.verdict.readings)
    assert hanging > 100


# -- jurist cases ----------------------------------------------------------------------------------------------------


@cache
def cases() -> tuple[tuple[str, dict[str, Any]], ...]:
    """(key, case) of every case: a default verdict, and under ``otherwise`` every variant that changes it."""
    return tuple(
        (f"{path.stem}-{number:02}", case)
        for path in sorted(CASES.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    )


@cache
def verdicts(variant: Variant | None) -> dict[str, dict[str, Verdict]]:
    """case key → grade → verdict, under the default readings or one other."""
    whole = changed(variant) if variant else published()
    law = whole.only({expand(f"grade:{case['grade']}") for _, case in cases()})
    found: dict[str, dict[str, Verdict]] = {}
    for as_of in {case["as_of"] for _, case in cases()}:
        together = [(key, case) for key, case in cases() if case["as_of"] == as_of]
        store = to_store(person_of(key, case["person"] or {}) for key, case in together)
        judged = {judgement.person: judgement for judgement in judge(store, law, as_of)}
        for key, _ in together:
            found[key] = {verdict.grade: verdict for verdict in judged[person_iri(key)].verdicts}
    return found


@pytest.mark.parametrize(("key", "case"), [pytest.param(k, c, id=f"{k}: {c['name']}") for k, c in cases()])
def test_case(key: str, case: dict[str, Any]) -> None:
    """The default verdict, and under each variant the one that the case names, or else the same."""
    default = verdicts(None)[key][case["grade"]]
    assert default.outcome == case["verdict"], default
    assert default.provision == case["clause"]
    assert set(case["otherwise"]) <= {variant.code for variant in VARIANTS}
    for variant in VARIANTS:
        verdict = verdicts(variant)[key][case["grade"]]
        assert verdict.outcome == case["otherwise"].get(variant.code, case["verdict"]), variant.code
        if variant.code in case["otherwise"]:
            assert variant.code in verdict.readings, "a changed verdict names the reading that changed it"


def test_cases_cover_the_variants() -> None:
    """Every variant changes the verdict of some case, and some cases no variant changes."""
    found = [case for _, case in cases()]
    assert len(found) >= LEAST
    assert {changing for case in found for changing in case["otherwise"]} == {variant.code for variant in VARIANTS}
    assert any(not case["otherwise"] for case in found)
    assert len({case["name"] for case in found}) == len(found)

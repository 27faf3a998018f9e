"""``bilik path``: a person's plan, or the order's shortest way between two grades."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bilik.cli.options import chosen_variants, known, law_under, load_assuming, one_person
from bilik.errors import InputError
from bilik.evaluate import CompiledLaw, compiled_law
from bilik.namespaces import code, expand
from bilik.output import write
from bilik.people import Records
from bilik.plan.plan import Plan
from bilik.texts import Language, rank


def run(
    files: Sequence[Path],
    person: str | None,
    to: str | None,
    assumed: Sequence[str],
    as_of: date,
    form: str,
    output: Path | None,
    language: Language,
    readings: Sequence[str] = (),
) -> None:
    """Plan for one person and write the plan: for a grade, for the best grades of a position, or for every grade.

    Raises:
        InputError: a wrong option, or a picture of what it cannot show.
    """
    law = law_under(compiled_law(), chosen_variants(readings))
    if law.variants and form not in ("text", "json"):
        raise InputError(f"--format {form}: a picture does not say by which readings; with --reading use text or json")
    positions = {code(grade): code(law.facts[grade][expand("bilik:isGradeOf")][0]) for grade in law.grades}
    if to is not None:
        known(to, dict.fromkeys([*positions, *positions.values()]), "grade or position")
    records = load_assuming(files, assumed)
    somebody = one_person(records, person)
    if to in positions:
        plans = _plans(records, somebody, [to], law, as_of)
    else:
        wanted = [grade for grade, position in positions.items() if to in (None, position)]
        plans = _outlines(records, somebody, wanted, law, as_of)
        if to is not None:
            plans = _plans(records, somebody, _best_of_each_tier(plans, law), law, as_of)
    if form == "json":
        from bilik.report.plan_json import plan_json, plans_json

        shown = plan_json(plans[0], records) if to in positions else plans_json(plans, somebody, to, as_of, records)
        shown |= {"variants": list(law.variants)} if law.variants else {}
        write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", output)
    elif form == "text":
        from bilik.report.plan_text import plans_text

        told = plans_text(plans, records, somebody, as_of, language, overview=to is None, variants=law.variants)
        write(told, output)
    elif to in positions:
        write(_drawn(plans[0], records, form, language), output)
    else:
        raise InputError(f"--format {form}: a picture shows one grade; give one as --to")


def run_law(start: str, to: str, form: str, output: Path | None, language: Language) -> None:
    """Write the order's shortest way from one grade to another."""
    from bilik.plan.ladder import career_facts, shortest_path

    law = compiled_law()
    grades = [code(grade) for grade in law.grades]
    path = shortest_path(career_facts(), known(start, grades, "grade"), known(to, grades, "grade"))
    if form == "json":
        from bilik.report.plan_json import law_path_json

        write(json.dumps(law_path_json(path, start, to), ensure_ascii=False, indent=1) + "\n", output)
    elif form == "text":
        from bilik.report.plan_text import law_path_text

        write(law_path_text(path, start, to, language), output)
    else:
        from bilik.report.pictures import law_path_mermaid, law_path_svg

        if path is None:
            raise InputError(f"no way leads from {start} to {to}: there is nothing to draw; use --format text")
        write((law_path_svg if form == "svg" else law_path_mermaid)(path, language), output)


def _plans(records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date) -> list[Plan]:
    from bilik.plan.planner import make_plans

    return make_plans(records, person, grades, law, as_of)


def _outlines(records: Records, person: str, grades: Sequence[str], law: CompiledLaw, as_of: date) -> list[Plan]:
    from bilik.plan.planner import outline_plans

    return outline_plans(records, person, grades, law, as_of)


def _best_of_each_tier(plans: Sequence[Plan], law: CompiledLaw) -> list[str]:
    """Of each tier the highest grade that is reached by time alone; where none is, the highest reached at all."""
    best: dict[str | None, Plan] = {}
    for plan in plans:
        facts = law.facts[expand(f"grade:{plan.to}")]
        tier = code(facts[expand("bilik:hasTier")][0]) if expand("bilik:hasTier") in facts else None
        if plan.reachable and (tier not in best or _height(plan, law) > _height(best[tier], law)):
            best[tier] = plan
    return [plan.to for plan in best.values()]


def _height(plan: Plan, law: CompiledLaw) -> tuple[bool, int]:
    facts = law.facts[expand(f"grade:{plan.to}")]
    named = facts.get(expand("bilik:hasCategory"))
    return not plan.best.changes, rank(f"category:{code(named[0])}") if named else 0


def _drawn(plan: Plan, records: Records, form: str, language: Language) -> str:
    from bilik.report.pictures import plan_mermaid, plan_svg

    label = records.label(plan.person, language) or records.shown(plan.person)
    return (plan_svg if form == "svg" else plan_mermaid)(plan, language, person_label=label)

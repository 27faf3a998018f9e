"""The test oracle: a second evaluator of the semantics, in plain Python, one person and one grade at a time.

It shares nothing with the evaluators it judges. What the order says (positions, levels, months, fields) is
read from the law graph; what is written here is the semantics: three values, prefixes of codes, months of
service. Comments in guillemets « » quote the sentence of the semantics that a line carries out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace
from rdflib.term import Node

BILIK = Namespace("https://w3id.org/bilik/def#")
ACTIVITIES = "https://w3id.org/bilik/voc/activity/"
CATEGORIES = "https://w3id.org/bilik/voc/category/"
LEVELS = "https://w3id.org/bilik/voc/education-level/"
TIERS = "https://w3id.org/bilik/voc/tier/"
PROJECT = Path(__file__).resolve().parent.parent
OUTSIDE_THE_ORDER = "(outside the order)"
KINDS = ("education", "training", "experience")


class Truth(IntEnum):
    """«AND is the minimum, OR the maximum of unmet < unknown < met.»"""

    UNMET = 0
    UNKNOWN = 1
    MET = 2

    @property
    def result(self) -> str:
        """The value as a condition or an alternative reports it."""
        return self.name.lower()

    @property
    def outcome(self) -> str:
        """The value as a verdict reports it."""
        return ("not-qualified", "undetermined", "qualified")[self]


@dataclass(frozen=True)
class EducationCondition:
    """Levels the text names, and the ISCED-F codes under its stated field (None: it names no field).

    `readings`: the interpretations that the law graph says it depends on; `any_field`: another reading looks
    at the level only.
    """

    levels: frozenset[str]
    codes: frozenset[str] | None
    readings: frozenset[str] = frozenset()
    any_field: bool = False


@dataclass(frozen=True)
class ExperienceCondition:
    """Months asked for, and one of: a position or group (with a least category), speciality, activity.

    `alone`: another reading asks for it without an education, so that no credential is looked at.
    """

    minimum_months: int
    position: str | None
    category: str | None
    speciality: str | None
    activity: str | None
    alone: bool = False


@dataclass(frozen=True)
class Alternative:
    """One sufficient set of conditions; `training` is the required activity."""

    number: int
    education: EducationCondition | None
    training: str | None
    experience: ExperienceCondition | None


@dataclass(frozen=True)
class Law:
    """What the law graph says, as plain tables of codes (the last path segments of IRIs).

    `posts` maps each position to itself and each group to itself and its members; `implied_codes` holds the
    ISCED-F members of the implied field and, like `implied_activity`, has no entry where nothing is implied;
    `tier_of` and `category_of` have none for a grade that names no tier or category; `levels`, `categories` and
    `tiers` map codes to ranks. `in_force` is the earliest day on which the clause of a grade can be in force, `worded`
    the earliest one for the words that are read here; `readings` are the variants that replace default readings
    (`oracle_variants.py`).
    """

    position_of: Mapping[str, str]
    tier_of: Mapping[str, str]
    category_of: Mapping[str, str]
    alternatives: Mapping[str, tuple[Alternative, ...]]
    in_force: Mapping[str, date]
    worded: Mapping[str, date]
    posts: Mapping[str, frozenset[str]]
    implied_activity: Mapping[str, str]
    implied_codes: Mapping[str, frozenset[str]]
    levels: Mapping[str, int]
    held_with_higher: frozenset[str]
    categories: Mapping[str, int]
    tiers: Mapping[str, int]
    activities: frozenset[str]
    readings: frozenset[str] = frozenset()

    def named_in_other_tiers(self, grade: str) -> frozenset[str]:
        """The levels that grades of another tier than this grade's name; none for a grade without a tier."""
        tier = self.tier_of.get(grade)
        others = {other for other, its_tier in self.tier_of.items() if tier and its_tier != tier}
        educations = [branch.education for other in others for branch in self.alternatives[other]]
        named = (education.levels for education in educations if education)
        return frozenset().union(*named)


@dataclass(frozen=True)
class Credential:
    """A diploma as recorded: raw codes and a raw date, any of which may be missing (None) or unusable."""

    key: str
    level: str | None = None
    field: str | None = None
    awarded: str | None = None
    recognised_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Training:
    """A training as recorded."""

    key: str
    activity: str | None = None
    completed: str | None = None


@dataclass(frozen=True)
class Employment:
    """A job as recorded; `title` is a post outside the order."""

    key: str
    position: str | None = None
    title: str | None = None
    tier: str | None = None
    category: str | None = None
    field: str | None = None
    activity: str | None = None
    start: str | None = None
    end: str | None = None
    recognised_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A record: complete in what it lists, possibly incomplete inside an entry."""

    key: str
    credentials: tuple[Credential, ...] = ()
    trainings: tuple[Training, ...] = ()
    employments: tuple[Employment, ...] = ()


@dataclass(frozen=True)
class ConditionResult:
    """A condition's result; months are for experience only (`possible_months` None: no upper bound)."""

    kind: str
    result: str
    notes: tuple[str, ...] = ()
    required_months: int | None = None
    certain_months: int | None = None
    possible_months: int | None = None
    short_months: int | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlternativeResult:
    """An alternative's result, its witness credential, its conditions (education, training, experience)."""

    number: int
    result: str
    credential: str | None
    conditions: tuple[ConditionResult, ...]


@dataclass(frozen=True)
class Verdict:
    """The outcome for one grade, with every alternative in the order of the text, as it reads now."""

    grade: str
    outcome: str
    notes: tuple[str, ...]
    alternatives: tuple[AlternativeResult, ...]


# --- the law graph ---------------------------------------------------------------------------------------


@cache
def load_law(project: Path = PROJECT) -> Law:
    """Read the law from the project's Turtle files. Raises FileNotFoundError where a folder has none."""
    graph = Graph()
    for folder in ("data/order-775", "ontology/vocab"):
        files = sorted((project / folder).glob("*.ttl"))
        if not files:
            raise FileNotFoundError(f"no Turtle file in {project / folder}")
        for file in files:
            graph.parse(file)
    return read_law(graph)


def read_law(graph: Graph) -> Law:
    """Read positions, requirements and schemes from a law graph.

    Raises ValueError where a term that must have one value has none or several, or where an alternative says
    neither what experience it asks for nor that it asks for none.
    """
    position_of, alternatives, tier_of, category_of = {}, {}, {}, {}
    in_force, worded = {}, {}
    for grade in sorted(graph.subjects(RDF.type, BILIK.Grade), key=str):
        position_of[_code(grade)] = _required(graph, grade, BILIK.isGradeOf)
        if tier := _optional(graph, grade, BILIK.hasTier):
            tier_of[_code(grade)] = tier
        if category := _optional(graph, grade, BILIK.hasCategory):
            category_of[_code(grade)] = category
        requirement = _only(graph, grade, BILIK.hasRequirement)
        branches = [
            _read_alternative(graph, node) for node in graph.objects(requirement, BILIK.hasAlternative)
        ]
        if not branches:
            raise ValueError(f"{requirement} has no alternative")
        alternatives[_code(grade)] = tuple(sorted(branches, key=lambda branch: branch.number))
        clause = _only(graph, requirement, BILIK.isStatedIn)
        in_force[_code(grade)], worded[_code(grade)] = _earliest_days(graph, clause)

    posts, implied_activity, implied_codes = {}, {}, {}
    for kind in (BILIK.Position, BILIK.PositionGroup):
        for post in graph.subjects(RDF.type, kind):
            code = _code(post)
            posts[code] = frozenset({code, *map(_code, graph.subjects(BILIK.isMemberOf, post))})
            if activity := _optional(graph, post, BILIK.impliesActivity):
                implied_activity[code] = activity
            if codes := _field_codes(graph, graph.objects(post, BILIK.impliesField)):
                implied_codes[code] = codes

    def ranks(scheme: str) -> dict[str, int]:
        ranked = graph.subject_objects(BILIK["rank"])
        return {_code(concept): _integer(rank) for concept, rank in ranked if str(concept).startswith(scheme)}

    return Law(
        position_of=position_of,
        tier_of=tier_of,
        category_of=category_of,
        alternatives=alternatives,
        in_force=in_force,
        worded=worded,
        posts=posts,
        implied_activity=implied_activity,
        implied_codes=implied_codes,
        levels=ranks(LEVELS),
        held_with_higher=frozenset(map(_code, graph.subjects(BILIK.isHeldWithHigherLevels, Literal(True)))),
        categories=ranks(CATEGORIES),
        tiers=ranks(TIERS),
        activities=frozenset(
            _code(s) for s in graph.subjects(RDF.type, SKOS.Concept) if str(s).startswith(ACTIVITIES)
        ),
    )


def _earliest_days(graph: Graph, clause: Node) -> tuple[date, date]:
    """The earliest days of a clause: in any words, and in those it has now. It waits for whatever it is part of."""
    present: list[Node] = []
    worded: list[Node] = []
    node: Node | None = clause
    while node is not None:
        present += [node, *graph.objects(node, BILIK.isAddedBy)]
        worded += graph.objects(node, BILIK.isAmendedBy)
        node = graph.value(node, DCTERMS.isPartOf)

    def latest(acts: Iterable[Node]) -> date:
        days = [str(day) for act in acts for day in graph.objects(act, BILIK.inForceNotBefore)]
        if not days:
            raise ValueError(f"{clause} does not say when it can be in force")
        return max(map(date.fromisoformat, days))

    return latest(present), latest([*present, *worded])


def _read_alternative(graph: Graph, alternative: Node) -> Alternative:
    education: EducationCondition | None = None
    training: str | None = None
    experience: ExperienceCondition | None = None
    for condition in graph.objects(alternative, BILIK.hasCondition):
        if (condition, RDF.type, BILIK.EducationCondition) in graph:
            fields = list(graph.objects(condition, BILIK.acceptsField))
            education = EducationCondition(
                levels=frozenset(map(_code, graph.objects(condition, BILIK.acceptsEducationLevel))),
                codes=_field_codes(graph, fields) if fields else None,
                readings=frozenset(map(_code, graph.objects(condition, BILIK.dependsOnInterpretation))),
            )
        elif (condition, RDF.type, BILIK.TrainingCondition) in graph:
            training = _required(graph, condition, BILIK.requiresActivity)
        elif (condition, RDF.type, BILIK.ExperienceCondition) in graph:
            experience = ExperienceCondition(
                minimum_months=_integer(_only(graph, condition, BILIK.minimumMonths)),
                position=_optional(graph, condition, BILIK.countsPosition),
                category=_optional(graph, condition, BILIK.minimumCategory),
                speciality=_optional(graph, condition, BILIK.countsSpecialityOf),
                activity=_optional(graph, condition, BILIK.countsActivity),
            )
            if sum(map(bool, (experience.position, experience.speciality, experience.activity))) != 1:
                raise ValueError(f"{condition} does not say in one way what experience counts")
        else:
            raise ValueError(f"{condition} is a condition of no known kind")
    not_required = (alternative, BILIK.experienceNotRequired, Literal(True)) in graph
    if not_required == (experience is not None):
        raise ValueError(f"{alternative} must ask for experience or say that none is required, not both")
    number = _integer(_only(graph, alternative, BILIK.alternativeNumber))
    return Alternative(number, education, training, experience)


def _field_codes(graph: Graph, fields: Iterable[Node]) -> frozenset[str]:
    return frozenset(_code(member) for field in fields for member in graph.objects(field, SKOS.narrowMatch))


def _only(graph: Graph, subject: Node, predicate: Node) -> Node:
    values = list(graph.objects(subject, predicate))
    if len(values) != 1:
        raise ValueError(f"{subject} has {len(values)} values of {predicate}, not one")
    return values[0]


def _required(graph: Graph, subject: Node, predicate: Node) -> str:
    return _code(_only(graph, subject, predicate))


def _optional(graph: Graph, subject: Node, predicate: Node) -> str | None:
    return _required(graph, subject, predicate) if (subject, predicate, None) in graph else None


def _code(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


def _integer(node: Node) -> int:
    return int(str(node))


# --- months of service -----------------------------------------------------------------------------------


def usable_date(text: str | None) -> date | None:
    """The day a recorded date names: YYYY-MM-DD (a time zone is ignored), a day that exists; else None."""
    zone = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
    parts = re.fullmatch(f"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){zone}", text or "")
    try:
        return date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """«First day + m months (a day that does not exist is the last of its month).»"""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_and_days(first: date, after: date) -> tuple[int, int]:
    """«The largest m with first day + m months ≤ that day (the day after its last)», and the days left."""
    months = (after.year - first.year) * 12 + after.month - first.month
    if add_months(first, months) > after:
        months -= 1
    return months, (after - add_months(first, months)).days


def months_of_service(spans: Iterable[tuple[date, date]]) -> int:
    """Whole months of intervals given as first and last day, both inclusive; they may overlap."""
    months = days = 0
    for first, after in _merged(spans):
        more_months, more_days = months_and_days(first, after)
        months, days = months + more_months, days + more_days
    return months + days // 30  # «every 30 left-over days are one more month, also of a single interval»


def _merged(spans: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """«Merge overlapping and adjacent intervals» by counting how many are under way: first day, day after."""
    changes: dict[int, int] = {}
    for first, last in spans:
        changes[first.toordinal()] = changes.get(first.toordinal(), 0) + 1
        changes[last.toordinal() + 1] = changes.get(last.toordinal() + 1, 0) - 1
    under_way, begun = 0, 0
    for day in sorted(changes):
        before, under_way = under_way, under_way + changes[day]
        if not before and under_way:
            begun = day
        elif before and not under_way:
            yield date.fromordinal(begun), date.fromordinal(day)


# --- the conditions --------------------------------------------------------------------------------------


def usable_field(text: str | None) -> str | None:
    """An ISCED-F code: 2 to 4 digits, starting 00 to 10; else None (unknown)."""
    return text if re.fullmatch(r"(0[0-9]|10)[0-9]{0,2}", text or "") else None


def _contain_one_another(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _education(
    law: Law,
    condition: EducationCondition,
    named_levels: frozenset[str],
    grade: str,
    credential: Credential,
) -> ConditionResult:
    position = law.position_of[grade]
    notes = set()
    rank = law.levels.get(credential.level or "")
    if rank is None:
        level = Truth.UNKNOWN  # «No level on the credential: unknown.»
        notes.add("level-unknown")
    elif credential.level in condition.levels:
        level = Truth.MET
    elif any(law.levels[held] < rank for held in _held_with_higher(law, condition)):
        level = Truth.MET  # «General secondary is held by whoever holds any higher level.»
    elif rank in _ranks_a_fortiori(law, condition, named_levels, grade):
        level = Truth.MET
        notes.add("a-fortiori")
    else:
        level = Truth.UNMET
        notes.add("level-unmet")

    code = usable_field(credential.field)
    implied = law.implied_codes.get(position, frozenset())
    accepted = implied if condition.codes is None else condition.codes
    if condition.any_field or condition.levels & law.held_with_higher:
        field = Truth.MET  # «A condition on general secondary education looks at the level only.»
    elif code and any(code.startswith(member) for member in accepted):
        field = Truth.MET  # «lies under an accepted field's member (starts with it)», or the implied field's
    elif position in credential.recognised_for:
        field = Truth.MET  # «the field is met; the level is still required»
        notes.add("recognised")
    elif condition.codes is None:
        field = Truth.UNKNOWN  # «the order is silent, the employer decides»
        notes.add("field-not-stated")
    elif code is None or any(member.startswith(code) for member in accepted):
        field = Truth.UNKNOWN  # «unknown if there is no code, or a broader one that contains a member»
        notes.add("field-unknown")
    else:
        field = Truth.UNMET
        notes.add("field-unmet")

    if usable_date(credential.awarded) is None:
        notes.add("undated")
    return ConditionResult(
        "education", min(level, field).result, tuple(sorted(notes)), evidence=(credential.key,)
    )


def _held_with_higher(law: Law, condition: EducationCondition) -> frozenset[str]:
    """Of the levels named those that whoever holds a higher one holds as well."""
    if "general-secondary-included=general-secondary-only" in law.readings:
        return frozenset()
    return condition.levels & law.held_with_higher


def _ranks_a_fortiori(
    law: Law, condition: EducationCondition, named_levels: frozenset[str], grade: str
) -> set[int]:
    """«A level above all levels the condition names counts a fortiori, unless another alternative names it.»"""
    if condition.levels & law.held_with_higher or "a-fortiori=named-levels" in law.readings:
        return set()
    highest = max(law.levels[named] for named in condition.levels)
    above = {level for level, rank in law.levels.items() if rank > highest}
    if "a-fortiori=without-limit" not in law.readings:
        above -= named_levels
    if "a-fortiori-mid-tier=high-tier-only" in law.readings:
        above -= law.named_in_other_tiers(grade)
    ranks = {law.levels[level] for level in above}
    left_out = "post-secondary-omitted" in condition.readings
    if left_out and "post-secondary-omitted=on-purpose" in law.readings:
        ranks.discard(min(rank for rank in law.levels.values() if rank > highest))
    return ranks


def _training(law: Law, activity: str, trainings: Iterable[Training], as_of: date) -> ConditionResult:
    counting = [training for training in trainings if _counts_by(training.completed, as_of)]
    of_it = [training for training in counting if training.activity == activity]
    without = [training for training in counting if training.activity not in law.activities]
    # «Met by a training of the required activity; unknown if some training has no activity; else unmet.»
    used = of_it or without
    result = Truth.MET if of_it else Truth.UNKNOWN if without else Truth.UNMET
    notes = {Truth.MET: set(), Truth.UNKNOWN: {"activity-unknown"}, Truth.UNMET: {"training-missing"}}[result]
    if any(usable_date(training.completed) is None for training in used):
        notes.add("undated")
    return ConditionResult(
        "training",
        result.result,
        tuple(sorted(notes)),
        evidence=tuple(sorted(training.key for training in used)),
    )


def _counts_by(day: str | None, as_of: date) -> bool:
    """«A credential or training dated later does not count; one without a date does.»"""
    dated = usable_date(day)
    return dated is None or dated <= as_of


def _experience(
    law: Law,
    condition: ExperienceCondition,
    employments: Iterable[Employment],
    credential: Credential | None,
    as_of: date,
) -> ConditionResult:
    certain, possible, evidence, notes = [], [], [], set()
    awarded = usable_date(credential.awarded) if credential else None
    for job in employments:
        standing = _standing(law, condition, job, credential)
        start, end = usable_date(job.start), usable_date(job.end)
        end_is_usable = end is not None or job.end is None  # «a missing end is a job that goes on»
        if start and end and end < start:
            start, end_is_usable = None, False  # neither date can be trusted
        if standing == Truth.UNMET or (start and start > as_of):
            continue  # «one that starts after it counts nothing»
        evidence.append(job.key)
        if start is None:
            notes.add("start-unknown")  # «0 months certainly and any number possibly»
            continue
        if awarded and start < awarded:
            notes.add("before-diploma")
        span = (start, min(end or as_of, as_of))  # «cut at the as-of date inclusive»
        possible.append(span)
        if standing == Truth.MET and end_is_usable:
            certain.append(span)

    months = months_of_service(certain)
    # «possible months are never less than certain ones»; without a start they have no upper bound
    at_most = None if "start-unknown" in notes else max(months, months_of_service(possible))
    if months >= condition.minimum_months:
        result = Truth.MET
    elif at_most is None or at_most >= condition.minimum_months:
        result = Truth.UNKNOWN
    else:
        result = Truth.UNMET
    return ConditionResult(
        "experience",
        result.result,
        tuple(sorted(notes)),
        required_months=condition.minimum_months,
        certain_months=months,
        possible_months=at_most,
        short_months=max(0, condition.minimum_months - months),
        evidence=tuple(sorted(evidence)),
    )


def _standing(
    law: Law, condition: ExperienceCondition, job: Employment, credential: Credential | None
) -> Truth:
    """«A condition selects employments, each counting certainly, possibly or not.»"""
    if job.position in law.posts:
        post = job.position
    elif job.position is None and job.title is not None:
        post = OUTSIDE_THE_ORDER
    else:
        post = None  # unknown
    if condition.position:
        return _in_position(law, condition.position, condition.category, post, job)
    if condition.speciality:
        if condition.alone:
            return _in_speciality_alone(law, condition.speciality, post)
        return _in_speciality(law, condition.speciality, post, job, credential)
    activity = job.activity if job.activity in law.activities else law.implied_activity.get(post or "")
    if activity is None:
        return Truth.UNKNOWN  # «no activity given and none implied: possible»
    return Truth.MET if activity == condition.activity else Truth.UNMET


def _in_position(law: Law, asked: str, least: str | None, post: str | None, job: Employment) -> Truth:
    least_rank = law.categories[least] if least else 0  # «No minimum, or none, takes any category»
    exactly = "category-or-higher=exactly" if least_rank else "no-category-named=uncategorised-only"
    most_rank = least_rank if exactly in law.readings else max(law.categories.values())
    takes_any = not least_rank and exactly not in law.readings
    rank = law.categories.get(job.category or "", 0 if takes_any else None)
    is_group = asked not in law.position_of.values()
    if post == OUTSIDE_THE_ORDER and is_group and "engineering-technical-group=open" in law.readings:
        post = None
    elsewhere = post is not None and post not in law.posts[asked]
    below = rank is not None and not least_rank <= rank <= most_rank
    if elsewhere or below:
        return Truth.UNMET  # «A known position elsewhere or a known category below never counts»
    return Truth.UNKNOWN if post is None or rank is None else Truth.MET


def _in_speciality(
    law: Law, speciality: str, post: str | None, job: Employment, credential: Credential | None
) -> Truth:
    of_job = usable_field(job.field)
    of_credential = usable_field(credential.field) if credential else None
    if post == speciality or speciality in job.recognised_for or (of_job and of_job == of_credential):
        return Truth.MET
    if post is None or of_credential is None:
        return Truth.UNKNOWN  # «possible if the position is unknown, or the credential has no field»
    codes = {of_job} if of_job else law.implied_codes.get(post)
    if codes is None:
        return Truth.UNKNOWN  # «the employment has no field and its position implies none»
    overlap = any(_contain_one_another(code, of_credential) for code in codes)
    return Truth.UNKNOWN if overlap else Truth.UNMET


def _in_speciality_alone(law: Law, speciality: str, post: str | None) -> Truth:
    """With no credential looked at: certain in the position itself, possible where its field may be the one."""
    if post == speciality:
        return Truth.MET
    codes = law.implied_codes.get(post or "")
    if codes is None:
        return Truth.UNKNOWN
    wanted = law.implied_codes[speciality]
    overlap = any(_contain_one_another(code, other) for code in codes for other in wanted)
    return Truth.UNKNOWN if overlap else Truth.UNMET


# --- the verdict -----------------------------------------------------------------------------------------


def judge(law: Law, person: Person, grade: str, as_of: date) -> Verdict:
    """Decide whether a person qualifies for a grade on a day. Raises KeyError for a grade not in the law."""
    alternatives = law.alternatives[grade]
    named_levels = frozenset(
        level for branch in alternatives if branch.education for level in branch.education.levels
    )
    results = [
        _judge_alternative(law, branch, named_levels, grade, person, as_of) for branch in alternatives
    ]
    best = max(_truth(result.result) for result in results)  # «Requirement = OR of its Alternatives»
    if as_of < law.in_force[grade]:
        return Verdict(grade, Truth.UNKNOWN.outcome, ("not-in-force",), tuple(results))
    if as_of < law.worded[grade]:
        return Verdict(grade, Truth.UNKNOWN.outcome, ("wording-unknown",), tuple(results))
    return Verdict(grade, best.outcome, (), tuple(results))


def _judge_alternative(
    law: Law, branch: Alternative, named_levels: frozenset[str], grade: str, person: Person, as_of: date
) -> AlternativeResult:
    def experience_for(credential: Credential | None) -> tuple[ConditionResult, ...]:
        if branch.experience is None:
            return ()
        return (_experience(law, branch.experience, person.employments, credential, as_of),)

    counting = [credential for credential in person.credentials if _counts_by(credential.awarded, as_of)]
    witness: str | None = None
    if branch.education is None:
        conditions = experience_for(None)
    elif not counting:
        missing = ConditionResult("education", Truth.UNMET.result, ("no-credential",))
        conditions = (missing, *experience_for(None))
    else:
        jointly = {
            credential: (
                _education(law, branch.education, named_levels, grade, credential),
                *experience_for(credential),
            )
            for credential in counting
        }

        def preference(credential: Credential) -> tuple[int, int, int, str]:
            """«The best joint result (ties: fewest months short, then the latest award, then the key).»"""
            results = jointly[credential]
            awarded = usable_date(credential.awarded)
            short = sum(result.short_months or 0 for result in results)
            return -_all(results), short, -awarded.toordinal() if awarded else 0, credential.key

        chosen = min(counting, key=preference)
        witness, conditions = chosen.key, jointly[chosen]
    if branch.training:
        conditions = (*conditions, _training(law, branch.training, person.trainings, as_of))
    in_order = tuple(sorted(conditions, key=lambda result: KINDS.index(result.kind)))
    return AlternativeResult(branch.number, _all(conditions).result, witness, in_order)


def _all(results: Iterable[ConditionResult]) -> Truth:
    """«Alternative = AND of its Conditions.»"""
    return min((_truth(result.result) for result in results), default=Truth.MET)


def _truth(result: str) -> Truth:
    return Truth[result.upper()]

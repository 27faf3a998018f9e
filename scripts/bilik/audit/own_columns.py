"""People's own columns, as names and units, beside what an evaluation says of people."""

from __future__ import annotations

from collections.abc import Collection

from bilik.audit.sources import Roster
from bilik.audit.sources.relations import quoted


def with_own_columns(roster: Roster, table: str, said: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The rows of a table in their order, with people's own columns behind, and what these are called there.

    Of a person with several rows among the employees those of the first. A column with a name that is taken is called
    ``…_given``.

    Args:
        table: with a column ``person``.
        said: the columns of the table that are wanted.

    Returns:
        A query, and the names.
    """
    taken = {name.lower() for name in said}
    names: list[str] = []
    for column in roster.carried:
        name = column
        while name.lower() in taken:
            name += "_given"
        taken.add(name.lower())
        names.append(name)
    columns = ", ".join(f"t.{column}" for column in said)
    if not names:
        return f"SELECT {columns} FROM {table} t ORDER BY t.rowid", ()
    own = ", ".join(f"{quoted(c)} AS {quoted(name)}" for c, name in zip(roster.carried, names, strict=True))
    first = f"SELECT DISTINCT ON (person) person, {own} FROM given.employees WHERE person IS NOT NULL ORDER BY row"
    beside = f"SELECT {columns}, o.* EXCLUDE (person) FROM {table} t LEFT JOIN ({first}) o USING (person)"
    return f"{beside} ORDER BY t.rowid", tuple(names)


def answers_with_own_columns(roster: Roster) -> str:
    """A query of the answers of an evaluation, in order, with people's own columns numbered behind."""
    own = [f"e.{quoted(column)} AS {_numbered(place)}" for place, column in enumerate(roster.carried)]
    beside = " LEFT JOIN given.employees e ON e.row = a.first_row AND e.person = a.person" if own else ""
    return f"SELECT {', '.join(['a.*', *own])} FROM answers a{beside} ORDER BY a.who, a.grade"


def rows_with_own_columns(roster: Roster, answers: str, said: Collection[str]) -> str:
    """A query of the rows that such answers make, in their order, with people's own columns under their names.

    Args:
        answers: the relation with the answers.
        said: the columns of the rows that are wanted; no own column is called so.
    """
    own = [f"{_numbered(place)} AS {quoted(column)}" for place, column in enumerate(roster.carried)]
    return f"SELECT {', '.join([*said, *own])} FROM rows_of('{answers}')"


def _numbered(place: int) -> str:
    return f"own_column_{place}"

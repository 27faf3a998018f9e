"""People's own columns, as names and units, beside what an evaluation says of people."""

from __future__ import annotations

from collections.abc import Collection

from bilik.audit.sources import Roster
from bilik.audit.sources.relations import quoted


def with_own_columns(roster: Roster, table: str, said: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The rows of a table in their order with people's own columns behind, by person, and what these are called there.

    Of a person with several rows among the employees those of the first. A column with a name that is taken is called
    ``…_given``.

    Args:
        table: with a column ``person``.
        said: the columns of the table.

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
    if not names:
        return f"FROM {table} ORDER BY rowid", ()
    own = ", ".join(f"{quoted(c)} AS {quoted(name)}" for c, name in zip(roster.carried, names, strict=True))
    first = f"SELECT DISTINCT ON (person) person, {own} FROM given.employees WHERE person IS NOT NULL ORDER BY row"
    query = f"SELECT t.*, o.* EXCLUDE (person) FROM {table} t LEFT JOIN ({first}) o USING (person) ORDER BY t.rowid"
    return query, tuple(names)

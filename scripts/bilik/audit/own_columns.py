"""People's own columns, as names and units, beside what an evaluation says of people."""

from __future__ import annotations

from collections.abc import Collection

from bilik.audit.sources import Roster
from bilik.audit.sources.relations import quoted


def with_own_columns(
    roster: Roster, table: str, said: Collection[str], *, order: str = "rowid", of: str = "person IS NOT NULL"
) -> tuple[str, tuple[str, ...]]:
    """The rows of a table with people's own columns behind, by person, and what these are called there.

    Of a person with several rows among the employees those of the first. A column with a name that is taken is called
    ``…_given``.

    Args:
        table: with a column ``person``.
        said: the columns of the table that are wanted.
        order: the columns of the table that its rows are in the order of.
        of: SQL that holds of the employees whose own columns are looked for.

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
        return f"SELECT {columns} FROM {table} t ORDER BY {order}", ()
    own = ", ".join(f"{quoted(c)} AS {quoted(name)}" for c, name in zip(roster.carried, names, strict=True))
    first = f"SELECT DISTINCT ON (person) person, {own} FROM given.employees WHERE {of} ORDER BY row"
    beside = f"SELECT {columns}, o.* EXCLUDE (person) FROM {table} t LEFT JOIN ({first}) o USING (person)"
    return f"{beside} ORDER BY {', '.join(f't.{column}' for column in order.split(', '))}", tuple(names)

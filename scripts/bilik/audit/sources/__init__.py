"""Where rosters come from: every kind of source becomes the same four relations.

``open_roster`` makes the schema ``given`` with ``employees``, ``credentials``, ``trainings`` and ``employments``; each
of them has

- ``row`` BIGINT: the number of the row as people see it in the source, the header being row 1;
- ``entry`` VARCHAR: the IRI of the entry where the source is RDF, else NULL;
- ``person`` and the columns of the contract, VARCHAR: trimmed, NULL where empty or where the source lacks the column;
- in place of each column of dates, ``c`` DATE and ``c_given`` VARCHAR: the text of a cell that holds something but no
  usable day, else NULL.

``employees`` has the other columns of the source besides, as they are. Rows in which nothing stands are left out, and
counted.
"""

from bilik.audit.sources.opening import open_roster
from bilik.audit.sources.relations import RESERVED, Roster

__all__ = ["RESERVED", "Roster", "open_roster"]

-- Each position that an entry is recognised for; several are separated by semicolons.
SELECT entries.person, entries.entry, positions.code
FROM ({entries}) AS entries
JOIN ({positions}) AS positions
  ON ';' || REPLACE(entries.recognised_for, ' ', '') || ';' LIKE '%;' || positions.code || ';%'

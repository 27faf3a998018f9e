-- Draws that depend on nothing but the seed, a salt and a key: the same on every machine and in every version.
-- `bits` gives 64 of them, of which a draw takes the 16 of its slot, 0 to 3.

CREATE TEMP MACRO bits(salt, key) AS md5_number_lower(concat(getvariable('seed'), ' ', salt, ' ', key));

CREATE TEMP MACRO draw(drawn, slot) AS
  CAST((drawn >> CAST(16 * slot AS UBIGINT)) & CAST(65535 AS UBIGINT) AS BIGINT);

-- A whole number from 0 to one less than `bound`.
CREATE TEMP MACRO below(drawn, slot, bound) AS CAST((draw(drawn, slot) * bound) >> 16 AS INTEGER);

CREATE TEMP MACRO happens(drawn, slot, share) AS draw(drawn, slot) < CAST(share * 65536 AS INTEGER);

CREATE TEMP MACRO one_of(drawn, slot, choices) AS choices[1 + below(drawn, slot, len(choices))];

CREATE TEMP MACRO later(day, days) AS day + CAST(days AS INTEGER);

-- In some rows people write titles where others have codes: which of the titles (Kazakh, Russian), NULL in most rows.
CREATE TEMP MACRO titling(drawn, slot) AS
  CASE WHEN happens(drawn, slot, getvariable('shares').title_for_code) THEN 1 + draw(drawn, slot) % 2 END;

CREATE TEMP MACRO spelled(kind, code, titling) AS
  CASE
    WHEN titling IS NULL THEN code
    ELSE coalesce(getvariable('titles')[list_position(getvariable('titled'), concat(kind, ' ', code))][titling], code)
  END;

-- The draws for what goes wrong in a row; none where nothing does.
CREATE TEMP MACRO fault_bits(salt, key) AS
  CASE WHEN getvariable('dirty') > 0 THEN bits(concat('fault of ', salt), key) END;

-- What goes wrong in a row, NULL in most.
CREATE TEMP MACRO fault(drawn, faults) AS
  CASE WHEN happens(drawn, 0, getvariable('dirty')) THEN one_of(drawn, 1, faults) END;

CREATE TEMP MACRO copies(fault) AS CASE WHEN fault = 'row repeated' THEN [1, 2] ELSE [1] END;

-- The shares of the kinds of earlier posts, added up: all of them come out of one draw.
SET VARIABLE upto = (
  SELECT {
    'outside': s.outside,
    'elsewhere': s.outside + s.elsewhere,
    'unknown_post': s.outside + s.elsewhere + s.unknown_post,
    'group_post': s.outside + s.elsewhere + s.unknown_post + s.group_post
  }
  FROM (SELECT getvariable('shares') AS s)
);

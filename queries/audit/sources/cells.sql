-- What a cell of a roster says, whatever the source: text without the space around it, and existing days.
CREATE SCHEMA IF NOT EXISTS given;

-- Text without white space around it, of which there are many kinds; nothing but white space is no text.
CREATE OR REPLACE MACRO given.cell(x) AS
  NULLIF(trim(x, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31)
    || chr(133) || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197)
    || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239)
    || chr(8287) || chr(12288)), '');

-- The same for columns in which nearly every value is another one: only those are trimmed that seem to need it.
CREATE OR REPLACE MACRO given.key(x) AS
  CASE WHEN (x BETWEEN '!' AND '~' OR x BETWEEN 'Ѐ' AND 'ԯ') AND NOT (ends_with(x, ' ') OR ends_with(x, chr(9)) OR ends_with(x, chr(10))
    OR ends_with(x, chr(13)) OR ends_with(x, chr(160))) THEN x ELSE given.cell(x) END;

-- A whole number that is stored as one with a fraction is written without it.
CREATE OR REPLACE MACRO given.number(x) AS
  CASE WHEN x = trunc(x) AND abs(x) < 1e15 THEN CAST(CAST(x AS BIGINT) AS VARCHAR) ELSE CAST(x AS VARCHAR) END;

-- Of text: YYYY-MM-DD, with a time zone or without, of the years 0001 to 9999. What is read must be written back the same,
-- which excludes all other ways of writing a day that a cast accepts.
CREATE OR REPLACE MACRO given.day(x) AS
  CASE WHEN CAST(TRY_CAST(left(x, 10) AS DATE) AS VARCHAR) = left(x, 10)
      AND (length(x) = 10 OR regexp_full_match(substr(x, 11), 'Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00'))
    THEN TRY_CAST(left(x, 10) AS DATE) END;
CREATE OR REPLACE MACRO given.no_day(x) AS
  CASE WHEN given.day(x) IS NULL THEN x END;

-- Of a date: the calendar of xsd:date has no infinity, no year nought and none of five digits.
CREATE OR REPLACE MACRO given.date(x) AS
  CASE WHEN x BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN x END;
CREATE OR REPLACE MACRO given.no_date(x) AS
  CASE WHEN NOT x BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CAST(x AS VARCHAR) END;

-- Of a moment: it is a date if it has no time of day.
CREATE OR REPLACE MACRO given.midnight(x) AS
  CASE WHEN x = date_trunc('day', x) THEN given.date(CAST(x AS DATE)) END;
CREATE OR REPLACE MACRO given.no_midnight(x) AS
  CASE WHEN given.midnight(x) IS NULL THEN CAST(x AS VARCHAR) END;

-- What a cell of a roster says, whatever the source: text without the space around it, and existing days.
CREATE SCHEMA IF NOT EXISTS given;

-- Text without white space around it, of which there are many kinds; nothing but white space is no text.
CREATE OR REPLACE MACRO given.text_of(x) AS
  NULLIF(trim(x, E' \t\n\x0B\f\r\x1C\x1D\x1E\x1F'
    || chr(133) || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197)
    || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8232) || chr(8233) || chr(8239) || chr(8287)
    || chr(12288)), '');

-- The same, at a tenth of the time where the engine does not see that values repeat: text that begins and ends with a
-- visible character of ASCII, or such a one and a Cyrillic one, has no white space around it.
CREATE OR REPLACE MACRO given.key_of(x) AS
  CASE
    WHEN x BETWEEN '!' AND '~' AND x[-1] BETWEEN '!' AND '~' THEN x
    WHEN (x BETWEEN '!' AND '~' OR x BETWEEN 'Ѐ' AND 'ԯ') AND (x[-1] BETWEEN '!' AND '~' OR x[-1] BETWEEN 'Ѐ' AND 'ԯ') THEN x
    ELSE given.text_of(x)
  END;

-- A whole number that is stored as one with a fraction is written without it.
CREATE OR REPLACE MACRO given.number_of(x) AS
  CASE WHEN x = trunc(x) AND abs(x) < 1e15 THEN CAST(CAST(x AS BIGINT) AS VARCHAR) ELSE CAST(x AS VARCHAR) END;

-- Of text: YYYY-MM-DD, with a time zone or without, of the years 0001 to 9999. What is read must be written back the
-- same, which excludes all other ways of writing a day that a cast accepts.
CREATE OR REPLACE MACRO given.day_of_text(x) AS
  CASE WHEN CAST(TRY_CAST(left(x, 10) AS DATE) AS VARCHAR) = left(x, 10)
      AND (length(x) = 10 OR regexp_full_match(substr(x, 11), 'Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00'))
    THEN TRY_CAST(left(x, 10) AS DATE) END;
CREATE OR REPLACE MACRO given.no_day_of_text(x) AS
  CASE WHEN given.day_of_text(x) IS NULL THEN x END;

-- Of a date: the calendar of xsd:date has no infinity, no year nought and none of five digits.
CREATE OR REPLACE MACRO given.day_of_date(x) AS
  CASE WHEN x BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN x END;
CREATE OR REPLACE MACRO given.no_day_of_date(x) AS
  CASE WHEN NOT x BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CAST(x AS VARCHAR) END;

-- Of a moment: it is a date if it has no time of day.
CREATE OR REPLACE MACRO given.day_of_moment(x) AS
  CASE WHEN x = date_trunc('day', x) THEN given.day_of_date(CAST(x AS DATE)) END;
CREATE OR REPLACE MACRO given.no_day_of_moment(x) AS
  CASE WHEN given.day_of_moment(x) IS NULL THEN CAST(x AS VARCHAR) END;

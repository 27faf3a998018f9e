-- Of a date: the calendar of xsd:date has no year nought and none of five digits.
CREATE OR REPLACE TEMPORARY FUNCTION day_of_date(cell DATE) RETURNS DATE
RETURN CASE WHEN cell BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN cell END

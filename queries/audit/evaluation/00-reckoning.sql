-- Whole calendar months from a day to a later one: a day that the later one's month does not have is its last.
CREATE MACRO whole_months(first_day, later) AS
    date_diff('month', first_day, later) - CASE
        WHEN CAST(first_day + to_months(CAST(date_diff('month', first_day, later) AS INTEGER)) AS DATE) > later THEN 1
        ELSE 0
    END;

-- The days that are left over after these months.
CREATE MACRO left_over_days(first_day, months, later) AS
    date_diff('day', CAST(first_day + to_months(CAST(months AS INTEGER)) AS DATE), later);

-- Whole months and left-over days in one number, so that they can be added up; and the months they make, every 30
-- left-over days being one more.
CREATE MACRO service(first_day, later) AS
    whole_months(first_day, later) * 10000000 + left_over_days(first_day, whole_months(first_day, later), later);
CREATE MACRO months_of(service) AS service // 10000000 + service % 10000000 // 30;

-- The day on which the months suffice if service goes on without a break, from the first day of an island that grows,
-- after the service of all before it: the first on which the island's own months and the days left over everywhere make
-- up what is lacking.
CREATE MACRO day_reached(first_day, before, minimum) AS CAST(least(
    first_day + to_months(CAST(minimum - months_of(before) AS INTEGER)),
    first_day + to_months(CAST(minimum - months_of(before) - 1 AS INTEGER))
        + to_days(CAST(30 - before % 10000000 % 30 AS INTEGER))) AS DATE) - 1;

-- Certain (2), possible (1) or not (0) as two bits, and read from the bits of a number counted from 0.
CREATE MACRO two_bits(rank) AS CASE rank WHEN 2 THEN '11' WHEN 1 THEN '01' ELSE '00' END;
CREATE MACRO rank_of(bits, number) AS
    get_bit(bits, CAST(2 * number AS INTEGER)) + get_bit(bits, CAST(2 * number + 1 AS INTEGER));

-- The key of the service of a person that counts by a reckoning; in a speciality, beside a credential of a field.
CREATE MACRO service_key(who, reckoning, field) AS
    (CAST(who AS BIGINT) << 24) | (CAST(reckoning AS BIGINT) << 12) | coalesce(field, 4095);

-- An alternative beside one credential as a number that is the smaller the better it is. From the highest bits: 2 -
-- joint result, months short (16 bits), the place of the credential (16), education and experience (2 each): met (2),
-- unknown (1) or unmet (0).
CREATE MACRO experience_rank(certain, possible, minimum) AS
    CAST(certain >= minimum AS BIGINT) + CAST(greatest(certain, possible) >= minimum AS BIGINT);
CREATE MACRO weight_beside(education, certain, possible, minimum, place) AS
    ((2 - least(education, experience_rank(certain, possible, minimum))) << 36)
    + (CAST(greatest(minimum - certain, 0) AS BIGINT) << 20)
    + (place << 4)
    + (education << 2)
    + experience_rank(certain, possible, minimum);

-- The same of an alternative beside its best credential, of which this is the weight: 2 - result, months short (16),
-- its number (16), the place of the credential (16), education, experience and training.
CREATE MACRO weight_of(beside, number, training) AS
    ((2 - least(2 - (beside >> 36), training)) << 54)
    + ((beside >> 20 & 65535) << 38)
    + (CAST(number AS BIGINT) << 22)
    + ((beside & 1048575) << 2)
    + training;

-- What a text says of a field: a code of two to four digits.
CREATE MACRO field_code_of(written) AS CASE WHEN regexp_full_match(written, '(0[0-9]|10)[0-9]{0,2}') THEN written END;

-- Whether a person is of the part of the roster that is being evaluated: keys from one up to another, each of them null
-- where there is no bound.
CREATE MACRO in_part(key) AS
    key IS NOT NULL
    AND (getvariable('first_key') IS NULL OR key >= getvariable('first_key'))
    AND (getvariable('key_after') IS NULL OR key < getvariable('key_after'));

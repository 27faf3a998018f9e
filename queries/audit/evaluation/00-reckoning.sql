-- Whole calendar months from a day to a later one: a day that the later one's month does not have is its last.
CREATE MACRO whole_months(first_day, later) AS date_sub('month', first_day, later);

-- The days that are left over after these months.
CREATE MACRO left_over_days(first_day, months, later) AS
    date_diff('day', CAST(first_day + to_months(CAST(months AS INTEGER)) AS DATE), later);

-- Service as a number that can be added up: 30 for each whole month and one for each left-over day, 30 of which are a
-- month too.
CREATE MACRO service(first_day, later) AS
    whole_months(first_day, later) * 30 + left_over_days(first_day, whole_months(first_day, later), later);
CREATE MACRO months_of(service) AS service // 30;

-- The day on which the months suffice if service goes on without a break, from the first day of an island that grows,
-- after the service of all before it: the first on which the island's own months and the days left over everywhere make
-- up what is lacking.
CREATE MACRO day_reached(first_day, before, minimum) AS CAST(least(
    first_day + to_months(CAST(minimum - months_of(before) AS INTEGER)),
    first_day + to_months(CAST(minimum - months_of(before) - 1 AS INTEGER))
        + to_days(CAST(30 - before % 30 AS INTEGER))) AS DATE) - 1;

-- A period as a number, by which periods sort: its first day and the day after its last one in 21 bits each, counted
-- from the year 1; the greatest number of a day stands for no end.
CREATE MACRO endless() AS 2097151;
CREATE MACRO day_number(day) AS least(greatest(CAST(day - DATE '0001-01-01' AS BIGINT), 0), endless());
CREATE MACRO day_of(number) AS DATE '0001-01-01' + CAST(number AS INTEGER);
CREATE MACRO period(first_day, day_after) AS
    (day_number(first_day) << 21) | day_number(coalesce(day_after, day_of(endless())));
CREATE MACRO first_in(period) AS period >> 21 & 2097151;
CREATE MACRO after_in(period) AS period & 2097151;

-- Periods in their order, overlapping and adjacent ones merged into islands: the last island, and before it, from the
-- 43rd bit on, the service of all others. Two bits behind each period tell how certain it is; those are merged that
-- have one of the bits asked for.
CREATE MACRO merged(periods, bits) AS list_reduce(
    periods,
    lambda island, next: CASE
        WHEN next & bits = 0 THEN island
        WHEN island = 0 THEN next >> 2
        WHEN first_in(next >> 2) <= after_in(island)
        THEN greatest(island, island - after_in(island) + after_in(next >> 2))
        ELSE (((island >> 42) + service(day_of(first_in(island)), day_of(after_in(island)))) << 42) | (next >> 2)
    END,
    CAST(0 AS BIGINT));
CREATE MACRO service_before(island) AS island >> 42;
CREATE MACRO service_in_all(island, until) AS
    service_before(island) + service(day_of(first_in(island)), least(day_of(after_in(island)), until));

-- Certain (2), possible (1) or not (0) as two bits, and read from the bits of a number counted from 0.
CREATE MACRO two_bits(rank) AS CASE rank WHEN 2 THEN '11' WHEN 1 THEN '01' ELSE '00' END;
CREATE MACRO rank_of(bits, number) AS
    get_bit(bits, CAST(2 * number AS INTEGER)) + get_bit(bits, CAST(2 * number + 1 AS INTEGER));

-- The key of the service of a person that counts by a reckoning; in a speciality, beside a credential of a field.
CREATE MACRO service_key(who, reckoning, field) AS
    (CAST(who AS BIGINT) << 24) | (CAST(reckoning AS BIGINT) << 12) | coalesce(field, 4095);
CREATE MACRO who_in(key) AS CAST(key >> 24 AS INTEGER);
CREATE MACRO reckoning_in(key) AS key >> 12 & 4095;
CREATE MACRO field_in(key) AS nullif(key & 4095, 4095);

-- How well something is met, as a number that is the smaller the better. From the highest bits: 2 - result, which is
-- met (2), unknown (1) or unmet (0); months short (16 bits); the place of the credential or the number of the
-- alternative (16); the grade (12); then what is lacking: of the education (8 bits and its result), the results of
-- experience and of training. Where several things are asked together, the result is the worst of theirs.
CREATE MACRO education_weight(rank, lacking) AS ((2 - rank) << 58) | (lacking << 6) | (rank << 4);
CREATE MACRO experience_rank(certain, possible, minimum) AS
    CAST(certain >= minimum AS BIGINT) + CAST(possible >= minimum AS BIGINT);
CREATE MACRO experience_weight(certain, possible, minimum) AS
    ((2 - experience_rank(certain, possible, minimum)) << 58)
    | (CAST(greatest(minimum - certain, 0) AS BIGINT) << 42)
    | (experience_rank(certain, possible, minimum) << 2);
CREATE MACRO training_weight(rank) AS (CAST(2 - rank AS BIGINT) << 58) | rank;
CREATE MACRO together(one, other) AS
    greatest(one & (3::BIGINT << 58), other & (3::BIGINT << 58)) | ((one | other) & ((1::BIGINT << 58) - 1));

-- The weight of an alternative beside one credential; then that of the alternative beside its best credential, for its
-- grade.
CREATE MACRO weight_beside(education, experience, place) AS together(education, experience) | (place << 26);
CREATE MACRO weight_of(beside, training, grade, number) AS
    together(beside & ~(65535::BIGINT << 26), training)
    | (CAST(number AS BIGINT) << 26)
    | (CAST(grade AS BIGINT) << 14);

-- What a weight tells; all that is lacking is one number.
CREATE MACRO result_in(weight) AS 2 - (weight >> 58);
CREATE MACRO short_in(weight) AS weight >> 42 & 65535;
CREATE MACRO number_in(weight) AS weight >> 26 & 65535;
CREATE MACRO grade_in(weight) AS weight >> 14 & 4095;
CREATE MACRO lacking_in(weight) AS weight & 16383;
CREATE MACRO education_in(weight) AS weight >> 4 & 3;
CREATE MACRO training_in(weight) AS weight & 3;

-- What a text says of a field: a code of two to four digits.
CREATE MACRO field_code_of(written) AS CASE WHEN regexp_full_match(written, '(0[0-9]|10)[0-9]{0,2}') THEN written END;

-- Whether a person is of the part of the roster that is being evaluated: keys from one up to another, each of them null
-- where there is no bound.
CREATE MACRO in_part(key) AS
    key IS NOT NULL
    AND (getvariable('first_key') IS NULL OR key >= getvariable('first_key'))
    AND (getvariable('key_after') IS NULL OR key < getvariable('key_after'));

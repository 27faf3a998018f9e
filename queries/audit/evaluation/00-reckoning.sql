-- Whole calendar months from a day to a later one: a day that the later one's month does not have is its last.
CREATE MACRO whole_months(first_day, later) AS
    date_diff('month', first_day, later)
    - CASE WHEN CAST(first_day + to_months(CAST(date_diff('month', first_day, later) AS INTEGER)) AS DATE) > later THEN 1 ELSE 0 END;

-- The days that are left over after these months.
CREATE MACRO left_over_days(first_day, months, later) AS
    date_diff('day', CAST(first_day + to_months(CAST(months AS INTEGER)) AS DATE), later);

-- Whole months and left-over days in one number, so that they can be added up; and the months they make, every 30 left-over
-- days being one more.
CREATE MACRO service(first_day, later) AS
    whole_months(first_day, later) * 10000000 + left_over_days(first_day, whole_months(first_day, later), later);
CREATE MACRO months_of(service) AS service // 10000000 + service % 10000000 // 30;

-- Adds up the service of periods that are in the order of their first days. Overlapping and adjacent ones are one island, whose service is added
-- when the next one begins: what is left is the last island, with the service of those before it.
CREATE MACRO last_island(periods) AS
    list_reduce(
        list_transform(periods, lambda p: {first_day: p.first_day, day_after_last: p.day_after_last, before: 0::BIGINT}),
        lambda island, p: CASE
            WHEN p.first_day <= island.day_after_last
            THEN {first_day: island.first_day, day_after_last: greatest(island.day_after_last, p.day_after_last), before: island.before}
            ELSE {first_day: p.first_day, day_after_last: p.day_after_last, before: island.before + service(island.first_day, island.day_after_last)}
        END,
        {first_day: DATE '0001-01-01', day_after_last: DATE '0001-01-01', before: 0::BIGINT});
CREATE MACRO served(island) AS island.before + service(island.first_day, island.day_after_last);

-- Certain (2), possible (1) or not (0) as two bits, and read from the bits of a number counted from 0.
CREATE MACRO two_bits(rank) AS CASE rank WHEN 2 THEN '11' WHEN 1 THEN '01' ELSE '00' END;
CREATE MACRO rank_of(bits, number) AS get_bit(bits, CAST(2 * number AS INTEGER)) + get_bit(bits, CAST(2 * number + 1 AS INTEGER));

-- Certain and possible months in one number; more than a long life has are no more than that.
CREATE MACRO two_months(certain, possible) AS least(certain, 4095) * 4096 + least(possible, 4095);

-- Whether a person is of the part of the roster that is being evaluated: keys from one up to another, each of them null where there is no bound.
CREATE MACRO in_part(key) AS
    key IS NOT NULL
    AND (getvariable('first_key') IS NULL OR key >= getvariable('first_key'))
    AND (getvariable('key_after') IS NULL OR key < getvariable('key_after'));

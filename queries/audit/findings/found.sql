-- What the rules find, in any order. A rule leaves out what it has nothing to say of.
CREATE OR REPLACE TABLE found (
    code VARCHAR,
    person VARCHAR,
    "table" VARCHAR,
    row BIGINT,
    "column" VARCHAR,
    entry VARCHAR,
    value VARCHAR DEFAULT '',
    candidates VARCHAR DEFAULT ''
);

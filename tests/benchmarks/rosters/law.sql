-- What the generator reads of the law graph.
CREATE TEMP TABLE law_grades (
  ordinal INTEGER, grade VARCHAR, position VARCHAR, tier VARCHAR, category VARCHAR, rank INTEGER
);
INSERT INTO law_grades SELECT unnest(getvariable('law_grades'), max_depth := 2);

CREATE TEMP TABLE law_educations (grade VARCHAR, level VARCHAR, field VARCHAR);
INSERT INTO law_educations SELECT unnest(getvariable('law_educations'), max_depth := 2);

CREATE TEMP TABLE law_trainings (position VARCHAR, activity VARCHAR);
INSERT INTO law_trainings SELECT unnest(getvariable('law_trainings'), max_depth := 2);

CREATE TEMP TABLE law_activities (position VARCHAR, activity VARCHAR);
INSERT INTO law_activities SELECT unnest(getvariable('law_activities'), max_depth := 2);

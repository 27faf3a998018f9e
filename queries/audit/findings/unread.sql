-- The rows that are not read, once the rules about tables have found them.
CREATE OR REPLACE TEMP TABLE unread AS SELECT "table", row, code FROM found;

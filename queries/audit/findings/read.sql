-- Of a row that is not read nothing is said but why.
DELETE FROM found USING unread u
WHERE found."table" = u."table" AND found.row = u.row AND found.code <> u.code;

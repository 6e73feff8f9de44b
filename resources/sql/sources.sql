-- Every file that was looked at, the newest first.
SELECT source, path, state, reason, branch, year, as_of, made_on, detail, digest, taken_on
FROM source ORDER BY source DESC

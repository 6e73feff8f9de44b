-- How many branches the structure names.
SELECT COUNT(*) AS branches FROM placed

-- The years of which branches handed something up, the newest first.
SELECT year, COUNT(*) AS branches FROM branches GROUP BY year ORDER BY year DESC

-- The items of superiors' documents: how many branches closed each, and how many are late.
SELECT i.document, i.number, i.item, i.title, COUNT(*) AS branches,
       CAST(SUM(CASE WHEN i.state = '已销号' THEN 1 ELSE 0 END) AS BIGINT) AS closed,
       CAST(SUM(CASE WHEN i.state = '已超期' THEN 1 ELSE 0 END) AS BIGINT) AS late
FROM item i JOIN branches b ON b.source = i.source
WHERE i.year = :year
GROUP BY i.document, i.number, i.item, i.title
ORDER BY i.document, i.number, MIN(i.source), i.item

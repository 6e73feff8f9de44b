-- How far every branch is with one item of a document.
SELECT b.source, b.branch, i.state, i.words, i.due_on
FROM item i JOIN branches b ON b.source = i.source
WHERE i.year = :year AND i.document = :document AND i.item = :item AND i.title = :title
ORDER BY i.state, b.branch

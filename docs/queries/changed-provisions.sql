-- What changed between two versions of a document, each the first of its source: provisions with the same id and another
-- text, and those that only one of them has. Put the names of your sources.
WITH
  was AS (SELECT p.* FROM provisions p JOIN sources s ON s.id = p.source WHERE s.name = 'policy-2023.txt' AND p.document = 'doc_1'),
  is_now AS (SELECT p.* FROM provisions p JOIN sources s ON s.id = p.source WHERE s.name = 'policy-2024.txt' AND p.document = 'doc_1')
SELECT 'changed' AS what, is_now.label, was.text AS old_text, is_now.text AS new_text, is_now.seq AS seq
FROM was JOIN is_now ON is_now.id = was.id
WHERE was.text <> is_now.text
UNION ALL
SELECT 'removed', was.label, was.text, NULL, was.seq
FROM was LEFT JOIN is_now ON is_now.id = was.id
WHERE is_now.id IS NULL
UNION ALL
SELECT 'added', is_now.label, NULL, is_now.text, is_now.seq
FROM is_now LEFT JOIN was ON was.id = is_now.id
WHERE was.id IS NULL
ORDER BY seq, what;

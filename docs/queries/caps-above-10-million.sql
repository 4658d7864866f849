-- All caps above 10 million yuan with their provision and document, the largest first.
SELECT s.name AS source, d.title, p.label, p.heading, c.raw, c.value, c.scope
FROM caps c
JOIN provisions p ON p.source = c.source AND p.id = c.provision
JOIN documents d ON d.source = p.source AND d.id = p.document
JOIN sources s ON s.id = c.source
WHERE c.limits = 'amount' AND c.unit = 'CNY' AND c.value > 10000000
ORDER BY c.value DESC, s.name, c.start_char;

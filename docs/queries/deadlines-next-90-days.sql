-- Deadlines in the 90 days that begin with a day. For those that begin today, put in the place of the two days
--   SQLite:     date('now') AND date('now', '+90 days')
--   PostgreSQL: CURRENT_DATE AND CURRENT_DATE + 90
--   MySQL:      CURRENT_DATE AND CURRENT_DATE + INTERVAL 90 DAY
SELECT l.to_date, l.kind, l.raw, p.label, p.heading, d.title, s.name AS source
FROM deadlines l
JOIN provisions p ON p.source = l.source AND p.id = l.provision
JOIN documents d ON d.source = p.source AND d.id = p.document
JOIN sources s ON s.id = l.source
WHERE l.to_date BETWEEN '2024-10-03' AND '2025-01-01'
ORDER BY l.to_date, s.name, l.start_char;

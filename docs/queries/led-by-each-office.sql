-- What each office leads: the provisions that name it, and those below them that inherit it.
SELECT COALESCE(u.name, u.raw) AS office, s.name AS source, p.label, p.heading
FROM lead_units u
JOIN (
  SELECT source, id AS lead_unit, provision FROM lead_units
  UNION ALL
  SELECT source, lead_unit, provision FROM inherited_lead_units
) held ON held.source = u.source AND held.lead_unit = u.id
JOIN provisions p ON p.source = held.source AND p.id = held.provision
JOIN sources s ON s.id = u.source
WHERE u.role = 'lead'
ORDER BY office, s.name, p.seq, u.start_char;

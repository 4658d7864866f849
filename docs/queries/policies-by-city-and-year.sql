-- How many documents each place issued in each year, by the name of the body that signs and the day of signature.
SELECT
  CASE
    WHEN issuer LIKE '__省%' OR issuer LIKE '__市%' OR issuer LIKE '__区%' OR issuer LIKE '__县%' THEN SUBSTR(issuer, 1, 3)
    WHEN issuer LIKE '___省%' OR issuer LIKE '___市%' OR issuer LIKE '___区%' OR issuer LIKE '___县%' THEN SUBSTR(issuer, 1, 4)
    ELSE issuer
  END AS place,
  SUBSTR(CAST(signed AS CHAR(10)), 1, 4) AS signed_in,
  COUNT(*) AS documents
FROM documents
WHERE issuer IS NOT NULL AND signed IS NOT NULL
GROUP BY place, signed_in
ORDER BY place, signed_in;

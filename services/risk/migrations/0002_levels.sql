-- Points by their level, the gravest first; those of one level in the order of their making.
CREATE INDEX risk_point_by_level ON risk_point (
    enterprise_id, (CASE level WHEN 'red' THEN 1 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 3 WHEN 'blue' THEN 4 ELSE 5 END), id
);
CREATE INDEX risk_point_filed_by_level ON risk_point (
    (CASE level WHEN 'red' THEN 1 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 3 WHEN 'blue' THEN 4 ELSE 5 END), id
) WHERE is_filed;

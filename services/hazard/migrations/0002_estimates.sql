-- The wall's condition, told to the planner as one of even odds.  Left bare, its range of unknown bounds is taken to let one row
-- in two hundred through whoever asks, so that a list for the whole province reads and sorts everything instead of the first
-- twenty rows of its index.  The same rows pass; the bounds that choose an index stand in the query itself.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['hazard', 'hazard_history', 'supervision_listing', 'inspection_waiting', 'org_unit_ref',
            'risk_point_ref', 'enterprise_ref'] LOOP
        EXECUTE 'ALTER POLICY scope ON ' || quote_ident(name) || ' USING (CASE WHEN ' || app.condition('region', true, true)
            || ' THEN true ELSE false END)';
    END LOOP;
END $$;

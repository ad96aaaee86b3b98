-- Where rows can be found by their region, the planner guesses how many a county has.  The usual hundred steps of a histogram are
-- about the province's counties, so that the guess was ten times too low or not, anew with each ANALYZE; whoever has few rows is
-- given all of them sorted instead of the first of an index.  Five hundred steps are some five for each county.
CREATE FUNCTION app.know_places() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found regclass;
BEGIN
    FOR found IN SELECT a.attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'region'
            AND a.attstattarget IS DISTINCT FROM 500
            AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum) LOOP
        EXECUTE format('ALTER TABLE %s ALTER region SET STATISTICS 500', found);
    END LOOP;
END $$;

-- As in 0001, and new partitions know their places as the older ones do.
CREATE OR REPLACE FUNCTION app.ensure_partitions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    month date;
    part text;
BEGIN
    FOR parent IN SELECT name FROM app.partitioned LOOP
        FOR i IN -4..3 LOOP
            month := (date_trunc('month', now() AT TIME ZONE 'UTC') + i * interval '1 month')::date;
            part := parent || to_char(month, '_YYYYMM');
            CONTINUE WHEN to_regclass(part) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', part, parent,
                    app.first_id(month), app.first_id((month + interval '1 month')::date));
            EXCEPTION WHEN check_violation THEN
                NULL;  -- The default partition already holds rows of this month, and goes on holding them.
            END;
        END LOOP;
    END LOOP;
    PERFORM app.know_places();
END $$;

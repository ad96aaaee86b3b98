"""Filed points by where they lie, in degrees that row-level security lets an index compare.

Comparing exact numbers may fail and so tell of a row, so that the index by exact degrees found a region and nothing narrower: all
its points were read.  Copies as floating point are compared by the index itself.  They are kept by a trigger: to have them
worked out as generated columns would write the whole table anew, and nobody could use it meanwhile.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

EVERYWHERE = """
SELECT set_config('app.' || name, value, true)
FROM (VALUES ('region_lo', '0'), ('region_hi', '~'), ('regions', ''), ('industries', ''), ('enterprises', '*')) AS t (name, value)
"""
KEPT = """
CREATE FUNCTION app.place_of_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.map_longitude := NEW.longitude;
    NEW.map_latitude := NEW.latitude;
    RETURN NEW;
END $$;
CREATE TRIGGER risk_point_place BEFORE INSERT OR UPDATE OF longitude, latitude ON risk_point
    FOR EACH ROW EXECUTE FUNCTION app.place_of_point();
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("ALTER TABLE risk_point ADD COLUMN map_longitude double precision, ADD COLUMN map_latitude double precision")
    run(KEPT)
    run(EVERYWHERE)
    run("UPDATE risk_point SET longitude = longitude WHERE longitude IS NOT NULL OR latitude IS NOT NULL")
    run("CREATE INDEX risk_point_in_box ON risk_point (region, map_longitude, map_latitude)"
        " WHERE is_filed AND map_longitude IS NOT NULL AND map_latitude IS NOT NULL")  # fmt: skip
    run("DROP INDEX risk_point_by_place")

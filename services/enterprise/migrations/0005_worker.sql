-- Identity numbers and telephones are sealed by the application (services/vault); the digest is keyed.
CREATE TABLE worker (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text, name text NOT NULL,
    id_number text NOT NULL, id_number_digest text NOT NULL, sex text NOT NULL, phone text, post text NOT NULL, title text,
    certificates jsonb NOT NULL, is_removed boolean NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX worker_id_number_taken ON worker (enterprise_id, id_number_digest) WHERE NOT is_removed;
CREATE INDEX worker_of ON worker (enterprise_id, id);
SELECT app.protect('worker');

-- What eprospera-postgres needs. Run it once, as the owner of the database.

-- One row for each lock: held with SELECT … FOR UPDATE in an open transaction.
CREATE TABLE IF NOT EXISTS eprospera_lock (
    account text PRIMARY KEY
);

-- The records. They hold tokens: give access to this table to nobody else.
CREATE TABLE IF NOT EXISTS eprospera_record (
    account    text PRIMARY KEY,
    generation bigint NOT NULL,
    record     text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);

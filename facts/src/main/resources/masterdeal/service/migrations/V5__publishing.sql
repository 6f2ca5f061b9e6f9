-- Which process does what only one may do, until when, and in which epoch. Times are this database's.
CREATE TABLE leases (
    name          text PRIMARY KEY,
    holder        uuid        NOT NULL,
    epoch         bigint      NOT NULL, -- grows with every take-over
    expires_at    timestamptz NOT NULL,
    session_pid   integer     NOT NULL, -- the holder's session: if PostgreSQL has it no more, the lease is free at once
    session_start timestamptz NOT NULL
);

-- Events that Kafka refuses because of what they are, and those of the same deals that came after them.
CREATE TABLE parked_events (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id  uuid        NOT NULL UNIQUE,
    root_key  text        NOT NULL COLLATE "C",
    lsn       pg_lsn      NOT NULL,
    bytes     integer     NOT NULL,
    record    bytea       NOT NULL,
    reason    text        NOT NULL,
    tries     integer     NOT NULL DEFAULT 0,
    parked_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    due_at    timestamptz NOT NULL DEFAULT transaction_timestamp() + interval '1 minute'
);
CREATE INDEX parked_events_root ON parked_events (root_key, id);

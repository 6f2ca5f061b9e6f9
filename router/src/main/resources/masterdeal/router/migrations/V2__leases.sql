-- Which process does what only one may do, until when, and in which epoch. Times are this database's.
CREATE TABLE leases (
    name          text PRIMARY KEY,
    holder        uuid        NOT NULL,
    epoch         bigint      NOT NULL, -- grows with every take-over
    expires_at    timestamptz NOT NULL,
    session_pid   integer     NOT NULL, -- the holder's session: if PostgreSQL has it no more, the lease is free at once
    session_start timestamptz NOT NULL
);

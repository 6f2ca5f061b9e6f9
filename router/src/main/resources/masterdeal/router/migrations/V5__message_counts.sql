-- How many events of each type were read, by the hour, kept as long as the events themselves.
CREATE TABLE message_counts (
    hour     timestamptz NOT NULL,
    type     text        NOT NULL COLLATE "C",
    messages bigint      NOT NULL,
    PRIMARY KEY (hour, type)
);

-- How far each partition is taken in, written with the facts. Kafka's committed offsets are a copy of it: they know nothing
-- of a database that went back in time.
CREATE TABLE intake_positions (
    consumer_group text    NOT NULL,
    topic          text    NOT NULL,
    partition      integer NOT NULL,
    topic_id       text    NOT NULL,               -- Kafka's: a topic that is made anew under its name has another one
    next_offset    bigint  NOT NULL,               -- all before it is in the store or in error.events
    decisions      integer NOT NULL DEFAULT 0,     -- how often an operator has set it
    decided        boolean NOT NULL DEFAULT false, -- set by an operator, and nothing taken in since
    PRIMARY KEY (consumer_group, topic, partition)
) WITH (fillfactor = 50); -- Rows that change with each batch, in place.

-- The transactions of a batch that is stored in several: a position goes on only where all of them are.
CREATE TABLE intake_parts (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT transaction_timestamp()
);

-- What did not fit between Kafka and the positions.
CREATE TABLE intake_incidents (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL DEFAULT transaction_timestamp(),
    consumer_group text    NOT NULL,
    topic          text    NOT NULL,
    partition      integer NOT NULL,
    kind           text    NOT NULL,
    what           text    NOT NULL,
    cure           text    NOT NULL,
    waits          boolean NOT NULL, -- whether the partition waits for an operator
    decided_at     timestamptz,
    decision       text
);
CREATE INDEX intake_incidents_open ON intake_incidents (consumer_group, topic, partition) WHERE waits AND decided_at IS NULL;

-- The newest card of each deal. Without a card the deal is no more, and its version stays, so that an older event does not bring it back.
CREATE TABLE cards (
    id uuid PRIMARY KEY,
    root text NOT NULL,
    epoch bigint NOT NULL,
    revision bigint NOT NULL,
    card bytea
);

-- Of which topic the cards are, and whether they have all deals whose events it no longer had.
CREATE TABLE board_source (
    topic text PRIMARY KEY,
    topic_id text NOT NULL,
    complete boolean NOT NULL
);

-- Which event of each partition comes next.
CREATE TABLE board_offsets (
    topic text NOT NULL REFERENCES board_source ON DELETE CASCADE,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- What happened on which day (UTC) in which stage, by the cards.
CREATE TABLE daily (
    day date NOT NULL,
    stage text NOT NULL,
    currency text NOT NULL,
    began integer NOT NULL,
    entered integer NOT NULL,
    exited integer NOT NULL,
    backward integer NOT NULL,
    breached integer NOT NULL,
    closed integer NOT NULL,
    amount numeric NOT NULL,
    PRIMARY KEY (day, stage, currency)
);

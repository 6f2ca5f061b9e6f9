-- Who gets which events. A name keeps its row, and its number, when it is deleted: what it got stays in the ledger.
CREATE TABLE subscriptions (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    version    integer     NOT NULL,
    definition jsonb       NOT NULL,
    origin     text        NOT NULL, -- 'file', 'api', or 'bundled' for those the router cannot do without
    deleted    boolean     NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    changed_by text        NOT NULL
);

-- What was done to them, and by whom.
CREATE TABLE subscription_changes (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    version    integer     NOT NULL,
    action     text        NOT NULL,
    definition jsonb       NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    changed_by text        NOT NULL
);
CREATE INDEX subscription_changes_name ON subscription_changes (name, id);

-- One row: who reads shares it, who changes a subscription holds it alone. So each change falls between two batches.
CREATE TABLE subscription_set (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint  NOT NULL
);
INSERT INTO subscription_set (version) VALUES (0);

-- The next offset to read of each partition: advanced in the transaction that keeps what was read.
CREATE TABLE positions (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- From which offset a version of a subscription counts, and to which (not included); null while it is active.
CREATE TABLE spans (
    subscription integer NOT NULL REFERENCES subscriptions,
    version      integer NOT NULL,
    topic        text    NOT NULL,
    partition    integer NOT NULL,
    from_offset  bigint  NOT NULL,
    to_offset    bigint,
    PRIMARY KEY (subscription, topic, partition, version)
);

-- Ids in the order of acceptance: there is one reader, and it takes them in blocks.
CREATE SEQUENCE message_blocks;

-- Every event that was read. Its body is kept only if somebody wants its type.
CREATE TABLE messages (
    id             bigint      NOT NULL,
    accepted_at    timestamptz NOT NULL,
    topic          text        NOT NULL,
    partition      integer     NOT NULL,
    "offset"       bigint      NOT NULL,
    event_id       uuid        NOT NULL,
    type           text        NOT NULL,
    subject        text        NOT NULL COLLATE "C",
    master_deal_id uuid,
    correlation_id text,
    causes         uuid[],
    occurred_at    timestamptz NOT NULL,
    body           bytea,
    PRIMARY KEY (id, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX messages_event_id ON messages (event_id);
CREATE INDEX messages_type ON messages (type, id);
CREATE INDEX messages_correlation_id ON messages (correlation_id) WHERE correlation_id IS NOT NULL;
CREATE INDEX messages_master_deal_id ON messages (master_deal_id) WHERE master_deal_id IS NOT NULL;
CREATE INDEX messages_causes ON messages USING gin (causes) WHERE causes IS NOT NULL;

-- What became of an event for a subscription that wants its type.
CREATE TABLE deliveries (
    message_id   bigint      NOT NULL,
    accepted_at  timestamptz NOT NULL,
    subscription integer     NOT NULL,
    state        text        NOT NULL,
    order_key    text        NOT NULL COLLATE "C", -- '' in a subscription without order
    attempts     integer     NOT NULL DEFAULT 0,   -- those that count, since the last redrive
    replay       integer     NOT NULL DEFAULT 0,   -- how often it was redriven
    due_at       timestamptz,                      -- when it is to be tried again; null if it is to be sent as it comes
    tries        jsonb,                            -- when, how long, what was answered
    reason       text,
    changed_at   timestamptz NOT NULL,
    PRIMARY KEY (message_id, subscription, accepted_at)
) PARTITION BY RANGE (accepted_at);
CREATE INDEX deliveries_pending ON deliveries (subscription, message_id) WHERE state = 'pending' AND due_at IS NULL;
CREATE INDEX deliveries_due ON deliveries (subscription, due_at) WHERE state = 'pending' AND due_at IS NOT NULL;
CREATE INDEX deliveries_parked ON deliveries (subscription, order_key, message_id) WHERE state = 'parked';
CREATE INDEX deliveries_filtered ON deliveries (message_id) WHERE state = 'filtered';
CREATE INDEX deliveries_discarded ON deliveries (message_id) WHERE state = 'discarded';
CREATE INDEX deliveries_dead ON deliveries (message_id, subscription) WHERE state = 'dead_lettered';

-- Deals whose deliveries wait in a subscription, and behind which one.
CREATE TABLE blocks (
    subscription integer     NOT NULL,
    order_key    text        NOT NULL COLLATE "C",
    head         bigint      NOT NULL,
    since        timestamptz NOT NULL DEFAULT transaction_timestamp(),
    PRIMARY KEY (subscription, order_key)
);

-- What each subscription was shown, by the hour: its wanted events are the rows of deliveries.
CREATE TABLE counts (
    subscription integer     NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    hour         timestamptz NOT NULL,
    from_offset  bigint      NOT NULL,
    to_offset    bigint      NOT NULL, -- included
    seen         bigint      NOT NULL,
    unwanted     bigint      NOT NULL,
    unreadable   bigint      NOT NULL,
    PRIMARY KEY (subscription, topic, partition, hour)
);
CREATE INDEX counts_hour ON counts (hour);

-- Offsets whose days are dropped: they are accounted for no more, and are missed by nobody.
CREATE TABLE dropped_counts (
    subscription integer NOT NULL,
    topic        text    NOT NULL,
    partition    integer NOT NULL,
    from_offset  bigint  NOT NULL,
    to_offset    bigint  NOT NULL, -- included
    PRIMARY KEY (subscription, topic, partition, from_offset)
);

-- One row: which term of office it is. Whoever writes for an older one is too late.
CREATE TABLE terms (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint  NOT NULL
);
INSERT INTO terms (number) VALUES (0);

-- error.events to be told, in the transaction that gives a delivery up.
CREATE TABLE error_outbox (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id   bigint      NOT NULL,
    subscription integer     NOT NULL,
    replay       integer     NOT NULL
);

-- What operators did to deliveries, and why.
CREATE TABLE operator_actions (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action     text        NOT NULL,
    selection  jsonb       NOT NULL,
    reason     text        NOT NULL,
    changed_by text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    deliveries bigint      NOT NULL
);

-- What operators ask for with many items, and how far it is. Each chunk of it is one transaction, which changes this row too.
CREATE TABLE operations (
    id         uuid PRIMARY KEY,
    action     text        NOT NULL,
    selection  jsonb       NOT NULL,
    reason     text        NOT NULL,
    acted_by   text        NOT NULL, -- the person, or the principal if no person is named
    principal  text        NOT NULL, -- whose key it was
    state      text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'stopped', 'failed')),
    most       bigint      NOT NULL, -- items at most
    place      text,                 -- after which item to go on; null before the first
    items      bigint      NOT NULL DEFAULT 0,
    results    jsonb       NOT NULL DEFAULT '{}', -- how many items have which result
    chunks     integer     NOT NULL DEFAULT 0,
    failures   integer     NOT NULL DEFAULT 0,    -- of the next chunk, in a row
    failure    text,                 -- the last of them
    started_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    due_at     timestamptz NOT NULL DEFAULT transaction_timestamp(), -- when the next chunk is to be done
    ended_at   timestamptz,
    stopped_by text
);
CREATE INDEX operations_started ON operations (started_at, id);
CREATE INDEX operations_running ON operations (due_at) WHERE state = 'running';

-- What was done with each item, which is an effect.
CREATE TABLE operation_items (
    operation uuid   NOT NULL REFERENCES operations ON DELETE CASCADE,
    number    bigint NOT NULL,
    effect_id uuid   NOT NULL,
    result    text   NOT NULL,
    why       text,
    PRIMARY KEY (operation, number)
);

ALTER TABLE operator_actions ADD COLUMN operation uuid; -- kept longer than the operation
CREATE INDEX operator_actions_operation ON operator_actions (operation) WHERE operation IS NOT NULL;

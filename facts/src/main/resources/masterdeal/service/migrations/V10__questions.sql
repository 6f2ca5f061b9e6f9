-- Since when a deal is in its stage: the time of the facts that brought it there. NULL before the first step.
-- And the attributes of its root that answers have, each with the version of its fact, to go on from with newer ones.
ALTER TABLE deals
    ADD COLUMN stage_since timestamptz,
    ADD COLUMN fields bytea;
CREATE INDEX deals_stage_since ON deals (stage, stage_since, root_key) WHERE known AND stage_since IS NOT NULL;

-- The fields of known deals that are searched and counted. They rarely change, and a deal's row changes with each event: so they have
-- a table and indexes of their own.
CREATE TABLE deal_fields (
    deal_id  uuid PRIMARY KEY,
    root_key text NOT NULL COLLATE "C",
    client   text COLLATE "C",
    manager  text COLLATE "C",
    product  text COLLATE "C",
    region   text COLLATE "C",
    currency text COLLATE "C",
    amount   numeric
);

-- Which attributes of roots answers have, as active_rules says it of the rule set.
CREATE TABLE active_fields (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    names    text[] NOT NULL
);

-- Which rule sets answers were made with, and from when on. The text is the file as it was read.
CREATE TABLE rule_set_history (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    identity    text        NOT NULL,
    content     text        NOT NULL,
    active_from timestamptz NOT NULL DEFAULT transaction_timestamp()
);

-- What operators did, and why.
CREATE TABLE operator_actions (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action    text        NOT NULL, -- link-orphan, dismiss-orphan, rebuild, ...
    selection jsonb       NOT NULL, -- what it was asked for
    reason    text        NOT NULL,
    acted_by  text        NOT NULL, -- the person, or the principal if no person is named
    principal text        NOT NULL, -- whose key it was
    acted_at  timestamptz NOT NULL DEFAULT transaction_timestamp(),
    items     bigint      NOT NULL  -- how many things it concerned
);
CREATE INDEX operator_actions_at ON operator_actions (acted_at, id);

-- Keys are compared by UTF-8 bytes everywhere (ruling 13): collation "C".

-- Every event id that was ever mentioned. Whoever adds a fact or a retraction holds the row of each id it names, so a
-- fact and its retraction, or two contents of one id, always meet here, whichever comes first.
CREATE TABLE event_ids (
    event_id     uuid PRIMARY KEY,
    retracted_by text[]  NOT NULL DEFAULT '{}', -- the domains that took it back, '*' for one that may speak for all
    conflict     boolean NOT NULL DEFAULT false
);
CREATE INDEX event_ids_conflict ON event_ids (event_id) WHERE conflict;

-- The truth: a set that only grows. Everything below the next line of dashes can be built from these two tables.
CREATE TABLE facts (
    event_id       uuid        NOT NULL,
    content_hash   bytea       NOT NULL,
    type           text        NOT NULL,
    subject        text        NOT NULL COLLATE "C",
    status         text,
    sequence       bigint,
    occurred_at    timestamptz NOT NULL,
    links          text[]      NOT NULL,
    attributes     jsonb       NOT NULL,
    master_deal_id uuid,
    retracted      boolean     NOT NULL,
    source         text        NOT NULL,
    correlation_id text,
    causation_id   text,
    traceparent    text,
    replayed       boolean     NOT NULL,
    origin         text        NOT NULL,
    received_at    timestamptz NOT NULL DEFAULT transaction_timestamp(),
    PRIMARY KEY (event_id, content_hash)
);
CREATE INDEX facts_subject ON facts (subject);

CREATE TABLE retractions (
    event_id       uuid        NOT NULL,
    content_hash   bytea       NOT NULL,
    content        text        NOT NULL,
    retracts       uuid[]      NOT NULL,
    domain         text        NOT NULL, -- whose facts it reaches, '*' for any
    source         text        NOT NULL,
    correlation_id text,
    origin         text        NOT NULL,
    received_at    timestamptz NOT NULL DEFAULT transaction_timestamp(),
    PRIMARY KEY (event_id, content_hash)
);
CREATE INDEX retractions_retracts ON retractions USING gin (retracts);

-- ---------------------------------------------------------------------------------------------------------------------
-- Caches of the truth: facts.retracted, event_ids and all that follows.

-- One row an object that a fact is about or links to: the lock under which its links and facts change.
CREATE TABLE objects (
    key text PRIMARY KEY COLLATE "C"
);

-- Child to parent, as standing facts say. A root's links mention other roots, but are not followed (ruling 1).
CREATE TABLE links (
    child    text    NOT NULL COLLATE "C",
    parent   text    NOT NULL COLLATE "C",
    followed boolean NOT NULL,
    PRIMARY KEY (child, parent)
);
CREATE INDEX links_parent ON links (parent);

-- Objects whose facts name a deal by its id (ruling 6). The deal need not be known yet.
CREATE TABLE deal_references (
    child   text NOT NULL COLLATE "C",
    deal_id uuid NOT NULL,
    PRIMARY KEY (child, deal_id)
);

-- The closure: which objects belong to which deals, known or not yet.
CREATE TABLE placements (
    object_key text NOT NULL COLLATE "C",
    deal_id    uuid NOT NULL,
    PRIMARY KEY (object_key, deal_id)
);
CREATE INDEX placements_deal ON placements (deal_id);

CREATE TABLE deals (
    id         uuid PRIMARY KEY,
    root_key   text COLLATE "C" UNIQUE,
    known      boolean     NOT NULL DEFAULT false,
    revision   bigint      NOT NULL DEFAULT 0,
    stage      text        NOT NULL DEFAULT 'none',
    outcome    text        NOT NULL DEFAULT 'open',
    gaps       text[]      NOT NULL DEFAULT '{}',
    timeline   jsonb       NOT NULL DEFAULT '[]',
    objects    jsonb       NOT NULL DEFAULT '[]',
    findings   jsonb       NOT NULL DEFAULT '[]',
    facts      integer     NOT NULL DEFAULT 0,
    rule_set   text        NOT NULL DEFAULT '',
    state      jsonb,
    updated_at timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE INDEX deals_stage ON deals (stage, root_key) WHERE known;
CREATE INDEX deals_outcome ON deals (outcome, root_key) WHERE known;

-- Deals to be folded again soon: too many at once, a changed rule set, or an operator's wish to publish anew.
CREATE TABLE pending_folds (
    deal_id  uuid PRIMARY KEY,
    snapshot boolean NOT NULL
);

-- Which rule set the answers are made with.
CREATE TABLE active_rules (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    rule_set text NOT NULL
);

-- The slot the relay reads, and how far Kafka has acknowledged. A slot that does not fit is never taken silently.
CREATE TABLE relay_slot (
    slot_name         text PRIMARY KEY,
    system_identifier text        NOT NULL,
    acknowledged_lsn  pg_lsn      NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT transaction_timestamp(),
    updated_at        timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE TABLE relay_incidents (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT transaction_timestamp(),
    what     text NOT NULL,
    cure     text NOT NULL
);

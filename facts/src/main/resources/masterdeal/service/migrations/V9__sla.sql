-- Clocks follow from facts, policies and calendars. All of this but sla_statements is a cache.
ALTER TABLE deals
    ADD COLUMN sla_state bytea,         -- the clocks as they were evaluated last, and what newest facts go on from
    ADD COLUMN sla_policies uuid,       -- the meaning of the policies and calendars they were evaluated with
    ADD COLUMN sla_at timestamptz;      -- for which instant

-- When the clocks of a deal change by themselves next.
CREATE TABLE sla_deadlines (
    deal_id uuid PRIMARY KEY,
    due_at  timestamptz NOT NULL
);
CREATE INDEX sla_deadlines_due ON sla_deadlines (due_at, deal_id);

-- The last cycle of every clock that has one, to be searched. A row is written when its clock changes, not when time passes.
CREATE TABLE sla_clocks (
    root_key       text        NOT NULL COLLATE "C",
    policy         text        NOT NULL COLLATE "C",
    object         text        NOT NULL COLLATE "C", -- '' for a clock of the deal
    deal_id        uuid        NOT NULL,
    cycle          integer     NOT NULL,             -- from 1
    state          text        NOT NULL COLLATE "C", -- running, paused, met, breached, cancelled
    open           boolean     NOT NULL,
    at_risk        boolean     NOT NULL,             -- open, not breached, a warning passed
    started_at     timestamptz NOT NULL,
    due_at         timestamptz,
    no_due         text,                             -- why due_at is not known
    warned_percent integer[]   NOT NULL,
    warned_at      timestamptz[] NOT NULL,
    breached_at    timestamptz,
    stopped_at     timestamptz,
    cancelled_at   timestamptz,
    segment        text        NOT NULL COLLATE "C",
    calendar       text,                             -- null for wall time
    target_ms      bigint      NOT NULL,
    spent_ms       bigint,                           -- of an ended cycle
    domain         text        NOT NULL COLLATE "C",
    client         text COLLATE "C",                 -- the attribute of the root
    PRIMARY KEY (root_key, policy, object)
);
CREATE INDEX sla_clocks_state ON sla_clocks (policy, segment, state, root_key, object);
CREATE INDEX sla_clocks_client ON sla_clocks (client, root_key, policy, object) WHERE client IS NOT NULL;
CREATE INDEX sla_clocks_risk ON sla_clocks (root_key, policy, object) WHERE at_risk;
CREATE INDEX sla_clocks_risk_due ON sla_clocks (due_at, root_key, policy, object) WHERE at_risk AND due_at IS NOT NULL;
CREATE INDEX sla_clocks_breached ON sla_clocks (breached_at, root_key, policy, object) WHERE breached_at IS NOT NULL;
CREATE INDEX sla_clocks_due ON sla_clocks (due_at, root_key, policy, object) WHERE open AND due_at IS NOT NULL;

-- What was told about warnings and breaches, and what was not and why: history of publication, which no rebuild touches.
CREATE TABLE sla_statements (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deal_id      uuid        NOT NULL,
    policy       text        NOT NULL COLLATE "C",
    object       text        NOT NULL COLLATE "C", -- '' for a clock of the deal
    started_at   timestamptz NOT NULL,             -- names the cycle
    kind         text        NOT NULL CHECK (kind IN ('warned', 'breached')),
    percent      integer     NOT NULL,             -- of the target; 100 of a breach
    at           timestamptz NOT NULL,             -- the instant of the warning or breach
    state        text        NOT NULL CHECK (state IN ('told', 'suppressed', 'retracted')),
    reason       text,                             -- why it is suppressed
    final        boolean     NOT NULL DEFAULT false, -- told as the end of the deal
    revision     bigint,                           -- that told it
    retracted_by bigint,                           -- the revision that took it back
    task         uuid,                             -- the effect by which Task-Tracker has a task for it
    made_at      timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE INDEX sla_statements_deal ON sla_statements (deal_id, policy, object, started_at);
CREATE INDEX sla_statements_made ON sla_statements (made_at, id);

-- With which policies and calendars the clocks are made, as active_rules says it of the rule set.
CREATE TABLE active_sla (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    meaning  uuid NOT NULL,
    label    text NOT NULL
);

-- Effects of statements: the request says what is asked, and no fact stands behind them.
ALTER TABLE effects
    ALTER COLUMN event_id DROP NOT NULL,
    ALTER COLUMN content_hash DROP NOT NULL,
    ADD COLUMN task   jsonb,                       -- the task that is wanted
    ADD COLUMN wanted text CHECK (wanted IN ('open', 'closed')), -- null of other effects
    ADD CONSTRAINT effects_of_fact_or_task CHECK ((event_id IS NULL) = (task IS NOT NULL));

-- What has to be asked of other systems because of a new fact: one row a deal, reaction and event. No cache: what was
-- sent, or decided not to be, cannot be computed again, and a rebuild leaves it alone.
CREATE TABLE effects (
    id           uuid PRIMARY KEY,                      -- UUIDv5 of deal, reaction and event: the idempotency key
    reaction     text        NOT NULL,
    deal_id      uuid        NOT NULL,
    event_id     uuid        NOT NULL,
    content_hash bytea       NOT NULL,                  -- with the event id: which fact
    state        text        NOT NULL CHECK (state IN ('pending', 'done', 'suppressed', 'failed')),
    reason       text,                                  -- why it is suppressed or failed
    released     boolean     NOT NULL DEFAULT false,    -- an operator wants it whatever the conditions say
    request_body text,                                  -- made when it is first sent; every attempt sends these bytes
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL DEFAULT transaction_timestamp(), -- of a pending one: next attempt, or end of the lease
    last_error   text,
    created_at   timestamptz NOT NULL DEFAULT transaction_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE INDEX effects_due ON effects (due_at) WHERE state = 'pending';
CREATE INDEX effects_deal ON effects (deal_id);
CREATE INDEX effects_created ON effects (created_at, id);
CREATE INDEX effects_failed ON effects (created_at, id) WHERE state = 'failed';

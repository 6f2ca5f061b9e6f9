-- Subscriptions whose filter took too much time or memory for an event: nothing is sent until an operator changes them or resumes them.
CREATE TABLE stops (
    subscription integer     PRIMARY KEY REFERENCES subscriptions ON DELETE CASCADE,
    version      integer     NOT NULL,
    event_id     uuid        NOT NULL,
    reason       text        NOT NULL,
    since        timestamptz NOT NULL DEFAULT transaction_timestamp()
);

-- What a sender was told is wrong is no dead letter: there is nothing the platform could send again.
CREATE INDEX deliveries_refused ON deliveries (message_id) WHERE state = 'refused';
UPDATE deliveries d SET state = 'refused' FROM messages m, subscriptions s
    WHERE m.id = d.message_id AND m.accepted_at = d.accepted_at AND s.id = d.subscription AND s.origin = 'bundled'
    AND d.state = 'dead_lettered' AND convert_from(m.body, 'UTF8')::json #>> '{data,stage}' = 'gateway';

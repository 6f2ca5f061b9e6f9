-- What could not be processed: error.events of the last 30 days. Made again from Kafka if it is lost.
CREATE TABLE errors (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    stage text NOT NULL,
    reason text NOT NULL,
    domain text NOT NULL,
    detail text,
    topic text,
    topic_partition integer,
    topic_offset bigint,
    event_id text,
    event_type text,
    key text,
    headers jsonb NOT NULL,
    payload bytea,
    payload_truncated boolean NOT NULL,
    subscription text
);
CREATE INDEX errors_by_group ON errors (reason, stage, domain, at DESC);
CREATE INDEX errors_by_time ON errors (at);

-- Up to where error.events is read; written with the rows.
CREATE TABLE error_positions (
    topic_partition integer PRIMARY KEY,
    next_offset bigint NOT NULL
);

-- Alerts that are or were firing. Of each fingerprint at most one is open.
CREATE TABLE alerts (
    id uuid PRIMARY KEY,
    fingerprint text NOT NULL,
    source text NOT NULL CHECK (source IN ('watch', 'prometheus')),
    rule text NOT NULL,
    labels jsonb NOT NULL,
    severity text NOT NULL CHECK (severity IN ('page', 'warn', 'info')),
    state text NOT NULL CHECK (state IN ('firing', 'resolved')),
    value double precision NOT NULL,
    detail text NOT NULL,
    summary text NOT NULL,
    runbook text NOT NULL,
    since timestamptz NOT NULL,
    fired_at timestamptz NOT NULL,
    resolved_at timestamptz,
    ends_at timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    -- What each channel was told last: {"CHANNEL": {"state": "firing", "at": "..."}}.
    told jsonb NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX alerts_open ON alerts (fingerprint) WHERE state = 'firing';
CREATE INDEX alerts_resolved ON alerts (resolved_at DESC) WHERE state = 'resolved';

-- Who has opened an alert, for the first time.
CREATE TABLE alert_views (
    alert uuid NOT NULL REFERENCES alerts ON DELETE CASCADE,
    person text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (alert, person)
);

-- Alerts that nobody is told of until an instant. An empty rule or fingerprint means any.
CREATE TABLE silences (
    id uuid PRIMARY KEY,
    rule text NOT NULL,
    fingerprint text NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    until timestamptz NOT NULL,
    ended_by text,
    CHECK (rule <> '' OR fingerprint <> '')
);
CREATE INDEX silences_by_end ON silences (until DESC);

-- What a channel has to be told, sent at least once.
CREATE TABLE notices (
    id uuid PRIMARY KEY,
    channel text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('pending', 'sent', 'given_up')),
    last_error text NOT NULL DEFAULT '',
    done_at timestamptz
);
CREATE INDEX notices_pending ON notices (created_at) WHERE state = 'pending';
CREATE INDEX notices_by_channel ON notices (channel, created_at DESC);

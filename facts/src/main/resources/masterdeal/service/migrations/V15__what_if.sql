-- What other rule sets would make of the deals: who asked, how far it is, and what was found. Kept for a week.
CREATE TABLE what_if_jobs (
    id         uuid PRIMARY KEY,
    rule_set   text        NOT NULL, -- the label of the one that is tried
    identity   text        NOT NULL,
    content    text        NOT NULL, -- its file as it was sent
    compared   text        NOT NULL, -- the identity of the one in use
    stage      text,                 -- only deals in this stage by the one in use
    outcome    text,
    asked_by   text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    stop       boolean     NOT NULL DEFAULT false, -- an operator wishes it to end
    total      bigint      NOT NULL,
    done       bigint      NOT NULL DEFAULT 0,
    report     jsonb,
    failure    text,
    started_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    ended_at   timestamptz
);
CREATE INDEX what_if_jobs_started ON what_if_jobs (started_at);
-- Processes that end leave jobs behind; whoever begins the next one finds them here.
CREATE INDEX what_if_jobs_running ON what_if_jobs (id) WHERE state = 'running';

-- Each deal that would stand elsewhere.
CREATE TABLE what_if_changes (
    job_id  uuid  NOT NULL REFERENCES what_if_jobs ON DELETE CASCADE,
    deal_id uuid  NOT NULL,
    change  jsonb NOT NULL,
    PRIMARY KEY (job_id, deal_id)
);

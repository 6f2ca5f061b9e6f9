-- What a deal's answer consists of besides the columns that are searched (timeline, objects and their statuses) lies in its
-- state, in a compact form: most of what is written for each event is this. The old form is not read any more: every
-- deal is folded and published again.
ALTER TABLE deals
    DROP COLUMN timeline,
    DROP COLUMN objects,
    DROP COLUMN findings,
    DROP COLUMN state;
ALTER TABLE deals
    ADD COLUMN state bytea,
    ADD COLUMN stale boolean NOT NULL DEFAULT false; -- to be folded from its facts, whatever the state says
INSERT INTO pending_folds (deal_id, snapshot)
SELECT id, revision > 0 FROM deals WHERE root_key IS NOT NULL
ON CONFLICT (deal_id) DO UPDATE SET snapshot = excluded.snapshot;

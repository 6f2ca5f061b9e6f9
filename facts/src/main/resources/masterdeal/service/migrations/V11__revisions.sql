-- What was published of each deal, one row a revision, written by the transaction that makes the revision. This is history: nothing can
-- make it anew, and no rebuild touches it; a republication adds its own revisions. Revisions published before this table have no rows.
CREATE TABLE deal_revisions (
    deal_id      uuid        NOT NULL,
    revision     bigint      NOT NULL,
    epoch        bigint      NOT NULL, -- with deal and revision it gives the id of the event
    at           timestamptz NOT NULL DEFAULT transaction_timestamp(),
    type         text        NOT NULL, -- of the event: masterdeal.stage.changed, ...
    stage        text        NOT NULL, -- of the deal from this revision on
    outcome      text        NOT NULL,
    changed      text[]      NOT NULL, -- the parts in which it differs from the revision before
    causes       uuid[]      NOT NULL, -- the first events that brought it, at most 20
    causes_total integer     NOT NULL, -- how many there are
    about        jsonb,                -- the warning or breach that masterdeal.sla.* is about: policy, object, kind, percent, at
    PRIMARY KEY (deal_id, revision)
);
CREATE INDEX deal_revisions_at ON deal_revisions (at, deal_id);

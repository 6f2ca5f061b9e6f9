-- Which facts share a correlation id with those of an orphan: a hint at its deal. It comes first, since a process at work writes facts
-- before orphans: in the other order this and a batch of it could wait for each other.
CREATE INDEX facts_correlation ON facts (correlation_id) WHERE correlation_id IS NOT NULL;

-- Why each orphan reaches no deal, kept with it, so that orphans are found and counted by reason. dismissed says whether an operator has
-- put it aside: a copy of orphan_dismissals, to be in the indexes. A process of the release before may still work beside: it inserts rows
-- without these columns, and must not be refused. The reasons of its rows are found when a newer process takes over from it.
ALTER TABLE orphans
    ADD COLUMN system    text COLLATE "C" GENERATED ALWAYS AS (split_part(key, ':', 1)) STORED,
    ADD COLUMN reason    text COLLATE "C" NOT NULL DEFAULT 'no_parent',
    ADD COLUMN parent    text COLLATE "C", -- what it names, an object or the id of a deal; null if it names nothing
    ADD COLUMN dismissed boolean NOT NULL DEFAULT false;

UPDATE orphans o SET reason = w.reason, parent = w.parent FROM (
    SELECT o.key, coalesce(p.unknown, r.deal, p.first) AS parent, CASE
        WHEN p.unknown IS NOT NULL THEN 'unknown_parent'
        WHEN r.deal IS NOT NULL THEN 'unknown_deal'
        WHEN p.first IS NOT NULL THEN 'no_root'
        WHEN EXISTS (SELECT 1 FROM facts f WHERE f.subject = o.key AND f.retracted
            AND (f.links <> '{}' OR f.master_deal_id IS NOT NULL)) THEN 'link_retracted'
        ELSE 'no_parent' END AS reason
    FROM orphans o
    CROSS JOIN LATERAL (SELECT min(l.parent) AS first, min(l.parent) FILTER (WHERE NOT EXISTS (
            SELECT 1 FROM facts f WHERE f.subject = l.parent AND NOT f.retracted)) AS unknown
        FROM links l WHERE l.child = o.key AND l.followed) AS p
    CROSS JOIN LATERAL (SELECT min(d.deal_id::text) AS deal FROM deal_references d WHERE d.child = o.key) AS r) AS w
WHERE w.key = o.key;

INSERT INTO counts (what, part, amount)
SELECT 'orphans_by', system || '|' || reason, count(*) FROM orphans GROUP BY system, reason;

CREATE INDEX orphans_since ON orphans (since, key) WHERE NOT dismissed;
CREATE INDEX orphans_system ON orphans (system, since, key) WHERE NOT dismissed;
CREATE INDEX orphans_reason ON orphans (reason, since, key) WHERE NOT dismissed;
CREATE INDEX orphans_dismissed ON orphans (since, key) WHERE dismissed;

-- Orphans that an operator has put aside until a new fact of them comes. No fact says so: it is a note, and no cache.
CREATE TABLE orphan_dismissals (
    key          text        PRIMARY KEY COLLATE "C",
    reason       text        NOT NULL,
    acted_by     text        NOT NULL,
    dismissed_at timestamptz NOT NULL DEFAULT transaction_timestamp()
);

-- The meaning of the rule set an answer was made with: name and version do not tell it, for a file may change under them.
-- NULL: of before, to be folded from its facts.
ALTER TABLE deals ADD COLUMN rules uuid;

-- How often a deal that could not be folded was tried: it is tried less and less often.
ALTER TABLE pending_folds ADD COLUMN attempts integer NOT NULL DEFAULT 0;
CREATE INDEX pending_folds_failing ON pending_folds (due_at) WHERE failure IS NOT NULL;
-- A stale deal is always marked to be folded; one without a root cannot be.
UPDATE deals SET stale = false WHERE stale AND root_key IS NULL;

-- The facts of an object after an instant are read alone: a fact that comes late is folded with the later ones.
CREATE INDEX facts_subject_time ON facts (subject, occurred_at);
DROP INDEX facts_subject;

-- What is counted over all that is stored, kept by the transactions that change it: each adds rows with what it changed, so none
-- waits for another; a number is the sum of its rows, and now and then these are replaced by their sum.
CREATE TABLE counts (
    what   text   NOT NULL,
    part   text   NOT NULL,
    amount bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
-- It has no key, and who publishes all tables must be able to tell which rows went.
ALTER TABLE counts REPLICA IDENTITY FULL;

-- Effects change in many places, a few at a time.
CREATE FUNCTION count_effects() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO counts (what, part, amount) SELECT 'effects', state, count(*) FROM added GROUP BY state;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO counts (what, part, amount) SELECT 'effects', state, -count(*) FROM gone GROUP BY state;
    ELSE
        INSERT INTO counts (what, part, amount)
        SELECT 'effects', state, sum(n) FROM (
            SELECT state, 1 AS n FROM added UNION ALL SELECT state, -1 FROM gone) AS moved
        GROUP BY state HAVING sum(n) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER effects_added AFTER INSERT ON effects REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_effects();
CREATE TRIGGER effects_changed AFTER UPDATE ON effects REFERENCING NEW TABLE AS added OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION count_effects();
CREATE TRIGGER effects_gone AFTER DELETE ON effects REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION count_effects();

-- Objects with standing facts that reach no known deal, with the number of these facts and when the first was received.
CREATE TABLE orphans (
    key   text        PRIMARY KEY COLLATE "C",
    facts bigint      NOT NULL,
    since timestamptz NOT NULL
);
-- Counts and orphans of what is stored already are made when the first process announces its rule set.

CREATE INDEX deals_stage_outcome ON deals (stage, outcome, root_key) WHERE known;
CREATE INDEX effects_state ON effects (state, created_at, id);
DROP INDEX effects_failed;
DROP INDEX effects_deal;
CREATE INDEX effects_deal ON effects (deal_id, created_at, id);

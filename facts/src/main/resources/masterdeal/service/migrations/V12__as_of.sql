-- What was known at an earlier instant: links and references of facts that were taken back since count, and the tables links and
-- deal_references have only those of facts that stand. Few facts are taken back, so these indexes are small.
CREATE INDEX facts_retracted_links ON facts USING gin (links) WHERE retracted;
CREATE INDEX facts_retracted_deal ON facts (master_deal_id) WHERE retracted AND master_deal_id IS NOT NULL;
-- The objects that name a deal by its id, found by the deal.
CREATE INDEX deal_references_deal ON deal_references (deal_id);

-- Which offsets were read again because PostgreSQL went back in time: facts of these have a later received_at than they once had.
ALTER TABLE intake_incidents
    ADD COLUMN from_offset bigint, -- the first; null where nothing is read again, or it was not kept
    ADD COLUMN to_offset   bigint; -- the one after the last

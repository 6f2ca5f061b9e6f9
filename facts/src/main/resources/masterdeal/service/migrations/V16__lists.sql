-- Deals by the fields of their roots. These rows are rarely written.
CREATE INDEX deal_fields_client ON deal_fields (client, root_key) WHERE client IS NOT NULL;
CREATE INDEX deal_fields_manager ON deal_fields (manager, root_key) WHERE manager IS NOT NULL;
CREATE INDEX deal_fields_product ON deal_fields (product, root_key) WHERE product IS NOT NULL;
CREATE INDEX deal_fields_region ON deal_fields (region, root_key) WHERE region IS NOT NULL;
CREATE INDEX deal_fields_amount ON deal_fields (amount, root_key) WHERE amount IS NOT NULL;

-- Deals that stand still. Those that are over stay in their stage for ever, and would lie before them.
CREATE INDEX deals_open_since ON deals (stage, stage_since, root_key)
    WHERE known AND outcome = 'open' AND stage_since IS NOT NULL;

-- Deals that lack stages, whichever.
CREATE INDEX deals_gaps ON deals (root_key) WHERE known AND gaps <> '{}';

-- With which catalog and reactions the service processes of this schema work, as active_rules says it of the rule set; and
-- whether one of them has a gateway to send effects by.
CREATE TABLE active_settings (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    catalog   text    NOT NULL,                       -- a hash of its types and schemas
    reactions text    NOT NULL,                       -- a hash of what they say
    sends     boolean NOT NULL                        -- a process with a gateway has used these settings
);

-- One-time links: whoever opens one is let in. Only a hash of what is in the link is kept, and the row goes when it is used.
CREATE TABLE login_links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    granted text NOT NULL CHECK (granted IN ('viewer', 'operator')),
    expires_at timestamptz NOT NULL
);

-- The two tables of Spring Session. Times are in milliseconds since 1970.
CREATE TABLE sessions (
    primary_id char(36) PRIMARY KEY,
    session_id char(36) NOT NULL UNIQUE,
    creation_time bigint NOT NULL,
    last_access_time bigint NOT NULL,
    max_inactive_interval int NOT NULL,
    expiry_time bigint NOT NULL,
    principal_name varchar(100)
);

CREATE INDEX sessions_by_expiry ON sessions (expiry_time);

CREATE TABLE sessions_attributes (
    session_primary_id char(36) NOT NULL REFERENCES sessions (primary_id) ON DELETE CASCADE,
    attribute_name varchar(200) NOT NULL,
    attribute_bytes bytea NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);

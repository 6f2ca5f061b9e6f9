-- A list with its filters, under a name: the address of a page without the host.
CREATE TABLE saved_views (
    owner text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    path text NOT NULL CHECK (length(path) <= 4000 AND path LIKE '/%'),
    shared boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, name)
);

-- What a task queue keeps in the schema of whoever uses it. Several queues may share the tables.
-- A repeatable migration, which runs again whenever this file is another one: so it can go along with the numbered ones of any
-- role, and every statement here must do no harm to what is there already.

-- Tasks that wait for their time: sent for later, or to be tried again. A row goes when the broker has the task.
CREATE TABLE IF NOT EXISTS queue_due (
    queue         text        NOT NULL,
    task_id       uuid        NOT NULL,
    -- How often a handler was given the task before. Part of the key: the row for the next attempt must not meet the one of
    -- the attempt before, which may be about to be deleted.
    attempts      integer     NOT NULL,
    due_at        timestamptz NOT NULL,
    -- When the task was first handed to the queue.
    first_at      timestamptz NOT NULL,
    type          text        NOT NULL,
    payload       bytea       NOT NULL,
    header_names  text[]      NOT NULL,
    header_values text[]      NOT NULL,
    PRIMARY KEY (queue, task_id, attempts)
);
CREATE INDEX IF NOT EXISTS queue_due_at ON queue_due (queue, due_at);

-- Tasks that were given up, until somebody redrives or deletes them.
CREATE TABLE IF NOT EXISTS queue_dead_letters (
    queue         text        NOT NULL,
    task_id       uuid        NOT NULL,
    reason        text        NOT NULL,
    detail        text        NOT NULL,
    attempts      integer     NOT NULL,
    first_at      timestamptz NOT NULL,
    dead_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    type          text        NOT NULL,
    payload       bytea       NOT NULL,
    header_names  text[]      NOT NULL,
    header_values text[]      NOT NULL,
    PRIMARY KEY (queue, task_id)
);
CREATE INDEX IF NOT EXISTS queue_dead_letters_at ON queue_dead_letters (queue, dead_at);

-- A deal that cannot be folded waits apart, with the reason, and is tried again now and then; the others go on.
ALTER TABLE pending_folds
    ADD COLUMN due_at  timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN failure text;

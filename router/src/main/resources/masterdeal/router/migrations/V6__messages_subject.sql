-- Messages are searched by the key of the object that they are about.
CREATE INDEX messages_subject ON messages (subject, id);

-- The timestamp of the record: when the gateway, or the service, published the event. Null of what was read before.
ALTER TABLE messages ADD COLUMN published_at timestamptz;

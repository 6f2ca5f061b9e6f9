-- Messages are searched by the key of the object that they are about.
CREATE INDEX messages_subject ON messages (subject, id);

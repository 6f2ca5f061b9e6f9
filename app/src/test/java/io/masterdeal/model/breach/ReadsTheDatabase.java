package io.masterdeal.model.breach;

import io.masterdeal.gateway.breach.Door;
import java.sql.Connection;

/** Breaches two rules on purpose: the model uses a database and another part. */
public record ReadsTheDatabase(Connection connection, Door door) {}

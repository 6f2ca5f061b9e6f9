package io.masterdeal.facts.settings;

import java.sql.Connection;
import java.sql.SQLException;

/** A setting that must be the same in all processes that work on one schema. The database has the one in use. */
public interface SharedSetting {

    /** What it is called in log lines and errors, without an article. */
    String name();

    /** The first half of the key of its advisory lock; the second is the schema. */
    int lock();

    /**
     * How often to try before another process counts as one that works with another setting, some 100 ms each. Processes that start
     * together with the same setting may need a few.
     */
    int attempts();

    /** Whether it is the one in use. */
    boolean isInUse(Connection connection) throws SQLException;

    /** Called when this process begins to work with the setting in use. */
    default void join(Connection connection) throws SQLException {}

    /**
     * Makes it the one in use; no other process is at work.
     *
     * @throws SettingRefusedException if it is not to come into use
     */
    void bring(Connection connection) throws SQLException;

    /** Says to an operator how the one in use differs, and what to do. */
    String difference(Connection connection) throws SQLException;
}

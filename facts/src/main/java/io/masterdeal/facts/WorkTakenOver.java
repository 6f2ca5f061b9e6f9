package io.masterdeal.facts;

import io.masterdeal.facts.settings.SharedSetting;
import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.role.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes must have the same to work, as {@link WorkSettings} says it. When other settings than before come into use, the processes
 * that worked with those may have been of an earlier release, which does not write all that this one does: so everything is counted again,
 * and deals that were folded without attributes are marked to be folded again.
 *
 * @param work the settings
 */
public record WorkTakenOver(WorkSettings work) implements SharedSetting {

    private static final Logger log = LoggerFactory.getLogger(WorkTakenOver.class);

    @Override
    public String name() {
        return work.name();
    }

    @Override
    public int lock() {
        return work.lock();
    }

    @Override
    public int attempts() {
        return work.attempts();
    }

    @Override
    public boolean isInUse(Connection connection) throws SQLException {
        return work.isInUse(connection);
    }

    @Override
    public void join(Connection connection) throws SQLException {
        work.join(connection);
    }

    @Override
    public void bring(Connection connection) throws SQLException {
        int marked = Transactions.runOnce(connection, it -> {
            work.bring(it);
            Counts.recount(it);
            return new PendingFolds(it).addThoseWithoutFields();
        });
        log.info("other settings of work come into use; {} deals wait to be folded for their attributes", marked);
    }

    @Override
    public String difference(Connection connection) throws SQLException {
        return work.difference(connection);
    }
}

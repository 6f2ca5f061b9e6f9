package io.masterdeal.facts.settings;

import io.masterdeal.worker.Workers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets this process work while its catalog and reactions are the ones in use. If others are, it stands by and looks again every
 * few seconds, so that it takes over when they have stopped. If its connection breaks, and another process brings other settings
 * meanwhile, it has to stop working, for good.
 */
public final class SettingsGuard {

    private static final Logger log = LoggerFactory.getLogger(SettingsGuard.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final DataSource dataSource;

    private final WorkSettings ours;

    private final Duration every;

    private final Runnable begin;

    private final Consumer<String> onOthers;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private @Nullable SettingsInUse inUse;

    private boolean begun;

    private volatile @Nullable String standsBy;

    /**
     * Makes a guard that holds nothing yet.
     *
     * @param dataSource gives the connection that holds the lock
     * @param begin begins to work; called once, when the settings are in use
     * @param onOthers called once if others have come into use after that, with what is different
     */
    public SettingsGuard(DataSource dataSource, WorkSettings ours, Runnable begin, Consumer<String> onOthers) {
        this(dataSource, ours, LOOK_EVERY, begin, onOthers);
    }

    SettingsGuard(DataSource dataSource, WorkSettings ours, Duration every, Runnable begin, Consumer<String> onOthers) {
        this.dataSource = dataSource;
        this.ours = ours;
        this.every = every;
        this.begin = begin;
        this.onOthers = onOthers;
        this.thread = Workers.platform("settings-guard", this::run);
    }

    /**
     * Announces the settings, begins to work if they are the ones in use, and to watch.
     *
     * @throws IllegalStateException if PostgreSQL does not answer
     */
    public void start() {
        try {
            look();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the settings: " + e.getMessage(), e);
        }
        thread.start();
    }

    /** Why this process does not work, in words; empty if it does. */
    public Optional<String> standsBy() {
        return Optional.ofNullable(standsBy);
    }

    private void run() {
        try {
            while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (!look()) {
                        return;
                    }
                } catch (SQLException e) {
                    log.warn("the settings cannot be announced now and are tried again: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if this process has to work no more. */
    private boolean look() throws SQLException {
        if (inUse != null && inUse.isHeld()) {
            return true;
        }
        release();
        String others = announce();
        if (others == null) {
            if (!begun) {
                begun = true;
                standsBy = null;
                begin.run();
            } else {
                log.info("the connection that held the settings was lost; they are announced again");
            }
            return true;
        }
        if (begun) {
            standsBy = others;
            onOthers.accept(others);
            return false;
        }
        if (!others.equals(standsBy)) {
            standsBy = others;
            log.warn("this process stands by, takes no events in and sends no effects: {}", others);
        }
        return true;
    }

    /** Returns null if the settings are in use; else what is different. */
    private @Nullable String announce() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            inUse = SettingsInUse.announce(connection, ours);
            return null;
        } catch (OtherSettingsException e) {
            return String.valueOf(e.getMessage());
        } finally {
            if (inUse == null) {
                connection.close();
            }
        }
    }

    private void release() {
        if (inUse != null) {
            try {
                inUse.close();
            } catch (SQLException e) {
                log.debug("a connection that is broken does not close: {}", e.toString());
            }
            inUse = null;
        }
    }

    /** Begins nothing any more, and stops watching. What was announced stays so. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive()) {
            thread.join(every.plusSeconds(10));
        }
    }

    /** Lets others bring other settings; to be called when this process works no more. */
    public void letGo() {
        release();
    }
}

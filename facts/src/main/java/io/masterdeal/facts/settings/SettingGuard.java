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
 * Lets this process work while its setting is the one in use. A connection may break, and the lock with it; then the setting is
 * announced again, and if another process has brought another one meanwhile, this process has to stop working, for good.
 */
public final class SettingGuard {

    private static final Logger log = LoggerFactory.getLogger(SettingGuard.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** What to do if another setting is in use when this process starts. */
    public enum AtStart {
        /** Not to start: nothing this process could answer would be right. */
        REFUSE,
        /** To answer, but not to work, and to look again every few seconds: so it takes over when the others have stopped. */
        STAND_BY
    }

    private final DataSource dataSource;

    private final SharedSetting ours;

    private final AtStart atStart;

    private final Duration every;

    private final Runnable begin;

    private final Consumer<String> onOthers;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Thread thread;

    private @Nullable SettingInUse inUse;

    private boolean begun;

    private volatile @Nullable String standsBy;

    /**
     * Makes a guard that holds nothing yet.
     *
     * @param dataSource gives the connection that holds the lock
     * @param begin begins to work; called once, when the setting is in use
     * @param onOthers called once if another one has come into use after that, with what is different
     */
    public SettingGuard(
            DataSource dataSource, SharedSetting ours, AtStart atStart, Runnable begin, Consumer<String> onOthers) {
        this(dataSource, ours, atStart, LOOK_EVERY, begin, onOthers);
    }

    SettingGuard(
            DataSource dataSource,
            SharedSetting ours,
            AtStart atStart,
            Duration every,
            Runnable begin,
            Consumer<String> onOthers) {
        this.dataSource = dataSource;
        this.ours = ours;
        this.atStart = atStart;
        this.every = every;
        this.begin = begin;
        this.onOthers = onOthers;
        this.thread = Workers.platform(ours.name().replace(' ', '-') + "-guard", this::run);
    }

    /**
     * Announces the setting, begins to work if it is the one in use, and to watch.
     *
     * @throws IllegalStateException if PostgreSQL does not answer, or another setting is in use, or this one is refused, and this
     *     process is not to stand by
     */
    public void start() {
        try {
            look();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the " + ours.name() + ": " + e.getMessage(), e);
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
                    log.warn("the {} cannot be announced now; trying again: {}", ours.name(), e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if this process must not work any more. */
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
                log.info("the connection that held the {} was lost; announced again", ours.name());
            }
            return true;
        }
        if (begun) {
            standsBy = others;
            onOthers.accept(others);
            return false;
        }
        if (atStart == AtStart.REFUSE) {
            throw new IllegalStateException(others);
        }
        if (!others.equals(standsBy)) {
            standsBy = others;
            log.warn("this process stands by, takes no events in and sends no effects: {}", others);
        }
        return true;
    }

    /** Returns null if the setting is in use; else what is different. */
    private @Nullable String announce() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            inUse = SettingInUse.announce(connection, ours);
            return null;
        } catch (OtherSettingsException | SettingRefusedException e) {
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
                log.debug("a broken connection does not close: {}", e.toString());
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

    /** Lets others bring another setting; to be called when this process works no more. */
    public void letGo() {
        release();
    }
}

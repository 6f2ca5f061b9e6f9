package io.masterdeal.service.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of the relay of this process.
 *
 * @param state what it does
 * @param acknowledgedLsn the place in the write-ahead log before which Kafka has everything, as far as this process knows
 * @param since when the state began, UTC
 * @param lastFailure what went wrong last; null if nothing did
 */
public record RelayStatus(
        State state,
        @Nullable String acknowledgedLsn,
        Instant since,
        @Nullable String lastFailure) {

    /** What a relay does. */
    public enum State {
        /** It is starting. */
        STARTING,
        /** It carries events. */
        LEADING,
        /** Another process does. */
        STANDBY,
        /** Something is out of reach; it tries again. */
        FAILING
    }

    static RelayStatus starting() {
        return new RelayStatus(State.STARTING, null, Instant.now(), null);
    }

    RelayStatus leading() {
        return to(State.LEADING, lastFailure);
    }

    RelayStatus standingBy() {
        return to(State.STANDBY, lastFailure);
    }

    RelayStatus failing(Exception e) {
        return to(State.FAILING, e.toString());
    }

    RelayStatus acknowledged(String lsn) {
        return new RelayStatus(state, lsn, since, lastFailure);
    }

    private RelayStatus to(State next, @Nullable String failure) {
        return new RelayStatus(next, acknowledgedLsn, state == next ? since : Instant.now(), failure);
    }
}

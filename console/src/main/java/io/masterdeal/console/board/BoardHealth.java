package io.masterdeal.console.board;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the board has all deals; unknown until then. Pages are shown all the same, so that readiness does not depend on it. */
final class BoardHealth implements HealthIndicator {

    private final ColumnBoard board;
    private final BoardIntake intake;

    BoardHealth(ColumnBoard board, BoardIntake intake) {
        this.board = board;
        this.intake = intake;
    }

    @Override
    public Health health() {
        boolean current = board.isCurrent();
        return (current ? Health.up() : Health.unknown())
                .withDetail("current", current)
                .withDetail("deals", board.size())
                .withDetail("lag_events", intake.lag())
                .build();
    }
}

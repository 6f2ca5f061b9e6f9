package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.AlertRule;
import io.masterdeal.console.alerts.Reading;
import io.masterdeal.console.alerts.ReadingSource;
import io.masterdeal.console.alerts.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A channel that fails is an alert, which the other channels are told of. */
final class ChannelFailures implements ReadingSource {

    private final NoticeOutbox outbox;

    ChannelFailures(NoticeOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public AlertRule rule() {
        return ReadingSource.rule(Channel.FAILS, Severity.PAGE, "alerts.md#channels", _ -> read());
    }

    private List<Reading> read() {
        List<Reading> readings = new ArrayList<>();
        outbox.states()
                .forEach((name, state) -> readings.add(Reading.is(
                        state.failures() >= NoticeOutbox.FAILURES, Map.of("channel", name), state.lastError())));
        return readings;
    }
}

package io.masterdeal.effects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts the results of effects. */
final class EffectMeters {

    private final Map<EffectState, Counter> entered = new EnumMap<>(EffectState.class);

    private final Counter attempts;

    EffectMeters(MeterRegistry registry) {
        for (EffectState state : EffectState.values()) {
            entered.put(
                    state,
                    Counter.builder("masterdeal.effects.entered")
                            .description("Effects that entered this state")
                            .tag("state", state.text())
                            .register(registry));
        }
        this.attempts = Counter.builder("masterdeal.effects.attempts")
                .description("Requests that were sent for effects, including repeated ones")
                .register(registry);
    }

    void entered(EffectState state, int how) {
        Counter counter = entered.get(state);
        if (counter != null && how > 0) {
            counter.increment(how);
        }
    }

    void attempted() {
        attempts.increment();
    }
}

package io.masterdeal.console.monitoring;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Figures of answers that are kept with the metrics of a sample, so that their last hour is known. */
public final class Figures {
    /** Records of Kafka that the intake has not taken in. */
    public static final String INTAKE_LAG = "intake_lag";

    /** Deals that wait to be folded. */
    public static final String PENDING_FOLDS = "intake_pending_folds";

    /** Effects that still have to be sent. */
    public static final String PENDING_EFFECTS = "intake_pending_effects";

    /** Bytes of log that Kafka has not acknowledged. */
    public static final String RELAY_LAG = "relay_lag_bytes";

    private Figures() {}

    static void add(Map<String, JsonNode> answers, Map<Metric, Double> metrics) {
        JsonNode intake = answers.get(ProcessProbe.INTAKE);
        if (intake != null) {
            add(metrics, INTAKE_LAG, intake.path("lag"));
            add(metrics, PENDING_FOLDS, intake.path("pending_folds"));
            add(metrics, PENDING_EFFECTS, intake.path("pending_effects"));
        }
        JsonNode relay = answers.get(ProcessProbe.RELAY);
        if (relay != null) {
            add(metrics, RELAY_LAG, relay.path("lag_bytes"));
        }
    }

    private static void add(Map<Metric, Double> metrics, String name, JsonNode value) {
        if (value.isNumber()) {
            metrics.put(Metric.of(name), value.asDouble());
        }
    }
}

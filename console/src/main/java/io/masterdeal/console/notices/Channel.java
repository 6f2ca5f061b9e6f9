package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Alert;
import io.masterdeal.console.alerts.Severity;
import io.masterdeal.console.page.Language;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where notices go.
 *
 * @param name unique, lower-case letters, digits and hyphens
 * @param severities of the alerts that it is told of
 * @param quiet when it is told of pages only; null for never
 * @param language of the texts
 * @param digest whether it is told of SLA breaches
 * @param target how to reach it
 */
record Channel(
        String name,
        Set<Severity> severities,
        @Nullable QuietHours quiet,
        Language language,
        boolean digest,
        Target target) {

    /** The rule of alerts about channels. */
    static final String FAILS = "channel-fails";

    /** Whether it is to be told of an alert at an instant. Not of its own failure. */
    boolean wants(Alert alert, Instant now) {
        boolean own = alert.rule().equals(FAILS) && name.equals(alert.labels().get("channel"));
        return !own && severities.contains(alert.severity()) && !isQuiet(alert.severity(), now);
    }

    private boolean isQuiet(Severity severity, Instant now) {
        return severity != Severity.PAGE && quiet != null && quiet.contains(now);
    }
}

package io.masterdeal.rulesets.sla;

import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: hours, minutes, seconds and milliseconds, in this order. There are no days, since a day of work has
 * no fixed length.
 */
final class DurationText {

    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,12})s)?(?:([0-9]{1,15})ms)?");

    /** 87,600 hours. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private DurationText() {}

    /** What a part says; at most 87,600 h. */
    static Duration read(Part part) {
        String text = part.string();
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw part.wrong("'" + text + "' is no duration like 40h, 1h30m or 45s (days have no fixed length: three of"
                    + " eight hours are 24h)");
        }
        Duration sum = Duration.ofHours(number(form.group(1)))
                .plusMinutes(number(form.group(2)))
                .plusSeconds(number(form.group(3)))
                .plusMillis(number(form.group(4)));
        if (sum.compareTo(LONGEST) > 0) {
            throw part.wrong(text + " is longer than 87600h");
        }
        return sum;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}

package io.masterdeal.router.subscription;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds to an error message of CEL what to do about it. */
final class FilterAdvice {

    private static final Pattern MISSING = Pattern.compile("key '([^']*)' is not present in map");

    private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']*)'");

    private FilterAdvice() {}

    static String of(String said) {
        Matcher missing = MISSING.matcher(said);
        if (missing.find()) {
            return said + " Ask first whether there is one: has(data." + missing.group(1) + ") && ...";
        }
        Matcher undefined = UNDEFINED.matcher(said);
        if (undefined.find()) {
            return said + "\nNone of the chosen types has a field " + undefined.group(1)
                    + "; free attributes stand in data.attributes";
        }
        if (said.contains("no matching overload") || said.contains("No matching overload")) {
            return said + "\nText and number do not compare: double(data.amount) > 1000.0 makes a number of a text";
        }
        return said;
    }
}

package io.masterdeal.sandbox.simulation;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.text.JsonPointers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Reads the members of control requests, and collects their errors. */
final class Members {
    private Members() {}

    static void checkKnown(JsonNode body, Set<String> known, List<Violation> errors) {
        body.properties().forEach(member -> {
            if (!known.contains(member.getKey())) {
                errors.add(new Violation(
                        JsonPointers.child("", member.getKey()), "is not known; there are " + new TreeSet<>(known)));
            }
        });
    }

    static long number(JsonNode body, String name, long otherwise, long least, long most, List<Violation> errors) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            errors.add(new Violation("/" + name, "must be a whole number"));
            return otherwise;
        }
        long number = value.longValue();
        if (number < least || number > most) {
            errors.add(new Violation("/" + name, "must be " + least + " to " + most));
            return otherwise;
        }
        return number;
    }
}

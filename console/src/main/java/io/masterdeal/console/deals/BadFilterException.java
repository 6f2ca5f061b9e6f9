package io.masterdeal.console.deals;

import io.masterdeal.console.page.HasPage;
import org.jspecify.annotations.Nullable;

/** A parameter of an address has a value that it cannot have. */
public final class BadFilterException extends RuntimeException implements HasPage {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 200;

    private final String parameter;
    private final String value;
    private final String allowed;

    /**
     * @param parameter its name
     * @param value what it was given
     * @param allowed what it may be, in English
     */
    public BadFilterException(String parameter, String value, String allowed) {
        this(parameter, value, allowed, null);
    }

    BadFilterException(String parameter, String value, String allowed, @Nullable Throwable cause) {
        super("'" + parameter + "' cannot be '" + cut(value) + "': allowed is " + allowed, cause);
        this.parameter = parameter;
        this.value = cut(value);
        this.allowed = allowed;
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    /** The name of the parameter. */
    public String parameter() {
        return parameter;
    }

    /** What it was given, cut if it is long. */
    public String value() {
        return value;
    }

    /** What it may be. */
    public String allowed() {
        return allowed;
    }
}

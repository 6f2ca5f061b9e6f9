package io.masterdeal.role.settings;

import org.springframework.core.env.Environment;

/** A setting without which a role does not start. */
public final class RequiredSetting {
    /** The name of the role, which its own defaults say. */
    public static final String ROLE = "masterdeal.role.name";

    private RequiredSetting() {}

    /**
     * Reads it.
     *
     * @throws IllegalStateException if it is not given, or empty
     */
    public static String read(Environment environment, String name) {
        String value = environment.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "the " + environment.getProperty(ROLE, "role") + " needs the setting " + name);
        }
        return value;
    }
}

package io.masterdeal.role.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Values of settings that nobody has given. They cannot stand in a file on the class path, which several roles share, so they are
 * added to the environment before the configuration that reads them.
 */
public final class Defaults {

    private Defaults() {}

    /**
     * Adds values behind all others. A setting that has a value already keeps it.
     *
     * @param environment of the application context
     * @param source the name under which they are found in the environment
     * @param values by the name of the setting; may refer to others as {@code ${name}}
     */
    public static void add(Environment environment, String source, Map<String, String> values) {
        Map<String, Object> missing = new LinkedHashMap<>(values);
        missing.keySet().removeIf(environment::containsProperty);
        ((ConfigurableEnvironment) environment).getPropertySources().addLast(new MapPropertySource(source, missing));
    }
}

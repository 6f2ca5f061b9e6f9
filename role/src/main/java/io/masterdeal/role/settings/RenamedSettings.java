package io.masterdeal.role.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings that have a new name and are still read under the old one. Code may ask for either; the value of the new name counts if both
 * are given.
 */
public final class RenamedSettings {
    private static final String SOURCE = "renamedSettings";

    private static final Bindable<Map<String, String>> GROUP = Bindable.mapOf(String.class, String.class);

    private RenamedSettings() {}

    /**
     * Gives each of the settings its value under both names.
     *
     * @param environment of the application context; other sources are not looked at again afterwards
     * @param names new names by old ones; each is a setting or the beginning of several, such as {@code masterdeal.intake}
     */
    public static void read(Environment environment, Map<String, String> names) {
        Binder binder = Binder.get(environment);
        Map<String, Object> values = new LinkedHashMap<>();
        names.forEach((before, now) -> {
            Map<String, String> given = new LinkedHashMap<>(group(binder, before));
            given.putAll(group(binder, now));
            given.forEach((name, value) -> {
                values.put(before + name, value);
                values.put(now + name, value);
            });
        });
        ((ConfigurableEnvironment) environment).getPropertySources().addFirst(new MapPropertySource(SOURCE, values));
    }

    /** The values by what follows the name: nothing for the setting itself, {@code .REST} for one of its group. */
    private static Map<String, String> group(Binder binder, String name) {
        Map<String, String> given = new LinkedHashMap<>();
        binder.bind(name, String.class).ifBound(value -> given.put("", value));
        if (given.isEmpty()) {
            binder.bind(name, GROUP).ifBound(group -> group.forEach((key, value) -> given.put("." + key, value)));
        }
        return given;
    }
}

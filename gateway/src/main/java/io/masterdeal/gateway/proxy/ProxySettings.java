package io.masterdeal.gateway.proxy;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** Reads the routes from the settings. A wrong setting ends the start, with its name. */
final class ProxySettings {
    private static final String PREFIX = "masterdeal.gateway.proxy";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private ProxySettings() {}

    /**
     * The routes.
     *
     * @param systems the systems that may have routes
     * @throws IllegalStateException if a setting cannot be used
     */
    static Upstreams read(Environment environment, Set<String> systems) {
        Bindable<Map<String, Map<String, String>>> form = Bindable.of(ResolvableType.forClassWithGenerics(
                Map.class,
                ResolvableType.forClass(String.class),
                ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
        var upstreams = new TreeMap<String, Upstream>();
        Binder.get(environment).bind(PREFIX, form).orElseGet(Map::of).forEach((name, settings) -> {
            if (!systems.contains(name)) {
                throw wrong(name, "there is no such system; there are " + systems);
            }
            upstreams.put(name, upstream(name, settings));
        });
        return new Upstreams(Set.copyOf(systems), Map.copyOf(upstreams));
    }

    private static Upstream upstream(String name, Map<String, String> settings) {
        String url = null;
        String key = null;
        boolean stripPrefix = false;
        Duration timeout = TIMEOUT;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String value = setting.getValue().strip();
            String place = name + "." + setting.getKey();
            switch (setting.getKey().replace("-", "").toLowerCase(Locale.ROOT)) {
                case "url" -> url = value;
                case "keyfile" -> key = UpstreamKey.read(PREFIX + "." + place, value);
                case "stripprefix" -> stripPrefix = flag(place, value);
                case "timeout" -> timeout = duration(place, value);
                default ->
                    throw wrong(place, "there is no such setting; there are url, key-file, strip-prefix, timeout");
            }
        }
        return new Upstream(name, base(name + ".url", url), key, stripPrefix, timeout);
    }

    private static URI base(String place, @Nullable String url) {
        if (url == null || url.isEmpty()) {
            throw wrong(place, "is needed: the address of the system, such as http://127.0.0.1:8082");
        }
        URI base;
        try {
            base = URI.create(url.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw wrong(place, "\"" + url + "\" is no address");
        }
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!http || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw wrong(place, "\"" + url + "\" is not an http or https address without query and fragment");
        }
        if (base.getRawUserInfo() != null) {
            throw wrong(place, "an address must not contain a password; use key-file");
        }
        return base;
    }

    private static boolean flag(String place, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(place, "is true or false, not \"" + value + "\"");
        };
    }

    private static Duration duration(String place, String value) {
        Duration timeout;
        try {
            timeout = DurationStyle.detectAndParse(value);
        } catch (IllegalArgumentException e) {
            throw wrong(place, "\"" + value + "\" is no duration such as 30s");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw wrong(place, "is more than nothing and at most 10m, not " + value);
        }
        return timeout;
    }

    private static IllegalStateException wrong(String place, String what) {
        return new IllegalStateException(PREFIX + "." + place + ": " + what);
    }
}

package io.masterdeal.benchmarks.platform;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A role as a process of its own. It ends when its input ends, so it never outlives who started it. */
final class RoleMain {

    private RoleMain() {}

    /**
     * Runs a role.
     *
     * @param arguments the class of the role, a file with its settings, and a file to write its port into once it answers
     */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Class<?> role = Class.forName(arguments[0]);
        Map<String, Object> settings = settings(Path.of(arguments[1]));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(role)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", settings)))
                .run()) {
            int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                    .getPort();
            Path half = Path.of(arguments[2] + ".half");
            Files.writeString(half, Integer.toString(port), StandardCharsets.UTF_8);
            Files.move(half, Path.of(arguments[2]));
            while (System.in.read() >= 0) {
                // Nobody says anything; the end of the input is what counts.
            }
        }
    }

    private static Map<String, Object> settings(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put(String.valueOf(name), value));
        return settings;
    }
}

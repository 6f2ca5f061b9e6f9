package io.masterdeal.benchmarks.stand;

import io.masterdeal.service.ServiceRole;
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

/** The service as a process of its own. It ends when its input ends, so it never outlives who started it. */
final class ServiceMain {

    private ServiceMain() {}

    /**
     * Runs the service.
     *
     * @param arguments a file with its settings, and a file to write its port into once it answers
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(reader);
        }
        properties.forEach((name, value) -> settings.put(String.valueOf(name), value));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ServiceRole.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", settings)))
                .run()) {
            int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                    .getPort();
            Path half = Path.of(arguments[1] + ".half");
            Files.writeString(half, Integer.toString(port), StandardCharsets.UTF_8);
            Files.move(half, Path.of(arguments[1]));
            while (System.in.read() >= 0) {
                // Nobody says anything; the end of the input is what counts.
            }
        }
    }
}

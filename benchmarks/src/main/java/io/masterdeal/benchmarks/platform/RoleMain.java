package io.masterdeal.benchmarks.platform;

import io.masterdeal.processes.ParentWatch;
import io.masterdeal.processes.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A role as a process of its own. It ends when its input ends, so it never outlives its parent. */
final class RoleMain {

    private RoleMain() {}

    /**
     * Runs a role.
     *
     * @param arguments the class of the role, a file with its settings, and a file to write its port into once it answers
     */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Class<?> role = Class.forName(arguments[0]);
        Map<String, Object> settings = new HashMap<>(SettingsFile.read(Path.of(arguments[1])));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(role)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", settings)))
                .run()) {
            int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                    .getPort();
            SettingsFile.writeText(Path.of(arguments[2]), Integer.toString(port));
            ParentWatch.awaitEndOfInput();
        }
    }
}

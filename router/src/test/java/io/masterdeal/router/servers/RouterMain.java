package io.masterdeal.router.servers;

import io.masterdeal.router.RouterRole;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.MapPropertySource;

/** The main class of a router process. */
final class RouterMain {

    private RouterMain() {}

    /** The argument is a file of settings. */
    public static void main(String[] args) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put(name.toString(), value));
        new SpringApplicationBuilder(RouterRole.class)
                .bannerMode(Banner.Mode.OFF)
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("file", settings)))
                .run();
    }
}

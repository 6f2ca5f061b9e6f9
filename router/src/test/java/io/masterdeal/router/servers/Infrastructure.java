package io.masterdeal.router.servers;

import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.LocalInfrastructure;
import io.masterdeal.local.LocalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Kafka, PostgreSQL and the registry of this test run: they start with the first test and stop with the JVM. */
public final class Infrastructure {

    private static final Logger log = LoggerFactory.getLogger(Infrastructure.class);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable Infrastructure shared;

    private final Path data;

    private final LocalInfrastructure running;

    private Infrastructure(Path data) {
        this.data = data;
        this.running = LocalInfrastructure.start(LocalOptions.in(data).withProgress(line -> log.info("{}", line)));
    }

    /** The one of this test run. */
    public static synchronized Infrastructure shared() {
        if (shared == null) {
            try {
                Infrastructure started = new Infrastructure(Files.createTempDirectory("masterdeal-router-test"));
                Runtime.getRuntime().addShutdownHook(new Thread(started::stop, "stop-servers"));
                shared = started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Where they are. */
    public LocalAddresses addresses() {
        return running.addresses();
    }

    /** Where their data lies. */
    public Path data() {
        return data;
    }

    /** Makes a database for one router. */
    public String createDatabase() {
        LocalAddresses at = addresses();
        String name = "router_" + DATABASES.incrementAndGet();
        JdbcClient.create(new DriverManagerDataSource(at.jdbcUrl(), at.postgresUser(), at.postgresPassword()))
                .sql("CREATE DATABASE " + name)
                .update();
        return at.jdbcUrl().substring(0, at.jdbcUrl().lastIndexOf('/') + 1) + name;
    }

    private void stop() {
        running.close();
        try (Stream<Path> tree = Files.walk(data)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data of the tests' servers stays behind", e);
        }
    }
}

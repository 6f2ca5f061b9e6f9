package io.masterdeal.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The programs of the three parts, as the build of this module laid them out: {@code kafka/jars}, {@code registry},
 * {@code postgresql} (one archive per platform) and {@code child} (the main classes of the child processes).
 */
record InfrastructureFiles(Path root) {
    static final String INFRASTRUCTURE_PROPERTY = "masterdeal.infrastructure";
    static final String HOME_PROPERTY = "masterdeal.home";

    /**
     * Finds the programs by system property: {@value #INFRASTRUCTURE_PROPERTY} names their folder, or {@value #HOME_PROPERTY}
     * the project that built them.
     */
    static InfrastructureFiles find() {
        String named = System.getProperty(INFRASTRUCTURE_PROPERTY);
        String home = System.getProperty(HOME_PROPERTY);
        if (named != null) {
            return checked(Path.of(named), "the system property " + INFRASTRUCTURE_PROPERTY);
        }
        if (home != null) {
            return checked(Path.of(home, "local", "target", "infrastructure"), "the system property " + HOME_PROPERTY);
        }
        throw new LocalInfrastructureException(
                "The programs of Kafka, PostgreSQL and the registry are not to be found: "
                        + "neither " + INFRASTRUCTURE_PROPERTY + " nor " + HOME_PROPERTY + " is set. Start Java with -D"
                        + HOME_PROPERTY
                        + "=DIR, the folder of the MasterDeal project in which \"./mvnw package\" has run.");
    }

    Path childClasses() {
        return root.resolve("child");
    }

    Path kafkaJars() {
        return root.resolve("kafka").resolve("jars");
    }

    Path registry() {
        return root.resolve("registry");
    }

    /** PostgreSQL's archive for this machine. */
    Path postgresArchive() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        String name = archiveName(os, architecture);
        Path archive = root.resolve("postgresql").resolve(name + ".txz");
        if (!Files.isRegularFile(archive)) {
            throw new LocalInfrastructureException("PostgreSQL for this machine is not in " + archive.getParent() + " ("
                    + name + ".txz). Build on this machine with \"./mvnw package -pl local\": it fetches what fits.");
        }
        return archive;
    }

    private static String archiveName(String os, String architecture) {
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : null;
        @Nullable
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> null;
        };
        if (system == null || processor == null) {
            throw new LocalInfrastructureException(
                    "There is no local PostgreSQL for " + os + " on " + architecture
                            + ", only for Linux and macOS on x86-64 and ARM64. Use a PostgreSQL, Kafka and registry of your own.");
        }
        return "postgres-" + system + "-" + processor;
    }

    private static InfrastructureFiles checked(Path root, String source) {
        Path absolute = root.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute.resolve("kafka").resolve("jars"))
                || !Files.isDirectory(absolute.resolve("child"))
                || !Files.isRegularFile(absolute.resolve("registry").resolve("quarkus-run.jar"))) {
            throw new LocalInfrastructureException("The programs of Kafka, PostgreSQL and the registry are not in "
                    + absolute + " (from " + source
                    + "). Build them with \"./mvnw package -pl local\" in the MasterDeal"
                    + " project, or set " + INFRASTRUCTURE_PROPERTY + " to the folder that has them.");
        }
        return new InfrastructureFiles(absolute);
    }
}

package io.masterdeal.app.command;

import io.masterdeal.app.platform.ExternalParts;
import io.masterdeal.app.platform.Platform;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformOptions;
import io.masterdeal.app.platform.Role;
import io.masterdeal.local.LocalAddresses;
import io.masterdeal.local.PostgresLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the platform and keeps it running until Ctrl-C.",
            "Kafka, PostgreSQL and a schema registry are started on this machine unless you name your own. Everything listens on"
                    + " loopback only; passwords and keys are generated in DIR/secrets, which only you can read."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:it does not start, or Kafka, PostgreSQL or the registry has died; the message says why",
            "2:wrong usage",
            "3:memory ran out",
            "4:a thread that the platform needs has died; DIR/logs/masterdeal.log names it, and the cause",
            "130:ended by Ctrl-C (143: by a TERM signal)"
        })
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            defaultValue = "all",
            description =
                    "What this process runs: service, gateway, router, console, separated by commas (default: all).")
    private String roles = "all";

    @Option(
            names = "--rules",
            paramLabel = "NAME|FILE",
            defaultValue = "default",
            description = "The rule set: default, strict-table, strict-pipeline or a YAML file (default: default).")
    private String rules = "default";

    @Mixin
    private final AcceptMovesOption acceptMoves = new AcceptMovesOption();

    @Mixin
    private final SlaOptions sla = new SlaOptions();

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 for a free one (default: 8080).")
    private int gatewayPort;

    @Option(
            names = "--service-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "0 for a free one (default: 8081).")
    private int servicePort;

    @Option(
            names = "--router-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "0 for a free one (default: 8082).")
    private int routerPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "8084",
            description = "0 for a free one (default: 8084).")
    private int consolePort;

    @Option(
            names = "--subscriptions",
            paramLabel = "FILE",
            description = "A YAML file of subscriptions, besides those made through the router's API.")
    private @Nullable Path subscriptions;

    @Option(
            names = "--sinks",
            paramLabel = "LIST",
            description = {
                "Where subscriptions may send events: hosts, host:port and networks, separated by commas, such as",
                "crm.example.com,10.1.0.0/16. Without it only to the simulated systems that run here."
            })
    private @Nullable String sinks;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "A folder of routes in YAML, from and to systems that do not send MasterDeal's events.")
    private @Nullable Path routes;

    @Option(
            names = "--routes-secrets",
            paramLabel = "FILE",
            description = "Properties for {{name}} in routes; only its owner may be able to read the file.")
    private @Nullable Path routesSecrets;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "A Kafka of your own.")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Client properties for it, such as those for TLS and SASL.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--postgres",
            paramLabel = "JDBC-URL",
            description = "A PostgreSQL of your own (wal_level=logical).")
    private @Nullable String postgres;

    @Option(
            names = "--postgres-user",
            paramLabel = "NAME",
            description =
                    "Its login, of all roles without one of their own; needs REPLICATION and CREATE on the database.")
    private @Nullable String postgresUser;

    @Option(names = "--postgres-password-file", paramLabel = "FILE", description = "A file with its password.")
    private @Nullable Path postgresPasswordFile;

    @Option(
            names = "--postgres-login",
            paramLabel = "ROLE=NAME:FILE",
            description = "A login of a role's own, and a file with its password; once for each role. See docs/run.md.")
    private Map<String, String> postgresLogins = new LinkedHashMap<>();

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "A schema registry of your own that speaks Confluent's API.")
    private @Nullable String registry;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "More settings as Java properties, which take precedence. See docs/operate.md.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Role> chosen;
        try {
            chosen = Role.parse(roles);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        PlatformOptions options = new PlatformOptions(
                data.path(),
                chosen,
                Map.of(
                        Role.GATEWAY,
                        gatewayPort,
                        Role.SERVICE,
                        servicePort,
                        Role.ROUTER,
                        routerPort,
                        Role.CONSOLE,
                        consolePort),
                rules,
                external(chosen),
                settings());
        PrintWriter err = spec.commandLine().getErr();
        try (Platform platform = Platform.start(options, line -> {
            err.println(line);
            err.flush();
        })) {
            print(platform);
            return platform.whileItRuns(() -> {
                new CountDownLatch(1).await(); // Until the process is ended, or a server dies.
                return CommandLine.ExitCode.OK;
            });
        }
    }

    private void print(Platform platform) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PlatformAddresses addresses = platform.addresses();
        out.println("MasterDeal is up.");
        if (addresses.gateway() != null) {
            out.println("  gateway    " + addresses.gateway() + "/events");
        }
        if (addresses.service() != null) {
            out.println("  service    " + addresses.service() + "/masterdeal   (API: /openapi)");
        }
        if (addresses.router() != null) {
            out.println("  router     " + addresses.router() + "/subscriptions   (API: /openapi)");
        }
        if (addresses.console() != null) {
            out.println("  console    " + addresses.console());
            out.println("  log in     " + ConsoleLinks.line(addresses, data.isGiven() ? data.path() : null));
        }
        LocalAddresses local = platform.infrastructure();
        if (local != null) {
            out.println("  Kafka      " + local.kafkaBootstrapServers());
            out.println("  PostgreSQL " + local.jdbcUrl());
            out.println("  registry   " + local.registryUrl());
        }
        out.println("  API keys   " + addresses.apiKeys());
        out.println("  logs       " + data.path().resolve("logs"));
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (subscriptions != null) {
            if (!Files.isReadable(subscriptions)) {
                throw new ParameterException(
                        spec.commandLine(), "--subscriptions: " + subscriptions + " cannot be read.");
            }
            settings.put(
                    "masterdeal.router.subscriptions",
                    subscriptions.toAbsolutePath().normalize().toString());
        }
        if (sinks != null) {
            settings.put("masterdeal.router.sinks.allowed", sinks);
        }
        addRoutes(settings);
        settings.putAll(acceptMoves.settings(spec.commandLine()));
        settings.putAll(sla.settings(spec.commandLine()));
        if (config != null) {
            settings.putAll(properties(config));
        }
        return settings;
    }

    private void addRoutes(Map<String, String> settings) {
        if (routes == null) {
            return;
        }
        if (!Files.isDirectory(routes)) {
            throw new ParameterException(spec.commandLine(), "--routes: " + routes + " is not a folder.");
        }
        settings.put(
                "masterdeal.router.routes", routes.toAbsolutePath().normalize().toString());
        settings.put(
                "masterdeal.router.routes-rejected",
                data.path().resolve("rejected-by-routes").toString());
        if (routesSecrets != null) {
            settings.put(
                    "masterdeal.router.routes-secrets",
                    routesSecrets.toAbsolutePath().normalize().toString());
        }
    }

    private ExternalParts external(Set<Role> chosen) throws IOException {
        Map<Role, PostgresLogin> logins = logins();
        boolean oneForAll = postgresUser != null && postgresPasswordFile != null;
        if (postgres != null
                && !oneForAll
                && !chosen.stream().filter(Role::hasDatabase).allMatch(logins::containsKey)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--postgres needs --postgres-user and --postgres-password-file."
                            + " Or give each role a login with --postgres-login.");
        }
        return new ExternalParts(
                kafka,
                kafkaConfig == null ? Map.of() : properties(kafkaConfig),
                postgres,
                postgresUser,
                postgresPasswordFile == null
                        ? null
                        : Files.readString(postgresPasswordFile).strip(),
                registry,
                logins);
    }

    private Map<Role, PostgresLogin> logins() throws IOException {
        Map<Role, PostgresLogin> logins = new EnumMap<>(Role.class);
        for (Map.Entry<String, String> each : postgresLogins.entrySet()) {
            int colon = each.getValue().indexOf(':');
            Role role = Arrays.stream(Role.values())
                    .filter(it -> it.hasDatabase() && it.text().equals(each.getKey()))
                    .findFirst()
                    .orElse(null);
            if (role == null || colon < 1 || postgres == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--postgres-login is ROLE=NAME:FILE, with a role that uses PostgreSQL (service, router, console) and beside"
                                + " --postgres; it is not '" + each.getKey() + "=" + each.getValue() + "'.");
            }
            Path file = Path.of(each.getValue().substring(colon + 1));
            if (!Files.isReadable(file)) {
                throw new ParameterException(spec.commandLine(), "--postgres-login: " + file + " cannot be read.");
            }
            logins.put(
                    role,
                    new PostgresLogin(
                            each.getValue().substring(0, colon),
                            Files.readString(file).strip()));
        }
        return logins;
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}

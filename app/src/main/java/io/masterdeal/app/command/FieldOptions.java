package io.masterdeal.app.command;

import io.masterdeal.client.DealFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which deals are meant by their state and by the fields of their roots. */
final class FieldOptions {

    @Option(names = "--stage", paramLabel = "STAGE", description = "Only deals in this stage, such as closed.")
    private @Nullable String stage;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only deals with this outcome: open, won, lost, cancelled.")
    private @Nullable String outcome;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Only deals of this client.")
    private @Nullable String client;

    @Option(names = "--manager", paramLabel = "MANAGER", description = "Only deals of this manager.")
    private @Nullable String manager;

    @Option(names = "--product", paramLabel = "PRODUCT", description = "Only deals about this product.")
    private @Nullable String product;

    @Option(names = "--region", paramLabel = "REGION", description = "Only deals in this region.")
    private @Nullable String region;

    @Option(names = "--currency", paramLabel = "CURRENCY", description = "Only deals in this currency.")
    private @Nullable String currency;

    /** What was given, by the names of the service's parameters, which are those of the options. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        add(given, "stage", stage);
        add(given, "outcome", outcome);
        add(given, "client", client);
        add(given, "manager", manager);
        add(given, "product", product);
        add(given, "region", region);
        add(given, "currency", currency);
        return given;
    }

    DealFilter filter() {
        return new DealFilter(given());
    }

    static void add(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}

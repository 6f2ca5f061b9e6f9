package io.masterdeal.app.command;

import io.masterdeal.client.DealFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which deals are listed, and in which order. */
final class DealFilterOptions {

    @Mixin
    private FieldOptions fields = new FieldOptions();

    @Option(names = "--object", paramLabel = "KEY", description = "Only deals this object belongs to.")
    private @Nullable String object;

    @Option(names = "--gap", paramLabel = "STAGE", description = "Only deals that lack this stage.")
    private @Nullable String gap;

    @Option(names = "--contradictory", description = "Only deals that are closed, and yet lost or cancelled.")
    private boolean contradictory;

    @Option(
            names = "--stuck-longer-than",
            paramLabel = "DURATION",
            description = "Only open deals that have been in their stage for longer, such as P5D or PT2H.")
    private @Nullable String stuckLongerThan;

    @Option(
            names = "--updated-since",
            paramLabel = "INSTANT",
            description = "Only deals of which something was published since, such as 2026-04-01T00:00:00Z.")
    private @Nullable String updatedSince;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "root, stage_since, amount or updated; after a '-' the greatest first.")
    private @Nullable String sort;

    /** What was given, by the names of the service's parameters. */
    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>(fields.given());
        FieldOptions.add(given, "object", object);
        FieldOptions.add(given, "gap", gap);
        FieldOptions.add(given, "contradictory", contradictory ? "true" : null);
        FieldOptions.add(given, "stuck_longer_than", stuckLongerThan);
        FieldOptions.add(given, "updated_since", updatedSince);
        FieldOptions.add(given, "sort", sort);
        return given;
    }

    DealFilter filter() {
        return new DealFilter(given());
    }

    /** The options as they have to be given again, those without a value with an empty one. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        given().forEach((name, value) ->
                options.put("--" + name.replace('_', '-'), name.equals("contradictory") ? "" : value));
        return options;
    }
}

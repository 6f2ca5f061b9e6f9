package io.masterdeal.rulesets;

import io.masterdeal.model.ObjectKind;
import java.util.List;
import java.util.Map;

/**
 * What people call stages and statuses, in the languages of {@link #LANGUAGES}. Titles are optional, affect no answer, and are no part of
 * what a rule set means.
 *
 * @param stages titles by language ({@code en}), by stage; {@code none} may have some
 * @param statuses titles by language, by status, by kind
 */
public record Titles(
        Map<String, Map<String, String>> stages, Map<ObjectKind, Map<String, Map<String, String>>> statuses) {

    /** The languages that titles may have: English and Russian. */
    public static final List<String> LANGUAGES = List.of("en", "ru");

    /** In characters. */
    public static final int LONGEST = 100;

    /** A rule set without titles. */
    public static final Titles NONE = new Titles(Map.of(), Map.of());

    /** Copies the maps. */
    public Titles {
        stages = Map.copyOf(stages);
        statuses = Map.copyOf(statuses);
    }

    /** The titles of a stage by language; empty if it has none. */
    public Map<String, String> ofStage(String stage) {
        return stages.getOrDefault(stage, Map.of());
    }

    /** The titles of a status by language; empty if it has none. */
    public Map<String, String> ofStatus(ObjectKind kind, String status) {
        return statuses.getOrDefault(kind, Map.of()).getOrDefault(status, Map.of());
    }
}

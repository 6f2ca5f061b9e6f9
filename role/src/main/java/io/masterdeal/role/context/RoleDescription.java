package io.masterdeal.role.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What {@link RoleApplication} says of a role.
 *
 * @param renamed new names of settings by old ones, both in full
 */
record RoleDescription(
        String name, int port, List<String> readiness, Map<String, String> defaults, Map<String, String> renamed) {

    private static final String PREFIX = "masterdeal.";

    /**
     * Reads it.
     *
     * @param role the class with the annotation
     * @throws IllegalStateException if it has none
     */
    static RoleDescription of(AnnotationMetadata role) {
        MergedAnnotation<RoleApplication> said = role.getAnnotations().get(RoleApplication.class);
        if (!said.isPresent()) {
            throw new IllegalStateException(role.getClassName() + " is no role: it lacks @RoleApplication");
        }
        String name = said.getString("name");
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String line : said.getStringArray("defaults")) {
            int equals = line.indexOf('=');
            defaults.put(line.substring(0, equals), line.substring(equals + 1));
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String line : said.getStringArray("renamed")) {
            int equals = line.indexOf('=');
            String before = equals < 0 ? line : line.substring(0, equals);
            renamed.put(PREFIX + before, PREFIX + name + "." + line.substring(equals + 1));
        }
        return new RoleDescription(
                name, said.getInt("port"), List.of(said.getStringArray("readiness")), defaults, renamed);
    }
}

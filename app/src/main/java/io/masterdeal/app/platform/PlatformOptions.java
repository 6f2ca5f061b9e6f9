package io.masterdeal.app.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The options of a platform.
 *
 * @param data the directory that keeps everything between runs
 * @param roles the roles of this process
 * @param ports the port of each role; 0, or none, for a free one
 * @param rules a bundled rule set, or a file
 * @param external the Kafka, PostgreSQL and registry that are not started here
 * @param settings more settings for the roles, which take precedence over those set here
 */
public record PlatformOptions(
        Path data,
        Set<Role> roles,
        Map<Role, Integer> ports,
        String rules,
        ExternalParts external,
        Map<String, String> settings) {}

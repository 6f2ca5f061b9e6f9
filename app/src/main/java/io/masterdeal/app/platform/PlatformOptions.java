package io.masterdeal.app.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * How a platform is to be.
 *
 * @param data the directory that keeps everything between runs
 * @param roles what this process does
 * @param ports the port of each role; 0, or none, for a free one
 * @param rules a bundled rule set, or a file
 * @param external where Kafka, PostgreSQL and the registry are, as far as they are not to be started here
 * @param settings more settings for the roles, which go before those made here
 */
public record PlatformOptions(
        Path data,
        Set<Role> roles,
        Map<Role, Integer> ports,
        String rules,
        ExternalParts external,
        Map<String, String> settings) {}

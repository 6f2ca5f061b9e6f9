package io.masterdeal.app.replay.mapping;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event that a mapping gave.
 *
 * @param domain the domain that tells it, such as {@code crm}
 * @param cloudEvent the event in CloudEvents 1.0 structured mode
 */
public record MappedEvent(String domain, ObjectNode cloudEvent) {}

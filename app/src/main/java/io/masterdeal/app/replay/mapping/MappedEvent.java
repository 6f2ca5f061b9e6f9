package io.masterdeal.app.replay.mapping;

import tools.jackson.databind.node.ObjectNode;

/**
 * An event made by a mapping.
 *
 * @param domain the domain that sends it, such as {@code crm}
 * @param cloudEvent the event in CloudEvents 1.0 structured mode
 */
public record MappedEvent(String domain, ObjectNode cloudEvent) {}

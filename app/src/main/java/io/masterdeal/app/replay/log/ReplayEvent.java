package io.masterdeal.app.replay.log;

import tools.jackson.databind.node.ObjectNode;

/**
 * A domain event read from a log.
 *
 * @param domain the domain that sends it, such as {@code crm}
 * @param cloudEvent the event in CloudEvents 1.0 structured mode; from a file of events, unchanged
 * @param file the name of the file it was read from, for messages
 * @param position the line of the file, from 1, where its source begins
 */
public record ReplayEvent(String domain, ObjectNode cloudEvent, String file, long position) {}

package io.masterdeal.app.replay.log;

import tools.jackson.databind.node.ObjectNode;

/**
 * A domain event read from a log.
 *
 * @param domain the domain that tells it, such as {@code crm}
 * @param cloudEvent the event in CloudEvents 1.0 structured mode; from an events file, as it stands there
 * @param file the name of the file it was read from, for messages
 * @param position the line of the file, from 1, where what gave it begins
 */
public record ReplayEvent(String domain, ObjectNode cloudEvent, String file, long position) {}

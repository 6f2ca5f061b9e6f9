package io.masterdeal.sandbox.notification;

import tools.jackson.databind.JsonNode;

/**
 * An event that somebody was told of, whose signature was right.
 *
 * @param id the id under which it is delivered, the same at each repetition
 * @param json the CloudEvent in structured mode
 * @param body as it arrived
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and nobody changes what arrived.
record Notification(String id, JsonNode json, byte[] body) {}

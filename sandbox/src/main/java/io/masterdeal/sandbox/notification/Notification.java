package io.masterdeal.sandbox.notification;

import tools.jackson.databind.JsonNode;

/**
 * A delivered event with a valid signature.
 *
 * @param id the id of the delivery, the same for each repetition
 * @param json the CloudEvent in structured mode
 * @param body the body, unmodified
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared or modified.
record Notification(String id, JsonNode json, byte[] body) {}

package io.masterdeal.sandbox.system;

import java.time.Duration;
import java.util.UUID;

/**
 * An event that a system means to tell.
 *
 * @param domain whose it is
 * @param id its id
 * @param correlationId of the story it belongs to
 * @param json the event in structured mode, UTF-8; valid by the contracts; not to be changed
 * @param hold how long it is to be kept back before it is told
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; one array is shared by ledger and history.
public record Emission(String domain, UUID id, String correlationId, byte[] json, Duration hold) {}

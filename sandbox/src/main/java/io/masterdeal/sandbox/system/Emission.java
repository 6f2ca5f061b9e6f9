package io.masterdeal.sandbox.system;

import java.time.Duration;
import java.util.UUID;

/**
 * An event to be published by a system.
 *
 * @param domain its domain
 * @param id its id
 * @param correlationId of the story it belongs to
 * @param json the event in structured mode, UTF-8; valid by the contracts; must not be modified
 * @param hold how long it is held back before it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; one array is shared by ledger and history.
public record Emission(String domain, UUID id, String correlationId, byte[] json, Duration hold) {}

package io.masterdeal.model.deal;

import io.masterdeal.model.Version;

/**
 * The current status of an object, which is that of its newest fact with a status.
 *
 * @param status the status
 * @param version the version of that fact; its event id is the evidence
 */
public record CurrentStatus(String status, Version version) {}

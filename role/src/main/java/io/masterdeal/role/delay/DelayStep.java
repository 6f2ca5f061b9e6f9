package io.masterdeal.role.delay;

/**
 * A part of an event's way whose duration is measured.
 *
 * @param from the point where it begins, in the past participle: {@code accepted}
 * @param to the point where it ends
 * @param meaning what the two points are, for people
 */
public record DelayStep(String from, String to, String meaning) {}

package io.masterdeal.router.deadletter;

/**
 * A delivery that an operator decides about.
 *
 * @param view what it is now
 * @param acceptedAt as PostgreSQL writes it
 * @param subscription its number
 * @param unsendable whether it is a record that could not be read and is not stored whole
 */
record Chosen(DeadLetterView view, String acceptedAt, int subscription, boolean unsendable) {}

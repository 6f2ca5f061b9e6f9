package io.masterdeal.router.verify;

/**
 * A difference that a check found.
 *
 * @param subscription its name
 * @param fromOffset first offset of the range
 * @param toOffset last offset of the range
 * @param what the difference in words, with the numbers
 */
record Difference(String subscription, String topic, int partition, long fromOffset, long toOffset, String what) {}

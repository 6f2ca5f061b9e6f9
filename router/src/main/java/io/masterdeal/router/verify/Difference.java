package io.masterdeal.router.verify;

/**
 * Something that does not add up.
 *
 * @param subscription its name
 * @param fromOffset first offset among which it is
 * @param toOffset last one
 * @param what in words, with the numbers
 */
record Difference(String subscription, String topic, int partition, long fromOffset, long toOffset, String what) {}

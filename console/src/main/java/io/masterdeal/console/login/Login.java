package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import java.time.Instant;

/**
 * That somebody has logged in.
 *
 * @param person who, with the right of that moment
 * @param keyHash of the key that was used, so that the session ends with it; empty if it was not a key
 * @param at when; sessions end some hours later, whatever happens in them
 */
record Login(Person person, String keyHash, Instant at) {}

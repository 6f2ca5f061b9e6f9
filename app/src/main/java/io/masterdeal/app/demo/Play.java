package io.masterdeal.app.demo;

/**
 * What is to be played.
 *
 * @param deals how many deals; 0 for no end
 * @param rate new deals a second
 * @param seed decides the stories and what goes wrong
 * @param tag part of all keys, lower-case letters and digits, so that two runs never speak of the same objects
 * @param mishaps what goes wrong on the way
 */
public record Play(int deals, double rate, long seed, String tag, Mishaps mishaps) {}

package io.masterdeal.gateway.breach;

/** Keeps the rules; those that use it do not. */
public final class Door {}

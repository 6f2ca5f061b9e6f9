package io.masterdeal.model;

import java.util.Comparator;

/**
 * Orders texts by their UTF-8 bytes, which is the order of their code points (ruling 13 of the deal model, and the "C"
 * collation of PostgreSQL). {@link String#compareTo} orders by UTF-16 units, which differs beyond
 * the Basic Multilingual Plane.
 */
public enum Utf8Order implements Comparator<String> {
    /** The only instance. */
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // A surrogate belongs to a code point above U+FFFF, so it is greater than any other unit, including
                // U+E000 to U+FFFF.
                boolean wideA = Character.isSurrogate(a);
                boolean wideB = Character.isSurrogate(b);
                return wideA == wideB ? Character.compare(a, b) : Boolean.compare(wideA, wideB);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}

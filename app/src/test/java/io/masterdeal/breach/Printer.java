package io.masterdeal.breach;

/** Breaches rules on purpose: it prints, and its package is not null-marked. */
public final class Printer {

    public void print() {
        System.out.println("printed");
    }
}

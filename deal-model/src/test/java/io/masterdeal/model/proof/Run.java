package io.masterdeal.model.proof;

/** How long the random runs are. */
public final class Run {

    /** Whether the system property {@code masterdeal.long} asks for them in full. */
    public static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    private Run() {}

    /** How many seeds to take. */
    public static int seeds(int normally, int inFull) {
        return LONG ? inFull : normally;
    }
}

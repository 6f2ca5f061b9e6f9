package io.masterdeal.model.proof;

/** The length of the random runs. */
public final class Run {

    /** Whether the system property {@code masterdeal.long} requests full length. */
    public static final boolean LONG = Boolean.getBoolean("masterdeal.long");

    private Run() {}

    /** The number of seeds to use. */
    public static int seeds(int normally, int inFull) {
        return LONG ? inFull : normally;
    }
}

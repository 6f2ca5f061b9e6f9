package io.masterdeal.service.sla;

/**
 * How many clocks have the same of these.
 *
 * @param policy the name of their policy
 * @param segment the segment by which they are measured
 * @param state of the clocks
 * @param atRisk whether they are open, not breached, and have passed a warning
 * @param amount how many, 1 or more
 */
record ClockCount(String policy, String segment, String state, boolean atRisk, long amount) {

    private static final String SEPARATOR = "|";

    /**
     * Reads a row of {@code counts}.
     *
     * @param part policy, segment, state and risk; only a segment may have the separator in it
     * @throws IllegalArgumentException if it has other parts
     */
    static ClockCount read(String part, long amount) {
        int policy = part.indexOf(SEPARATOR);
        int risk = part.lastIndexOf(SEPARATOR);
        int state = part.lastIndexOf(SEPARATOR, risk - 1);
        if (policy < 0 || state <= policy) {
            throw new IllegalArgumentException("not policy, segment, state and risk: '" + part + "'");
        }
        return new ClockCount(
                part.substring(0, policy),
                part.substring(policy + 1, state),
                part.substring(state + 1, risk),
                part.substring(risk + 1).equals("risk"),
                amount);
    }
}

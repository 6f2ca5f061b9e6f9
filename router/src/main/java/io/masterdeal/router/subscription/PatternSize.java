package io.masterdeal.router.subscription;

/**
 * Estimates the size of the program of a regular expression without compiling it: {@code (a{1000}){1000}} has a million
 * instructions, which RE2 only reports after compiling. The estimate is never lower than the real size.
 */
final class PatternSize {

    private static final int MOST_CHARACTERS = 200;

    private static final int MOST_INSTRUCTIONS = 1_000;

    private final String pattern;

    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Checks the size of a regular expression.
     *
     * @throws IllegalArgumentException if it is too large
     */
    static void check(String pattern) {
        if (pattern.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a regular expression has at most " + MOST_CHARACTERS
                    + " characters, not " + pattern.length() + ": split it with || or &&");
        }
        if (pattern.contains("\\Q")) {
            throw new IllegalArgumentException(
                    "\\Q is not supported: write \\ before each character that is meant literally");
        }
        PatternSize size = new PatternSize(pattern);
        long instructions = 0;
        while (size.at < pattern.length()) {
            instructions += size.sequence();
            size.at++; // A superfluous parenthesis, which RE2 reports.
        }
        if (instructions > MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' repeats too much: with its repetitions written out it has "
                            + (instructions >= Integer.MAX_VALUE ? "very many" : instructions) + " parts, and may have "
                            + MOST_INSTRUCTIONS);
        }
    }

    /** Reads up to a closing parenthesis, or the end. */
    private long sequence() {
        long sum = 1;
        long last = 0;
        while (at < pattern.length() && pattern.charAt(at) != ')') {
            long times = pattern.charAt(at) == '{' ? repetition() : 0;
            if (times > 0) {
                sum -= last;
                last = bounded(last * times);
            } else if ("*+?".indexOf(pattern.charAt(at)) >= 0) {
                at++;
                sum -= last;
                last = bounded(2 * last);
            } else {
                last = atom();
            }
            sum = bounded(sum + last);
        }
        return sum;
    }

    private static long bounded(long size) {
        return Math.min(size, Integer.MAX_VALUE);
    }

    private long atom() {
        char first = pattern.charAt(at++);
        if (first == '(') {
            long inside = sequence();
            at++;
            return inside + 2;
        }
        if (first == '\\') {
            at++;
        } else if (first == '[') {
            skipClass();
        }
        return 2;
    }

    private void skipClass() {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        if (at < pattern.length() && pattern.charAt(at) == ']') {
            at++;
        }
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.startsWith("[:", at)) {
                int end = pattern.indexOf(":]", at + 2);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }

    /** The maximum of repetitions; advances past the brace; 0 if the brace is a plain character. */
    private long repetition() {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
            return 0;
        }
        at = end + 1;
        long most = 1;
        for (String number : inside.split(",", 2)) {
            most = Math.max(most, number.isEmpty() ? 1 : Long.parseLong(number) + 1);
        }
        return most;
    }
}

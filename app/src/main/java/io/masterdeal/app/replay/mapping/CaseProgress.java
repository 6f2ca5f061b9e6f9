package io.masterdeal.app.replay.mapping;

/**
 * What is kept of a case while it is read: the case id, the position, the counts and the case attributes that templates
 * use, and none of its events. Made by {@link SourceMapper#begin}; not safe
 * for use by several threads.
 */
public final class CaseProgress {

    private final String id;
    private final String[] groups;
    private final String[] attributes;
    private final int[] counts;
    private final boolean usable;
    private int events;

    CaseProgress(String id, String[] groups, String[] attributes, int[] counts, boolean usable) {
        this.id = id;
        this.groups = groups;
        this.attributes = attributes;
        this.counts = counts;
        this.usable = usable;
    }

    /** The case id. */
    public String id() {
        return id;
    }

    /** How many events of the case have been seen, which is the position of the next one. */
    public int events() {
        return events;
    }

    /** Counts an event, mapped or not, and returns its position in the case, from 0. */
    int next() {
        return events++;
    }

    void count(int slot) {
        counts[slot]++;
    }

    int counted(int slot) {
        return counts[slot];
    }

    String group(int slot) {
        return groups[slot];
    }

    String attribute(int slot) {
        return attributes[slot];
    }

    /** False if the case id does not match the source's pattern, which has been reported. */
    boolean usable() {
        return usable;
    }
}

package io.masterdeal.facts.settings;

/** A setting is not to come into use, although no other process is at work. The message says why, and what to do. */
public final class SettingRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message says why, and what to do
     */
    public SettingRefusedException(String message) {
        super(message);
    }
}

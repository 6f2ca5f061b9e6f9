package io.masterdeal.facts.settings;

/** Another process works with another setting, so this one may not. */
public final class OtherSettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    OtherSettingsException(String message) {
        super(message);
    }
}

package io.masterdeal.app.command;

import io.masterdeal.app.ask.TerminalText;
import java.util.regex.Pattern;

/** Writes words of commands that people copy into a shell. */
final class ShellWord {

    /** Needs no quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellWord() {}

    /** The word, in quotes if it needs some. */
    static String of(String word) {
        return PLAIN.matcher(word).matches()
                ? word
                : "'" + TerminalText.clean(word).replace("'", "'\\''") + "'";
    }
}

package io.masterdeal.app.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The screen of a terminal after an output, with as many features as the demonstration needs. */
final class TerminalPicture {

    private static final Pattern PIECE = Pattern.compile("\033\\[(\\??)([0-9;]*)([A-Za-z])|[^\033]");

    private final int columns;

    private final List<char[]> screen = new ArrayList<>();

    private int x;

    private int y;

    private boolean cursorShown = true;

    private boolean wrapping = true;

    private boolean plain = true;

    private TerminalPicture(int columns, int lines) {
        this.columns = columns;
        for (int i = 0; i < lines; i++) {
            screen.add(blank());
        }
    }

    static TerminalPicture of(String sent, int columns, int lines) {
        TerminalPicture picture = new TerminalPicture(columns, lines);
        Matcher pieces = PIECE.matcher(sent);
        int end = 0;
        while (pieces.find()) {
            if (pieces.start() != end) {
                throw new AssertionError("not understood: " + sent.substring(end, pieces.start()));
            }
            end = pieces.end();
            if (pieces.group(3) == null) {
                picture.print(pieces.group().charAt(0));
            } else {
                picture.obey(pieces.group(1) + pieces.group(3), pieces.group(2));
            }
        }
        return picture;
    }

    private char[] blank() {
        char[] line = new char[columns];
        Arrays.fill(line, ' ');
        return line;
    }

    private void print(char c) {
        if (c == '\n') {
            x = 0;
            down();
            return;
        }
        if (x == columns) {
            if (!wrapping) {
                x--;
            } else {
                x = 0;
                down();
            }
        }
        screen.get(y)[x] = c;
        x++;
    }

    private void down() {
        if (y < screen.size() - 1) {
            y++;
        } else {
            screen.removeFirst();
            screen.add(blank());
        }
    }

    private void obey(String command, String number) {
        switch (command) {
            case "F" -> {
                x = 0;
                y = Math.max(0, y - Integer.parseInt(number));
            }
            case "K" -> Arrays.fill(screen.get(y), Math.min(x, columns), columns, ' ');
            case "J" -> {
                Arrays.fill(screen.get(y), Math.min(x, columns), columns, ' ');
                for (int line = y + 1; line < screen.size(); line++) {
                    screen.set(line, blank());
                }
            }
            case "m" -> plain = number.isEmpty() || number.equals("0");
            case "?h", "?l" -> set(number, command.equals("?h"));
            default -> throw new AssertionError("not understood: " + command + " " + number);
        }
    }

    private void set(String mode, boolean on) {
        switch (mode) {
            case "25" -> cursorShown = on;
            case "7" -> wrapping = on;
            case "2026" -> {} // Affects only when it is shown.
            default -> throw new AssertionError("not understood: mode " + mode);
        }
    }

    /** The lines, without trailing blanks and without empty lines at the end. */
    List<String> lines() {
        return String.join(
                        "\n",
                        screen.stream()
                                .map(line -> new String(line).stripTrailing())
                                .toList())
                .stripTrailing()
                .lines()
                .toList();
    }

    boolean isCursorShown() {
        return cursorShown;
    }

    boolean isWrapping() {
        return wrapping;
    }

    /** Whether further output has no colour and no weight. */
    boolean isPlain() {
        return plain;
    }
}

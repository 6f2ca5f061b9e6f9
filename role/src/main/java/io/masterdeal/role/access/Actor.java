package io.masterdeal.role.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who acts in a request. The console acts for the people who use it and names them in the header {@value #HEADER}, in UTF-8 or as {@link
 * #headerOf} writes it; anyone else acts for itself, whatever that header says.
 *
 * @param name the person, or the principal if no person is named
 * @param principal whose key was used
 */
public record Actor(String name, String principal) {
    /** The header in which the console names the person: UTF-8. */
    public static final String HEADER = "Masterdeal-Actor";

    /** The name under which the actor of a request is found among its attributes: an {@link Actor}. */
    public static final String ATTRIBUTE = "masterdeal.actor";

    /** The most characters of a name. */
    static final int MOST = 200;

    /** How a name begins that is written with {@code %} and hexadecimal digits, for clients whose headers are ASCII (RFC 8187). */
    private static final String ENCODED = "UTF-8''";

    /** The value of the header that names a person, in ASCII. */
    public static String headerOf(String person) {
        return ENCODED + URLEncoder.encode(person, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A principal that acts for itself. */
    public static Actor of(String principal) {
        return new Actor(principal, principal);
    }

    /**
     * Who acts.
     *
     * @param principal whose key was used
     * @param header as the servlet container read it, a character a byte; null if it is missing
     * @return null if the header names nobody: it is blank, too long, not UTF-8 or not printable
     */
    static @Nullable Actor read(String principal, @Nullable String header) {
        if (header == null || !principal.equals(AccessPolicy.CONSOLE)) {
            return of(principal);
        }
        String name;
        try {
            name = header.startsWith(ENCODED)
                    ? decoded(header)
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                            .toString()
                            .strip();
        } catch (CharacterCodingException | IllegalArgumentException _) {
            return null;
        }
        boolean fits = !name.isEmpty()
                && name.codePointCount(0, name.length()) <= MOST
                && name.codePoints().allMatch(Actor::isPrintable);
        return fits ? new Actor(name, principal) : null;
    }

    private static String decoded(String header) {
        // A + stands for itself there.
        String encoded = header.substring(ENCODED.length()).replace("+", "%2B");
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8).strip();
    }

    /** Format characters are left out, since they can make a name look like another one. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

package io.masterdeal.console.errors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The value of a record for people: as JSON, as text, or as bytes. */
public final class ErrorPayload {

    private static final int LINE = 16;

    private ErrorPayload() {}

    /** Of a value in base64: indented JSON if it is JSON, the text if it is UTF-8, and otherwise bytes in hexadecimal. */
    public static String text(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return hex(bytes);
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            return hex(bytes);
        }
        try {
            return JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(JsonMapper.shared().readTree(text));
        } catch (JacksonException _) {
            return text;
        }
    }

    /** Of a value in base64: sixteen bytes a line: offset, bytes, and what of it is ASCII. */
    public static String hex(String base64) {
        return hex(Base64.getDecoder().decode(base64));
    }

    private static String hex(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (int line = 0; line < bytes.length; line += LINE) {
            out.append(String.format("%08x ", line));
            StringBuilder ascii = new StringBuilder();
            for (int i = line; i < line + LINE; i++) {
                if (i < bytes.length) {
                    out.append(String.format(" %02x", bytes[i]));
                    ascii.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
                } else {
                    out.append("   ");
                }
            }
            out.append("  ").append(ascii).append('\n');
        }
        return out.toString();
    }
}

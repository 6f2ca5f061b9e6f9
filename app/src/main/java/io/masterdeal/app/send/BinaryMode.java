package io.masterdeal.app.send;

import io.masterdeal.app.replay.log.EventLogException;
import io.masterdeal.contracts.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event in binary mode, as it is sent over HTTP: header lines, an empty line, the data. A request line before
 * them is ignored, and so are headers that are not the event's, such as keys: the file does not decide which key is sent.
 */
final class BinaryMode {
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+( HTTP/[0-9.]+)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final int MAX_HEADERS = 64 * 1024;

    private BinaryMode() {}

    /**
     * Reads an event.
     *
     * @param name the name of the file, for messages
     * @throws EventLogException if it is not an event in binary mode
     */
    static ToSend.Binary read(String name, byte[] bytes) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int at = 0;
        int number = 0;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            int invalid = Utf8.invalidAt(Arrays.copyOfRange(bytes, at, end));
            if (invalid >= 0) {
                throw new EventLogException(
                        name + ": line " + (number + 1) + " is no UTF-8 at byte " + invalid + " (the first is 0).");
            }
            String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            at = Math.min(end + 1, bytes.length);
            number++;
            if (line.isEmpty()) {
                break;
            }
            if (at > MAX_HEADERS) {
                throw new EventLogException(name + ": no empty line ends the headers.");
            }
            if (number > 1 || !REQUEST_LINE.matcher(line).matches()) {
                take(name, number, line, headers);
            }
        }
        if (headers.keySet().stream().noneMatch(header -> header.startsWith("ce-"))) {
            throw new EventLogException(
                    name + ": there is no ce- header in it. An event in binary mode has its attributes in"
                            + " such headers, an empty line, and its data; any other form is JSON.");
        }
        headers.putIfAbsent("content-type", List.of("application/json"));
        return new ToSend.Binary(headers, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static void take(String name, int number, String line, Map<String, List<String>> headers) {
        Matcher header = HEADER.matcher(line);
        if (!header.matches()) {
            throw new EventLogException(
                    name + ", line " + number
                            + ": neither JSON nor a header. An event is a JSON object, or ce- headers, an empty line and data.");
        }
        String headerName = header.group(1).toLowerCase(Locale.ROOT);
        String value = header.group(2);
        if (!headerName.startsWith("ce-") && !headerName.equals("content-type") && !headerName.equals("traceparent")) {
            return;
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new EventLogException(name + ", line " + number + ": /" + headerName.replaceFirst("^ce-", "")
                    + " must be ASCII in a header: write other characters as %XX of their UTF-8.");
        }
        headers.computeIfAbsent(headerName, _ -> new ArrayList<>()).add(value);
    }
}

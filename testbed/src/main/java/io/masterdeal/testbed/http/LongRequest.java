package io.masterdeal.testbed.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request with a body of any length, announced with its length or in chunks, all blanks.
 *
 * @param head method and target, such as {@code POST /events}
 * @param headers each with its end of line; {@code Host}, {@code Connection} and those of the length are added
 */
public record LongRequest(int port, String head, String headers) {
    /** More than any endpoint takes, in bytes. */
    public static final int FAR_TOO_LONG = 9 * 1024 * 1024;

    private static final Pattern LIMIT = Pattern.compile("may have (\\d+) bytes");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final int PIECE = 64 * 1024;
    private static final int TIMEOUT_MS = 20_000;

    /**
     * Sends its head alone, and waits for the answer to that.
     *
     * @param bytes how long the body is said to be
     * @throws IOException if there is no answer
     */
    public Answer announce(int bytes) throws IOException {
        return send("Content-Length: " + bytes, _ -> {});
    }

    /**
     * Sends it with its length and waits for the answer.
     *
     * @param bytes how long the body is
     * @throws IOException if there is no answer
     */
    public Answer send(int bytes) throws IOException {
        return send("Content-Length: " + bytes, out -> body(out, bytes, false));
    }

    /**
     * Sends it in chunks, without its length, and waits for the answer.
     *
     * @param bytes how long the body is
     * @throws IOException if there is no answer
     */
    public Answer sendChunked(int bytes) throws IOException {
        return send("Transfer-Encoding: chunked", out -> body(out, bytes, true));
    }

    private Answer send(String length, Body body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            OutputStream out = socket.getOutputStream();
            out.write((head + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + headers + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            try {
                body.write(out);
            } catch (IOException e) {
                // The server refuses the rest; only its answer matters.
            }
            return Answer.of(socket.getInputStream(), head.startsWith("HEAD "));
        }
    }

    private static void body(OutputStream out, int bytes, boolean chunked) throws IOException {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) ' ');
        for (int left = bytes; left > 0; left -= PIECE) {
            int length = Math.min(left, PIECE);
            if (chunked) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(piece, 0, length);
            if (chunked) {
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    /** The server's answer. */
    public record Answer(int status, String text) {
        private static Answer of(InputStream in, boolean headersOnly) throws IOException {
            var bytes = new ByteArrayOutputStream();
            while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the answer ends in its headers: " + bytes.toString(StandardCharsets.UTF_8));
                }
                bytes.write(next);
            }
            Matcher length = LENGTH.matcher(bytes.toString(StandardCharsets.UTF_8));
            if (length.find() && !headersOnly) {
                bytes.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
            }
            String text = bytes.toString(StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.substring(9, 12)), text);
        }

        /** Whether it is a problem document. */
        public boolean isProblem() {
            return text.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
        }

        /** The limit that it names, in bytes; -1 if it names none. */
        public int limit() {
            Matcher named = LIMIT.matcher(text);
            return named.find() ? Integer.parseInt(named.group(1)) : -1;
        }
    }

    /** Writes a body. */
    private interface Body {
        void write(OutputStream out) throws IOException;
    }
}

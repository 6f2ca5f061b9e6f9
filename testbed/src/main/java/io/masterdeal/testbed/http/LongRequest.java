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
 * @param headers each with its end of line; {@code Host}, {@code Connection} and those of the length come by themselves
 */
public record LongRequest(int port, String head, String headers) {
    /** More than any endpoint takes, in bytes. */
    public static final int FAR_TOO_LONG = 9 * 1024 * 1024;

    private static final Pattern LIMIT = Pattern.compile("may have (\\d+) bytes");
    private static final int PIECE = 64 * 1024;
    private static final int TIMEOUT_MS = 20_000;

    /**
     * Sends it and waits for the answer.
     *
     * @param bytes how long the body is
     * @param chunked whether its length is not announced
     * @throws IOException if there is no answer
     */
    public Answer send(int bytes, boolean chunked) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            OutputStream out = socket.getOutputStream();
            out.write((head + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + headers
                            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            try {
                body(out, bytes, chunked);
            } catch (IOException e) {
                // The server does not want the rest; what it says is what matters.
            }
            return Answer.of(socket.getInputStream());
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

    /** What the server says. */
    public record Answer(int status, String text) {
        private static Answer of(InputStream in) throws IOException {
            var bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[PIECE];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes.write(buffer, 0, read);
                }
            } catch (IOException e) {
                if (bytes.size() == 0) {
                    throw e;
                }
            }
            String text = bytes.toString(StandardCharsets.UTF_8);
            return new Answer(text.length() < 12 ? 0 : Integer.parseInt(text.substring(9, 12)), text);
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
}

package io.masterdeal.router.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that misbehaves for some requests, and accepts the others. */
public final class HostileSink implements AutoCloseable {

    private final ServerSocket server;

    private final Trick trick;

    private final IntPredicate onWhich;

    private final AtomicInteger requests = new AtomicInteger();

    private final AtomicInteger tricks = new AtomicInteger();

    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();

    private HostileSink(ServerSocket server, Trick trick, IntPredicate onWhich) {
        this.server = server;
        this.trick = trick;
        this.onWhich = onWhich;
    }

    /** What it does instead of answering. */
    public enum Trick {
        /** Closes the connection after reading the request. */
        DROP {
            @Override
            void play(Socket socket) throws IOException {
                socket.setSoLinger(true, 0);
            }
        },
        /** Answers something that is not HTTP. */
        GARBAGE {
            @Override
            void play(Socket socket) throws IOException {
                socket.getOutputStream().write(new byte[] {0, 1, 2, (byte) 0xFF, '\n', '\r', 'H', 'T', 'T'});
            }
        },
        /** Begins an answer that announces more bytes, and closes its half of the connection. */
        HALF_CLOSE {
            @Override
            void play(Socket socket) throws IOException {
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                socket.shutdownOutput();
                drain(socket);
            }
        },
        /** Reads the request and never answers. */
        SILENCE {
            @Override
            void play(Socket socket) throws IOException {
                drain(socket);
            }
        },
        /** Answers with endless headers. */
        ENDLESS_HEADERS {
            @Override
            void play(Socket socket) throws IOException {
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] header = ("X-More: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                while (true) {
                    out.write(header); // Until the other side closes the connection.
                }
            }
        };

        abstract void play(Socket socket) throws IOException;

        /** Waits until the other side has closed the connection. */
        private static void drain(Socket socket) throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Starts one.
     *
     * @param onWhich the numbers of the requests, from 1, for which it misbehaves
     */
    public static HostileSink start(Trick trick, IntPredicate onWhich) throws IOException {
        HostileSink sink = new HostileSink(new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), trick, onWhich);
        Thread.ofVirtual().start(sink::accept);
        return sink;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/events";
    }

    /** How many times it has misbehaved. */
    public int tricks() {
        return tricks.get();
    }

    /** Ids of the accepted events about an object, in order. */
    public List<String> taken(String subject) {
        return taken.getOrDefault(subject, List.of());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                JsonNode event = JsonMapper.shared().readTree(in.readNBytes(length(head)));
                if (onWhich.test(requests.incrementAndGet())) {
                    tricks.incrementAndGet();
                    trick.play(socket);
                    return;
                }
                taken.computeIfAbsent(event.path("subject").stringValue(), _ -> new CopyOnWriteArrayList<>())
                        .add(event.path("id").stringValue());
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException _) {
            return; // The other side has closed the connection.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .map(it -> it.toLowerCase(Locale.ROOT))
                .filter(it -> it.startsWith("content-length:"))
                .mapToInt(it -> Integer.parseInt(it.substring(15).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

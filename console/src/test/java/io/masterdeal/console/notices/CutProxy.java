package io.masterdeal.console.notices;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy before PostgreSQL that can be cut, so that PostgreSQL is away for one console. */
final class CutProxy implements AutoCloseable {

    private final ServerSocket entrance;
    private final URI database;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    private CutProxy(ServerSocket entrance, URI database) {
        this.entrance = entrance;
        this.database = database;
    }

    static CutProxy before(String jdbcUrl) throws IOException {
        CutProxy proxy = new CutProxy(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                URI.create(jdbcUrl.substring("jdbc:".length())));
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + database.getPath()
                + (database.getQuery() == null ? "" : "?" + database.getQuery());
    }

    /** Ends all connections, and each new one at once. */
    void cut() throws IOException {
        cut = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket here = entrance.accept();
                if (cut) {
                    here.close();
                    continue;
                }
                Socket there = new Socket();
                there.connect(new InetSocketAddress(database.getHost(), database.getPort()));
                sockets.add(here);
                sockets.add(there);
                Thread.ofVirtual().start(() -> copy(here, there));
                Thread.ofVirtual().start(() -> copy(there, here));
            } catch (IOException _) {
                // It is closed, or PostgreSQL is away: the loop looks.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException _) {
            // One of the two is gone, so the other goes as well.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}

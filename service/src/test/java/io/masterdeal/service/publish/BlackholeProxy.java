package io.masterdeal.service.publish;

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

/** A proxy before PostgreSQL that can silently drop what is sent in both directions, like a broken switch. */
final class BlackholeProxy implements AutoCloseable {

    private final ServerSocket entrance;

    private final URI database;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private volatile boolean swallowing;

    private BlackholeProxy(ServerSocket entrance, URI database) {
        this.entrance = entrance;
        this.database = database;
    }

    /**
     * Opens it.
     *
     * @param jdbcUrl of the PostgreSQL behind it
     */
    static BlackholeProxy before(String jdbcUrl) throws IOException {
        BlackholeProxy network = new BlackholeProxy(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                URI.create(jdbcUrl.substring("jdbc:".length())));
        Thread.ofVirtual().start(network::accept);
        return network;
    }

    /** The JDBC URL that leads through it. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + database.getPath()
                + (database.getQuery() == null ? "" : "?" + database.getQuery());
    }

    /** From now on nothing arrives, and no connection breaks. */
    void swallow() {
        swallowing = true;
    }

    /** From now on new connections work. What was swallowed is gone, and the connections with it. */
    void letThrough() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        swallowing = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket here = entrance.accept();
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

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!swallowing) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException _) {
            // One of the two is gone, so the other goes as well.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        letThrough();
    }
}

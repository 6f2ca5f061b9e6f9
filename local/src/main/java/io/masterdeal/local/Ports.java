package io.masterdeal.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** TCP ports on the loopback address. */
final class Ports {
    /** Where everything listens; nothing is reachable from another machine. */
    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** A port nobody listens on just now; another process may still take it first, so who uses it must be ready to retry. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server could listen there now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections of an earlier server that are still being wound up are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Without asking a resolver what it takes the name for. */
    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    }

    static LocalInfrastructureException inUse(Part part, int port) {
        return new LocalInfrastructureException("Port " + port + " on " + LOOPBACK + ", wanted for " + part.title()
                + ", is in use by another process. Stop that process, or choose another port for " + part.title()
                + " (0 takes a free one).");
    }
}

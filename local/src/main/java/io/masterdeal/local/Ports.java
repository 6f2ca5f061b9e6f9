package io.masterdeal.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on the loopback address. */
public final class Ports {
    /** Where everything listens; nothing is reachable from another machine. */
    static final String LOOPBACK = "127.0.0.1";

    /** Below the ephemeral ports of operating systems, so that a chosen port stays free until its server listens. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private static final int MOST_TRIES = 1_000;

    private static final Set<Integer> CHOSEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * Chooses a port on which nothing listens now and that this process has not chosen before: two servers that are started
     * together never get the same. Another process may still take it first, so the caller must expect to fail.
     *
     * @return a port between 20,000 and 32,000
     * @throws IOException if none of a thousand tried is free
     */
    public static int free() throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && CHOSEN.add(port)) {
                return port;
            }
        }
        throw new IOException("No free port was found between " + LOWEST + " and " + HIGHEST + " on " + LOOPBACK + ".");
    }

    /** Whether a server could listen there now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections of an earlier server in TIME_WAIT are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Without asking a resolver. */
    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    }

    static LocalInfrastructureException inUse(Part part, int port) {
        return new LocalInfrastructureException("Port " + port + " on " + LOOPBACK + ", wanted for " + part.title()
                + ", is in use by another process. Stop that process, or choose another port for " + part.title()
                + " (0 takes a free one).");
    }
}

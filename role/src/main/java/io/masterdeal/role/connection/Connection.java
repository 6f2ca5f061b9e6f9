package io.masterdeal.role.connection;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/** One connection, and what it is doing. Thread-safe. */
final class Connection {
    /** The first 64 bits of an IPv6 address name the network; the rest is assigned within it by its owner. */
    private static final int OWNERS_BYTES = 8;

    private static final Duration LEFTOVER = Duration.ofSeconds(3);

    /** What it is doing. */
    enum State {
        /** Accepted, and no complete headers have arrived yet. */
        NEW,
        /** The headers of a later request have begun to arrive. */
        READING,
        /** Between two requests. */
        IDLE,
        /** A request is being handled, or may be. */
        BUSY,
        /** A request has been answered, and the rest of its body is discarded. */
        ANSWERED,
        CLOSED
    }

    private final SocketChannel socket;
    private final String address;
    private State state = State.NEW;
    private State before = State.NEW;
    private long since;

    Connection(SocketChannel socket, String address, long now) {
        this.socket = socket;
        this.address = address;
        this.since = now;
    }

    /** Identifies the sender: the address, or for IPv6 its network. */
    static String address(SocketChannel socket) {
        try {
            if (!(socket.getRemoteAddress() instanceof InetSocketAddress remote)) {
                return "local";
            }
            if (remote.getAddress() instanceof Inet6Address six && !six.isLoopbackAddress()) {
                return Arrays.toString(Arrays.copyOf(six.getAddress(), OWNERS_BYTES));
            }
            return remote.getAddress().isLoopbackAddress()
                    ? "loopback"
                    : remote.getAddress().getHostAddress();
        } catch (IOException e) {
            return "gone";
        }
    }

    SocketChannel socket() {
        return socket;
    }

    boolean isOf(String sender) {
        return address.equals(sender);
    }

    /** Notes that its bytes are being processed; false if it has been closed early. */
    synchronized boolean begin() {
        if (state == State.CLOSED) {
            return false;
        }
        before = state == State.BUSY ? before : state;
        state = State.BUSY;
        return true;
    }

    /** Notes that it waits for bytes again, whether or not complete headers have arrived meanwhile. */
    synchronized void rest(State next, boolean served, long now) {
        if (state == State.CLOSED) {
            return;
        }
        boolean goesOn = !served && (before == State.NEW || before == next);
        state = goesOn ? before : next;
        since = goesOn ? since : now;
    }

    /** Notes that its request has been answered before the whole body was read. */
    synchronized void answered(long now) {
        if (state == State.BUSY) {
            state = State.ANSWERED;
            since = now;
        }
    }

    /** Notes that it is closed. */
    synchronized void end() {
        state = State.CLOSED;
    }

    /**
     * Closes it early, unless a request is being handled. It ends as if the sender had closed it: Tomcat sees the end of the input and
     * cleans up in a thread of its own.
     */
    synchronized boolean giveUp() {
        if (state == State.BUSY || state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        try {
            socket.shutdownInput();
        } catch (IOException | NotYetConnectedException e) {
            // Already closed.
        }
        return true;
    }

    synchronized boolean isLate(ConnectionRules rules, long now) {
        return switch (state) {
            case NEW, READING -> now - since > rules.header().toNanos();
            case IDLE -> now - since > rules.idle().toNanos();
            case ANSWERED -> now - since > LEFTOVER.toNanos();
            case BUSY, CLOSED -> false;
        };
    }

    /** The order of early closing: connections without complete headers first, then idle ones; within each the longest waiting first. */
    synchronized Rank rank() {
        return new Rank(
                switch (state) {
                    case NEW, READING, ANSWERED -> 0;
                    case IDLE -> 1;
                    case BUSY, CLOSED -> Rank.STAYS;
                },
                since);
    }

    /** The order of early closing. */
    record Rank(int order, long since) implements Comparable<Rank> {
        private static final int STAYS = 2;

        boolean mayGo() {
            return order < STAYS;
        }

        @Override
        public int compareTo(Rank other) {
            return order == other.order ? Long.signum(since - other.since) : Integer.compare(order, other.order);
        }
    }
}

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
    /** An IPv6 network of one owner has 64 bits before those that the owner gives away. */
    private static final int OWNERS_BYTES = 8;

    private static final Duration LEFTOVER = Duration.ofSeconds(3);

    /** What it does. */
    enum State {
        /** No headers have been whole yet, since it was accepted. */
        NEW,
        /** Headers have begun, after a request before. */
        READING,
        /** Between two requests. */
        IDLE,
        /** A request is at work, or may be. */
        BUSY,
        /** A request has been answered, and nobody wants what is left of its body. */
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

    /** By what connections of the same sender are known: the address, of IPv6 its network. */
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

    /** Says that bytes of it are looked at; false if it has been given up. */
    synchronized boolean begin() {
        if (state == State.CLOSED) {
            return false;
        }
        before = state == State.BUSY ? before : state;
        state = State.BUSY;
        return true;
    }

    /** Says that it waits for bytes again, headers having been whole meanwhile or not. */
    synchronized void rest(State next, boolean served, long now) {
        if (state == State.CLOSED) {
            return;
        }
        boolean goesOn = !served && (before == State.NEW || before == next);
        state = goesOn ? before : next;
        since = goesOn ? since : now;
    }

    /** Says that its request has been answered, though there is more of its body. */
    synchronized void answered(long now) {
        if (state == State.BUSY) {
            state = State.ANSWERED;
            since = now;
        }
    }

    /** Says that it is closed. */
    synchronized void end() {
        state = State.CLOSED;
    }

    /**
     * Gives it up, unless a request is at work. It ends as if its sender had closed it: Tomcat sees that nothing more comes, and clears
     * up in a thread of its own.
     */
    synchronized boolean giveUp() {
        if (state == State.BUSY || state == State.CLOSED) {
            return false;
        }
        state = State.CLOSED;
        try {
            socket.shutdownInput();
        } catch (IOException | NotYetConnectedException e) {
            // It is closed already.
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

    /** Which is to go first: those without whole headers before those that have had a request, the longest waiting first. */
    synchronized Rank rank() {
        return new Rank(
                switch (state) {
                    case NEW, READING, ANSWERED -> 0;
                    case IDLE -> 1;
                    case BUSY, CLOSED -> Rank.STAYS;
                },
                since);
    }

    /** The order of going. */
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

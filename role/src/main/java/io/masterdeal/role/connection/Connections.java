package io.masterdeal.role.connection;

import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a server. When there are too many, of one address or in all, the one that has waited longest for its
 * headers is closed, then the one that has been idle longest; a new one is refused only if all are handling requests. So a sender that
 * opens many connections and sends little keeps nobody out. Thread-safe.
 */
final class Connections {
    private final ConcurrentHashMap<SocketChannel, Connection> open = new ConcurrentHashMap<>();
    private final LongAdder late = new LongAdder();
    private final LongAdder crowdedOut = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Admits a new connection, if necessary in place of another; false if there is no room. */
    boolean admit(SocketChannel socket, ConnectionRules rules) {
        String address = Connection.address(socket);
        boolean place = makeRoom(rules.perAddress(), it -> it.isOf(address)) && makeRoom(rules.most(), _ -> true);
        if (place) {
            open.put(socket, new Connection(socket, address, System.nanoTime()));
        } else {
            refused.increment();
        }
        return place;
    }

    @Nullable
    Connection of(SocketChannel socket) {
        return open.get(socket);
    }

    /** Removes a closed connection. */
    void remove(Connection connection) {
        connection.end();
        open.remove(connection.socket());
    }

    /** Closes late connections, and removes closed ones. */
    void sweep(ConnectionRules rules) {
        long now = System.nanoTime();
        for (Connection it : open.values()) {
            if (!it.socket().isOpen()) {
                open.remove(it.socket());
            } else if (it.isLate(rules, now) && giveUp(it)) {
                late.increment();
            }
        }
    }

    Figures figures() {
        return new Figures(open.size(), late.sum(), crowdedOut.sum(), refused.sum());
    }

    private boolean makeRoom(int most, Predicate<Connection> among) {
        while (open.size() >= most) {
            int count = 0;
            Connection first = null;
            Connection.Rank rank = null;
            for (Connection it : open.values()) {
                if (!it.socket().isOpen()) {
                    open.remove(it.socket());
                } else if (among.test(it)) {
                    count++;
                    Connection.Rank its = it.rank();
                    if (its.mayGo() && (rank == null || its.compareTo(rank) < 0)) {
                        first = it;
                        rank = its;
                    }
                }
            }
            if (count < most) {
                return true;
            }
            if (first == null) {
                return false;
            }
            if (giveUp(first)) {
                crowdedOut.increment();
            }
        }
        return true;
    }

    private boolean giveUp(Connection connection) {
        if (!connection.giveUp()) {
            return false;
        }
        open.remove(connection.socket());
        return true;
    }

    /**
     * Numbers of connections.
     *
     * @param open how many there are
     * @param late how many were closed because headers or the next request did not arrive in time
     * @param crowdedOut how many were closed to make room
     * @param refused how many found no room
     */
    record Figures(int open, long late, long crowdedOut, long refused) {}
}

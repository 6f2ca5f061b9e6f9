package io.masterdeal.role.connection;

import io.masterdeal.worker.Workers;
import jakarta.servlet.ServletRequest;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by Tomcat, with {@link ConnectionRules}. Tomcat's own timeouts begin anew with each byte, and its bound on connections is
 * one for all senders.
 *
 * <p>Tomcat makes it, by its name and without arguments.
 */
public final class GuardedProtocol extends Http11NioProtocol {
    private static final Log LOG = LogFactory.getLog(GuardedProtocol.class);
    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final ConnectionRules DEFAULT =
            new ConnectionRules(1900, 1000, Duration.ofSeconds(20), Duration.ofSeconds(65));

    private static final String CONNECTION = "io.masterdeal.connection";

    private final Connections connections = new Connections();
    private volatile ConnectionRules rules = DEFAULT;
    private final ScheduledExecutorService clock = Workers.scheduled("connection-deadlines");
    private Future<?> sweeps = CompletableFuture.completedFuture(null);

    /** Made by Tomcat. */
    public GuardedProtocol() {
        this(new Endpoint());
    }

    private GuardedProtocol(Endpoint endpoint) {
        super(endpoint);
        endpoint.protocol = this;
    }

    /** Sets what connections may do. {@code maxConnections} of Tomcat has to be greater than what they may be at most. */
    public void setRules(ConnectionRules rules) {
        this.rules = rules;
    }

    /**
     * Says that a request has been answered and that only what is left of its body is read. Its connection may be closed from now on,
     * after some seconds or to make room.
     *
     * @param request one that came by this protocol, or by another, of which nothing is said then
     */
    public static void answered(ServletRequest request) {
        if (request.getAttribute(CONNECTION) instanceof Connection connection) {
            connection.answered(System.nanoTime());
        }
    }

    /** Lets {@link #answered} know the connection of a request. */
    static void remember(Request request, Connection connection) {
        request.setAttribute(CONNECTION, connection);
    }

    /** Connections open now. */
    public int open() {
        return connections.figures().open();
    }

    /** How many were closed, since the start, because headers or the next request did not come in time. */
    public long late() {
        return connections.figures().late();
    }

    /** How many were closed, since the start, to make room for others. */
    public long crowdedOut() {
        return connections.figures().crowdedOut();
    }

    /** How many found no room, since the start. */
    public long refused() {
        return connections.figures().refused();
    }

    @Override
    protected Processor createProcessor() {
        return new GuardedProcessor(this, connections, getAdapter());
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweeps = clock.scheduleAtFixedRate(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        sweeps.cancel(false);
        super.stop();
    }

    @Override
    public void destroy() throws Exception {
        clock.shutdownNow();
        super.destroy();
    }

    @Override
    protected Log getLog() {
        return LOG;
    }

    private void sweep() {
        try {
            connections.sweep(rules);
        } catch (RuntimeException e) {
            // Thrown on, it would end the sweeping for good.
            LOG.error("late connections could not be closed", e);
        }
    }

    /** Where connections come in. */
    private static final class Endpoint extends NioEndpoint {
        private @Nullable GuardedProtocol protocol;

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            GuardedProtocol guard = protocol;
            if (guard != null && !guard.connections.admit(socket, guard.rules)) {
                destroySocket(socket);
                return false;
            }
            return super.setSocketOptions(socket);
        }
    }
}

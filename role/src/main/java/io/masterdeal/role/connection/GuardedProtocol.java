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
 * Tomcat's HTTP/1.1 with {@link ConnectionRules}. Tomcat's own timeouts restart with each byte, and its limit of connections is
 * shared by all senders.
 *
 * <p>Tomcat creates it, by its class name and without arguments.
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

    /** Sets the limits. Tomcat's {@code maxConnections} has to be greater than {@link ConnectionRules#most}. */
    public void setRules(ConnectionRules rules) {
        this.rules = rules;
    }

    /**
     * Notes that a request has been answered and only the rest of its body is still read. From now on its connection may be closed
     * after some seconds, or to make room.
     *
     * @param request any request; nothing happens if it arrived over another protocol
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

    /** How many were closed since the start because headers or the next request did not arrive in time. */
    public long late() {
        return connections.figures().late();
    }

    /** How many were closed since the start to make room for others. */
    public long crowdedOut() {
        return connections.figures().crowdedOut();
    }

    /** How many were refused since the start because there was no room. */
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
            // If it were thrown on, no later sweep would run.
            LOG.error("late connections could not be closed", e);
        }
    }

    /** Accepts connections. */
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

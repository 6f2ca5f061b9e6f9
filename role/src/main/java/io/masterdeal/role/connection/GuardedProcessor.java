package io.masterdeal.role.connection;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tells a {@link Connection} what it is doing. */
final class GuardedProcessor extends Http11Processor {
    private final Connections connections;
    private final Noted noted;

    GuardedProcessor(AbstractHttp11Protocol<?> protocol, Connections connections, Adapter adapter) {
        this(protocol, connections, new Noted(adapter));
    }

    private GuardedProcessor(AbstractHttp11Protocol<?> protocol, Connections connections, Noted noted) {
        super(protocol, noted);
        this.connections = connections;
        this.noted = noted;
    }

    @Override
    public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
        Connection connection = connection(socket);
        if (connection == null) {
            return super.process(socket, event);
        }
        if (!connection.begin()) {
            return SocketState.CLOSED;
        }
        noted.served = false;
        noted.connection = connection;
        SocketState state = SocketState.CLOSED;
        try {
            state = super.process(socket, event);
            return state;
        } finally {
            tell(connection, state);
        }
    }

    private @Nullable Connection connection(SocketWrapperBase<?> socket) {
        return socket.getSocket() instanceof NioChannel channel && channel.getIOChannel() != null
                ? connections.of(channel.getIOChannel())
                : null;
    }

    private void tell(Connection connection, SocketState state) {
        switch (state) {
            case OPEN -> connection.rest(Connection.State.IDLE, noted.served, System.nanoTime());
            case LONG -> {
                if (!isAsync()) {
                    connection.rest(Connection.State.READING, noted.served, System.nanoTime());
                }
            }
            case CLOSED -> connections.remove(connection);
            default -> {
                // A request is still being handled.
            }
        }
    }

    /** Passes on requests with complete headers, and notes that there was one. */
    private static final class Noted implements Adapter {
        private final Adapter adapter;
        private boolean served;
        private @Nullable Connection connection;

        Noted(Adapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            served = true;
            if (connection != null) {
                GuardedProtocol.remember(request, connection);
            }
            adapter.service(request, response);
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return adapter.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
            return adapter.asyncDispatch(request, response, event);
        }

        @Override
        public void log(Request request, Response response, long time) {
            adapter.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            adapter.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return adapter.getDomain();
        }
    }
}

package io.masterdeal.facts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections of one transaction, which halt at certain statements until they are let on. If the transaction has to be
 * tried again, it halts no more.
 */
final class Gates extends AbstractDataSource {

    /** The statement before which a step ends, by how it begins; a step may be empty. */
    private static final List<String> FIRST_OF_STEP = List.of(
            "", // begin: the first statement, whatever it is
            "INSERT INTO objects", // lock
            "INSERT INTO facts|INSERT INTO retractions|UPDATE event_ids e SET retracted_by|INSERT INTO links", // write
            "COMMIT");

    /** How many steps a transaction has. */
    static final int STEPS = FIRST_OF_STEP.size();

    private static final long PATIENCE_SECONDS = 60;

    private final DataSource target;

    private final Semaphore permits = new Semaphore(0);

    private volatile int backend;

    /** The step before whose gate the transaction stands; -1 while it is on its way. */
    private volatile int standing = -1;

    private int next;

    private boolean retried;

    private @Nullable Connection first;

    Gates(DataSource target) {
        this.target = target;
    }

    /** Lets the transaction make one step more, now or when it gets there. */
    void letOn() {
        permits.release();
    }

    /** Whether it waits before a closed gate. */
    boolean isHalted() {
        return standing >= 0 && permits.availablePermits() == 0;
    }

    /** The process that serves it; 0 if it has no connection. */
    int backend() {
        return backend;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = target.getConnection();
        backend = connection.unwrap(PGConnection.class).getBackendPID();
        retried = first != null;
        first = connection;
        return (Connection) Proxy.newProxyInstance(
                Gates.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> onConnection(connection, method, arguments));
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException("the store asks for no user");
    }

    private @Nullable Object onConnection(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("commit")) {
            halt("COMMIT");
        } else if (method.getName().equals("close")) {
            backend = 0;
        }
        Object result = call(connection, method, arguments);
        if (method.getName().equals("prepareStatement") && arguments != null && result != null) {
            String sql = String.valueOf(arguments[0]).strip();
            return Proxy.newProxyInstance(
                    Gates.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, called, given) -> {
                        if (called.getName().startsWith("execute")) {
                            halt(sql);
                        }
                        return call(result, called, given);
                    });
        }
        return result;
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void halt(String sql) throws InterruptedException {
        while (!retried && next < STEPS && endsStep(sql)) {
            standing = next;
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the transaction on before: " + sql);
            }
            standing = -1;
            next++;
        }
    }

    /** Whether the next gate is here, or was to be before: a transaction need not have every statement. */
    private boolean endsStep(String sql) {
        for (int i = next; i < STEPS; i++) {
            for (String start : FIRST_OF_STEP.get(i).split("\\|", -1)) {
                if (sql.startsWith(start) && (i == 0 || !start.isEmpty())) {
                    return true;
                }
            }
        }
        return false;
    }
}

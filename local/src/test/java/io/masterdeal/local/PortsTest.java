package io.masterdeal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ports for servers that start together. */
@Execution(ExecutionMode.SAME_THREAD)
class PortsTest {

    /** So many that chance alone would give one twice. */
    private static final int MANY = 500;

    @Test
    void no_port_is_given_twice_although_nobody_listens_there_yet() throws IOException {
        Set<Integer> given = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            given.add(Ports.free());
        }

        assertThat(given).hasSize(MANY);
    }

    @Test
    void a_port_is_taken_while_somebody_listens_there_and_free_again_afterwards() throws IOException {
        int port = Ports.free();

        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(server.getLocalPort())).isFalse();
        }
        // A child that another test starts just then holds a copy of the socket until it runs its own program.
        await().untilAsserted(() -> assertThat(Ports.isFree(port)).isTrue());
    }
}

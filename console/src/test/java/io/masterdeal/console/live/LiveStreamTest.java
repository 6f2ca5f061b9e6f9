package io.masterdeal.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.console.RunningConsole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over real connections, some of which nobody reads. */
class LiveStreamTest {

    private static final int READERS = Boolean.getBoolean("masterdeal.long") ? 500 : 60;

    @Test
    void readers_are_told_within_a_second_of_each_other_although_some_do_not_read(@TempDir Path directory)
            throws Exception {
        try (RunningConsole console = RunningConsole.start(directory, Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LiveReaders readers = console.context().getBean(LiveReaders.class);
            ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Socket socket = connect(console);
                sockets.add(socket);
                if (i % 20 != 0) {
                    threads.execute(() -> listen(socket, told));
                }
            }
            int listening = READERS - (READERS + 19) / 20;
            await().atMost(Duration.ofSeconds(60)).until(() -> readers.size() == READERS);

            // when
            readers.changed("alerts");

            // then
            await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == listening);
            LongSummaryStatistics at = told.stream().mapToLong(it -> it).summaryStatistics();
            assertThat(Duration.ofNanos(at.getMax() - at.getMin())).isLessThan(Duration.ofSeconds(1));

            // when the readers go
            for (Socket socket : sockets) {
                socket.close();
            }
            await("each is missed at the next message")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        readers.changed("alerts");
                        return readers.size() == 0;
                    });
        }
    }

    private static Socket connect(RunningConsole console) throws IOException {
        URI at = console.address();
        Socket socket = new Socket(at.getHost(), at.getPort());
        socket.getOutputStream()
                .write(("GET /live?since=" + System.currentTimeMillis() + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Authorization: Bearer " + console.key("reader") + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void listen(Socket socket, ConcurrentLinkedQueue<Long> told) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.contains("[\"alerts\"]")) {
                line = lines.readLine();
            }
            if (line != null) {
                told.add(System.nanoTime());
            }
            while (line != null) {
                line = lines.readLine();
            }
        } catch (IOException _) {
            // The test has closed it.
        }
    }
}

package io.masterdeal.console.live;

import io.masterdeal.role.http.JsonAnswer;
import io.masterdeal.role.http.ProblemDocument;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The stream of changes. Each request is a virtual thread, which waits at its own mailbox and writes to its own connection, so that a reader
 * that does not read holds up only itself, and is dropped when a write has waited for {@code server.tomcat.connection-timeout} (20 s).
 */
@Controller
class LiveController {

    private static final Logger log = LoggerFactory.getLogger(LiveController.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** The browser connects again at once, and has to show its session or key again: so a stream ends soon after these. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final LiveReaders readers;
    private final LivePace pace;

    LiveController(LiveReaders readers, LivePace pace) {
        this.readers = readers;
        this.pace = pace;
    }

    /**
     * Tells of changes until the reader goes.
     *
     * @param since when the page was made, in milliseconds since 1970 UTC
     * @param lastId sent by browsers that connect again
     */
    @GetMapping("/live")
    void live(
            @RequestParam(defaultValue = "0") long since,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
            HttpServletResponse response)
            throws IOException {
        LiveMailbox mailbox = readers.open();
        if (mailbox == null) {
            JsonAnswer.of(new ProblemDocument(
                            "unavailable",
                            503,
                            "No more streams",
                            "There are " + LiveReaders.MOST
                                    + " already, or the console is stopping. Ask for pages instead."))
                    .writeTo(response);
            return;
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader("X-Accel-Buffering", "no"); // Proxies must not wait for more.
            mailbox.offer(readers.missed(lastId, Instant.ofEpochMilli(since)));
            write(mailbox, response);
        } catch (IOException e) {
            log.debug("a reader has gone: {}", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            readers.close(mailbox);
        }
    }

    private void write(LiveMailbox mailbox, HttpServletResponse response) throws IOException, InterruptedException {
        OutputStream out = response.getOutputStream();
        out.write("retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII));
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!mailbox.isClosed() && end - System.nanoTime() > 0) {
            LiveChange change = mailbox.take(HEARTBEAT);
            String text = change == null
                    ? ": still here\n\n"
                    : change.message(
                            readers.process(), pace.interval(readers.size()).toMillis());
            out.write(text.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        }
    }
}

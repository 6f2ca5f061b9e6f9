package io.masterdeal.console.notices;

import io.masterdeal.worker.Workers;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends what is due, one notice of a channel at a time, so that a slow channel holds up no other. */
final class NoticeWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NoticeWorker.class);

    private final NoticeOutbox outbox;
    private final Channels channels;
    private final NoticeSenders senders;
    private final Clock clock;
    private @Nullable ScheduledExecutorService schedule;
    private @Nullable ExecutorService sending;

    NoticeWorker(NoticeOutbox outbox, Channels channels, NoticeSenders senders, Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.senders = senders;
        this.clock = clock;
    }

    @Override
    public void start() {
        ExecutorService executor = Workers.perTask("notice-");
        ScheduledExecutorService started = Workers.scheduled("notices");
        var _ = started.scheduleWithFixedDelay(() -> sendDue(executor), 1, 1, TimeUnit.SECONDS);
        sending = executor;
        schedule = started;
    }

    private void sendDue(ExecutorService executor) {
        for (Notice notice : outbox.take(clock.instant())) {
            executor.execute(() -> send(notice));
        }
    }

    private void send(Notice notice) {
        Channel channel = channels.find(notice.channel()).orElse(null);
        if (channel == null) {
            return; // Only channels that there are are taken.
        }
        try {
            senders.send(channel, notice);
            outbox.sent(notice, clock.instant());
        } catch (NoticeException e) {
            log.warn("channel {}: {}", channel.name(), e.getMessage());
            outbox.failed(notice, String.valueOf(e.getMessage()), clock.instant());
        } catch (RuntimeException e) {
            log.warn("channel {} failed", channel.name(), e);
            outbox.failed(notice, e.toString(), clock.instant());
        }
    }

    @Override
    public void stop() {
        if (schedule != null) {
            schedule.shutdownNow();
        }
        if (sending != null) {
            sending.shutdownNow();
        }
        schedule = null;
        sending = null;
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }
}

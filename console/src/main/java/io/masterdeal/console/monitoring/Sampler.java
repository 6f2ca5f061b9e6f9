package io.masterdeal.console.monitoring;

import io.masterdeal.worker.Workers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Asks every process at intervals how it does, all at once. */
final class Sampler implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    private static final int CONNECT_MS = 2_000;

    private final List<ProcessAddress> processes;
    private final Duration interval;
    private final String kafka;
    private final ProcessProbe probe;
    private final Samples samples;
    private final List<SampleListener> listeners;
    private final Clock clock;
    private @Nullable ScheduledExecutorService schedule;
    private @Nullable ExecutorService asking;

    /**
     * What is sampled, and how often.
     *
     * @param processes whom to ask
     * @param interval between samples
     * @param kafka the bootstrap servers
     */
    record Plan(List<ProcessAddress> processes, Duration interval, String kafka) {}

    Sampler(Plan plan, ProcessProbe probe, Samples samples, List<SampleListener> listeners, Clock clock) {
        this.processes = plan.processes();
        this.interval = plan.interval();
        this.kafka = plan.kafka();
        this.probe = probe;
        this.samples = samples;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public void start() {
        asking = Workers.perTask("sample-");
        ScheduledExecutorService started = Workers.scheduled("sampler");
        var _ = started.scheduleWithFixedDelay(this::sampleOrLog, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        schedule = started;
    }

    private void sampleOrLog() {
        try {
            Sample sample = sample();
            if (sample != null) {
                samples.add(sample);
                listeners.forEach(listener -> listener.sampled(samples));
            }
        } catch (RuntimeException e) {
            log.warn("the platform could not be sampled", e);
        }
    }

    private @Nullable Sample sample() {
        ExecutorService executor = asking;
        if (executor == null) {
            return null;
        }
        Instant now = clock.instant();
        List<Future<ProcessSample>> asked = new ArrayList<>();
        for (ProcessAddress process : processes) {
            asked.add(executor.submit(() -> probe.ask(process)));
        }
        Callable<Boolean> reach = this::reachesKafka;
        Future<Boolean> reached = executor.submit(reach);
        try {
            List<ProcessSample> answers = new ArrayList<>();
            for (Future<ProcessSample> each : asked) {
                answers.add(each.get());
            }
            return new Sample(now, answers, reached.get());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    // A connection says enough: what else is wrong with a broker its clients tell.
    private boolean reachesKafka() {
        for (String server : kafka.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            if (colon < 0) {
                continue;
            }
            try (Socket socket = new Socket()) {
                String host = server.substring(0, colon).strip().replaceAll("[\\[\\]]", "");
                socket.connect(
                        new InetSocketAddress(
                                host,
                                Integer.parseInt(server.substring(colon + 1).strip())),
                        CONNECT_MS);
                return true;
            } catch (IOException | IllegalArgumentException e) {
                log.debug("Kafka at {} takes no connection: {}", server, e.toString());
            }
        }
        return false;
    }

    @Override
    public void stop() {
        if (schedule != null) {
            schedule.shutdownNow();
        }
        if (asking != null) {
            asking.shutdownNow();
        }
        schedule = null;
        asking = null;
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }
}

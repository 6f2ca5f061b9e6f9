package io.masterdeal.crash;

import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.platform.CrashPlatform;
import io.masterdeal.crash.platform.PlatformProcess;
import io.masterdeal.crash.platform.SupervisedRole;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Injects faults into a platform, and repairs each before the next. */
final class FaultInjector {

    private static final Logger log = LoggerFactory.getLogger(FaultInjector.class);

    private final CrashPlatform platform;

    private final Random random;

    private final List<RunResult.InjectedFault> injected = new ArrayList<>();

    /**
     * @param platform the platform
     * @param random chooses among several processes
     */
    FaultInjector(CrashPlatform platform, Random random) {
        this.platform = platform;
        this.random = random;
    }

    /** Waits, injects the fault, waits, and repairs; the load goes on meanwhile. */
    void inject(Fault fault, Load load) throws InterruptedException, IOException {
        load.sendShare();
        sleep(fault.after());
        List<PlatformProcess> processes = processes(fault);
        List<String> met = new ArrayList<>();
        for (PlatformProcess process : processes) {
            if (inject(fault.kind(), process)) {
                met.add(process.name());
            }
        }
        log.info("{}: {}", fault, met);
        injected.add(new RunResult.InjectedFault(fault, met));
        load.sendShare();
        sleep(fault.down());
        for (PlatformProcess process : processes) {
            if (fault.kind() == Fault.Kind.PAUSE) {
                process.resume();
            } else {
                process.start();
            }
        }
    }

    private static boolean inject(Fault.Kind kind, PlatformProcess process) throws InterruptedException {
        return switch (kind) {
            case KILL -> process.kill();
            case PAUSE -> process.pause();
            case RESTART -> process.end();
        };
    }

    private List<PlatformProcess> processes(Fault fault) throws InterruptedException {
        List<SupervisedRole> services = platform.services();
        return switch (fault.target()) {
            case SERVICE -> List.of(services.get(random.nextInt(services.size())));
            case ALL_SERVICES -> List.copyOf(services);
            case RELAY_LEADER -> List.of(platform.leader().orElse(services.getFirst()));
            case GATEWAY -> List.of(platform.gateway());
            case BROKER -> List.of(platform.broker());
            case POSTGRESQL -> List.of(platform.postgres());
        };
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** The faults injected so far. */
    List<RunResult.InjectedFault> injected() {
        return List.copyOf(injected);
    }
}

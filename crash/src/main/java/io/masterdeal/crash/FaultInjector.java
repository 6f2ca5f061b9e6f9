package io.masterdeal.crash;

import io.masterdeal.crash.fault.Fault;
import io.masterdeal.crash.stand.Member;
import io.masterdeal.crash.stand.RoleProcess;
import io.masterdeal.crash.stand.Stand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does to a platform what a plan says, and repairs each damage before the next. */
final class Disturber {

    private static final Logger log = LoggerFactory.getLogger(Disturber.class);

    private final Stand stand;

    private final Random random;

    private final List<RunResult.Struck> struck = new ArrayList<>();

    /**
     * @param stand the platform
     * @param random chooses among several processes
     */
    Disturber(Stand stand, Random random) {
        this.stand = stand;
        this.random = random;
    }

    /** Waits, strikes, waits, and repairs; the load goes on meanwhile. */
    void strike(Fault fault, Load load) throws InterruptedException, IOException {
        load.sendShare();
        sleep(fault.after());
        List<Member> members = members(fault);
        List<String> met = new ArrayList<>();
        for (Member member : members) {
            if (strike(fault.kind(), member)) {
                met.add(member.name());
            }
        }
        log.info("{}: {}", fault, met);
        struck.add(new RunResult.Struck(fault, met));
        load.sendShare();
        sleep(fault.down());
        for (Member member : members) {
            if (fault.kind() == Fault.Kind.PAUSE) {
                member.resume();
            } else {
                member.start();
            }
        }
    }

    private static boolean strike(Fault.Kind kind, Member member) throws InterruptedException {
        return switch (kind) {
            case KILL -> member.kill();
            case PAUSE -> member.pause();
            case RESTART -> member.end();
        };
    }

    private List<Member> members(Fault fault) throws InterruptedException {
        List<RoleProcess> services = stand.services();
        return switch (fault.target()) {
            case SERVICE -> List.of(services.get(random.nextInt(services.size())));
            case ALL_SERVICES -> List.copyOf(services);
            case RELAY_LEADER -> List.of(stand.leader().orElse(services.getFirst()));
            case GATEWAY -> List.of(stand.gateway());
            case BROKER -> List.of(stand.broker());
            case POSTGRESQL -> List.of(stand.postgres());
        };
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** What was done so far. */
    List<RunResult.Struck> struck() {
        return List.copyOf(struck);
    }
}

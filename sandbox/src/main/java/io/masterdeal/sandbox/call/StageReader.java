package io.masterdeal.sandbox.call;

import io.masterdeal.sandbox.call.GatewayCalls.Answer;
import io.masterdeal.sandbox.call.GatewayCalls.Call;
import io.masterdeal.sandbox.call.NotifiedStages.Notified;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the stage and the clocks of a deal: from a recent notification, or from the answer of MasterDeal to {@code GET /masterdeal/{deal key}} through
 * the gateway, so that a lost notification does no harm.
 */
public final class StageReader {
    private static final List<String> STAGES =
            List.of("none", "lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");

    private static final Duration FRESH = Duration.ofSeconds(3);

    private final GatewayCalls calls;
    private final Map<String, NotifiedStages> heard;

    /**
     * Creates a reader.
     *
     * @param calls through the gateway
     * @param heard the notifications by domain; a domain without any always asks
     */
    public StageReader(GatewayCalls calls, Map<String, NotifiedStages> heard) {
        this.calls = calls;
        this.heard = Map.copyOf(heard);
    }

    /**
     * Reads a deal once; asks MasterDeal if there was no notification in the last 3 s.
     *
     * @param caller the asking domain
     * @param deal key of the deal
     * @return its stage and its clocks
     * @throws InterruptedException if the caller is interrupted
     */
    public DealStanding read(String caller, String deal) throws InterruptedException {
        Optional<Notified> told = heard.getOrDefault(caller, NotifiedStages.NONE)
                .of(deal)
                .filter(it -> it.age().compareTo(FRESH) < 0);
        return told.isPresent() ? told.get().standing() : ask(caller, deal);
    }

    private DealStanding ask(String caller, String deal) throws InterruptedException {
        // A colon is allowed in a path, and some servers on the way encode what is already encoded a second time.
        String segment = URLEncoder.encode(deal, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("+", "%20");
        Answer answer = calls.once(Call.get(caller, "/masterdeal/" + segment));
        return answer.ok()
                ? new DealStanding(answer.body().path("stage").asString("none"), SlaClock.read(answer.body()))
                : DealStanding.UNKNOWN;
    }

    /**
     * Waits until a deal is at or past a stage.
     *
     * @param caller the asking domain
     * @param deal key of the deal
     * @param stage the stage to wait for
     * @param wait how often and how long to ask
     * @param seen takes every answer
     * @return false if the patience ended first
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean await(String caller, String deal, String stage, Wait wait, Consumer<DealStanding> seen)
            throws InterruptedException {
        long end = System.nanoTime() + wait.patience().toNanos();
        while (true) {
            DealStanding now = read(caller, deal);
            seen.accept(now);
            if (reached(now.stage(), stage)) {
                return true;
            }
            if (System.nanoTime() + wait.every().toNanos() - end > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(wait.every().toNanos());
        }
    }

    /**
     * How somebody waits.
     *
     * @param every how long between two questions
     * @param patience how long to ask
     */
    public record Wait(Duration every, Duration patience) {}

    /**
     * Compares stages.
     *
     * @param stage the actual stage
     * @param wanted the expected stage
     * @return whether the actual stage is at or past the expected one
     */
    public static boolean reached(String stage, String wanted) {
        return STAGES.indexOf(stage) >= STAGES.indexOf(wanted);
    }
}

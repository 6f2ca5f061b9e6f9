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

/**
 * Reads the stage of a deal: from a recent notification, or from the answer of MasterDeal to {@code GET /masterdeal/{deal key}} through
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
     * Reads the stage once; asks MasterDeal if there was no notification in the last 3 s.
     *
     * @param caller the asking domain
     * @param deal key of the deal
     * @return its stage; {@code none} if MasterDeal does not know it or does not answer
     * @throws InterruptedException if the caller is interrupted
     */
    public String stage(String caller, String deal) throws InterruptedException {
        Optional<Notified> told = heard.getOrDefault(caller, NotifiedStages.NONE)
                .of(deal)
                .filter(it -> it.age().compareTo(FRESH) < 0);
        return told.isPresent() ? told.get().stage() : ask(caller, deal);
    }

    private String ask(String caller, String deal) throws InterruptedException {
        // A colon is allowed in a path, and some servers on the way encode what is already encoded a second time.
        String segment = URLEncoder.encode(deal, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("+", "%20");
        Answer answer = calls.once(Call.get(caller, "/masterdeal/" + segment));
        return answer.ok() ? answer.body().path("stage").asString("none") : "none";
    }

    /**
     * Waits until a deal is at or past a stage.
     *
     * @param caller the asking domain
     * @param deal key of the deal
     * @param stage the stage to wait for
     * @param every how long to wait between two questions
     * @param patience how long to ask
     * @return false if the patience ended first
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean await(String caller, String deal, String stage, Duration every, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!reached(stage(caller, deal), stage)) {
            if (System.nanoTime() + every.toNanos() - end > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
        }
        return true;
    }

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

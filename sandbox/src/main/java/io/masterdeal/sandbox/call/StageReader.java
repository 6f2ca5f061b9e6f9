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
 * Tells where a deal stands: as the caller was told lately, or as MasterDeal answers {@code GET /masterdeal/{deal key}} through the
 * gateway. So what it was not told, it learns all the same.
 */
public final class StageReader {
    private static final List<String> STAGES =
            List.of("none", "lead_created", "briefed", "offer_ready", "contracting", "closing", "closed");

    private static final Duration FRESH = Duration.ofSeconds(3);

    private final GatewayCalls calls;
    private final Map<String, NotifiedStages> heard;

    /**
     * Knows what was heard, and asks by these calls.
     *
     * @param calls through the gateway
     * @param heard what a domain is told without asking, by domain; who is missing always asks
     */
    public StageReader(GatewayCalls calls, Map<String, NotifiedStages> heard) {
        this.calls = calls;
        this.heard = Map.copyOf(heard);
    }

    /**
     * Looks once; asks if nothing was heard of the deal in the last 3 s.
     *
     * @param caller domain that wants to know
     * @param deal key of the deal
     * @return its stage; {@code none} if MasterDeal does not know it or does not answer
     * @throws InterruptedException if the caller shall stop
     */
    public String stage(String caller, String deal) throws InterruptedException {
        Optional<Notified> told = heard.getOrDefault(caller, NotifiedStages.NONE)
                .of(deal)
                .filter(it -> it.age().compareTo(FRESH) < 0);
        return told.isPresent() ? told.get().stage() : ask(caller, deal);
    }

    private String ask(String caller, String deal) throws InterruptedException {
        // A colon may stand in a path as it is, and on its way some servers encode a second time what is encoded.
        String segment = URLEncoder.encode(deal, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("+", "%20");
        Answer answer = calls.once(Call.get(caller, "/masterdeal/" + segment));
        return answer.ok() ? answer.body().path("stage").asString("none") : "none";
    }

    /**
     * Asks until a deal is at a stage or past it.
     *
     * @param caller domain that asks
     * @param deal key of the deal
     * @param stage the stage waited for
     * @param every how long to wait between two questions
     * @param patience how long to ask
     * @return false if the patience ended first
     * @throws InterruptedException if the caller shall stop
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
     * @param stage where something is
     * @param wanted where it should be
     * @return whether it is there or past it
     */
    public static boolean reached(String stage, String wanted) {
        return STAGES.indexOf(stage) >= STAGES.indexOf(wanted);
    }
}

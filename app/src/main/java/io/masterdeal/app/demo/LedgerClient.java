package io.masterdeal.app.demo;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the ledger of the event router through its API. */
final class LedgerClient {

    /** The subscription whose sink is away at times during a demonstration. */
    static final String CONTEXT = "context";

    /** The answer of the context while it is away. */
    private static final int AWAY = 503;

    private final PlatformClient router;

    LedgerClient(PlatformClient router) {
        this.router = router;
    }

    /** The sums of each subscription. */
    Map<String, DeliveryCounts> sums() throws InterruptedException {
        Map<String, DeliveryCounts> sums = new TreeMap<>();
        router.get("/ledger")
                .path("items")
                .forEach(item -> sums.put(item.path("subscription").stringValue(), DeliveryCounts.of(item)));
        return sums;
    }

    /**
     * Dead letters that the injected faults do not explain.
     *
     * @param since older dead letters are left out, UTC
     */
    List<String> unexplained(Instant since) throws InterruptedException {
        List<String> unexplained = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = router.get("/dead-letters?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .path("page");
            if (!page.path("items").isArray()) {
                throw new ApiException("the router does not list its dead letters: " + page);
            }
            for (JsonNode letter : page.path("items")) {
                if (!Instant.parse(letter.path("changed_at").stringValue()).isBefore(since) && !isExplained(letter)) {
                    unexplained.add(describe(letter));
                }
            }
            cursor = page.path("next").asString("");
            if (cursor.isEmpty()) {
                return unexplained;
            }
        }
    }

    /** The only injected fault is the context's answer while it is away. */
    private static boolean isExplained(JsonNode letter) {
        JsonNode tries = letter.path("tries");
        return letter.path("subscription").asString("").equals(CONTEXT)
                && !tries.isEmpty()
                && tries.valueStream().allMatch(each -> each.path("status").intValue(0) == AWAY);
    }

    private static String describe(JsonNode letter) {
        JsonNode tries = letter.path("tries");
        JsonNode last = tries.isEmpty() ? tries : tries.get(tries.size() - 1);
        return letter.path("type").asString("") + " " + letter.path("event_id").asString("") + " to "
                + letter.path("subscription").asString("") + ": "
                + letter.path("reason").asString("no reason") + ", "
                + last.path("answer").asString("no answer");
    }
}

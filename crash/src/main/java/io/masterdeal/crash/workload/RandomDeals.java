package io.masterdeal.crash.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random deals of seven events each, in random order. Some share a contract, some are lost, some were created by mistake and are
 * retracted. The same name, number and seed give the same events.
 */
public final class RandomDeals {

    private static final Instant START = Instant.parse("2026-02-01T09:00:00Z");

    private static final Duration SPAN = Duration.ofSeconds(1_000_000);

    private static final int MOMENTS = 1_000_000;

    private final String name;

    private final Random random;

    private final Instant start;

    private final Duration span;

    private final List<ObjectNode> events = new ArrayList<>();

    private RandomDeals(String name, long seed, Instant start, Duration span) {
        this.name = name;
        this.start = start;
        this.span = span;
        this.random = new Random(seed);
    }

    /**
     * Generates deals.
     *
     * @param name begins the numbers of all objects, so that two runs on one platform have different deals
     * @param deals how many
     * @param seed of everything random in them
     * @return CloudEvents in the order in which they are to be sent
     */
    public static List<ObjectNode> generate(String name, int deals, long seed) {
        return generate(name, deals, seed, START, SPAN);
    }

    /**
     * Generates the same deals in another time.
     *
     * @param name begins the numbers of all objects, so that two runs on one platform have different deals
     * @param deals how many
     * @param seed of everything random in them
     * @param start when the first events may occur, whole ms
     * @param span how long after it the last ones may
     * @return CloudEvents in the order in which they are to be sent
     */
    public static List<ObjectNode> generate(String name, int deals, long seed, Instant start, Duration span) {
        RandomDeals generated = new RandomDeals(name, seed, start, span);
        for (int deal = 0; deal < deals; deal++) {
            generated.addDeal(deal);
        }
        Collections.shuffle(generated.events, generated.random);
        return generated.events;
    }

    private void addDeal(int deal) {
        String root = "crm:deal:" + name + "-" + deal;
        if (random.nextInt(40) == 0) {
            addMistake(root);
            return;
        }
        String plan = "media:mediaplan:" + name + "-" + deal;
        String contract = "docflow:contract:" + name + "-" + deal;
        String legalCase = "legal:case:" + name + "-" + deal;
        // Some contracts are linked to the plan of the deal before, too: deals that share an object meet in the store.
        String[] plans = deal > 0 && random.nextInt(8) == 0
                ? new String[] {plan, "media:mediaplan:" + name + "-" + (deal - 1)}
                : new String[] {plan};
        add("crm.deal.created", root);
        add(random.nextInt(6) == 0 ? "crm.deal.lost" : "crm.brief.submitted", root);
        add("media.mediaplan.ready", plan, root);
        add("legal.started", legalCase, contract);
        add(random.nextInt(5) > 0 ? "legal.approved" : "legal.rejected", legalCase, contract);
        add("docflow.contract.signed", contract, plans);
        switch (random.nextInt(3)) {
            case 0 -> add("dcm.invoice.issued", "dcm:invoice:" + name + "-" + deal, contract);
            case 1 -> add("dcm.closeout.completed", "dcm:closeout:" + name + "-" + deal, contract);
            default -> add("crm.object.updated", root);
        }
    }

    /** A deal that CRM reported and retracted: in the end no fact names it. */
    private void addMistake(String root) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(add("crm.deal.created", root));
        }
        ObjectNode retraction = event("crm.event.retracted", root);
        var retracts = retraction.putObject("data").putArray("retracts");
        ids.forEach(retracts::add);
        events.add(retraction);
    }

    private String add(String type, String subject, String... links) {
        ObjectNode event = event(type, subject);
        var linked = event.putObject("data").putArray("links");
        for (String link : links) {
            linked.add(link);
        }
        events.add(event);
        return event.path("id").stringValue();
    }

    private Duration moment() {
        return Duration.ofMillis(span.toMillis() * random.nextInt(MOMENTS) / MOMENTS);
    }

    private ObjectNode event(String type, String subject) {
        String domain = type.substring(0, type.indexOf('.'));
        return JsonMapper.shared()
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("source", "/" + domain)
                .put("type", type)
                .put("subject", subject)
                .put("time", start.plus(moment()).toString())
                .put("datacontenttype", "application/json");
    }
}

package io.masterdeal.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Made-up deals as a file of events in random order, enough to keep a service busy for a while. */
final class DealStories {

    private static final Instant START = Instant.parse("2026-02-01T09:00:00Z");

    private final Random random;

    private final List<ObjectNode> events = new ArrayList<>();

    private DealStories(long seed) {
        this.random = new Random(seed);
    }

    /** Writes a number of stories. */
    static Path write(Path file, int deals, long seed) throws IOException {
        DealStories stories = new DealStories(seed);
        for (int deal = 0; deal < deals; deal++) {
            stories.tell(deal);
        }
        Collections.shuffle(stories.events, stories.random);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (ObjectNode event : stories.events) {
                out.write(event + "\n");
            }
        }
        return file;
    }

    private void tell(int deal) {
        String root = "crm:deal:S-" + deal;
        String plan = "media:mediaplan:S-" + deal;
        // Some contracts are also linked to the plan of the previous deal: deals that share an object meet in the
        // store.
        String contract = "docflow:contract:S-" + deal;
        String[] plans = deal > 0 && random.nextInt(8) == 0
                ? new String[] {plan, "media:mediaplan:S-" + (deal - 1)}
                : new String[] {plan};
        add("crm.deal.created", root);
        add("crm.brief.submitted", root);
        add("media.mediaplan.ready", plan, root);
        if (random.nextInt(4) > 0) {
            add("legal.started", "legal:case:S-" + deal, contract);
            add(random.nextInt(5) > 0 ? "legal.approved" : "legal.rejected", "legal:case:S-" + deal, contract);
        }
        add("docflow.contract.signed", contract, plans);
        if (random.nextInt(3) > 0) {
            add("dcm.invoice.issued", "dcm:invoice:S-" + deal, contract);
        }
        if (random.nextInt(3) > 0) {
            add("dcm.closeout.completed", "dcm:closeout:S-" + deal, "dcm:invoice:S-" + deal);
        }
        if (random.nextInt(6) == 0) {
            add("crm.deal.lost", root);
        }
    }

    private void add(String type, String subject, String... links) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        String domain = subject.substring(0, subject.indexOf(':'));
        event.put("specversion", "1.0")
                .put("id", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("source", "/" + domain)
                .put("type", type)
                .put("subject", subject)
                .put("time", START.plusSeconds(random.nextInt(1_000_000)).toString())
                .put("datacontenttype", "application/json");
        var linked = event.putObject("data").putArray("links");
        for (String link : links) {
            linked.add(link);
        }
        events.add(event);
    }
}

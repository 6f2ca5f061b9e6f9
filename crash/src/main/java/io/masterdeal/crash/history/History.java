package io.masterdeal.crash.history;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * Everything that is compared, read when nothing changes any more.
 *
 * @param topic everything on the canonical topic, partition by partition in the order of the offsets
 * @param deals rows of the database by root, also those of deals that are withdrawn; without those never published
 * @param answers of {@code GET /masterdeal/ID} by root; without those that the service answers with 404
 * @param facts rows of facts and retractions
 * @param sent what the gateway has accepted
 * @param revisions rows of what was published
 * @param clocks what there is to say about clocks
 * @param slotLost whether the relay's slot was lost meanwhile: revisions may be missing then before an ordinary event, if a
 *     snapshot of the deal comes later
 */
public record History(
        List<Published> topic,
        SortedMap<String, StoredDeal> deals,
        Map<String, JsonNode> answers,
        List<StoredFact> facts,
        List<SentEvent> sent,
        List<StoredRevision> revisions,
        ClockHistory clocks,
        boolean slotLost) {}

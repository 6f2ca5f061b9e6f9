package io.masterdeal.console.deal;

import io.masterdeal.console.board.Card.CardClock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a deal's page shows.
 *
 * @param request what was asked for
 * @param id the id of the deal
 * @param head where it stands
 * @param deal the deal as the service says it; not there if the board speaks instead
 * @param fromBoard whether the service said nothing, so that only the newest canonical event is known
 * @param why what is missing; nothing of a deal as it was known earlier
 * @param timeline its history as a picture
 * @param facts the facts of the timeline
 * @param part what the tab shows
 * @param learned what was learned since the instant of the page; nothing without such an instant
 */
public record DealScreen(
        DealRequest request,
        String id,
        DealHead head,
        DealPart deal,
        boolean fromBoard,
        DealPart why,
        Timeline timeline,
        DealPart facts,
        DealPart part,
        DealPart learned) {

    private static final int MOST_WAYS = 3;

    /** Stages that are wanted and whose condition does not hold: the next one while the deal is open, and gaps. */
    public List<JsonNode> wanted() {
        List<JsonNode> wanted = new ArrayList<>();
        boolean isNextFound = !head.card().outcome().equals("open");
        for (JsonNode stage : why.list("stages")) {
            boolean isGap = head.card().gaps().contains(stage.path("stage").asString(""));
            boolean isMissing = !stage.path("holds").asBoolean(true);
            if (isMissing && isGap) {
                wanted.add(stage);
            } else if (isMissing && !isNextFound) {
                wanted.addFirst(stage);
                isNextFound = true;
            }
        }
        return wanted;
    }

    /** The ways to a stage with the fewest facts, a few of them. */
    public List<JsonNode> firstWays(JsonNode stage) {
        List<JsonNode> first = new ArrayList<>();
        for (JsonNode way : stage.path("alternatives")) {
            if (first.size() < MOST_WAYS) {
                first.add(way);
            }
        }
        return first;
    }

    /** The system whose clock a policy's clock is; empty if that is not known. */
    public String domainOf(String policy) {
        return head.card().clocks().stream()
                .filter(clock -> clock.policy().equals(policy))
                .map(CardClock::domain)
                .findFirst()
                .orElse("");
    }

    /** The picture of the objects of the tab. */
    public ObjectDiagram graph() {
        return ObjectDiagram.of(head.card().root(), part.list("items"), part.list("links"));
    }

    /** The facts of the tab: those of the domain that were known at the instant of the page. */
    public List<JsonNode> shownFacts() {
        String domain = request.domain();
        return known("received_at").stream()
                .filter(fact -> domain.isEmpty()
                        || ObjectNames.domain(fact.path("subject").asString("")).equals(domain))
                .toList();
    }

    /**
     * The items of the tab that were there at the instant of the page.
     *
     * @param field with the instant since when an item is there
     */
    public List<JsonNode> known(String field) {
        List<JsonNode> known = new ArrayList<>();
        for (JsonNode item : part.list("items")) {
            if (DealReader.isKnown(item, field, request.knownAt())) {
                known.add(item);
            }
        }
        return known;
    }

    /** Whether the page tells what was known at an earlier instant. */
    public boolean isEarlier() {
        return request.knownAt() != null;
    }

    /** The address of a tab of this page, at the same instant. */
    public String address(Tab tab) {
        return "/deals/" + id + "?tab=" + tab.tag() + instant();
    }

    /** The address of this page without the instant at which it is known. */
    public String present() {
        return "/deals/" + id + "?tab=" + request.tab().tag();
    }

    private String instant() {
        return request.knownAt() == null ? "" : "&known_at=" + request.knownAt();
    }
}

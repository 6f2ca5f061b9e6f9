package io.masterdeal.console.deal;

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
public record DealPage(
        DealRequest request,
        String id,
        DealHead head,
        Part deal,
        boolean fromBoard,
        Part why,
        Timeline timeline,
        Part facts,
        Part part,
        Part learned) {
    /** The stage that comes next and whose condition does not hold; missing if there is none. */
    public JsonNode next() {
        for (JsonNode stage : why.list("stages")) {
            boolean gap = head.card().gaps().contains(stage.path("stage").asString(""));
            if (!stage.path("holds").asBoolean(true) && !gap) {
                return stage;
            }
        }
        return Part.NONE.body().path("stage");
    }

    /** The picture of the objects of the tab. */
    public ObjectGraph graph() {
        return ObjectGraph.of(head.card().root(), part.list("items"), part.list("links"));
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

package io.masterdeal.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.Event;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Objects have ids that people can tell apart. */
class VisibleKeysTest {
    private static final EventJson JSON = new EventJson(EventCatalog.bundled());

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "\u00a0", "\u200b", "\u202e", "a\u200bb", "K\u202e9", "\u3000", "cafe\u0301", "\ufeff9"})
    void an_id_that_nobody_could_tell_from_another_is_refused(String id) {
        assertThat(VisibleKeys.check(event(id, "D-1")))
                .extracting(Violation::pointer)
                .containsExactly("/subject");
        assertThat(VisibleKeys.check(event("1", id)))
                .extracting(Violation::pointer)
                .containsExactly("/data/links/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"D-1", "H 9 \"A\" 100%", "К-9/2026", "caf\u00e9", "😀", "می\u200cخواهم", "合同:9"})
    void any_other_id_is_taken(String id) {
        assertThat(VisibleKeys.check(event(id, id))).isEmpty();
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(VisibleKeys.check(event("a\u200bb", "D-1")).getFirst().message())
                .contains("U+200B");
    }

    private static Event event(String id, String deal) {
        var event = JsonMapper.shared().createObjectNode();
        event.put("specversion", "1.0").put("id", "565d1252-04cc-5722-8ca7-9a5ea9dfb9ab");
        event.put("source", "/docflow").put("type", "docflow.contract.signed");
        event.put("subject", "docflow:contract:" + id).put("time", "2026-03-01T10:00:00Z");
        event.putObject("data").putArray("links").add("crm:deal:" + deal);
        return JSON.read(event);
    }
}

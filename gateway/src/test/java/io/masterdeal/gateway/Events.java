package io.masterdeal.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as domains would send them. */
final class Events {
    private Events() {}

    /** A good event in structured mode; members may be changed. */
    static Map<String, Object> of(String type, String subject, Map<String, ?> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "/" + type.substring(0, type.indexOf('.')));
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", "2026-03-01T10:00:00.123Z");
        event.put("data", data);
        return event;
    }

    static Map<String, Object> dealCreated(String id) {
        return of("crm.deal.created", "crm:deal:" + id, Map.of("attributes", Map.of("amount", "20000")));
    }

    static Map<String, Object> contractSigned(String id, String deal) {
        return of("docflow.contract.signed", "docflow:contract:" + id, Map.of("links", List.of("crm:deal:" + deal)));
    }

    static Map<String, Object> with(Map<String, Object> event, String member, Object value) {
        var changed = new LinkedHashMap<>(event);
        changed.put(member, value);
        return changed;
    }

    static String id(Map<String, Object> event) {
        return String.valueOf(event.get("id"));
    }
}

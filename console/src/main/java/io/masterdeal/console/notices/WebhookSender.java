package io.masterdeal.console.notices;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Sends notices as JSON, signed. */
final class WebhookSender {

    /** Prometheus' way to say that an alert has not ended. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private final HttpTarget http;
    private final NoticeText texts;
    private final String console;
    private final Clock clock;

    WebhookSender(HttpTarget http, NoticeText texts, String console, Clock clock) {
        this.http = http;
        this.texts = texts;
        this.console = console;
        this.clock = clock;
    }

    void send(Channel channel, Target.Webhook target, Notice notice) throws NoticeException {
        byte[] body = JsonMapper.shared()
                .writeValueAsBytes(target.alertmanager() ? alertmanager(channel, notice) : ours(channel, notice));
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        if (target.token() != null) {
            headers.put("Authorization", "Bearer " + target.token());
        }
        String id = notice.id().toString();
        headers.put("webhook-id", id);
        if (target.secret() != null) {
            long timestamp = clock.instant().getEpochSecond();
            headers.put("webhook-timestamp", Long.toString(timestamp));
            headers.put("webhook-signature", NoticeSignature.of(target.secret(), id, timestamp, body));
        }
        http.send("POST", target.url(), headers, body, target.where());
    }

    private Map<String, Object> ours(Channel channel, Notice notice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", notice.id());
        body.put("kind", notice.test() ? "test" : notice.breaches().isEmpty() ? "alerts" : "sla_breaches");
        body.put("channel", channel.name());
        body.put("at", notice.createdAt().toString());
        body.put("title", texts.title(notice, channel.language()));
        body.put("text", texts.text(notice, channel.language()));
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Notice.Item item : notice.alerts()) {
            Map<String, Object> alert = new LinkedHashMap<>();
            alert.put("id", item.id());
            alert.put("fingerprint", item.fingerprint());
            alert.put("source", item.source());
            alert.put("rule", item.rule());
            alert.put("title", texts.name(item, channel.language()));
            alert.put("severity", item.severity());
            alert.put("state", item.state());
            alert.put("labels", item.labels());
            alert.put("detail", item.detail());
            alert.put("runbook", item.runbook());
            alert.put("since", item.since().toString());
            if (item.endedAt() != null) {
                alert.put("ended_at", item.endedAt().toString());
            }
            alerts.add(alert);
        }
        body.put("alerts", alerts);
        body.put("breaches", notice.breaches());
        return body;
    }

    /** As https://prometheus.io/docs/alerting/latest/configuration/#webhook_config has it, version 4. */
    private Map<String, Object> alertmanager(Channel channel, Notice notice) {
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Notice.Item item : notice.alerts()) {
            alerts.add(alert(
                    item.isFiring() ? "firing" : "resolved",
                    labels(item),
                    Map.of("summary", texts.name(item, channel.language()), "description", item.detail()),
                    item.since(),
                    item.endedAt() == null ? NO_END : item.endedAt().toString(),
                    item.fingerprint()));
        }
        if (alerts.isEmpty()) {
            alerts.add(alert(
                    "firing",
                    Map.of("alertname", notice.test() ? "test" : "sla-breaches", "severity", "info"),
                    Map.of(
                            "summary", texts.title(notice, channel.language()),
                            "description", texts.text(notice, channel.language())),
                    notice.createdAt(),
                    NO_END,
                    notice.id().toString()));
        }
        boolean firing = notice.firing() > 0 || notice.alerts().isEmpty();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", "4");
        body.put("groupKey", "{}:{channel=\"" + channel.name() + "\"}");
        body.put("truncatedAlerts", 0);
        body.put("status", firing ? "firing" : "resolved");
        body.put("receiver", channel.name());
        body.put("groupLabels", Map.of());
        body.put("commonLabels", Map.of());
        body.put("commonAnnotations", Map.of());
        body.put("externalURL", console);
        body.put("alerts", alerts);
        return body;
    }

    private static Map<String, String> labels(Notice.Item item) {
        Map<String, String> labels = new LinkedHashMap<>(item.labels());
        labels.put("alertname", item.rule());
        labels.put("severity", item.severity());
        return labels;
    }

    private Map<String, Object> alert(
            String status,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant since,
            String end,
            String fingerprint) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("status", status);
        alert.put("labels", labels);
        alert.put("annotations", annotations);
        alert.put("startsAt", since.toString());
        alert.put("endsAt", end);
        alert.put("generatorURL", console.isEmpty() ? "" : console + "/alerts");
        alert.put("fingerprint", fingerprint);
        return alert;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

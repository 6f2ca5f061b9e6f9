package io.masterdeal.console.notices;

import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notices in words. */
final class NoticeText {

    private static final int MOST_ITEMS = 20;

    private final Words words;
    private final String console;

    /**
     * @param console address of the console for links; empty for none
     */
    NoticeText(Words words, String console) {
        this.words = words;
        this.console = console;
    }

    /** One line. */
    String title(Notice notice, Language language) {
        if (notice.test()) {
            return words.text(language, "notices.test");
        }
        if (!notice.breaches().isEmpty()) {
            long count =
                    notice.breaches().stream().mapToLong(Notice.Breaches::count).sum();
            return words.text(language, "notices.digest." + Words.form(language, count), count);
        }
        long firing = notice.firing();
        String first = name(notice.alerts().getFirst(), language);
        String more = notice.alerts().size() > 1
                ? " " + words.text(language, "notices.more", notice.alerts().size() - 1)
                : "";
        return "[" + words.text(language, firing > 0 ? "notices.firing" : "notices.resolved") + "] " + first + more;
    }

    /** All of it, in plain text. */
    String text(Notice notice, Language language) {
        if (notice.test()) {
            return words.text(language, "notices.test_text", notice.channel());
        }
        List<String> lines = new ArrayList<>();
        for (Notice.Breaches breaches : notice.breaches()) {
            lines.add("• " + breaches.policy() + ": " + breaches.count() + " — " + String.join(", ", breaches.deals())
                    + (breaches.count() > breaches.deals().size() ? ", …" : ""));
        }
        for (Notice.Item item :
                notice.alerts().subList(0, Math.min(MOST_ITEMS, notice.alerts().size()))) {
            lines.add(item(item, language));
        }
        if (notice.alerts().size() > MOST_ITEMS) {
            lines.add(words.text(language, "notices.and_more", notice.alerts().size() - MOST_ITEMS));
        }
        if (!console.isEmpty()) {
            lines.add(console + (notice.breaches().isEmpty() ? "/alerts" : "/deals?sla=breached"));
        }
        return String.join("\n", lines);
    }

    private String item(Notice.Item item, Language language) {
        StringBuilder text = new StringBuilder("• ")
                .append(words.text(language, "alerts.severity." + item.severity()))
                .append(", ")
                .append(words.text(language, "alerts.state." + item.state()))
                .append(": ")
                .append(name(item, language));
        if (!item.labels().isEmpty()) {
            List<String> labels = new ArrayList<>();
            new TreeMap<>(item.labels()).forEach((name, value) -> labels.add(name + " " + value));
            text.append(" (").append(String.join(", ", labels)).append(')');
        }
        if (!item.detail().isEmpty()) {
            text.append("\n  ").append(item.detail());
        }
        text.append("\n  ").append(times(item.since(), item.endedAt(), language));
        if (item.isFiring()
                && words.has(language, "alerts.do." + item.rule())
                && item.source().equals("watch")) {
            text.append("\n  ").append(words.text(language, "alerts.do." + item.rule()));
        }
        return text.toString();
    }

    private String times(Instant since, @Nullable Instant endedAt, Language language) {
        return endedAt == null
                ? words.text(language, "notices.since", since)
                : words.text(language, "notices.lasted", minutes(Duration.between(since, endedAt)));
    }

    private static long minutes(Duration duration) {
        return Math.max(1, (duration.toSeconds() + 30) / 60);
    }

    /** What an alert is called. */
    String name(Notice.Item item, Language language) {
        if (item.source().equals("watch") && words.has(language, "alerts.rule." + item.rule())) {
            return words.text(language, "alerts.rule." + item.rule());
        }
        return item.summary().isEmpty() ? item.rule() : item.summary();
    }
}

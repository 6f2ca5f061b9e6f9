package io.masterdeal.app.replay.mapping;

import io.masterdeal.app.replay.mapping.Rule.Emission;
import io.masterdeal.model.NameUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies the rules of one source: an event of the log with its case in, domain events out. The events and their
 * ids depend only on the log: reading it again gives the same events.
 */
public final class SourceMapper {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final UUID namespace;
    private final Source source;
    private final List<String> counted;

    /** Creates the mapper of a source. */
    public SourceMapper(Mapping mapping, Source source) {
        this.namespace = mapping.namespace();
        this.source = source;
        this.counted = source.remembered().countedActivities();
    }

    /**
     * Begins a case, whose events follow in the order of the log.
     *
     * @param caseId the case id
     * @param attributes the attributes of the case
     * @param problems takes the reason if the id does not match the source's pattern; then the case gives no events
     * @return to be passed with each event of the case
     */
    public CaseProgress begin(String caseId, Attributes attributes, Consumer<String> problems) {
        CasePattern pattern = source.casePattern();
        String @Nullable [] groups = pattern == null ? new String[0] : pattern.groupsOf(caseId);
        if (pattern != null && groups == null) {
            problems.accept("the case id does not match the mapping's case_pattern " + pattern.regex()
                    + "; the case is left out");
        }
        String[] kept = source.remembered().caseAttributes().stream()
                .map(name -> new TextSource.Attribute(name).in(attributes))
                .toArray(String[]::new);
        boolean usable = groups != null;
        return new CaseProgress(caseId, groups == null ? new String[0] : groups, kept, new int[counted.size()], usable);
    }

    /**
     * Maps the next event of a case.
     *
     * @param progress the result of {@link #begin} for the case; the event is counted, mapped or not
     * @param event the attributes of the event
     * @param events takes the resulting events: none, one or several
     * @param problems takes the reason if something that the mapping uses is missing or cannot be read; the other events of
     *     the same event of the log are not affected
     */
    public void map(CaseProgress progress, Attributes event, Consumer<MappedEvent> events, Consumer<String> problems) {
        String activity = source.columns().activity().in(event);
        int index = progress.next();
        int slot = counted.indexOf(activity);
        if (slot >= 0) {
            progress.count(slot);
        }
        if (!progress.usable()) {
            return;
        }
        List<Emission> emissions = emissions(activity, event);
        if (emissions.isEmpty()) {
            return;
        }
        String timeText = source.columns().timestamp().in(event);
        Optional<String> time = LogTime.utc(timeText, source.zone());
        if (time.isEmpty()) {
            problems.accept(noTime(timeText));
            return;
        }
        Template.Moment moment = new Template.Moment(progress, index, activity, event);
        for (int nth = 0; nth < emissions.size(); nth++) {
            MappedEvent mapped = emit(emissions.get(nth), nth, time.get(), moment, problems);
            if (mapped != null) {
                events.accept(mapped);
            }
        }
    }

    private List<Emission> emissions(String activity, Attributes event) {
        String lifecycleColumn = source.columns().lifecycle();
        String lifecycle = lifecycleColumn == null ? "" : new TextSource.Attribute(lifecycleColumn).in(event);
        List<Emission> emissions = new ArrayList<>();
        for (Rule rule : source.rules()) {
            if (rule.matches(activity, lifecycle)) {
                emissions.addAll(rule.emissions());
            }
        }
        return emissions;
    }

    private String noTime(String text) {
        String where = source.columns().timestamp() instanceof TextSource.Attribute a ? " in " + a : "";
        return text.isEmpty()
                ? "no time" + where + "; write one such as 2026-03-01T09:30:00Z"
                : "\"" + text + "\"" + where + " is not a time in ISO 8601 such as 2026-03-01T09:30:00Z";
    }

    private @Nullable MappedEvent emit(
            Emission emission, int nth, String time, Template.Moment at, Consumer<String> problems) {
        String sequence = null;
        if (emission.sequence() != null) {
            String text = emission.sequence().fill(at);
            sequence = wholeNumber(text);
            if (sequence == null) {
                problems.accept("the sequence " + emission.sequence() + " of "
                        + emission.type().name() + " came to \"" + text + "\", which is no whole number from 0 to "
                        + Long.MAX_VALUE);
                return null;
            }
        }
        String caseName = source.log() + "/" + at.of().id();
        String name = caseName + "/" + at.index() + (nth == 0 ? "" : "/" + nth);
        ObjectNode cloudEvent = JSON.objectNode()
                .put("specversion", "1.0")
                .put("id", NameUuid.of(namespace, name).toString())
                .put("source", "/" + emission.type().domain())
                .put("type", emission.type().name())
                .put("subject", emission.type().object() + ":" + emission.id().fill(at))
                .put("time", time)
                .put("datacontenttype", "application/json")
                .put("correlationid", NameUuid.of(namespace, caseName).toString());
        cloudEvent.set("data", data(emission, at));
        if (sequence != null) {
            cloudEvent.put("sequence", sequence);
        }
        return new MappedEvent(emission.type().domain(), cloudEvent);
    }

    private static ObjectNode data(Emission emission, Template.Moment at) {
        ObjectNode data = JSON.objectNode();
        if (emission.type().status() != null) {
            data.put("status", emission.type().status());
        }
        TreeSet<String> links = new TreeSet<>(SourceMapper::compareAsUtf8);
        emission.links().forEach(link -> links.add(link.fill(at)));
        var linksArray = data.putArray("links");
        links.forEach(linksArray::add);
        if (!emission.attributes().isEmpty()) {
            ObjectNode attributes = data.putObject("attributes");
            emission.attributes().forEach((name, template) -> attributes.put(name, template.fill(at)));
        }
        return data;
    }

    /** The number without leading zeros; null if the text is not a number from 0 to 2^63-1. */
    private static @Nullable String wholeNumber(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            return Long.toString(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    /** Orders by UTF-8 bytes, that is by code point; String's own order differs beyond U+FFFF. */
    private static int compareAsUtf8(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean oneIsBeyond = Character.isSurrogate(x) != Character.isSurrogate(y);
                return oneIsBeyond ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}

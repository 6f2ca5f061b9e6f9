package io.masterdeal.console.trace;

import io.masterdeal.console.messages.DeliveryRow;
import io.masterdeal.console.messages.JsonField;
import io.masterdeal.console.messages.MessageFilter;
import io.masterdeal.console.messages.MessageLedger;
import io.masterdeal.console.messages.MessageLedger.Found;
import io.masterdeal.console.messages.MessageRow;
import io.masterdeal.console.messages.QueryText;
import io.masterdeal.console.page.View;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.trace.Trace.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Finds one trace: asks the service and the router, of few events each, and notes what it leaves out and who does not answer. A role that
 * has failed once is not asked again.
 */
final class TraceSearch {
    /** The most events of a trace. */
    static final int MOST_EVENTS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final Roles roles;
    private final MessageLedger ledger;
    private final View view;
    private final long end = System.nanoTime() + PATIENCE.toNanos();
    private final Map<String, TraceEvent> events = new LinkedHashMap<>();
    private final Set<String> deals = new LinkedHashSet<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<RoleName> failed = new LinkedHashSet<>();

    TraceSearch(Roles roles, MessageLedger ledger, View view) {
        this.roles = roles;
        this.ledger = ledger;
        this.view = view;
    }

    Trace find(TraceKey key) {
        if (!key.event().isEmpty()) {
            event(key.event());
        } else if (!key.correlation().isEmpty()) {
            correlation(key.correlation());
        } else {
            deal(key.deal());
        }
        facts();
        List<Command> commands = commands();
        List<TraceEvent> sorted = events.values().stream()
                .sorted(Comparator.comparing(TraceEvent::known))
                .toList();
        if (sorted.stream().anyMatch(event -> event.readAt() == null) && !failed.contains(RoleName.ROUTER)) {
            leftOut.add("trace.no_messages");
        }
        return new Trace(sorted, commands, List.copyOf(leftOut), List.copyOf(problems));
    }

    /** An event, what caused it, and what was published because of it. */
    private void event(String id) {
        List<String> related = new ArrayList<>();
        for (MessageRow message : messages(id)) {
            add(TraceEvent.of(message));
            note(message);
            related.addAll(message.causes());
            related.addAll(message.published());
        }
        events.computeIfAbsent(id, TraceSearch::unknown);
        related.forEach(this::message);
    }

    private void correlation(String correlation) {
        Found found = ask(new MessageFilter("", correlation, "", "", "", "", "", "", ""));
        for (MessageRow message : found.items()) {
            add(TraceEvent.of(message));
            note(message);
        }
        // What was published because of them has no correlation id of its own.
        for (MessageRow message : found.items()) {
            if (message.isFromSystem()) {
                messages(message.eventId()).forEach(whole -> whole.published().forEach(this::message));
            }
        }
    }

    private void deal(String text) {
        Optional<UUID> id = ledger.dealId(text);
        if (id.isEmpty()) {
            problems.add(view.text("messages.no_such_deal", text));
            return;
        }
        deals.add(id.get().toString());
        RoleAnswer facts = service("/masterdeal/" + id.get() + "/facts?limit=" + MOST_EVENTS / 2);
        facts.body().path("items").forEach(fact -> add(TraceEvent.ofFact(fact)));
        if (facts.body().has("next")) {
            leftOut.add("trace.older_facts");
        }
        List<String> ids = List.copyOf(events.keySet());
        Found found = ask(new MessageFilter("", "", id.get().toString(), "", "", "", "", "", ""));
        found.items().forEach(message -> add(TraceEvent.of(message)));
        ids.stream()
                .filter(event -> isUnread(event))
                .forEach(event -> messages(event).forEach(message -> add(TraceEvent.of(message))));
    }

    private boolean isUnread(String id) {
        TraceEvent event = events.get(id);
        return event == null || event.readAt() == null;
    }

    private Found ask(MessageFilter filter) {
        if (isOver(RoleName.ROUTER)) {
            return new Found(List.of(), null, "");
        }
        Found found = ledger.find(filter, "", MOST_EVENTS, view);
        if (found.next() != null) {
            leftOut.add("trace.older_messages");
        }
        return noted(found);
    }

    private void message(String id) {
        if (!events.containsKey(id)) {
            messages(id).forEach(message -> {
                add(TraceEvent.of(message));
                note(message);
            });
        }
    }

    private List<MessageRow> messages(String id) {
        return isOver(RoleName.ROUTER)
                ? List.of()
                : noted(ledger.event(id, view)).items();
    }

    private Found noted(Found found) {
        if (!found.problem().isEmpty()) {
            problems.add(found.problem());
            failed.add(RoleName.ROUTER);
        }
        return found;
    }

    private RoleAnswer service(String path) {
        RoleAnswer answer = roles.get(RoleName.SERVICE, path);
        if (!answer.isOk() && !answer.isAbsent()) {
            problems.add(answer.problem());
            failed.add(RoleName.SERVICE);
        }
        return answer;
    }

    /** Whether a role is not to be asked any more. */
    private boolean isOver(RoleName role) {
        if (System.nanoTime() > end) {
            leftOut.add("trace.no_time");
            return true;
        }
        return failed.contains(role);
    }

    private void note(MessageRow message) {
        if (message.dealId() != null) {
            deals.add(message.dealId());
        }
    }

    private void add(TraceEvent event) {
        TraceEvent known = events.get(event.id());
        if (known != null) {
            events.put(event.id(), known.with(event));
        } else if (events.size() < MOST_EVENTS) {
            events.put(event.id(), event);
        } else {
            leftOut.add("trace.too_many");
        }
    }

    private static TraceEvent unknown(String id) {
        return new TraceEvent(id, "", "", null, null, null, null, List.<DeliveryRow>of(), List.of(), null);
    }

    /** When the service stored each event of a domain. */
    private void facts() {
        for (TraceEvent event : List.copyOf(events.values())) {
            if (!event.isFromSystem() || event.committedAt() != null || isOver(RoleName.SERVICE)) {
                continue;
            }
            RoleAnswer answer = service("/facts/" + QueryText.encoded(event.id()));
            if (answer.isOk()) {
                answer.body().forEach(fact -> add(TraceEvent.ofFact(fact)));
            } else if (event.type().isEmpty()) {
                events.remove(event.id()); // Neither role knows it.
            }
        }
    }

    private List<Command> commands() {
        List<Command> found = new ArrayList<>();
        for (String deal : deals.stream().limit(3).toList()) {
            if (isOver(RoleName.SERVICE)) {
                break;
            }
            RoleAnswer answer = service(
                    new QueryText().with("deal", deal).with("limit", 200).on("/effects"));
            for (JsonNode effect : answer.body().path("items")) {
                if (events.containsKey(JsonField.text(effect, "event_id"))) {
                    found.add(command(effect));
                }
            }
            if (answer.body().has("next")) {
                leftOut.add("trace.more_commands");
            }
        }
        return found;
    }

    private static Command command(JsonNode effect) {
        return new Command(
                JsonField.text(effect, "id"),
                JsonField.text(effect, "reaction"),
                JsonField.text(effect, "state"),
                JsonField.text(effect, "event_id"),
                effect.path("attempts").asInt(0),
                JsonField.time(effect, "created_at"),
                JsonField.time(effect, "updated_at"));
    }
}

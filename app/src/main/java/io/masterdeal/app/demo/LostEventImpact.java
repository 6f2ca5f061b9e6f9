package io.masterdeal.app.demo;

import io.masterdeal.model.deal.Answers;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which deals are affected if an event is not sent: not only the one in whose story it happened. */
final class LostEventImpact {

    private final Map<String, SortedSet<String>> expected;

    private final Map<String, SortedSet<String>> sent;

    /**
     * @param expected what follows from everything that happened
     * @param sent what follows from the events that were sent
     */
    LostEventImpact(Answers expected, Answers sent) {
        this.expected = dealsOfObjects(expected);
        this.sent = dealsOfObjects(sent);
    }

    private static Map<String, SortedSet<String>> dealsOfObjects(Answers answers) {
        Map<String, SortedSet<String>> deals = new HashMap<>();
        answers.deals()
                .forEach((root, deal) -> deal.objects()
                        .keySet()
                        .forEach(key -> deals.computeIfAbsent(key.value(), _ -> new TreeSet<>())
                                .add(root.value())));
        return deals;
    }

    /**
     * The deals to which an event belongs: those of its object. If it retracts something, also those to
     * which the object still belongs if the retraction is not known.
     *
     * @return keys of deals; if its object reaches none, the deal of its story
     */
    SortedSet<String> deals(EmittedEvent event) {
        SortedSet<String> deals = new TreeSet<>(expected.getOrDefault(event.subject(), new TreeSet<>()));
        if (event.isRetraction()) {
            deals.addAll(sent.getOrDefault(event.subject(), new TreeSet<>()));
        }
        if (deals.isEmpty()) {
            deals.add(event.deal());
        }
        return deals;
    }

    /**
     * Describes that a deal misses a lost event.
     *
     * @param deal one of those to which it belongs
     * @param differs whether the platform's answer about it is not the expected one
     */
    String tell(EmittedEvent event, String deal, boolean differs) {
        if (deal.equals(event.deal()) || !deals(event).contains(event.deal())) {
            return "lost: " + event.name() + " of " + event.subject();
        }
        return (differs ? "differs because it shares " : "shares ") + event.subject() + " with " + event.deal()
                + ", whose event " + event.name() + " was lost";
    }
}

package io.masterdeal.app.demo;

import io.masterdeal.model.deal.Answers;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which deals miss something if an event is not told: not only the one in whose story it happened. */
final class Losses {

    private final Map<String, SortedSet<String>> believed;

    private final Map<String, SortedSet<String>> told;

    /**
     * @param believed what follows from everything that happened
     * @param told what follows from what was told of it
     */
    Losses(Answers believed, Answers told) {
        this.believed = dealsOfObjects(believed);
        this.told = dealsOfObjects(told);
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
     * The deals to which an event belongs: those of its object, as the systems believe it. If it takes something back, also those
     * where the object stays for whoever does not hear of that.
     *
     * @return keys of deals; if its object reaches none, the deal of its story
     */
    SortedSet<String> deals(EmittedEvent event) {
        SortedSet<String> deals = new TreeSet<>(believed.getOrDefault(event.subject(), new TreeSet<>()));
        if (event.takesBack()) {
            deals.addAll(told.getOrDefault(event.subject(), new TreeSet<>()));
        }
        if (deals.isEmpty()) {
            deals.add(event.deal());
        }
        return deals;
    }

    /**
     * Says of a deal that it misses an event that was lost.
     *
     * @param deal one of those to which it belongs
     * @param differs whether the platform answers otherwise about it than the systems believe
     */
    String tell(EmittedEvent event, String deal, boolean differs) {
        if (deal.equals(event.deal()) || !deals(event).contains(event.deal())) {
            return "lost: " + event.name() + " of " + event.subject();
        }
        return (differs ? "differs because it shares " : "shares ") + event.subject() + " with " + event.deal()
                + ", whose event " + event.name() + " was lost";
    }
}

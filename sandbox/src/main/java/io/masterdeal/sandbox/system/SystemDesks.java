package io.masterdeal.sandbox.system;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The desks of all systems, by domain. */
public final class SystemDesks {
    private final Map<String, SystemDesk> byDomain = new LinkedHashMap<>();

    /**
     * Collects desks.
     *
     * @param desks one of each system
     */
    public SystemDesks(Collection<SystemDesk> desks) {
        desks.forEach(desk -> byDomain.put(desk.system().model().domain(), desk));
    }

    /**
     * The desk of a system.
     *
     * @param domain its name
     * @return the desk
     * @throws Refusal if there is no such system
     */
    public SystemDesk of(String domain) {
        SystemDesk desk = byDomain.get(domain);
        if (desk == null) {
            throw Refusal.notFound(
                    "There is no system \"" + domain + "\". There are: " + String.join(", ", byDomain.keySet()) + ".");
        }
        return desk;
    }

    /**
     * Forgets a story in all systems.
     *
     * @param correlationId of the story
     */
    public void forget(String correlationId) {
        byDomain.values().forEach(desk -> desk.system().forget(correlationId));
    }

    /**
     * Forgets the oldest stories that are not in play, where a system has too many objects.
     *
     * @param keep how many objects each system may have
     * @param inPlay whether a story must not be forgotten, by its correlation id
     */
    public void forgetOldest(int keep, Predicate<String> inPlay) {
        byDomain.values().forEach(desk -> desk.system().forgetOldest(keep, inPlay));
    }

    /**
     * Counts the objects of all systems.
     *
     * @return how many there are
     */
    public int size() {
        return byDomain.values().stream().mapToInt(desk -> desk.system().size()).sum();
    }
}

package io.masterdeal.sandbox.system;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The APIs of all systems, by domain. */
public final class SystemApis {
    private final Map<String, SystemApi> byDomain = new LinkedHashMap<>();

    /**
     * Creates the collection.
     *
     * @param apis one for each system
     */
    public SystemApis(Collection<SystemApi> apis) {
        apis.forEach(api -> byDomain.put(api.system().model().domain(), api));
    }

    /**
     * The API of a system.
     *
     * @param domain its name
     * @return the API
     * @throws Refusal if there is no such system
     */
    public SystemApi of(String domain) {
        SystemApi api = byDomain.get(domain);
        if (api == null) {
            throw Refusal.notFound(
                    "There is no system \"" + domain + "\". There are: " + String.join(", ", byDomain.keySet()) + ".");
        }
        return api;
    }

    /**
     * Deletes the objects of a story in all systems.
     *
     * @param correlationId of the story
     */
    public void forget(String correlationId) {
        byDomain.values().forEach(api -> api.system().forget(correlationId));
    }

    /**
     * Deletes the oldest stories that are not running, in each system that has too many objects.
     *
     * @param keep how many objects each system may have
     * @param inPlay whether a story is still running, by its correlation id
     */
    public void forgetOldest(int keep, Predicate<String> inPlay) {
        byDomain.values().forEach(api -> api.system().forgetOldest(keep, inPlay));
    }

    /**
     * Counts the objects of all systems.
     *
     * @return how many there are
     */
    public int size() {
        return byDomain.values().stream().mapToInt(api -> api.system().size()).sum();
    }
}

package io.masterdeal.sandbox.misbehaviour;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@link Mischief} of each system. */
public final class Mischiefs {
    private final Map<String, Mischief> byDomain = new LinkedHashMap<>();

    /**
     * Begins with no misbehaviour.
     *
     * @param domains names of the systems
     */
    public Mischiefs(Collection<String> domains) {
        domains.forEach(domain -> byDomain.put(domain, new Mischief(domain)));
    }

    /**
     * That of one system.
     *
     * @param domain its name
     * @return its mischief
     * @throws IllegalArgumentException if there is no such system
     */
    public Mischief of(String domain) {
        Mischief mischief = byDomain.get(domain);
        if (mischief == null) {
            throw new IllegalArgumentException("there is no system " + domain + "; there are " + byDomain.keySet());
        }
        return mischief;
    }

    /**
     * Those of all systems.
     *
     * @return by domain
     */
    public Map<String, Mischief> all() {
        return Map.copyOf(byDomain);
    }

    /** Counts from zero again what goes wrong with requests, and outages; what is set stays. */
    public void countAnew() {
        byDomain.values().forEach(Mischief::countAnew);
    }
}

package io.masterdeal.sandbox.fault;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@link FaultInjection} of each system. */
public final class FaultInjections {
    private final Map<String, FaultInjection> byDomain = new LinkedHashMap<>();

    /**
     * Starts without faults.
     *
     * @param domains names of the systems
     */
    public FaultInjections(Collection<String> domains) {
        domains.forEach(domain -> byDomain.put(domain, new FaultInjection(domain)));
    }

    /**
     * The fault injection of one system.
     *
     * @param domain its name
     * @return its fault injection
     * @throws IllegalArgumentException if there is no such system
     */
    public FaultInjection of(String domain) {
        FaultInjection faults = byDomain.get(domain);
        if (faults == null) {
            throw new IllegalArgumentException("there is no system " + domain + "; there are " + byDomain.keySet());
        }
        return faults;
    }

    /**
     * The fault injection of all systems.
     *
     * @return by domain
     */
    public Map<String, FaultInjection> all() {
        return Map.copyOf(byDomain);
    }

    /** Resets the counts of request faults and outages; the settings stay. */
    public void resetCounts() {
        byDomain.values().forEach(FaultInjection::resetCounts);
    }
}

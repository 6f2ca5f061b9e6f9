package io.masterdeal.gateway.events;

import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.role.access.AccessPolicy;
import java.util.Set;

/**
 * The sender of a request, identified by the API key.
 *
 * @param name a domain such as {@code crm}, {@code operator}, {@code reader} or another
 * @param domain true if it is one of the domains
 */
record Caller(String name, boolean domain) {
    static Caller of(String name, Set<String> domains) {
        return new Caller(name, domains.contains(name));
    }

    /** Whether the caller may publish any events at all. */
    boolean mayPublish() {
        return domain || name.equals(AccessPolicy.OPERATOR);
    }

    /** Domains publish their own events, including retractions; an operator those of any domain. The rest is the platform's own. */
    boolean mayPublish(EventType type) {
        return type.ofDomain() && (name.equals(AccessPolicy.OPERATOR) || name.equals(type.domain()));
    }
}

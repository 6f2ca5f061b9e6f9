package io.masterdeal.effects;

import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What another system is asked to do because of a new fact.
 *
 * @param name what it is called; part of the identity of its effects
 * @param events types of the events it reacts to
 * @param maxAge how long ago an event may have happened to be reacted to
 * @param unlessLive nothing is asked if the deal has a live object of this kind; null: always ask
 * @param request what is asked
 */
record Reaction(
        String name,
        Set<String> events,
        Duration maxAge,
        @Nullable ObjectKind unlessLive,
        Request request) {

    private static final UUID NAMESPACE = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:effect");

    /**
     * A request, without its body.
     *
     * @param system the domain whose system gets it
     * @param method such as POST
     * @param path within that system, beginning with a slash
     */
    record Request(String system, String method, String path) {}

    /**
     * A text that differs if the names or the contents of the reactions do. It also tells whether effects of tasks are known: a release
     * without them would suppress these, so it may not decide at the same time.
     */
    static String identity(Collection<Reaction> reactions) {
        return WorkSettings.hash(Stream.concat(
                Stream.of(TrackerTask.REACTION),
                reactions.stream()
                        .map(it -> it.name() + " " + new TreeSet<>(it.events()) + " " + it.maxAge() + " "
                                + it.unlessLive() + " " + it.request())));
    }

    /** The id of its effect for an event in a deal, which is also the idempotency key. */
    UUID effectId(UUID deal, UUID eventId) {
        return NameUuid.of(NAMESPACE, deal + "/" + name + "/" + eventId);
    }
}

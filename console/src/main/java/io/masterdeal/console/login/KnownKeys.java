package io.masterdeal.console.login;

import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.contracts.apikey.ApiKeyException;
import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.apikey.PersonKeys;
import io.masterdeal.role.access.AccessPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is behind a key: the reader, the operator, or a named person. Keys of domains and of other roles let nobody in. The keys of named
 * persons are read again after a second, so that one that is made or revoked needs no restart. Thread-safe.
 */
final class KnownKeys {

    private static final Logger log = LoggerFactory.getLogger(KnownKeys.class);

    private static final Duration VALID_FOR = Duration.ofSeconds(1);

    private final ApiKeys principals;
    private final Path directory;
    private final Clock clock;
    private volatile People people = new People(Instant.MIN, Map.of(), List.of());

    /**
     * @param principals the keys of domains and roles, as read at the start
     * @param directory of the API keys, with the folder of the named persons
     * @param clock tells when to look again
     */
    KnownKeys(ApiKeys principals, Path directory, Clock clock) {
        this.principals = principals;
        this.directory = directory;
        this.clock = clock;
    }

    /** Named persons by the hash of their key. */
    private record People(Instant readAt, Map<String, Person> byHash, List<String> faults) {}

    /** Who has the key with this hash, and what the person may do now; null if it lets nobody in. */
    @Nullable
    Person person(String hash) {
        Optional<String> principal = principals.principalOfHash(hash);
        return principal.isPresent()
                ? ofPrincipal(principal.get())
                : now().byHash().get(hash);
    }

    private static @Nullable Person ofPrincipal(String principal) {
        return switch (principal) {
            case AccessPolicy.OPERATOR -> new Person(principal, Right.OPERATOR);
            case AccessPolicy.READER -> new Person(principal, Right.VIEWER);
            default -> null;
        };
    }

    /** Whether a name is that of a key, so that nobody else may go by it. */
    boolean isTaken(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return principals.principals().contains(wanted)
                || now().byHash().values().stream()
                        .anyMatch(
                                person -> person.name().toLowerCase(Locale.ROOT).equals(wanted));
    }

    private People now() {
        People known = people;
        Instant now = clock.instant();
        if (!known.readAt().equals(Instant.MIN)
                && known.readAt().plus(VALID_FOR).isAfter(now)) {
            return known;
        }
        People read = read(now);
        if (!read.faults().equals(known.faults())) {
            read.faults().forEach(fault -> log.warn("a person's key is not used: {}", fault));
        }
        people = read;
        return read;
    }

    private People read(Instant now) {
        try {
            PersonKeys.Found found = PersonKeys.read(directory);
            Map<String, Person> byHash = new HashMap<>();
            for (PersonKeys.Holder holder : found.holders()) {
                Right right = Right.of(holder.right());
                if (right != null) {
                    byHash.put(holder.hash(), new Person(holder.name(), right));
                }
            }
            return new People(now, Map.copyOf(byHash), found.faults());
        } catch (ApiKeyException e) {
            // Nobody rather than those of before: one of them may have been revoked.
            return new People(now, Map.of(), List.of(String.valueOf(e.getMessage())));
        }
    }
}

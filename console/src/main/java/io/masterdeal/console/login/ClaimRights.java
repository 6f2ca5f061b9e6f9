package io.masterdeal.console.login;

import io.masterdeal.console.access.Right;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the right of a person from the claims of an identity provider.
 *
 * @param claim its name; {@code a.b} is the claim {@code b} inside {@code a}, as Keycloak's {@code realm_access.roles}
 * @param values the values of the claim that give each right
 */
record ClaimRights(String claim, Map<Right, Set<String>> values) {

    /** The greatest right that a value of the claim gives; null if none does. */
    @Nullable
    Right of(Map<String, ?> claims) {
        Collection<?> given = given(claims);
        Right greatest = null;
        for (Right right : Right.values()) {
            if (values.getOrDefault(right, Set.of()).stream().anyMatch(given::contains)) {
                greatest = right;
            }
        }
        return greatest;
    }

    /** The claim is a list or a text; a text with blanks is a list, as OAuth writes scopes. */
    private Collection<?> given(Map<String, ?> claims) {
        Object found = claims.get(claim);
        if (found == null) {
            Object inner = claims;
            for (String name : claim.split("\\.", -1)) {
                inner = inner instanceof Map<?, ?> map ? map.get(name) : null;
            }
            found = inner;
        }
        return switch (found) {
            case Collection<?> many -> many;
            case String text -> List.of(text.split(" ", -1));
            case null, default -> List.of();
        };
    }
}

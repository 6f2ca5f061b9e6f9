package io.masterdeal.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.access.Right;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimRightsTest {

    private static final Map<Right, Set<String>> VALUES = Map.of(
            Right.VIEWER, Set.of("staff"), Right.OPERATOR, Set.of("ops", "support"), Right.ADMIN, Set.of("admins"));

    @Test
    void the_greatest_right_that_a_value_gives_counts() {
        ClaimRights rights = new ClaimRights("roles", VALUES);

        assertThat(rights.of(Map.of("roles", List.of("staff", "support", "other"))))
                .isEqualTo(Right.OPERATOR);
        assertThat(rights.of(Map.of("roles", List.of("admins")))).isEqualTo(Right.ADMIN);
        assertThat(rights.of(Map.of("roles", "staff"))).isEqualTo(Right.VIEWER);
        assertThat(rights.of(Map.of("roles", "openid ops"))).isEqualTo(Right.OPERATOR);
    }

    @Test
    void what_no_setting_names_gives_no_right() {
        ClaimRights rights = new ClaimRights("roles", VALUES);

        assertThat(rights.of(Map.of("roles", List.of("Admins", "administrators"))))
                .isNull();
        assertThat(rights.of(Map.of("roles", 7))).isNull();
        assertThat(rights.of(Map.of())).isNull();
    }

    @Test
    void a_claim_may_be_inside_another_one_or_have_a_dot_in_its_name() {
        assertThat(new ClaimRights("realm_access.roles", VALUES)
                        .of(Map.of("realm_access", Map.of("roles", List.of("ops")))))
                .isEqualTo(Right.OPERATOR);
        assertThat(new ClaimRights("https://masterdeal.example/roles", VALUES)
                        .of(Map.of("https://masterdeal.example/roles", List.of("ops"))))
                .isEqualTo(Right.OPERATOR);
        assertThat(new ClaimRights("realm_access.roles", VALUES).of(Map.of("realm_access", "ops")))
                .isNull();
    }
}

package io.masterdeal.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.StubbedRoles;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.platform.ListAnswer;
import io.masterdeal.console.platform.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditScreenTest {

    @Test
    void actions_of_both_roles_are_told_with_person_reason_and_outcome() {
        try (StubbedRoles roles = new StubbedRoles()
                .on("GET /operator-actions", """
                        {"items":[{"id":12,"action":"release","selection":{"state":"suppressed"},"reason":"agreed <b>","acted_by":"Анна",
                        "principal":"console","acted_at":"2026-04-05T08:00:00.000Z","items":22,"operation":"o-1"}]}""")
                .on(
                        "GET /operations",
                        "{\"items\":[{\"id\":\"o-1\",\"state\":\"done\",\"results\":{\"released\":22}}]}")) {
            // when
            String page = new AuditScreen(roles.roles())
                    .page(
                            StubbedRoles.view(Language.RU, Right.VIEWER),
                            Map.of("actor", "Анна", "action", "release", "from", "2026-04-01T00:00"))
                    .text();

            // then
            assertThat(page)
                    .contains("Анна", "ключом console", "отправка команд", "agreed &lt;b&gt;", "22 объекта")
                    .contains("отправлено: 22", "/operations/router/o-1", "/operations/service/o-1");
            assertThat(roles.requests())
                    .contains("GET /operator-actions?actor=%D0%90%D0%BD%D0%BD%D0%B0&action=release"
                            + "&from=2026-04-01T00%3A00%3A00Z&limit=100");
        }
    }

    /** Two roles, each with its own pages, many actions of one millisecond among them. */
    @Test
    void pages_merged_by_time_have_every_action_once_and_in_order() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            // given
            List<JsonNode> service = actions(random, 25);
            List<JsonNode> router = actions(random, 25);
            List<String> seen = new ArrayList<>();

            // when
            String before = "2027-01-01T00:00:00Z";
            while (!before.isEmpty()) {
                AuditTrail trail = AuditTrail.of(
                        List.of(page(RoleName.SERVICE, service, before), page(RoleName.ROUTER, router, before)));
                trail.entries().forEach(entry -> seen.add(entry.at() + " " + entry.role() + entry.text("id")));
                before = trail.before();
            }

            // then
            assertThat(seen).as("seed %d", seed).doesNotHaveDuplicates().hasSize(service.size() + router.size());
            assertThat(seen.stream().map(it -> it.split(" ", 2)[0]).toList())
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    private static List<JsonNode> actions(Random random, int most) {
        List<JsonNode> actions = new ArrayList<>();
        int number = random.nextInt(most);
        int milli = 900;
        for (int i = 0; i < number; i++) {
            // At most three of one millisecond in a row: fewer than a page has.
            milli -= i % 3 == 0 ? 1 + random.nextInt(3) : random.nextInt(2);
            actions.add(JsonMapper.shared()
                    .createObjectNode()
                    .put("id", Integer.toString(i))
                    .put("acted_at", "2026-04-05T08:00:00." + milli + "Z"));
        }
        return actions;
    }

    private static ListAnswer page(RoleName role, List<JsonNode> actions, String before) {
        List<JsonNode> left = actions.stream()
                .filter(it -> java.time.Instant.parse(it.path("acted_at").asString(""))
                        .isBefore(java.time.Instant.parse(before)))
                .toList();
        return new ListAnswer(role, left.subList(0, Math.min(4, left.size())), left.size() > 4 ? "more" : "", "");
    }
}

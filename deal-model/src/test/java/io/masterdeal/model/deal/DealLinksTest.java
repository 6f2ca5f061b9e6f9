package io.masterdeal.model.deal;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which links of a fact belong to one of its deals. */
class DealLinksTest {

    private static final ObjectKey PARENT = new ObjectKey("docflow:contract:K-parent");

    @Test
    void a_frame_contract_has_in_each_of_its_deals_that_deal_and_what_is_no_deal() {
        // given: one links object for all deals, asked twice
        Fact frame = contract(Stream.concat(IntStream.range(0, 100).mapToObj(DealLinksTest::root), Stream.of(PARENT))
                .toList());
        DealLinks links = new DealLinks();

        for (int deal : List.of(0, 7, 99, 7)) {
            // then
            assertThat(links.of(root(deal), frame)).containsExactlyInAnyOrder(root(deal), PARENT);
        }
        assertThat(links.of(root(100), frame)).as("a deal it does not name").containsExactly(PARENT);
    }

    @Test
    void a_fact_with_few_links_is_treated_alike() {
        Fact contract = contract(List.of(root(1), root(2), PARENT));
        assertThat(new DealLinks().of(root(2), contract)).containsExactlyInAnyOrder(root(2), PARENT);
    }

    private static ObjectKey root(int number) {
        return new ObjectKey("crm:deal:D-" + number);
    }

    private static Fact contract(List<ObjectKey> links) {
        return Fact.of(
                new UUID(1, links.size()),
                "docflow.contract.signed",
                new ObjectKey("docflow:contract:K-frame"),
                "signed",
                null,
                Instant.parse("2026-03-01T10:00:00Z"),
                links,
                Map.of(),
                null);
    }
}

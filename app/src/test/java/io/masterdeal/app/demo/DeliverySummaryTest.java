package io.masterdeal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The summary of a demonstration's deliveries. */
class DeliverySummaryTest {

    private static final DeliveryCounts WHOLE = new DeliveryCounts(10, 0, 1, 7, 1, 1, 0, 0);

    private static final DeliveryCounts NOT_WHOLE = new DeliveryCounts(10, 0, 0, 9, 0, 0, 0, 0);

    @Test
    void sums_that_add_up_and_dead_letters_that_are_explained_are_no_fault() {
        DeliverySummary deliveries =
                new DeliverySummary(new TreeMap<>(Map.of("crm", WHOLE, "context", WHOLE)), List.of(), 3);

        assertThat(deliveries.problems()).isEmpty();
        assertThat(printed(deliveries))
                .containsExactly(
                        "deliveries accepted 20 = delivered 14 + filtered 2 + dead-lettered 2 + parked 2 + discarded 0",
                        "  context          accepted 10 = delivered 7 + filtered 1 + dead-lettered 1 + parked 1"
                                + " + discarded 0; answered 3 times that it is away",
                        "  crm              accepted 10 = delivered 7 + filtered 1 + dead-lettered 1 + parked 1"
                                + " + discarded 0");
    }

    @Test
    void a_delivery_of_which_nothing_is_known_is_a_fault_and_named_by_its_subscription() {
        DeliverySummary deliveries =
                new DeliverySummary(new TreeMap<>(Map.of("crm", NOT_WHOLE, "legal", WHOLE)), List.of(), 0);

        assertThat(deliveries.problems()).containsExactly("the deliveries of crm do not add up");
        assertThat(printed(deliveries))
                .filteredOn(line -> line.endsWith("WHICH DOES NOT ADD UP"))
                .hasSize(2);
    }

    @Test
    void a_dead_letter_that_nothing_explains_is_a_fault() {
        DeliverySummary deliveries =
                new DeliverySummary(Map.of("legal", WHOLE), List.of("legal.approved 1 to legal: refused"), 0);

        assertThat(deliveries.problems()).containsExactly("dead letter: legal.approved 1 to legal: refused");
    }

    private static List<String> printed(DeliverySummary deliveries) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        deliveries.print(out);
        out.flush();
        return text.toString().lines().toList();
    }
}

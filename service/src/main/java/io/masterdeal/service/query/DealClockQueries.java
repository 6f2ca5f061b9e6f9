package io.masterdeal.service.query;

import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.role.database.Readers;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the stored clocks of one deal. */
@Component
class DealClockQueries {

    private final JdbcClient jdbc;

    private final Comparator<ShortClockView> inOrder;

    DealClockQueries(Readers readers, SlaEvaluator evaluator) {
        this.jdbc = readers.jdbc();
        List<String> policies = evaluator.policies();
        this.inOrder = Comparator.comparingInt(clock -> policies.indexOf(clock.policy()));
    }

    /**
     * The clocks of a deal that have started, as they were evaluated last.
     *
     * @param root the key of the deal
     * @return in the order of the policies; those of one policy in the order of the objects
     */
    List<ShortClockView> of(String root) {
        return jdbc
                .sql("SELECT * FROM sla_clocks WHERE root_key = ? ORDER BY policy, object")
                .param(root)
                .query((row, _) -> ShortClockView.readWithoutDeal(row))
                .list()
                .stream()
                .sorted(inOrder)
                .toList();
    }
}

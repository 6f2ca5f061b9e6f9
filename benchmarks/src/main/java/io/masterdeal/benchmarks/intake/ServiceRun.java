package io.masterdeal.benchmarks.intake;

import io.masterdeal.benchmarks.workload.DealWorkload;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Runs of one service process with some settings, each on a platform of its own.
 *
 * @param warmUp how many events are done before the clock starts, as a share of all, 0 to 1
 * @param flags more flags of the Java virtual machine of the service
 * @param settings of the service, besides those of the platform
 */
public record ServiceRun(double warmUp, List<String> flags, Map<String, String> settings) {

    /** Copies the collections. */
    public ServiceRun {
        flags = List.copyOf(flags);
        settings = Map.copyOf(settings);
    }

    /**
     * Measures how fast it takes a workload in.
     *
     * @throws IllegalStateException if it does not start, or does not come to its end in time
     */
    public Result takeIn(DealWorkload workload) throws InterruptedException, ExecutionException, SQLException {
        return new Variants(warmUp, flags, settings).masterDeal(workload);
    }
}

package io.masterdeal.benchmarks.sla;

import io.masterdeal.benchmarks.Bench;
import io.masterdeal.benchmarks.workload.DealWorkload;
import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.facts.sla.StoredSla;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.sla.KeptClocks;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaFold;
import io.masterdeal.model.sla.SlaStatus;
import io.masterdeal.rulesets.sla.SlaFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How many clocks one thread evaluates a second, with the bundled policies; no database takes part. */
final class Evaluation {

    private static final int DEALS = 1_000;

    private static final Duration LATER = Duration.ofHours(30);

    private final SlaEvaluator evaluator = SlaFiles.load("default", "default", ClockStore.RULES);

    private final SlaBench.Options options;

    Evaluation(SlaBench.Options options) {
        this.options = options;
    }

    /** The ways to the same clocks. */
    private enum Way {
        /** From what is kept of the clocks. */
        KEPT,
        /** The same, read from the bytes that are stored and written to such bytes again. */
        STORED,
        /** From all facts of the deal. */
        FACTS
    }

    /** A deal: all its facts, and what is kept of its clocks after the last of them. */
    private static final class Subject {
        private final ObjectKey root;
        private final List<Fact> facts;
        private final KeptClocks kept;
        private final byte[] stored;
        private final Instant last;

        Subject(ObjectKey root, List<Fact> facts, KeptClocks kept, byte[] stored) {
            this.root = root;
            this.facts = facts;
            this.kept = kept;
            this.stored = stored;
            this.last = facts.getLast().occurredAt();
        }
    }

    Bench.Report run(Consumer<String> progress) {
        List<Subject> subjects = subjects();
        Map<Way, List<Double>> rates = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            measure(way, subjects, options.sizes().evaluated());
        }
        for (int run = 1; run <= options.runs(); run++) {
            for (Way way : Way.values()) {
                rates.computeIfAbsent(way, _ -> new ArrayList<>())
                        .add(measure(way, subjects, options.sizes().evaluated()));
            }
            progress.accept(
                    "sla evaluate: run %d of %d: %,.0f clocks/s from kept clocks, %,.0f from stored ones, %,.0f from facts"
                            .formatted(
                                    run,
                                    options.runs(),
                                    last(rates, Way.KEPT),
                                    last(rates, Way.STORED),
                                    last(rates, Way.FACTS)));
        }
        double bytes =
                subjects.stream().mapToInt(it -> it.stored.length).average().orElse(0);
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("kept_clocks_per_second", median(rates, Way.KEPT));
        figures.put("stored_clocks_per_second", median(rates, Way.STORED));
        figures.put("clocks_per_second_from_facts", median(rates, Way.FACTS));
        figures.put("stored_bytes_of_a_deal", bytes);
        figures.put("runs", runs(rates));
        return new Bench.Report(
                figures,
                List.of(
                        "clocks evaluated a second by one thread: %,.0f from kept clocks (wanted: 50,000), %,.0f read and written"
                                        .formatted(median(rates, Way.KEPT), median(rates, Way.STORED))
                                + ", %,.0f from facts; %.0f bytes a deal".formatted(median(rates, Way.FACTS), bytes)));
    }

    private static Map<String, List<Double>> runs(Map<Way, List<Double>> rates) {
        Map<String, List<Double>> runs = new LinkedHashMap<>();
        rates.forEach((way, all) -> runs.put(way.name().toLowerCase(Locale.ROOT), all));
        return runs;
    }

    private static double last(Map<Way, List<Double>> rates, Way way) {
        return Objects.requireNonNull(rates.get(way)).getLast();
    }

    /** Of an even number the slower of the two in the middle. */
    private static double median(Map<Way, List<Double>> rates, Way way) {
        List<Double> sorted = new ArrayList<>(Objects.requireNonNull(rates.get(way)));
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Deals of one to seven events. */
    private List<Subject> subjects() {
        Map<String, List<Fact>> facts = new LinkedHashMap<>();
        new DealWorkload(0, DEALS, options.seed(), DealWorkload.Order.AS_HAPPENED)
                .tell(event -> facts.computeIfAbsent(
                                Objects.requireNonNull(event.envelope().correlationId()), _ -> new ArrayList<>())
                        .add((Fact) ClockStore.statement(event).statement()));
        List<Subject> subjects = new ArrayList<>();
        facts.values().forEach(all -> subjects.add(subject(all.subList(0, 1 + subjects.size() % all.size()))));
        return subjects;
    }

    private Subject subject(List<Fact> facts) {
        ObjectKey root = facts.getFirst().subject();
        Instant last = facts.getLast().occurredAt();
        SlaFold fold = evaluator.begin(root);
        DealFold.upTo(root, ClockStore.RULES, facts, last, fold);
        SlaStatus status = evaluator.status(fold, last);
        byte[] stored = StoredSla.write(new KeptSla(
                status.clocks(), status.nextAt(), status.client(), List.of(), fold.kept(), new TreeMap<>()));
        return new Subject(root, facts, fold.kept(), stored);
    }

    /** Clocks a second of processor time, so that nobody else on the machine counts. */
    private double measure(Way way, List<Subject> subjects, Duration time) {
        ToIntFunction<Subject> work = switch (way) {
            case KEPT -> this::fromKept;
            case STORED -> this::fromStored;
            case FACTS -> this::fromFacts;
        };
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long clocks = 0;
        long begun = threads.getCurrentThreadCpuTime();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (Subject each : subjects) {
                clocks += work.applyAsInt(each);
            }
        }
        return clocks * 1e9 / (threads.getCurrentThreadCpuTime() - begun);
    }

    private int fromKept(Subject subject) {
        SlaFold fold = Objects.requireNonNull(evaluator.resume(subject.root, subject.kept, subject.last));
        return evaluator.status(fold, subject.last.plus(LATER)).clocks().size();
    }

    private int fromStored(Subject subject) {
        KeptSla kept = StoredSla.read(subject.stored);
        SlaFold fold = Objects.requireNonNull(
                evaluator.resume(subject.root, Objects.requireNonNull(kept.present()), subject.last));
        SlaStatus status = evaluator.status(fold, subject.last.plus(LATER));
        byte[] stored = StoredSla.write(new KeptSla(
                status.clocks(), status.nextAt(), status.client(), List.of(), fold.kept(), new TreeMap<>()));
        return stored.length == 0 ? 0 : status.clocks().size();
    }

    private int fromFacts(Subject subject) {
        return evaluator
                .status(subject.root, subject.facts, subject.last.plus(LATER))
                .clocks()
                .size();
    }
}

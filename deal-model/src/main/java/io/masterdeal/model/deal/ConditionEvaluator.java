package io.masterdeal.model.deal;

import io.masterdeal.model.EventIdOrder;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.StatusModel;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Evaluates conditions over the statuses of one instant: fast without reasons, or with them. */
final class ConditionEvaluator {

    /** The fixed rule for choosing one of several sufficient sets: the smaller one, then the one with lower ids. */
    private static final Comparator<List<UUID>> SMALLEST = Comparator.<List<UUID>>comparingInt(List::size)
            .thenComparing((one, other) -> {
                for (int i = 0; i < one.size(); i++) {
                    int order = EventIdOrder.INSTANCE.compare(one.get(i), other.get(i));
                    if (order != 0) {
                        return order;
                    }
                }
                return 0;
            });

    private final StatusView view;

    ConditionEvaluator(StatusView view) {
        this.view = view;
    }

    /** Called at every instant of every deal, so it uses plain loops instead of streams. */
    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.All all -> {
                for (Condition part : all.of()) {
                    if (!holds(part)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.Any any -> {
                for (Condition part : any.of()) {
                    if (holds(part)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Condition.Ever ever -> hasEver(ever);
            case Condition.Some some -> {
                for (CurrentStatus it : view.objects(some.kind()).values()) {
                    if (view.isLiveAtOrPast(some.kind(), it, some.reached())) {
                        yield true;
                    }
                }
                yield false;
            }
            case Condition.Every every -> {
                for (CurrentStatus it : view.objects(every.kind()).values()) {
                    if (view.isLiveAtOrPast(every.kind(), it, every.among())
                            && !view.isLiveAtOrPast(every.kind(), it, every.reached())) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.For pair -> {
                for (Map.Entry<ObjectKey, CurrentStatus> it :
                        view.objects(pair.kind()).entrySet()) {
                    if (view.isLiveAtOrPast(pair.kind(), it.getValue(), pair.reached())
                            && allApprove(pair, bearingOn(it.getKey(), pair))) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private boolean hasEver(Condition.Ever ever) {
        for (String status : view.ever.keySet()) {
            if (isMeant(ever, status)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMeant(Condition.Ever ever, String status) {
        return ever.orLater()
                ? view.rules.statuses(ObjectKind.DEAL).isAtOrPast(status, ever.status())
                : status.equals(ever.status());
    }

    /** Whether a condition holds, with the facts that decide it and the unmet parts. */
    Finding explain(Condition condition) {
        boolean holds = holds(condition);
        return new Finding(
                holds, holds ? proof(condition) : refutation(condition), holds ? List.of() : unmet(condition));
    }

    /** The facts that make a condition hold. */
    private List<UUID> proof(Condition condition) {
        return switch (condition) {
            case Condition.All all -> union(all.of().stream().map(this::proof));
            case Condition.Any any ->
                smallest(any.of().stream().filter(this::holds).map(this::proof));
            case Condition.Ever ever ->
                earliest(ever).map(it -> List.of(it.eventId())).orElse(List.of());
            case Condition.Some some ->
                smallest(view.objects(some.kind()).values().stream()
                        .filter(it -> view.isLiveAtOrPast(some.kind(), it, some.reached()))
                        .map(ConditionEvaluator::idOf));
            case Condition.Every every ->
                union(view.objects(every.kind()).values().stream()
                        .filter(it -> view.isLiveAtOrPast(every.kind(), it, every.among()))
                        .map(ConditionEvaluator::idOf));
            case Condition.For pair ->
                smallest(view.objects(pair.kind()).entrySet().stream()
                        .filter(it -> view.isLiveAtOrPast(pair.kind(), it.getValue(), pair.reached()))
                        .filter(it -> allApprove(pair, bearingOn(it.getKey(), pair)))
                        .map(it -> union(Stream.concat(
                                Stream.of(idOf(it.getValue())),
                                bearingOn(it.getKey(), pair).stream().map(ConditionEvaluator::idOf)))));
        };
    }

    /**
     * The facts that keep a condition from holding. Objects that do not exist have no facts, so this may be empty.
     */
    private List<UUID> refutation(Condition condition) {
        return switch (condition) {
            case Condition.All all ->
                smallest(all.of().stream().filter(part -> !holds(part)).map(this::refutation));
            case Condition.Any any -> union(any.of().stream().map(this::refutation));
            case Condition.Ever _ -> List.of();
            case Condition.Some some ->
                union(view.objects(some.kind()).values().stream().map(ConditionEvaluator::idOf));
            case Condition.Every every ->
                smallest(view.objects(every.kind()).values().stream()
                        .filter(it -> view.isLiveAtOrPast(every.kind(), it, every.among()))
                        .filter(it -> !view.isLiveAtOrPast(every.kind(), it, every.reached()))
                        .map(ConditionEvaluator::idOf));
            case Condition.For pair ->
                union(view.objects(pair.kind()).entrySet().stream().map(it -> refutation(pair, it)));
        };
    }

    private List<UUID> refutation(Condition.For pair, Map.Entry<ObjectKey, CurrentStatus> borne) {
        if (!view.isLiveAtOrPast(pair.kind(), borne.getValue(), pair.reached())) {
            return idOf(borne.getValue());
        }
        List<CurrentStatus> bearing = bearingOn(borne.getKey(), pair);
        if (bearing.isEmpty()) {
            return union(wouldBearOn(borne.getKey(), pair).map(ConditionEvaluator::idOf));
        }
        return smallest(bearing.stream()
                .filter(it -> !view.isLiveAtOrPast(pair.bearing(), it, pair.every()))
                .map(ConditionEvaluator::idOf));
    }

    private List<Condition> unmet(Condition condition) {
        return switch (condition) {
            case Condition.All all ->
                all.of().stream()
                        .filter(part -> !holds(part))
                        .flatMap(part -> unmet(part).stream())
                        .toList();
            default -> List.of(condition);
        };
    }

    private Optional<Version> earliest(Condition.Ever ever) {
        return view.ever.entrySet().stream()
                .filter(it -> isMeant(ever, it.getKey()))
                .map(Map.Entry::getValue)
                .min(EARLIEST);
    }

    /** By time, then by version, so that later facts do not change which fact first gave the root a status. */
    static final Comparator<Version> EARLIEST =
            Comparator.comparing(Version::occurredAt).thenComparing(Comparator.naturalOrder());

    private List<CurrentStatus> bearingOn(ObjectKey borne, Condition.For pair) {
        StatusModel statuses = view.rules.statuses(pair.bearing());
        return wouldBearOn(borne, pair)
                .filter(it -> statuses.isLive(it.status()))
                .toList();
    }

    /** Objects that bear on an object, including those that are not live. */
    private Stream<CurrentStatus> wouldBearOn(ObjectKey borne, Condition.For pair) {
        return view.objects(pair.bearing()).entrySet().stream()
                .filter(it -> view.reachability.bearsOn(it.getKey(), borne, pair.kind()))
                .map(Map.Entry::getValue);
    }

    private boolean allApprove(Condition.For pair, Collection<CurrentStatus> bearing) {
        return !bearing.isEmpty()
                && bearing.stream().allMatch(it -> view.isLiveAtOrPast(pair.bearing(), it, pair.every()));
    }

    private static List<UUID> idOf(CurrentStatus current) {
        return List.of(current.version().eventId());
    }

    private static List<UUID> smallest(Stream<List<UUID>> sets) {
        return sets.min(SMALLEST).orElse(List.of());
    }

    /** Merges sorted lists without duplicates into one such list. */
    static List<UUID> union(Stream<List<UUID>> lists) {
        List<List<UUID>> sets = lists.toList();
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        TreeSet<UUID> all = new TreeSet<>(EventIdOrder.INSTANCE);
        sets.forEach(all::addAll);
        return List.copyOf(all);
    }
}

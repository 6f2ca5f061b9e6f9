package io.masterdeal.service.query;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Unmet;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.service.query.WhyView.ShortView;
import io.masterdeal.service.query.WhyView.UnmetView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows parts of conditions that do not hold as data, so that a screen can name them in its language. */
final class UnmetViews {

    private static final int MOST_OBJECTS = 50;

    private UnmetViews() {}

    static UnmetView of(Unmet unmet, DealState state) {
        List<UnmetView> parts = unmet.parts().stream().map(it -> of(it, state)).toList();
        List<ShortView> objects = Stream.concat(unmet.objects().stream(), unmet.bearing().stream())
                .distinct()
                .limit(MOST_OBJECTS)
                .map(key -> new ShortView(key.value(), status(key, state)))
                .toList();
        return switch (unmet.condition()) {
            case Condition.All _ -> leaf("all", null, null, objects, parts);
            case Condition.Any _ -> leaf("any", null, null, objects, parts);
            case Condition.Ever ever -> ofEver(ever, objects, parts);
            case Condition.Some some -> leaf("some", some.kind(), some.reached(), objects, parts);
            case Condition.Every every -> ofEvery(every, objects, parts);
            case Condition.For pair -> ofPair(pair, objects, parts);
        };
    }

    private static UnmetView leaf(
            String condition,
            @Nullable ObjectKind kind,
            @Nullable String status,
            List<ShortView> objects,
            List<UnmetView> parts) {
        return new UnmetView(
                condition, kind == null ? null : kind.value(), status, null, null, null, null, objects, parts);
    }

    private static UnmetView ofEver(Condition.Ever ever, List<ShortView> objects, List<UnmetView> parts) {
        return new UnmetView(
                "ever", ObjectKind.DEAL.value(), ever.status(), ever.orLater(), null, null, null, objects, parts);
    }

    private static UnmetView ofEvery(Condition.Every every, List<ShortView> objects, List<UnmetView> parts) {
        return new UnmetView(
                "every", every.kind().value(), every.reached(), null, every.among(), null, null, objects, parts);
    }

    private static UnmetView ofPair(Condition.For pair, List<ShortView> objects, List<UnmetView> parts) {
        return new UnmetView(
                "for",
                pair.kind().value(),
                pair.reached(),
                null,
                null,
                pair.bearing().value(),
                pair.every(),
                objects,
                parts);
    }

    private static @Nullable String status(ObjectKey key, DealState state) {
        CurrentStatus current = state.current().get(key);
        return current == null ? null : current.status();
    }
}

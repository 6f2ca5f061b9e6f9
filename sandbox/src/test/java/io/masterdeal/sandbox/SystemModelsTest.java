package io.masterdeal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.sandbox.crm.CrmModel;
import io.masterdeal.sandbox.dcm.DcmModel;
import io.masterdeal.sandbox.docflow.DocflowModel;
import io.masterdeal.sandbox.legal.LegalModel;
import io.masterdeal.sandbox.media.MediaModel;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.KindModel.Transition;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.SystemModel;
import io.masterdeal.sandbox.task.TaskModel;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The declarations of the six systems. */
class SystemModelsTest {
    private static final EventCatalog CATALOG = EventCatalog.bundled();

    static Stream<SystemModel> models() {
        return Stream.of(
                CrmModel.model(),
                MediaModel.model(),
                TaskModel.model(),
                DocflowModel.model(),
                LegalModel.model(),
                DcmModel.model());
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_action_emits_a_type_of_the_catalog_for_its_kind(SystemModel model) {
        for (KindModel kind : model.kinds()) {
            for (Transition transition : kind.transitions()) {
                EventType type = Objects.requireNonNull(CATALOG.type(transition.type()), transition.type());
                assertThat(type.domain()).isEqualTo(model.domain());
                if (type.objectKind() != null) {
                    assertThat(type.objectKind()).isEqualTo(model.domain() + ":" + kind.name());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_type_with_a_status_is_emitted_by_some_action(SystemModel model) {
        var told = new HashSet<String>();
        model.kinds().forEach(kind -> kind.transitions().forEach(transition -> told.add(transition.type())));

        assertThat(told)
                .containsAll(CATALOG.types().stream()
                        .filter(type -> type.domain().equals(model.domain()) && type.status() != null)
                        .map(EventType::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("models")
    void in_every_status_exactly_the_declared_actions_can_be_done(SystemModel model) {
        for (KindModel kind : model.kinds()) {
            // Every way to a status, as the actions that lead there from nothing.
            var ways = new ArrayDeque<List<String>>(List.of(List.of()));
            var seen = new HashSet<String>();
            var done = new TreeSet<String>();
            while (!ways.isEmpty()) {
                List<String> way = ways.remove();
                String status = walk(model, kind, way);
                if (!seen.add(status)) {
                    continue;
                }
                for (Transition transition :
                        kind.transitions().subList(1, kind.transitions().size())) {
                    var next = Stream.concat(way.stream(), Stream.of(transition.action()))
                            .toList();
                    boolean allowed =
                            transition.from().isEmpty() || transition.from().contains(status);
                    if (allowed) {
                        assertThat(walk(model, kind, next))
                                .isEqualTo(transition.to() == null ? status : transition.to());
                        done.add(transition.action());
                        ways.add(next);
                    } else if (kind.transitions().stream()
                            .noneMatch(other -> other.action().equals(transition.action())
                                    && other.from().contains(status))) {
                        assertThat(refused(model, kind, next))
                                .as(kind.name() + next)
                                .isTrue();
                    }
                }
            }
            Set<String> declared = new TreeSet<>();
            kind.transitions().stream().skip(1).forEach(transition -> declared.add(transition.action()));
            assertThat(done).isEqualTo(declared);
        }
    }

    private static String walk(SystemModel model, KindModel kind, List<String> way) {
        var system = new DomainSystem(model, CATALOG, Clock.systemUTC(), emission -> {});
        Change change = Change.of(Change.Context.NONE);
        String id = system.create(kind.name(), change).id();
        way.forEach(action -> system.act(kind.name(), id, action, change));
        return system.find(kind.name(), id).orElseThrow().status();
    }

    private static boolean refused(SystemModel model, KindModel kind, List<String> way) {
        try {
            walk(model, kind, way);
            return false;
        } catch (Refusal refusal) {
            return refusal.status() == 409;
        }
    }
}

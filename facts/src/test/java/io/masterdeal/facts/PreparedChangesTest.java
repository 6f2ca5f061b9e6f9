package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.model.ObjectKey;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What several listeners are told, if one of them refuses a change. */
class PreparedChangesTest {

    private static final Connection NEVER_USED = (Connection) Proxy.newProxyInstance(
            PreparedChangesTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, _) -> {
                throw new AssertionError(method);
            });

    private final List<Long> told = new ArrayList<>();

    private final List<String> toldToo = new ArrayList<>();

    private final PreparedChanges changes = new PreparedChanges(List.of(
            new Listener<Long>(told) {
                @Override
                public Long prepare(DealChange change) {
                    return change.revision();
                }
            },
            new Listener<String>(toldToo) {
                @Override
                public String prepare(DealChange change) {
                    if (change.revision() == 2) {
                        throw new IllegalStateException("not this one");
                    }
                    return "revision " + change.revision();
                }
            }));

    private abstract static class Listener<M> implements DealListener<M> {
        private final List<M> told;

        Listener(List<M> told) {
            this.told = told;
        }

        @Override
        public void write(Connection connection, List<M> prepared) {
            told.addAll(prepared);
        }
    }

    @Test
    void a_change_that_one_listener_refuses_is_told_to_none_and_the_others_are_told_once() throws Exception {
        // when
        changes.add(List.of(revision(1)));
        assertThatThrownBy(() -> changes.add(List.of(revision(2)))).hasMessage("not this one");
        changes.add(List.of(revision(3)));
        int written = changes.write(NEVER_USED);
        int writtenAgain = changes.write(NEVER_USED);

        // then
        assertThat(written).isEqualTo(2);
        assertThat(writtenAgain).isZero();
        assertThat(told).containsExactly(1L, 3L);
        assertThat(toldToo).containsExactly("revision 1", "revision 3");
    }

    private static DealChange revision(long revision) {
        return new DealChange(
                new UUID(0, 1),
                new ObjectKey("crm:deal:A"),
                revision,
                0,
                Answer.UNKNOWN,
                Answer.UNKNOWN,
                0,
                List.of(),
                List.of(),
                false,
                "test@1",
                List.of(),
                null);
    }
}

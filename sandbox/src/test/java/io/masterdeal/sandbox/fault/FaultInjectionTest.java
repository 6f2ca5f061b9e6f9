package io.masterdeal.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.masterdeal.sandbox.fault.FaultInjection.EventFault;
import io.masterdeal.sandbox.fault.FaultInjection.Response;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong follows from the seed. */
class FaultInjectionTest {
    private static List<EventFault> eventFaults(String domain, FaultInjectionSettings settings) {
        var faults = new FaultInjection(domain);
        faults.set(settings);
        return Stream.generate(faults::nextEvent).limit(2000).toList();
    }

    @Test
    void the_same_seed_gives_the_same_faults() {
        var some = new FaultInjectionSettings(7, 5, 10, 10, 10, 0, 0, 0);

        assertThat(eventFaults("crm", some)).isEqualTo(eventFaults("crm", some));
        assertThat(eventFaults("crm", some)).isNotEqualTo(eventFaults("media", some));
        assertThat(eventFaults("crm", some))
                .isNotEqualTo(eventFaults("crm", new FaultInjectionSettings(8, 5, 10, 10, 10, 0, 0, 0)));
    }

    @Test
    void faults_occur_about_as_often_as_configured() {
        List<EventFault> eventFaults = eventFaults("crm", new FaultInjectionSettings(7, 10, 20, 20, 20, 0, 0, 0));

        assertThat(eventFaults.stream().filter(EventFault::lost)).hasSizeBetween(150, 250);
        assertThat(eventFaults.stream().filter(fault -> fault.duplicate().isPositive()))
                .hasSizeBetween(300, 420);
        assertThat(eventFaults.stream().filter(fault -> fault.overtakenBy() > 0))
                .hasSizeBetween(220, 360);
        assertThat(eventFaults.stream().filter(fault -> fault.delay().isPositive()))
                .hasSizeBetween(300, 420);
        assertThat(eventFaults)
                .noneMatch(fault ->
                        fault.lost() && !fault.equals(new EventFault(true, fault.duplicate(), 0, fault.delay())));
    }

    @Test
    void without_faults_all_goes_well() {
        assertThat(eventFaults("crm", FaultInjectionSettings.NONE)).containsOnly(EventFault.NONE);
    }

    @Test
    void one_percentage_does_not_change_what_another_does() {
        List<EventFault> alone = eventFaults("crm", new FaultInjectionSettings(7, 0, 20, 0, 0, 0, 0, 0));
        List<EventFault> together = eventFaults("crm", new FaultInjectionSettings(7, 0, 20, 0, 50, 0, 0, 0));

        assertThat(together.stream().map(EventFault::duplicate))
                .containsExactlyElementsOf(
                        alone.stream().map(EventFault::duplicate).toList());
    }

    @Test
    void requests_fail_before_or_after_they_are_done() {
        var faults = new FaultInjection("crm");
        faults.set(new FaultInjectionSettings(7, 0, 0, 0, 0, 0, 50, 0));
        List<Response> answers = Stream.generate(() -> faults.nextRequest().response())
                .limit(400)
                .toList();

        assertThat(answers).contains(Response.NORMAL, Response.FAILS, Response.DONE_AND_FAILS);
        assertThat(faults.failedAnswers())
                .isEqualTo(answers.stream()
                        .filter(answer -> answer != Response.NORMAL)
                        .count())
                .isBetween(150L, 250L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 12.5, 20, 75, 100})
    void a_system_is_down_for_the_configured_share_of_time_and_evenly_spread(double percent) {
        var faults = new FaultInjection("crm");
        faults.set(new FaultInjectionSettings(7, 0, 0, 0, 0, 0, 0, percent));
        long step = FaultInjection.DOWN_FOR.toMillis();
        boolean[] away = new boolean[1000];
        for (int i = 0; i < away.length; i++) {
            away[i] = faults.isDown(i * step);
            assertThat(faults.isDown(i * step + step - 1)).isEqualTo(away[i]);
        }

        assertThat(count(away, 0, away.length)).isCloseTo(percent * 10, within(1.0));
        int round = (int) Math.ceil(100 / percent);
        assertThat(IntStream.range(0, away.length - round).filter(i -> count(away, i, i + round) == 0))
                .isEmpty();
        assertThat(faults.outages()).isEqualTo((long) count(away, 0, away.length));
    }

    private static double count(boolean[] away, int from, int to) {
        return IntStream.range(from, to).filter(i -> away[i]).count();
    }

    @Test
    void systems_are_down_at_different_times() {
        List<String> domains = List.of("crm", "media", "task", "docflow", "legal", "dcm");
        List<List<Long>> times =
                domains.stream().map(FaultInjectionTest::timesAway).toList();

        assertThat(times).doesNotHaveDuplicates().allMatch(each -> each.size() == 3);
    }

    private static List<Long> timesAway(String domain) {
        var faults = new FaultInjection(domain);
        faults.set(new FaultInjectionSettings(7, 0, 0, 0, 0, 0, 0, 1));
        return LongStream.range(0, 300)
                .filter(i -> faults.isDown(i * FaultInjection.DOWN_FOR.toMillis()))
                .boxed()
                .toList();
    }

    @Test
    void a_percentage_above_a_hundred_is_refused() {
        assertThatThrownBy(() -> new FaultInjectionSettings(7, 101, 0, 0, 0, 0, 0, 0))
                .hasMessageContaining("0 to 100");
    }
}

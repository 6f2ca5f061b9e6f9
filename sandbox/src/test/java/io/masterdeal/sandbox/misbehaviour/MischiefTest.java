package io.masterdeal.sandbox.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.masterdeal.sandbox.misbehaviour.Mischief.Answer;
import io.masterdeal.sandbox.misbehaviour.Mischief.Fate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong follows from the seed. */
class MischiefTest {
    private static List<Fate> fates(String domain, Misbehaviour misbehaviour) {
        var mischief = new Mischief(domain);
        mischief.set(misbehaviour);
        return Stream.generate(mischief::nextEvent).limit(2000).toList();
    }

    @Test
    void the_same_seed_brings_the_same_fate() {
        var some = new Misbehaviour(7, 5, 10, 10, 10, 0, 0, 0);

        assertThat(fates("crm", some)).isEqualTo(fates("crm", some));
        assertThat(fates("crm", some)).isNotEqualTo(fates("media", some));
        assertThat(fates("crm", some)).isNotEqualTo(fates("crm", new Misbehaviour(8, 5, 10, 10, 10, 0, 0, 0)));
    }

    @Test
    void about_as_many_go_wrong_as_was_said() {
        List<Fate> fates = fates("crm", new Misbehaviour(7, 10, 20, 20, 20, 0, 0, 0));

        assertThat(fates.stream().filter(Fate::lost)).hasSizeBetween(150, 250);
        assertThat(fates.stream().filter(fate -> fate.duplicate().isPositive())).hasSizeBetween(300, 420);
        assertThat(fates.stream().filter(fate -> fate.overtakenBy() > 0)).hasSizeBetween(220, 360);
        assertThat(fates.stream().filter(fate -> fate.delay().isPositive())).hasSizeBetween(300, 420);
        assertThat(fates)
                .noneMatch(fate -> fate.lost() && !fate.equals(new Fate(true, fate.duplicate(), 0, fate.delay())));
    }

    @Test
    void without_misbehaviour_all_goes_well() {
        assertThat(fates("crm", Misbehaviour.NONE)).containsOnly(Fate.GOOD);
    }

    @Test
    void one_percentage_does_not_change_what_another_does() {
        List<Fate> alone = fates("crm", new Misbehaviour(7, 0, 20, 0, 0, 0, 0, 0));
        List<Fate> together = fates("crm", new Misbehaviour(7, 0, 20, 0, 50, 0, 0, 0));

        assertThat(together.stream().map(Fate::duplicate))
                .containsExactlyElementsOf(alone.stream().map(Fate::duplicate).toList());
    }

    @Test
    void requests_fail_before_or_after_they_are_done() {
        var mischief = new Mischief("crm");
        mischief.set(new Misbehaviour(7, 0, 0, 0, 0, 0, 50, 0));
        List<Answer> answers = Stream.generate(() -> mischief.nextRequest().answer())
                .limit(400)
                .toList();

        assertThat(answers).contains(Answer.GOOD, Answer.FAILS, Answer.DONE_AND_FAILS);
        assertThat(mischief.failedAnswers())
                .isEqualTo(
                        answers.stream().filter(answer -> answer != Answer.GOOD).count())
                .isBetween(150L, 250L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 12.5, 20, 75, 100})
    void a_system_is_away_as_much_of_the_time_as_was_said_and_never_long_without(double percent) {
        var mischief = new Mischief("crm");
        mischief.set(new Misbehaviour(7, 0, 0, 0, 0, 0, 0, percent));
        long step = Mischief.DOWN_FOR.toMillis();
        boolean[] away = new boolean[1000];
        for (int i = 0; i < away.length; i++) {
            away[i] = mischief.isDown(i * step);
            assertThat(mischief.isDown(i * step + step - 1)).isEqualTo(away[i]);
        }

        assertThat(count(away, 0, away.length)).isCloseTo(percent * 10, within(1.0));
        int round = (int) Math.ceil(100 / percent);
        assertThat(IntStream.range(0, away.length - round).filter(i -> count(away, i, i + round) == 0))
                .isEmpty();
        assertThat(mischief.outages()).isEqualTo((long) count(away, 0, away.length));
    }

    private static double count(boolean[] away, int from, int to) {
        return IntStream.range(from, to).filter(i -> away[i]).count();
    }

    @Test
    void systems_are_away_at_other_times_than_each_other() {
        List<String> domains = List.of("crm", "media", "task", "docflow", "legal", "dcm");
        List<List<Long>> times = domains.stream().map(MischiefTest::timesAway).toList();

        assertThat(times).doesNotHaveDuplicates().allMatch(each -> each.size() == 3);
    }

    private static List<Long> timesAway(String domain) {
        var mischief = new Mischief(domain);
        mischief.set(new Misbehaviour(7, 0, 0, 0, 0, 0, 0, 1));
        return LongStream.range(0, 300)
                .filter(i -> mischief.isDown(i * Mischief.DOWN_FOR.toMillis()))
                .boxed()
                .toList();
    }

    @Test
    void a_percentage_is_none_beyond_a_hundred() {
        assertThatThrownBy(() -> new Misbehaviour(7, 101, 0, 0, 0, 0, 0, 0)).hasMessageContaining("0 to 100");
    }
}

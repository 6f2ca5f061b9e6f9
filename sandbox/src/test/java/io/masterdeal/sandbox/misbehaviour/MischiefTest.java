package io.masterdeal.sandbox.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.sandbox.misbehaviour.Mischief.Answer;
import io.masterdeal.sandbox.misbehaviour.Mischief.Fate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

    @Test
    void a_system_is_away_as_much_of_the_time_as_was_said() {
        var mischief = new Mischief("crm");
        mischief.set(new Misbehaviour(7, 0, 0, 0, 0, 0, 0, 20));
        long step = Mischief.DOWN_FOR.toMillis();

        assertThat(IntStream.range(0, 1000)
                        .filter(i -> mischief.isDown(i * step))
                        .count())
                .isBetween(140L, 260L);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> mischief.isDown(i * step) != mischief.isDown(i * step + step - 1)))
                .isEmpty();
    }

    @Test
    void a_percentage_is_none_beyond_a_hundred() {
        assertThatThrownBy(() -> new Misbehaviour(7, 101, 0, 0, 0, 0, 0, 0)).hasMessageContaining("0 to 100");
    }
}

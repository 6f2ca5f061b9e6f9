package io.masterdeal.service;

import io.masterdeal.effects.EffectsLifecycle;
import io.masterdeal.facts.settings.SettingGuard;
import io.masterdeal.role.kafka.TopicsAtStart;
import io.masterdeal.service.intake.IntakeLifecycle;
import io.masterdeal.service.publish.PublishLifecycle;
import io.masterdeal.service.sla.DeadlineWorker;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The order in which the service starts: rule set and SLA policies are announced, the topics are there, the relay's slot is there,
 * catalog and reactions are announced, effects are sent, and only then events are taken in and due clocks evaluated. It stops in the
 * opposite order.
 */
@Component
class ServiceLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ServiceLifecycle.class);

    private final TopicsAtStart topics;

    private final PublishLifecycle publishing;

    private final EffectsLifecycle effects;

    private final IntakeLifecycle intake;

    private final DeadlineWorker deadlines;

    private final List<SettingGuard> answerGuards;

    private final SettingGuard settingsGuard;

    private boolean mayWork = true;

    private volatile boolean running;

    ServiceLifecycle(
            TopicsAtStart topics,
            PublishLifecycle publishing,
            EffectsLifecycle effects,
            IntakeLifecycle intake,
            DeadlineWorker deadlines,
            GuardedSettings settings) {
        this.answerGuards = settings.answers(this::stopWork);
        this.settingsGuard = settings.work(this::beginWork, this::stopWork);
        this.topics = topics;
        this.publishing = publishing;
        this.effects = effects;
        this.intake = intake;
        this.deadlines = deadlines;
    }

    @Override
    public void start() {
        announce();
        topics.ensure();
        topics.check();
        publishing.start();
        intake.standsByWhile(this::standsBy);
        settingsGuard.start();
        running = true;
    }

    private Optional<String> standsBy() {
        return Stream.concat(answerGuards.stream(), Stream.of(settingsGuard))
                .flatMap(guard -> guard.standsBy().stream())
                .findFirst();
    }

    private void announce() {
        try {
            answerGuards.forEach(SettingGuard::start);
        } catch (RuntimeException e) {
            try {
                endAnnouncements(); // This process does not start, so others may bring what they want.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    private void endAnnouncements() throws InterruptedException {
        for (SettingGuard guard : answerGuards.reversed()) {
            guard.stop();
            guard.letGo();
        }
    }

    /** Called when the settings of this process are in use, which may be long after the start. */
    private synchronized void beginWork() {
        if (mayWork) {
            effects.start();
            intake.start();
            deadlines.start();
        }
    }

    @Override
    public void stop() {
        running = false;
        try {
            settingsGuard.stop();
            endWork();
            publishing.stop();
            settingsGuard.letGo();
            endAnnouncements();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endWork() throws InterruptedException {
        mayWork = false;
        deadlines.stop();
        intake.stop();
        effects.stop();
    }

    /** Answers made by two rule sets or sets of policies in turn would be wrong, and so would be the effects sent because of them. */
    private void stopWork(String why) {
        log.error("this process takes no more events in and sends no effects: {}", why);
        try {
            endWork();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package io.masterdeal.sandbox;

import static io.masterdeal.sandbox.SandboxSettings.required;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.sandbox.call.GatewayCalls;
import io.masterdeal.sandbox.call.StageReader;
import io.masterdeal.sandbox.cast.Colleagues;
import io.masterdeal.sandbox.cast.Crew;
import io.masterdeal.sandbox.cast.DealFiles;
import io.masterdeal.sandbox.cast.Pace;
import io.masterdeal.sandbox.cast.Workplace;
import io.masterdeal.sandbox.crm.CrmModel;
import io.masterdeal.sandbox.crm.CrmPeople;
import io.masterdeal.sandbox.dcm.DcmModel;
import io.masterdeal.sandbox.dcm.DcmPeople;
import io.masterdeal.sandbox.docflow.DocflowModel;
import io.masterdeal.sandbox.docflow.DocflowPeople;
import io.masterdeal.sandbox.fault.FaultInjections;
import io.masterdeal.sandbox.legal.LegalModel;
import io.masterdeal.sandbox.legal.LegalPeople;
import io.masterdeal.sandbox.media.MediaModel;
import io.masterdeal.sandbox.media.MediaPeople;
import io.masterdeal.sandbox.media.MediaplanRequests;
import io.masterdeal.sandbox.notification.NotificationConfiguration.DealBoards;
import io.masterdeal.sandbox.publish.Ledger;
import io.masterdeal.sandbox.publish.Publishers;
import io.masterdeal.sandbox.story.StoryPlayer;
import io.masterdeal.sandbox.story.StoryPlayer.People;
import io.masterdeal.sandbox.system.DomainSystem;
import io.masterdeal.sandbox.system.SystemDesk;
import io.masterdeal.sandbox.system.SystemDesks;
import io.masterdeal.sandbox.system.SystemModel;
import io.masterdeal.sandbox.task.TaskModel;
import io.masterdeal.sandbox.task.TaskPeople;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the six systems, their publishers and their people. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxSettings.class)
class SystemsConfiguration {
    private static final List<SystemModel> MODELS = List.of(
            CrmModel.model(),
            MediaModel.model(),
            TaskModel.model(),
            DocflowModel.model(),
            LegalModel.model(),
            DcmModel.model());

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ApiKeys apiKeys(SandboxSettings settings) {
        return ApiKeys.load(keys(settings));
    }

    @Bean
    EventCatalog eventCatalog(SandboxSettings settings) {
        return settings.catalog() == null ? EventCatalog.bundled() : EventCatalog.load(Path.of(settings.catalog()));
    }

    @Bean
    FaultInjections faults() {
        return new FaultInjections(MODELS.stream().map(SystemModel::domain).toList());
    }

    @Bean
    Ledger ledger(SandboxSettings settings) {
        return new Ledger(settings.sandbox().keepEvents());
    }

    @Bean
    Publishers publishers(SandboxSettings settings, FaultInjections faults, Ledger ledger, Clock clock) {
        return new Publishers(
                required(settings.gateway().url(), "masterdeal.gateway.url"),
                domain -> ApiKeys.read(keys(settings), domain),
                faults,
                ledger,
                clock,
                settings.sandbox().pace());
    }

    @Bean
    SystemDesks systemDesks(EventCatalog catalog, Publishers publishers, Clock clock) {
        return new SystemDesks(MODELS.stream()
                .map(model -> new SystemDesk(new DomainSystem(model, catalog, clock, publishers.of(model.domain()))))
                .toList());
    }

    @Bean
    DealFiles dealFiles() {
        return new DealFiles();
    }

    @Bean
    Crew crew() {
        return new Crew();
    }

    @Bean
    Pace pace(SandboxSettings settings) {
        return new Pace(settings.sandbox().pace(), settings.sandbox().patience());
    }

    @Bean
    GatewayCalls gatewayCalls(SandboxSettings settings) {
        return new GatewayCalls(
                required(settings.gateway().url(), "masterdeal.gateway.url"),
                domain -> ApiKeys.read(keys(settings), domain));
    }

    @Bean
    Workplaces workplaces(SystemDesks desks, FaultInjections faults, Clock clock, Pace pace) {
        return domain -> new Workplace(desks.of(domain), faults.of(domain), clock, pace);
    }

    @Bean
    LegalPeople legalPeople(Workplaces workplaces, SystemDesks desks, Crew crew, DealFiles files) {
        var legal = new LegalPeople(workplaces.of(LegalModel.DOMAIN), crew, files);
        desks.of(LegalModel.DOMAIN).employ(legal);
        return legal;
    }

    @Bean
    MediaPeople mediaPeople(Workplaces workplaces, SystemDesks desks, Crew crew, DealFiles files) {
        var media = new MediaPeople(workplaces.of(MediaModel.DOMAIN), crew, files);
        desks.of(MediaModel.DOMAIN).employ(media);
        return media;
    }

    @Bean
    StoryPlayer storyPlayer(
            Workplaces workplaces,
            SystemDesks desks,
            GatewayCalls calls,
            DealBoards boards,
            MediaPeople media,
            Crew crew,
            Pace pace) {
        Clock clock = clock();
        var stages = new StageReader(calls, boards.byDomain());
        var colleagues = new Colleagues(calls, desks, pace);
        var dcm = new DcmPeople(workplaces.of(DcmModel.DOMAIN), clock);
        desks.of(DcmModel.DOMAIN).employ(dcm);
        var people = new People(
                new CrmPeople(workplaces.of(CrmModel.DOMAIN), colleagues, stages, clock),
                media,
                new TaskPeople(workplaces.of(TaskModel.DOMAIN), stages, crew),
                new DocflowPeople(workplaces.of(DocflowModel.DOMAIN), colleagues, stages, clock),
                dcm);
        return new StoryPlayer(people, pace);
    }

    @Bean
    MediaplanRequests mediaplanRequests(SystemDesks desks) {
        return new MediaplanRequests(desks);
    }

    /** Where the people of a domain sit. */
    @FunctionalInterface
    interface Workplaces {
        Workplace of(String domain);
    }

    private static Path keys(SandboxSettings settings) {
        return required(settings.apiKeys(), "masterdeal.api-keys");
    }
}

package io.masterdeal.sandbox;

import static io.masterdeal.sandbox.SandboxSettings.required;

import io.masterdeal.contracts.apikey.ApiKeys;
import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.sandbox.actor.CrossSystemRequests;
import io.masterdeal.sandbox.actor.SimulatedDeals;
import io.masterdeal.sandbox.actor.SimulationPace;
import io.masterdeal.sandbox.actor.StoryExecutor;
import io.masterdeal.sandbox.actor.SystemAccess;
import io.masterdeal.sandbox.call.GatewayCalls;
import io.masterdeal.sandbox.call.StageReader;
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
import io.masterdeal.sandbox.system.SystemApi;
import io.masterdeal.sandbox.system.SystemApis;
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
    SystemApis systemApis(EventCatalog catalog, Publishers publishers, Clock clock) {
        return new SystemApis(MODELS.stream()
                .map(model -> new SystemApi(new DomainSystem(model, catalog, clock, publishers.of(model.domain()))))
                .toList());
    }

    @Bean
    SimulatedDeals simulatedDeals() {
        return new SimulatedDeals();
    }

    @Bean
    StoryExecutor executor() {
        return new StoryExecutor();
    }

    @Bean
    SimulationPace pace(SandboxSettings settings) {
        return new SimulationPace(settings.sandbox().pace(), settings.sandbox().patience());
    }

    @Bean
    GatewayCalls gatewayCalls(SandboxSettings settings) {
        return new GatewayCalls(
                required(settings.gateway().url(), "masterdeal.gateway.url"),
                domain -> ApiKeys.read(keys(settings), domain));
    }

    @Bean
    SystemAccessByDomain systems(SystemApis apis, FaultInjections faults, Clock clock, SimulationPace pace) {
        return domain -> new SystemAccess(apis.of(domain), faults.of(domain), clock, pace);
    }

    @Bean
    LegalPeople legalPeople(
            SystemAccessByDomain systems, SystemApis apis, StoryExecutor executor, SimulatedDeals openDeals) {
        var legal = new LegalPeople(systems.of(LegalModel.DOMAIN), executor, openDeals);
        apis.of(LegalModel.DOMAIN).useHook(legal);
        return legal;
    }

    @Bean
    MediaPeople mediaPeople(
            SystemAccessByDomain systems, SystemApis apis, StoryExecutor executor, SimulatedDeals openDeals) {
        var media = new MediaPeople(systems.of(MediaModel.DOMAIN), executor, openDeals);
        apis.of(MediaModel.DOMAIN).useHook(media);
        return media;
    }

    @Bean
    StoryPlayer storyPlayer(
            SystemAccessByDomain systems,
            SystemApis apis,
            GatewayCalls calls,
            DealBoards boards,
            MediaPeople media,
            StoryExecutor executor,
            SimulationPace pace) {
        Clock clock = clock();
        var stages = new StageReader(calls, boards.byDomain());
        var requests = new CrossSystemRequests(calls, apis, pace);
        var dcm = new DcmPeople(systems.of(DcmModel.DOMAIN), clock);
        apis.of(DcmModel.DOMAIN).useHook(dcm);
        var people = new People(
                new CrmPeople(systems.of(CrmModel.DOMAIN), requests, stages, clock),
                media,
                new TaskPeople(systems.of(TaskModel.DOMAIN), stages, executor),
                new DocflowPeople(systems.of(DocflowModel.DOMAIN), requests, stages, clock),
                dcm);
        return new StoryPlayer(people, pace, clock);
    }

    @Bean
    MediaplanRequests mediaplanRequests(SystemApis apis) {
        return new MediaplanRequests(apis);
    }

    /** Gives the people of a domain access to their system. */
    @FunctionalInterface
    interface SystemAccessByDomain {
        SystemAccess of(String domain);
    }

    private static Path keys(SandboxSettings settings) {
        return required(settings.apiKeys(), "masterdeal.api-keys");
    }
}

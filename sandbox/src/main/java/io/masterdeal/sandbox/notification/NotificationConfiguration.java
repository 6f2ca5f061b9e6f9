package io.masterdeal.sandbox.notification;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.event.EventJson;
import io.masterdeal.contracts.event.InvalidEventException;
import io.masterdeal.sandbox.call.NotifiedStages;
import io.masterdeal.sandbox.crm.CrmModel;
import io.masterdeal.sandbox.legal.LegalPeople;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.task.TaskModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the receivers of notifications. */
@Configuration(proxyBeanMethods = false)
public class NotificationConfiguration {

    /** The notified stages of each system that follows deals, by domain. */
    public record DealBoards(Map<String, NotifiedStages> byDomain) {}

    @Bean
    Boards boards() {
        return new Boards(new DealBoard(), new DealBoard());
    }

    /** The notified stages of CRM and Task-Tracker. */
    record Boards(DealBoard crm, DealBoard tracker) {}

    @Bean
    DealBoards dealBoards(Boards boards) {
        return new DealBoards(Map.of(CrmModel.DOMAIN, boards.crm(), TaskModel.DOMAIN, boards.tracker()));
    }

    @Bean
    Context context() {
        return new Context();
    }

    @Bean
    Subscribers subscribers(LegalPeople legal, EventCatalog catalog, Boards boards, Context context) {
        var json = new EventJson(catalog);
        return new Subscribers(Map.of(
                Subscribers.LEGAL,
                        new IdempotentReceiver(notification -> {
                            try {
                                legal.hear(json.read(notification.json()));
                                return NotificationHandler.Effect.KEPT;
                            } catch (InvalidEventException e) {
                                throw Refusal.invalid(e.violations());
                            }
                        }),
                Subscribers.CRM, new IdempotentReceiver(boards.crm()),
                Subscribers.TASK_TRACKER, new IdempotentReceiver(boards.tracker()),
                Subscribers.CONTEXT, new IdempotentReceiver(context)));
    }

    @Bean
    ContextOutage contextOutage(@Value("${masterdeal.sandbox.pace:1.0}") double pace) {
        return new ContextOutage(pace);
    }

    @Bean
    NotificationController notificationController(
            Subscribers subscribers,
            ContextOutage outage,
            Clock clock,
            @Value("${masterdeal.sandbox.notification-secrets:#{null}}") Path secrets) {
        return new NotificationController(subscribers, new SignatureCheck(secrets, clock), outage);
    }

    @Bean
    ContextController contextController(Subscribers subscribers, Context context) {
        return new ContextController(subscribers, context);
    }
}

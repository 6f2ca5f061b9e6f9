package io.masterdeal.console.notices;

import io.masterdeal.console.page.Words;
import io.masterdeal.console.platform.Roles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {

    private static final String PREFIX = "masterdeal.console.notices.";

    @Bean
    Channels channels(Environment environment) {
        String file = environment.getProperty("masterdeal.console.channels", "");
        return file.isEmpty() ? Channels.NONE : ChannelsFile.read(Path.of(file));
    }

    private static Duration length(Environment environment, String name, Duration otherwise) {
        return environment.getProperty(PREFIX + name, Duration.class, otherwise);
    }

    @Bean
    NoticeOutbox outbox(Channels channels, Environment environment) {
        return new NoticeOutbox(
                channels,
                new NoticePlan(
                        length(environment, "group", Duration.ofSeconds(30)),
                        length(environment, "repeat", Duration.ofHours(4))));
    }

    @Bean
    HttpTarget httpTarget() {
        return new HttpTarget();
    }

    @Bean
    NoticeText noticeText(Words words, Channels channels) {
        return new NoticeText(words, channels.console());
    }

    @Bean
    NoticeSenders noticeSenders(HttpTarget http, NoticeText texts, Channels channels, Clock clock) {
        return new NoticeSenders(
                new WebhookSender(http, texts, channels.console(), clock),
                new MailSender(texts),
                new ChatSender(http, texts));
    }

    @Bean
    NoticeWorker noticeWorker(NoticeOutbox outbox, Channels channels, NoticeSenders senders, Clock clock) {
        return new NoticeWorker(outbox, channels, senders, clock);
    }

    @Bean
    BreachDigest breachDigest(Channels channels, NoticeOutbox outbox, Roles roles, Environment environment) {
        return new BreachDigest(channels, outbox, roles, length(environment, "digest", Duration.ofMinutes(5)));
    }

    @Bean
    Watchdog watchdog(HttpTarget http, Channels channels, Environment environment) {
        return new Watchdog(http, channels.watchdog(), length(environment, "watchdog", Duration.ofMinutes(1)));
    }

    @Bean
    ChannelFailures channelFailures(NoticeOutbox outbox) {
        return new ChannelFailures(outbox);
    }
}

package io.masterdeal.console.login;

import io.masterdeal.worker.Workers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions in PostgreSQL: they outlive this process, and several processes share them. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SessionConfiguration.class);

    private static final int CLEAN_UP_MINUTES = 10;

    @Bean
    JdbcIndexedSessionRepository sessionRepository(JdbcTemplate jdbc, DataSource database) {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(jdbc, transactions);
        sessions.setTableName("sessions");
        sessions.setDefaultMaxInactiveInterval(LoginSessions.LENGTH);
        sessions.setConversionService(SessionValues.conversions());
        sessions.setCleanupCron(Scheduled.CRON_DISABLED); // Below, on a thread of ours.
        return sessions;
    }

    /**
     * The cookie goes over TLS alone if the request came so, or if {@code masterdeal.console.url} begins with https: then a proxy ends
     * TLS.
     */
    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> sessionFilter(
            JdbcIndexedSessionRepository sessions, Environment environment) {
        DefaultCookieSerializer cookies = new SessionCookies();
        cookies.setCookieName("masterdeal-session");
        cookies.setSameSite("Lax");
        cookies.setUseHttpOnlyCookie(true);
        if (environment.getProperty("masterdeal.console.url", "").startsWith("https:")) {
            cookies.setUseSecureCookie(true);
        }
        CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
        ids.setCookieSerializer(cookies);
        SessionRepositoryFilter<?> filter = new SessionRepositoryFilter<>(sessions);
        filter.setHttpSessionIdResolver(ids);
        FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(LoginConfiguration.SESSIONS);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService sessionCleanUp(JdbcIndexedSessionRepository sessions) {
        ScheduledExecutorService worker = Workers.scheduled("console-sessions");
        var _ = worker.scheduleWithFixedDelay(
                () -> {
                    try {
                        sessions.cleanUpExpiredSessions();
                    } catch (DataAccessException | TransactionException e) {
                        log.warn("ended sessions are not deleted: {}", e.getMessage());
                    }
                },
                1,
                CLEAN_UP_MINUTES,
                TimeUnit.MINUTES);
        return worker;
    }

    /** Leaves out cookies that are no id of a session: PostgreSQL would not take every one of them as text. */
    private static final class SessionCookies extends DefaultCookieSerializer {

        private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return super.readCookieValues(request).stream()
                    .filter(value -> ID.matcher(value).matches())
                    .toList();
        }
    }
}

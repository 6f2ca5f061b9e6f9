package io.masterdeal.console.live;

import io.masterdeal.console.board.Board;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    LiveReaders liveReaders(Clock clock, Board board) {
        LiveReaders readers = new LiveReaders(clock);
        board.listen((_, deals) -> readers.dealsChanged(deals));
        return readers;
    }

    @Bean
    LivePace livePace() {
        return new LivePace();
    }

    @Bean
    WebMvcConfigurer refreshesAreMeasured(LivePace pace) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(pace);
            }
        };
    }
}

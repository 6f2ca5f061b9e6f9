package io.masterdeal.testbed.times;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Records how long each application context takes to start, in every process of the run. */
public final class ContextSpans implements SpringApplicationRunListener {

    @Override
    public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
        if (timeTaken != null) {
            Spans.note(Spans.Kind.CONTEXT, String.valueOf(context.getId()), timeTaken.toMillis());
        }
    }
}

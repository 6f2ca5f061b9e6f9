package io.masterdeal.console.monitoring;

import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.View;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The Monitoring Dashboard. */
@Controller
class MonitoringController {

    private final FiguresReader figures;

    MonitoringController(FiguresReader figures) {
        this.figures = figures;
    }

    @GetMapping(path = "/monitoring", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        return Html.page("monitoring/monitoring.jte", view, Map.of("figures", figures.read(view.now())));
    }

    @GetMapping(path = "/monitoring", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    MonitoringFigures json(View view) {
        return figures.read(view.now());
    }
}

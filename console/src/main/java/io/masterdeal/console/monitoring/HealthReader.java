package io.masterdeal.console.monitoring;

import io.masterdeal.console.monitoring.MonitoringFigures.Part;
import io.masterdeal.console.monitoring.MonitoringFigures.ProcessHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the health of all processes. */
final class HealthReader {

    private HealthReader() {}

    static List<ProcessHealth> read(Sample sample) {
        return sample.processes().stream().map(HealthReader::read).toList();
    }

    private static ProcessHealth read(ProcessSample process) {
        List<Part> parts = new ArrayList<>();
        JsonNode intake = process.answer(ProcessProbe.INTAKE);
        if (intake.has("state")) {
            parts.add(new Part("intake", intake.path("state").asString("")));
        }
        JsonNode relay = process.answer(ProcessProbe.RELAY);
        if (relay.has("state")) {
            parts.add(new Part("relay", relay.path("state").asString("")));
        }
        new TreeMap<>(process.components()).forEach((name, status) -> {
            if (!status.equals("UP")) {
                parts.add(new Part(name, status));
            }
        });
        return new ProcessHealth(
                process.process().role(),
                process.process().host(),
                process.isUp(),
                process.status(),
                process.ready(),
                parts,
                process.problem());
    }
}

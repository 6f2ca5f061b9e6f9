package io.masterdeal.advisories;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what is delivered with what we know of holes. */
final class AdvisoryCheck {
    private final AdvisoryFile file;
    private final LocalDate today;

    AdvisoryCheck(AdvisoryFile file, LocalDate today) {
        this.file = file;
        this.today = today;
    }

    /** What is wrong, a sentence each, with what to do about it; empty if all is well. */
    List<String> problems(List<Delivered> delivered) {
        List<String> problems = new ArrayList<>();
        Set<Exemption> needed = new HashSet<>();
        for (Delivered component : delivered) {
            for (Advisory advisory : file.advisories()) {
                if (advisory.affects(component)) {
                    for (String id : advisory.ids()) {
                        Optional<Exemption> exemption = exemption(id, component);
                        exemption.ifPresentOrElse(needed::add, () -> problems.add(hit(component, advisory, id)));
                    }
                }
            }
        }
        for (Exemption exemption : file.exemptions()) {
            if (exemption.until().isBefore(today)) {
                problems.add(expired(exemption));
            } else if (!needed.contains(exemption)) {
                problems.add(needless(exemption));
            }
        }
        return problems;
    }

    private Optional<Exemption> exemption(String id, Delivered component) {
        return file.exemptions().stream()
                .filter(exemption -> exemption.covers(id, component))
                .findFirst();
    }

    private String hit(Delivered component, Advisory advisory, String id) {
        return component + " has " + id + ", which affects " + advisory.affected() + " (" + place(advisory.line())
                + ", " + advisory.source() + "). Raise it, or except it there with a reason and an end date.";
    }

    private String expired(Exemption exemption) {
        return "The exception for " + exemption.ids() + " in " + exemption.component() + " " + exemption.version()
                + " ended on " + exemption.until() + " (" + place(exemption.line())
                + "). Look for a release without the hole;"
                + " if there is none, judge again whether it does harm, and set a new date.";
    }

    private String needless(Exemption exemption) {
        return "The exception for " + exemption.ids() + " excepts nothing: " + exemption.component() + " "
                + exemption.version() + " is not delivered, or has no such hole (" + place(exemption.line())
                + "). Remove it.";
    }

    private String place(int line) {
        return file.name() + ":" + line;
    }
}

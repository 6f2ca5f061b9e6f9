package io.masterdeal.rulesets.sla;

import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.sla.SlaCalendar;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaPolicyException;
import io.masterdeal.model.sla.SlaPolicySet;
import io.masterdeal.rulesets.yaml.YamlDocument;
import io.masterdeal.rulesets.yaml.YamlDocument.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Policies and calendars from text. */
public final class SlaFiles {

    /** The name of the policies, and of the calendars, that come along. */
    public static final String DEFAULT = "default";

    private static final String POLICIES = "policies.yaml";

    private static final String CALENDARS = "calendars.yaml";

    private SlaFiles() {}

    /**
     * Reads policies and calendars by name or file.
     *
     * @param policies {@link #DEFAULT}, or the path of a YAML file
     * @param calendars {@link #DEFAULT}, or the path of a YAML file
     * @param rules whose stages and statuses the policies name
     * @throws InvalidSlaFileException if there is no such file, or something is wrong with it; says file, line and reason
     */
    public static SlaEvaluator load(String policies, String calendars, RuleSet rules) {
        return policies(name(policies, POLICIES), policiesText(policies), rules, loadCalendars(calendars));
    }

    /**
     * Reads calendars by name or file.
     *
     * @param calendars {@link #DEFAULT}, or the path of a YAML file
     * @throws InvalidSlaFileException if there is no such file, or something is wrong with it; says file, line and reason
     */
    public static Map<String, SlaCalendar> loadCalendars(String calendars) {
        return calendars(name(calendars, CALENDARS), calendarsText(calendars));
    }

    /**
     * The text of policies, as it is.
     *
     * @param policies {@link #DEFAULT}, or the path of a file
     * @throws InvalidSlaFileException if there is no such file
     */
    public static String policiesText(String policies) {
        return text(policies, POLICIES);
    }

    /**
     * The text of calendars, as it is.
     *
     * @param calendars {@link #DEFAULT}, or the path of a file
     * @throws InvalidSlaFileException if there is no such file
     */
    public static String calendarsText(String calendars) {
        return text(calendars, CALENDARS);
    }

    private static String name(String nameOrFile, String bundled) {
        return nameOrFile.equals(DEFAULT) ? bundled : nameOrFile;
    }

    private static String text(String nameOrFile, String bundled) {
        if (nameOrFile.equals(DEFAULT)) {
            String resource = "/masterdeal/sla/" + bundled;
            try (InputStream stream = SlaFiles.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException("the distribution lacks " + resource);
                }
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new InvalidSlaFileException("cannot read " + resource, e);
            }
        }
        try {
            if (Files.isRegularFile(Path.of(nameOrFile))) {
                return Files.readString(Path.of(nameOrFile));
            }
        } catch (IOException e) {
            throw new InvalidSlaFileException("cannot read " + nameOrFile + ": " + e.getMessage(), e);
        }
        throw new InvalidSlaFileException(
                nameOrFile, 1, "there is no such file, and the only name is '" + DEFAULT + "'");
    }

    /**
     * Reads calendars.
     *
     * @param file what to call the text in errors
     * @param yaml the text
     * @throws InvalidSlaFileException if something is wrong with it; says file, line and reason
     */
    public static Map<String, SlaCalendar> calendars(String file, String yaml) {
        return CalendarReader.calendars(YamlDocument.parse(file, yaml, InvalidSlaFileException::new));
    }

    /**
     * Reads policies, and checks them against what they name.
     *
     * @param file what to call the text in errors
     * @param yaml the text
     * @param rules whose stages and statuses they name
     * @param calendars by name
     * @throws InvalidSlaFileException if something is wrong with it; says file, line and reason
     */
    public static SlaEvaluator policies(String file, String yaml, RuleSet rules, Map<String, SlaCalendar> calendars) {
        Part document = YamlDocument.parse(file, yaml, InvalidSlaFileException::new);
        SlaPolicySet policies = PolicyReader.policies(document);
        try {
            return new SlaEvaluator(rules, policies, calendars);
        } catch (SlaPolicyException e) {
            throw YamlDocument.find(policy(document, e.policy()), e.offending()).wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The last policy of a name, since of two the second is wrong; the whole document if there is none. */
    private static Part policy(Part document, String name) {
        Part found = document;
        for (Part item : document.field(document.fields(Set.of()), "policies").items()) {
            if (item.field(item.fields(Set.of()), "policy").string().equals(name)) {
                found = item;
            }
        }
        return found;
    }
}

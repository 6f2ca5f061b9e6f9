package io.masterdeal.role.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class RenamedSettingsTest {
    private static final Map<String, String> NAMES = Map.of(
            "masterdeal.intake", "masterdeal.service.intake",
            "masterdeal.schema", "masterdeal.service.schema");

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    @Test
    void a_setting_under_its_old_name_is_found_under_both() {
        given(Map.of("masterdeal.intake.lanes", "2", "masterdeal.schema", "deals"));

        RenamedSettings.read(environment, NAMES);

        assertThat(environment.getProperty("masterdeal.intake.lanes")).isEqualTo("2");
        assertThat(environment.getProperty("masterdeal.service.intake.lanes")).isEqualTo("2");
        assertThat(environment.getProperty("masterdeal.service.schema")).isEqualTo("deals");
    }

    @Test
    void the_new_name_counts_if_both_are_given() {
        given(Map.of(
                "masterdeal.intake.lanes", "2",
                "masterdeal.service.intake.lanes", "3",
                "masterdeal.intake.transaction.events", "100",
                "masterdeal.schema", "old",
                "masterdeal.service.schema", "new"));

        RenamedSettings.read(environment, NAMES);

        assertThat(environment.getProperty("masterdeal.intake.lanes")).isEqualTo("3");
        assertThat(environment.getProperty("masterdeal.service.intake.lanes")).isEqualTo("3");
        assertThat(environment.getProperty("masterdeal.service.intake.transaction.events"))
                .isEqualTo("100");
        assertThat(environment.getProperty("masterdeal.schema")).isEqualTo("new");
    }

    @Test
    void variables_of_the_process_count_under_their_old_name_too() {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("MASTERDEAL_SCHEMA", "deals", "MASTERDEAL_INTAKE_LANES", "2")));

        RenamedSettings.read(environment, NAMES);

        assertThat(environment.getProperty("masterdeal.service.schema")).isEqualTo("deals");
        assertThat(environment.getProperty("masterdeal.service.intake.lanes")).isEqualTo("2");
    }

    @Test
    void what_nobody_has_set_stays_unset() {
        RenamedSettings.read(environment, NAMES);

        assertThat(environment.containsProperty("masterdeal.schema")).isFalse();
        assertThat(environment.containsProperty("masterdeal.service.intake.lanes"))
                .isFalse();
    }

    private void given(Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    }
}

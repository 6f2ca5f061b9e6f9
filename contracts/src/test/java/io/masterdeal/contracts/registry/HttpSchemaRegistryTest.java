package io.masterdeal.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.registry.RegistryServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
    private static final Schema SCHEMA = SchemaBuilder.record("created")
            .namespace("crm.deal")
            .fields()
            .optionalString("title")
            .endRecord();

    private RegistryServer server;
    private HttpSchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryServer();
        registry = new HttpSchemaRegistry(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_schema_is_registered_once_and_its_subject_is_backward_transitive() {
        int id = registry.register("crm.deal.created", SCHEMA);

        assertThat(registry.register("crm.deal.created", SCHEMA)).isEqualTo(id);
        assertThat(registry.byId(id)).isEqualTo(SCHEMA);
        assertThat(server.requests())
                .containsExactly("PUT /config/crm.deal.created", "POST /subjects/crm.deal.created/versions");
        assertThat(server.compatibility()).isEqualTo(Map.of("crm.deal.created", "BACKWARD_TRANSITIVE"));
    }

    @Test
    void a_registry_that_configures_only_subjects_it_knows_is_asked_again() {
        server.refuseToConfigureUnknownSubjects();

        registry.register("crm.deal.created", SCHEMA);

        assertThat(server.compatibility()).isEqualTo(Map.of("crm.deal.created", "BACKWARD_TRANSITIVE"));
    }

    @Test
    void a_schema_is_fetched_once() {
        int id = server.put(SCHEMA.toString());

        assertThat(registry.byId(id)).isEqualTo(SCHEMA);
        assertThat(registry.byId(id)).isSameAs(registry.byId(id));
        assertThat(server.requests()).containsExactly("GET /schemas/ids/" + id);
    }

    @Test
    void an_unknown_id_is_reported_and_not_requested_again_soon() {
        assertThatThrownBy(() -> registry.byId(99))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("99");
        int asked = server.requests().size();
        assertThatThrownBy(() -> registry.byId(99)).isInstanceOf(UnknownSchemaException.class);
        assertThat(server.requests()).hasSize(asked);
    }

    @Test
    void a_schema_that_another_node_learns_a_moment_later_is_found() {
        int id = server.put(SCHEMA.toString());
        server.plan(new Answer(404, "{\"error_code\":40403}"));

        assertThat(registry.byId(id)).isEqualTo(SCHEMA);
    }

    @Test
    void a_wrong_address_is_not_taken_for_an_unknown_schema() {
        var elsewhere = new HttpSchemaRegistry(URI.create(server.url() + "/nowhere/"));

        assertThatThrownBy(() -> elsewhere.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("/nowhere/schemas/ids/1")
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void a_transient_failure_is_retried(int status) {
        int id = server.put(SCHEMA.toString());
        server.plan(new Answer(status, "busy"), new Answer(status, "busy"));

        assertThat(registry.byId(id)).isEqualTo(SCHEMA);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_permanent_failure_is_reported_with_the_response_of_the_registry() {
        server.plan(new Answer(503, "busy"), new Answer(503, "busy"), new Answer(503, "still busy"));

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("503 still busy");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 301})
    void a_response_that_an_operator_can_correct_is_not_an_error_of_the_schema(int status) {
        server.plan(new Answer(status, "who are you"));

        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{}", "{\"schema\":7}", "[]"})
    void an_unreadable_response_is_not_an_error_of_the_schema(String body) {
        server.plan(new Answer(200, body));

        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void an_endless_response_is_cut_off() {
        String endless = "x".repeat(5 << 20);
        server.plan(new Answer(200, endless), new Answer(200, endless), new Answer(200, endless));

        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void a_schema_that_is_not_avro_is_unknown() {
        int id = server.put("{\"type\":\"nonsense\"}");

        assertThatThrownBy(() -> registry.byId(id)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void an_incompatible_schema_is_refused_with_the_response_of_the_registry() {
        Answer conflict = new Answer(409, "{\"error_code\":409,\"message\":\"reader lacks a default\"}");
        server.plan(new Answer(200, "{}"), conflict, conflict, conflict);

        assertThatThrownBy(() -> registry.register("crm.deal.created", SCHEMA))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("crm.deal.created")
                .hasMessageContaining("reader lacks a default");
    }

    @Test
    void a_conflict_with_another_process_that_registers_the_same_schema_is_retried() {
        Answer conflict = new Answer(409, "{\"error_code\":409,\"message\":\"already exists\"}");
        server.plan(conflict, conflict);

        int id = registry.register("crm.deal.created", SCHEMA);

        assertThat(registry.byId(id)).isEqualTo(SCHEMA);
    }

    @Test
    void a_stopped_registry_is_unavailable() {
        server.close();

        assertThatThrownBy(() -> registry.register("crm.deal.created", SCHEMA))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void a_password_in_the_address_is_sent_and_never_shown() {
        URI url = URI.create(server.url().toString().replace("://", "://reader:s%40cret@"));
        var withPassword = new HttpSchemaRegistry(url);
        int id = server.put(SCHEMA.toString());

        assertThat(withPassword.byId(id)).isEqualTo(SCHEMA);
        assertThat(server.authorization()).isEqualTo("Basic cmVhZGVyOnNAY3JldA==");
        server.plan(new Answer(401, "no"));
        assertThatThrownBy(() -> withPassword.byId(id + 1)).message().doesNotContain("cret");
    }
}

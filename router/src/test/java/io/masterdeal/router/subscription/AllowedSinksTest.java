package io.masterdeal.router.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where subscriptions may send events. */
class AllowedSinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9000/",
                "http://[::1]/",
                "http://localhost:9000/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.7/",
                "http://192.168.1.1/",
                "http://172.16.0.1/",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://224.0.0.1/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/"
            })
    void an_address_that_is_not_public_is_refused_even_if_any_host_is_listed(String url) {
        assertThat(AllowedSinks.parse("*, localhost", "").refuses(URI.create(url)))
                .contains("masterdeal.router.sinks.allowed")
                .contains("host:port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | http://127.0.0.1:9000/",
                "127.0.0.1:9000 | http://localhost:9000/",
                "10.1.0.0/16 | http://10.1.255.1/",
                "[fd00::]/8:8443 | https://[fd12::1]:8443/",
                "::1 | http://[::1]:9000/x",
                "* | https://8.8.8.8/",
                "crm.invalid | https://crm.invalid/hook",
                "*.example.invalid:443 | https://a.b.example.invalid/hook",
                "a.invalid, CRM.Invalid:80 | http://crm.invalid./"
            })
    void a_listed_address_is_allowed(String list, String url) {
        assertThat(AllowedSinks.parse(list, "").refuses(URI.create(url))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | https://8.8.8.8/",
                "127.0.0.1:9000 | http://127.0.0.1:9001/",
                "10.1.0.0/16 | http://10.2.0.1/",
                "crm.invalid | http://evil-crm.invalid/",
                "*.example.invalid | http://example.invalid/",
                "crm.invalid:443 | http://crm.invalid/"
            })
    void any_other_address_is_refused(String list, String url) {
        assertThat(AllowedSinks.parse(list, "").refuses(URI.create(url))).isNotNull();
    }

    @Test
    void a_name_that_resolves_to_an_unlisted_address_is_not_connected_to() {
        assertThatThrownBy(() -> AllowedSinks.parse("localhost", "").resolve("localhost", 80))
                .isInstanceOf(AllowedSinks.RefusedSinkException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "http://x", "a b", "10.0.0.0/x"})
    void an_invalid_list_is_refused(String list) {
        assertThatThrownBy(() -> AllowedSinks.parse(list, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("masterdeal.router.sinks.allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "__consumer_offsets, ''",
        "masterdeal.effects, ''",
        "masterdeal.effects, masterdeal.*",
        "error.events, ''",
        "dwh.deals, crm*"
    })
    void reserved_and_unlisted_topics_are_refused(String topic, String list) {
        assertThat(AllowedSinks.parse("", list).refusesTopic(topic)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"dwh.deals, ''", "dwh.deals, dwh.*", "dwh.deals, 'x, dwh.deals'"})
    void other_topics_are_allowed(String topic, String list) {
        assertThat(AllowedSinks.parse("", list).refusesTopic(topic)).isNull();
    }
}

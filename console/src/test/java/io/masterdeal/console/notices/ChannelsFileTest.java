package io.masterdeal.console.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsFileTest {

    private static final String GOOD = """
        watchdog-url: https://watchdog.example/ping
        console-url: https://console.example/
        channels:
          - name: duty
            kind: webhook
            url: https://hooks.example/x
            severities: [page]
          - name: office
            kind: mail
            host: mail.example
            from: masterdeal@example.ru
            to: [ops@example.ru]
            quiet: 22:00-07:00 Europe/Moscow
            language: ru
          - name: team
            kind: chat
            template: telegram
            secret-file: bot.secret
            chat: "-1001"
        """;

    @TempDir
    Path folder;

    private Channels read(String text) throws IOException {
        Path secret = folder.resolve("bot.secret");
        if (!Files.exists(secret)) {
            Files.createFile(
                    secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, "1:abc\n");
        }
        Path file = folder.resolve("channels.yaml");
        Files.writeString(file, text);
        return ChannelsFile.read(file);
    }

    @Test
    void a_file_has_webhooks_mail_and_chats() throws IOException {
        Channels channels = read(GOOD);

        assertThat(channels.channels()).extracting(Channel::name).containsExactly("duty", "office", "team");
        assertThat(channels.channels()).extracting(it -> it.target().kind()).containsExactly("webhook", "mail", "chat");
        assertThat(channels.console()).isEqualTo("https://console.example");
        assertThat(channels.channels().toString()).doesNotContain("1:abc", "hooks.example/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: webhook | kind: pigeon | 5: 'kind' is webhook, mail or chat, not 'pigeon'",
                "url: https://hooks.example/x | url: hooks.example/x | 6: 'url' is an address that begins with",
                "severities: [page] | severities: [loud] | 7: 'loud' is not page, warn or info",
                "to: [ops@example.ru] | too: [ops@example.ru] | 8: 'to' is missing",
                "quiet: 22:00-07:00 Europe/Moscow | quiet: nights | 13: 'nights' is not such as",
                "language: ru | language: de | 14: 'language' is en or ru, not 'de'",
                "name: office | name: duty | 8: there is another channel 'duty'",
                "template: telegram | template: smoke | 17: 'template' is one of",
                "secret-file: bot.secret | secret-file: none.secret | 18: ",
                "chat: \"-1001\" | sound: on | 15: 'chat' is missing",
                "host: mail.example | 'host: \"mail' | ",
                "console-url: https://console.example/ | console: x | 2: 'console' means nothing here"
            })
    void what_is_wrong_is_told_with_file_and_line(String good, String bad, @Nullable String message) {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(GOOD.replace(good, bad)))
                .withMessageStartingWith(folder.resolve("channels.yaml") + ":" + (message == null ? "" : message));
    }

    @Test
    void a_secret_that_others_can_read_is_refused() throws IOException {
        read(GOOD);
        Files.setPosixFilePermissions(folder.resolve("bot.secret"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatIllegalStateException()
                .isThrownBy(() -> read(GOOD))
                .withMessageContaining("channels.yaml:18:")
                .withMessageContaining("chmod 600");
    }
}

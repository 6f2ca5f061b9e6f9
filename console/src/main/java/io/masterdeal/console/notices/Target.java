package io.masterdeal.console.notices;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a channel is reached. */
sealed interface Target {
    /** As in the file: webhook, mail or chat. */
    String kind();

    /** Where it goes, without secrets, for people. */
    String where();

    /**
     * A POST with JSON.
     *
     * @param url where to
     * @param secret for the signature, {@code whsec_...}; null for none
     * @param token sent as {@code Authorization: Bearer}; null for none
     * @param alertmanager whether the body is that of Alertmanager's webhook (version 4)
     */
    record Webhook(
            URI url, @Nullable String secret, @Nullable String token, boolean alertmanager) implements Target {
        @Override
        public String kind() {
            return "webhook";
        }

        @Override
        public String where() {
            return url.getScheme() + "://" + url.getAuthority();
        }

        @Override
        public String toString() {
            return where();
        }
    }

    /**
     * Mail by SMTP.
     *
     * @param host of the server
     * @param port of the server
     * @param tls none, starttls or tls
     * @param user null for no login
     * @param password null for no login
     * @param from the sender
     * @param to the receivers, at least one
     */
    record Mail(
            String host,
            int port,
            String tls,
            @Nullable String user,
            @Nullable String password,
            String from,
            List<String> to)
            implements Target {
        @Override
        public String kind() {
            return "mail";
        }

        @Override
        public String where() {
            return String.join(", ", to);
        }

        @Override
        public String toString() {
            return where();
        }
    }

    /**
     * A message in a chat.
     *
     * @param template which service it is, for people
     * @param method POST or GET
     * @param url with {@code {secret}}, {@code {chat}} and {@code {text}}, each escaped for an address
     * @param type of the body
     * @param body with {@code {chat}}, {@code {title}}, {@code {text}}, escaped for the type; empty for none
     * @param secret of the bot or webhook; empty for none
     * @param chat id of the chat; empty for none
     */
    record Chat(String template, String method, String url, String type, String body, String secret, String chat)
            implements Target {
        @Override
        public String kind() {
            return "chat";
        }

        @Override
        public String where() {
            return template + (chat.isEmpty() ? "" : " " + chat);
        }

        @Override
        public String toString() {
            return where();
        }
    }
}

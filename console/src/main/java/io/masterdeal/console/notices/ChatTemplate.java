package io.masterdeal.console.notices;

import java.util.Map;
import java.util.TreeSet;

/**
 * How a chat service takes a message.
 *
 * @param method POST or GET
 * @param url with {@code {secret}}, {@code {chat}}, {@code {text}}; empty if each company has its own
 * @param type of the body
 * @param body with {@code {chat}}, {@code {title}}, {@code {text}}
 */
record ChatTemplate(String method, String url, String type, String body) {

    private static final String JSON = "application/json";

    /** Nothing is given. */
    static final ChatTemplate EMPTY = new ChatTemplate("POST", "", JSON, "{\"text\":\"{text}\"}");

    private static final Map<String, ChatTemplate> SHIPPED = Map.of(
            "telegram",
            new ChatTemplate(
                    "POST",
                    "https://api.telegram.org/bot{secret}/sendMessage",
                    JSON,
                    "{\"chat_id\":\"{chat}\",\"text\":\"{text}\",\"disable_web_page_preview\":true}"),
            "vk-teams",
            new ChatTemplate(
                    "POST",
                    "https://myteam.mail.ru/bot/v1/messages/sendText",
                    "application/x-www-form-urlencoded",
                    "token={secret}&chatId={chat}&text={text}"),
            // An incoming webhook of a chat bot takes what Grafana sends: its title and its message.
            "mts-link",
            new ChatTemplate("POST", "", JSON, "{\"title\":\"{title}\",\"message\":\"{text}\",\"text\":\"{text}\"}"),
            "mattermost",
            new ChatTemplate("POST", "", JSON, "{\"username\":\"MasterDeal\",\"text\":\"{text}\"}"));

    /**
     * One that comes with the program.
     *
     * @throws IllegalArgumentException if there is none with this name
     */
    static ChatTemplate shipped(String name) {
        ChatTemplate template = SHIPPED.get(name);
        if (template == null) {
            throw new IllegalArgumentException("'template' is one of "
                    + String.join(", ", new TreeSet<>(SHIPPED.keySet())) + ", not '" + name + "'");
        }
        return template;
    }
}

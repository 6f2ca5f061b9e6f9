package io.masterdeal.console.notices;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Sends notices as messages of a chat. */
final class ChatSender {

    /** Telegram takes 4,096 characters, others more. */
    private static final int LONGEST = 3_500;

    private final HttpTarget http;
    private final NoticeText texts;

    ChatSender(HttpTarget http, NoticeText texts) {
        this.http = http;
        this.texts = texts;
    }

    void send(Channel channel, Target.Chat target, Notice notice) throws NoticeException {
        String title = texts.title(notice, channel.language());
        String text = cut(title + "\n" + texts.text(notice, channel.language()));
        URI url = URI.create(fill(target.url(), target, title, text, ChatSender::forAddress));
        boolean json = target.type().startsWith("application/json");
        String body = fill(target.body(), target, title, text, json ? ChatSender::forJson : ChatSender::forAddress);
        boolean get = target.method().equals("GET");
        http.send(
                target.method(),
                url,
                get ? Map.of() : Map.of("Content-Type", target.type()),
                get ? new byte[0] : body.getBytes(StandardCharsets.UTF_8),
                target.template());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The text goes in last: what it holds is never taken for a place to fill. */
    private static String fill(
            String pattern, Target.Chat target, String title, String text, UnaryOperator<String> escape) {
        return pattern.replace("{secret}", escape.apply(target.secret()))
                .replace("{chat}", escape.apply(target.chat()))
                .replace("{title}", escape.apply(title))
                .replace("{text}", escape.apply(text));
    }

    private static String forAddress(String text) {
        // A bot's token has a colon, which may stand in a path as it is.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    private static String forJson(String text) {
        String quoted = JsonMapper.shared().writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}

package io.masterdeal.console.notices;

import io.masterdeal.console.alerts.Severity;
import io.masterdeal.console.page.Language;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code channels.yaml}. What is wrong is told with file and line. */
final class ChannelsFile {

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final int HIGHEST_PORT = 65_535;

    private final Path file;

    private ChannelsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalStateException if it cannot be read or says what makes no sense: the message begins with {@code FILE:LINE:}
     */
    static Channels read(Path file) {
        return new ChannelsFile(file).read();
    }

    private Channels read() {
        Node root;
        try (Reader reader = Files.newBufferedReader(file)) {
            root = new Yaml(new LoaderOptions()).compose(reader);
        } catch (IOException e) {
            throw new IllegalStateException("masterdeal.console.channels: " + file + " cannot be read: " + e, e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalStateException(file + ":" + line + ": " + e.getProblem(), e);
        }
        if (root == null) {
            return Channels.NONE;
        }
        YamlPart all = new YamlPart(file.toString(), root);
        List<Channel> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlPart part : all.parts("channels")) {
            Channel channel = channel(part);
            if (!names.add(channel.name())) {
                throw part.wrong("name", "there is another channel '" + channel.name() + "'");
            }
            channels.add(channel);
        }
        String watchdog = all.text("watchdog-url");
        Channels read = new Channels(
                List.copyOf(channels),
                watchdog == null ? null : url(all, "watchdog-url", watchdog),
                all.text("console-url", "").replaceAll("/+$", ""));
        all.done();
        return read;
    }

    private Channel channel(YamlPart part) {
        String name = part.required("name");
        if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
            throw part.wrong("name", "'" + name + "' is no name: use lower-case letters, digits and hyphens");
        }
        String kind = part.required("kind");
        Target target = switch (kind) {
            case "webhook" -> webhook(part);
            case "mail" -> mail(part);
            case "chat" -> chat(part);
            default -> throw part.wrong("kind", "'kind' is webhook, mail or chat, not '" + kind + "'");
        };
        Channel channel = new Channel(
                name, severities(part), quiet(part), language(part), part.flag("sla-breaches", true), target);
        part.done();
        return channel;
    }

    private static Set<Severity> severities(YamlPart part) {
        List<String> given = part.texts("severities");
        Set<Severity> severities = EnumSet.noneOf(Severity.class);
        try {
            given.forEach(text -> severities.add(Severity.of(text)));
        } catch (IllegalArgumentException e) {
            throw part.wrong("severities", String.valueOf(e.getMessage()));
        }
        return given.isEmpty() ? EnumSet.of(Severity.PAGE, Severity.WARN) : severities;
    }

    private static @Nullable QuietHours quiet(YamlPart part) {
        String text = part.text("quiet");
        try {
            return text == null ? null : QuietHours.read(text);
        } catch (IllegalArgumentException e) {
            throw part.wrong("quiet", String.valueOf(e.getMessage()));
        }
    }

    private static Language language(YamlPart part) {
        String text = part.text("language", "en");
        return switch (text) {
            case "en" -> Language.EN;
            case "ru" -> Language.RU;
            default -> throw part.wrong("language", "'language' is en or ru, not '" + text + "'");
        };
    }

    private Target webhook(YamlPart part) {
        String body = part.text("body", "masterdeal");
        if (!body.equals("masterdeal") && !body.equals("alertmanager")) {
            throw part.wrong("body", "'body' is masterdeal or alertmanager, not '" + body + "'");
        }
        String secret = secret(part, "secret-file");
        if (secret != null && !NoticeSignature.isSecret(secret)) {
            throw part.wrong("secret-file", "the secret is 'whsec_' and base64 of 24 to 64 bytes");
        }
        return new Target.Webhook(
                url(part, "url", part.required("url")),
                secret,
                secret(part, "token-file"),
                body.equals("alertmanager"));
    }

    private Target mail(YamlPart part) {
        String tls = part.text("tls", "starttls");
        if (!Set.of("none", "starttls", "tls").contains(tls)) {
            throw part.wrong("tls", "'tls' is none, starttls or tls, not '" + tls + "'");
        }
        String user = part.text("user");
        String password = secret(part, "password-file");
        if ((user == null) != (password == null)) {
            throw part.wrong("user", "'user' and 'password-file' belong together");
        }
        List<String> to = part.texts("to");
        if (to.isEmpty()) {
            throw part.wrong("to", "'to' is missing");
        }
        return new Target.Mail(
                part.required("host"),
                part.number("port", tls.equals("tls") ? 465 : 587, HIGHEST_PORT),
                tls,
                user,
                password,
                part.required("from"),
                List.copyOf(to));
    }

    private Target chat(YamlPart part) {
        String template = part.text("template");
        String secret = secret(part, "secret-file");
        String chat = part.text("chat", "");
        ChatTemplate shipped;
        try {
            shipped = template == null ? ChatTemplate.EMPTY : ChatTemplate.shipped(template);
        } catch (IllegalArgumentException e) {
            throw part.wrong("template", String.valueOf(e.getMessage()));
        }
        String url = part.text("url", shipped.url());
        url(part, "url", url.replaceAll("\\{[a-z]+}", "x"));
        if (url.contains("{secret}") && secret == null) {
            throw part.wrong("url", "the address has a {secret}: name its file in 'secret-file'");
        }
        String body = part.text("message", shipped.body());
        if ((url + body).contains("{chat}") && chat.isEmpty()) {
            throw part.wrong("chat", "'chat' is missing: the id of the chat");
        }
        if (!(url + body).contains("{text}")) {
            throw part.wrong("message", "'message' has no {text}");
        }
        return new Target.Chat(
                template == null
                        ? url(part, "url", url.replaceAll("\\{[a-z]+}", "x")).getHost()
                        : template,
                part.text("method", shipped.method()).toUpperCase(Locale.ROOT),
                url,
                part.text("type", shipped.type()),
                body,
                secret == null ? "" : secret,
                chat);
    }

    private static URI url(YamlPart part, String name, String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw part.wrong(name, "'" + name + "' is an address that begins with https:// or http://");
    }

    /** A secret is in a file of its own, which only its owner may read. */
    private @Nullable String secret(YamlPart part, String name) {
        String text = part.text(name);
        if (text == null) {
            return null;
        }
        Path secret = file.toAbsolutePath().resolveSibling(text);
        try {
            if (Files.getPosixFilePermissions(secret).stream().anyMatch(OF_OTHERS::contains)) {
                throw part.wrong(name, secret + " can be read or changed by others: chmod 600 " + secret);
            }
            String read = Files.readString(secret).strip();
            if (read.isEmpty()) {
                throw part.wrong(name, secret + " is empty");
            }
            return read;
        } catch (IOException e) {
            throw part.wrong(name, secret + " cannot be read: " + e);
        }
    }
}

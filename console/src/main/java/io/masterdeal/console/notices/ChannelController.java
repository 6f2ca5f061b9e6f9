package io.masterdeal.console.notices;

import io.masterdeal.console.access.Requires;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.View;
import io.masterdeal.role.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** The channels, what they were told lately, and a button that tries one. */
@Controller
class ChannelController {

    private static final Logger log = LoggerFactory.getLogger(ChannelController.class);

    private final Channels channels;
    private final NoticeOutbox outbox;
    private final NoticeSenders senders;
    private final NoticeText texts;
    private final JdbcClient jdbc;

    ChannelController(
            Channels channels, NoticeOutbox outbox, NoticeSenders senders, NoticeText texts, DataSource dataSource) {
        this.channels = channels;
        this.outbox = outbox;
        this.senders = senders;
        this.texts = texts;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** What came of a try. */
    record Tried(String channel, boolean sent, String error) {}

    /** The channels and the latest notices. */
    record ChannelList(List<ChannelView> channels, List<NoticeRow> notices) {}

    @GetMapping(path = "/alerts/channels", produces = MediaType.TEXT_HTML_VALUE)
    Html page(View view) {
        return page(view, "", "");
    }

    private Html page(View view, String done, String failed) {
        return Html.page(
                "notices/channels.jte",
                view,
                Map.of("channels", list(), "notices", notices(view.language()), "done", done, "failed", failed));
    }

    @GetMapping(path = "/alerts/channels", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ChannelList json(View view) {
        return new ChannelList(list(), notices(view.language()));
    }

    private List<ChannelView> list() {
        Map<String, NoticeOutbox.ChannelState> states = outbox.states();
        return channels.channels().stream()
                .map(channel -> view(channel, states.getOrDefault(channel.name(), NoticeOutbox.ChannelState.NEW)))
                .toList();
    }

    private static ChannelView view(Channel channel, NoticeOutbox.ChannelState state) {
        QuietHours quiet = channel.quiet();
        return new ChannelView(
                channel.name(),
                channel.target().kind(),
                channel.target().where(),
                new TreeSet<>(channel.severities())
                        .stream().map(severity -> severity.tag()).collect(Collectors.toList()),
                quiet == null ? "" : quiet.from() + "–" + quiet.to() + " " + quiet.zone(),
                state.failures(),
                state.lastError(),
                state.lastSentAt());
    }

    private List<NoticeRow> notices(Language language) {
        try {
            return jdbc.sql("SELECT * FROM notices ORDER BY created_at DESC LIMIT 50")
                    .query((row, _) -> {
                        Notice notice = JsonMapper.shared().readValue(row.getString("body"), Notice.class);
                        return new NoticeRow(
                                notice.id(),
                                notice.channel(),
                                texts.title(notice, language),
                                notice.createdAt(),
                                row.getInt("attempts"),
                                row.getString("state"),
                                row.getString("last_error"),
                                row.getTimestamp("done_at") == null
                                        ? null
                                        : row.getTimestamp("done_at").toInstant());
                    })
                    .list();
        } catch (DataAccessException e) {
            log.warn("notices cannot be read: {}", e.toString());
            return List.of();
        }
    }

    @Requires(Right.ADMIN)
    @PostMapping(path = "/alerts/channels/{name}/test", produces = MediaType.TEXT_HTML_VALUE)
    Html test(@PathVariable String name, View view) {
        Tried tried = tryIt(name, view);
        return page(view, tried.sent() ? name : "", tried.sent() ? "" : name + ": " + tried.error());
    }

    @Requires(Right.ADMIN)
    @PostMapping(path = "/alerts/channels/{name}/test", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Tried testAsJson(@PathVariable String name, View view) {
        return tryIt(name, view);
    }

    private Tried tryIt(String name, View view) {
        Channel channel = channels.find(name)
                .orElseThrow(() ->
                        new Problem(HttpStatus.NOT_FOUND, "no such channel", "There is no channel '" + name + "'."));
        Notice notice = Notice.test(name, UUID.randomUUID(), view.now());
        try {
            senders.send(channel, notice);
            outbox.sent(notice, view.now());
            return new Tried(name, true, "");
        } catch (NoticeException e) {
            return new Tried(name, false, String.valueOf(e.getMessage()));
        }
    }
}

package io.masterdeal.console.notices;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file of channels says.
 *
 * @param channels in the order of the file
 * @param watchdog called each minute while the watch works; null for none
 * @param console address of the console for links; empty for none
 */
record Channels(List<Channel> channels, @Nullable URI watchdog, String console) {
    /** No file. */
    static final Channels NONE = new Channels(List.of(), null, "");

    Optional<Channel> find(String name) {
        return channels.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}

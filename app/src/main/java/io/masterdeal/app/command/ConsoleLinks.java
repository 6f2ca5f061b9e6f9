package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.contracts.apikey.ApiKeyException;
import io.masterdeal.contracts.apikey.ApiKeys;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One-time links with which people log in to the console. Whoever reads one first is let in, so only a terminal gets them. */
final class ConsoleLinks {

    private ConsoleLinks() {}

    /** Whether what is printed goes to a terminal, and not to a file or a log. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /**
     * Asks the console for a link, with the operator's key.
     *
     * @param console its address
     * @param apiKeys the directory of the keys
     * @param right viewer or operator
     * @throws ApiException if the console does not answer, or refuses
     * @throws ApiKeyException if the operator's key cannot be read
     */
    static String make(URI console, Path apiKeys, String right) throws InterruptedException {
        try (PlatformClient client = new PlatformClient("console", console, ApiKeys.read(apiKeys, "operator"))) {
            return client.post("/links?right=" + right).path("url").stringValue();
        }
    }

    /**
     * Where a person logs in to a platform that has just started, as one line.
     *
     * @param data the platform's data directory; null if it is the usual one
     * @return a link if this is a terminal, and otherwise the command that makes one
     */
    static String line(PlatformAddresses addresses, @Nullable Path data) throws InterruptedException {
        if (isTerminal() && addresses.console() != null) {
            try {
                return make(addresses.console(), addresses.apiKeys(), "operator");
            } catch (ApiException | ApiKeyException _) {
                // What has just started is worth more than a link, which the command can make later, or say why not.
            }
        }
        return "./masterdeal console link" + (data == null ? "" : " --data " + ShellWord.of(data.toString()));
    }
}

package io.masterdeal.client;

import io.masterdeal.contracts.apikey.ApiKeys;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The API key that a client sends. Immutable and thread-safe; {@link #toString()} never shows the key. */
public final class ApiKey {

    /** What can be sent as a bearer token (RFC 6750, section 2.1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Supplier<String> source;

    private final String shown;

    private ApiKey(Supplier<String> source, String shown) {
        this.source = source;
        this.shown = shown;
    }

    /**
     * A key that the program has.
     *
     * @param key the key itself
     * @throws IllegalArgumentException if it cannot be sent in a header; the message does not repeat it
     */
    public static ApiKey of(String key) {
        if (!TOKEN.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "not an API key: only letters, digits and . _ ~ + / - can be sent as one; check for blanks and line breaks");
        }
        return new ApiKey(() -> key, "***");
    }

    /**
     * A key in a file. The file is read for every request, so that a key that is replaced counts at once; one that cannot be read
     * fails the request, not this call.
     *
     * @param file one line; only its owner may have rights on it
     */
    public static ApiKey file(Path file) {
        return new ApiKey(() -> ApiKeys.read(file), "file " + file);
    }

    /**
     * The key of a principal in a platform's directory of keys. Like {@link #file}, it is read for every request.
     *
     * @param directory where the platform keeps its keys
     * @param principal a domain such as {@code crm}, {@code reader} or {@code operator}
     */
    public static ApiKey of(Path directory, String principal) {
        return new ApiKey(() -> ApiKeys.read(directory, principal), principal + " in " + directory);
    }

    /**
     * The value of the header {@code Authorization}.
     *
     * @throws io.masterdeal.contracts.apikey.ApiKeyException if its file cannot be read or is open to others
     */
    String authorization() {
        return "Bearer " + source.get();
    }

    @Override
    public String toString() {
        return "ApiKey[" + shown + "]";
    }
}

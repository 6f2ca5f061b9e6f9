package io.masterdeal.contracts.apikey;

/** API keys cannot be created or read. The message names the file and what to do, never a key. */
public final class ApiKeyException extends RuntimeException {
    ApiKeyException(String message) {
        super(message);
    }

    ApiKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}

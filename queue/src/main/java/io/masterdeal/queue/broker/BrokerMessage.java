package io.masterdeal.queue.broker;

import java.util.Map;

/** A message as a broker transports it. */
public final class BrokerMessage {

    private final String key;

    private final Map<String, String> headers;

    private final byte[] body;

    /**
     * @param key an id, for people who inspect the broker
     * @param headers names and values
     * @param body any bytes; not copied, so it must not be changed afterwards
     */
    public BrokerMessage(String key, Map<String, String> headers, byte[] body) {
        this.key = key;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** An id, for people who inspect the broker. */
    public String key() {
        return key;
    }

    /** Names and values. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The bytes themselves; they must not be changed. */
    public byte[] body() {
        return body;
    }
}

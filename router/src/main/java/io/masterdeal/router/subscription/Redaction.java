package io.masterdeal.router.subscription;

import io.masterdeal.role.access.AccessPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes what only the operator may see: the query of a sink's URL, which may contain a token, and what sinks answered. */
public final class Redaction {

    private static final String HIDDEN = "(for the operator)";

    private Redaction() {}

    /** Whether a caller may see everything. */
    public static boolean everythingTo(String caller) {
        return AccessPolicy.mayOperate(caller);
    }

    /** A URL without the parts that may be secret, unless the caller may see them. */
    public static String url(URI url, String caller) {
        if (everythingTo(caller) || (url.getRawQuery() == null && url.getRawUserInfo() == null)) {
            return url.toString();
        }
        try {
            String bare =
                    new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), null, null).toString();
            return url.getRawQuery() == null ? bare : bare + "?...";
        } catch (URISyntaxException _) {
            return HIDDEN;
        }
    }

    static JsonNode definition(JsonNode definition, String caller) {
        JsonNode url = definition.at("/sink/url");
        if (everythingTo(caller) || !url.isString()) {
            return definition;
        }
        ObjectNode shown = (ObjectNode) definition.deepCopy();
        String text;
        try {
            text = url(new URI(url.stringValue()), caller);
        } catch (URISyntaxException _) {
            text = HIDDEN;
        }
        shown.withObject("/sink").put("url", text);
        return shown;
    }

    /**
     * Attempts without the answers of the sink, which may contain anything, unless the caller may see them.
     *
     * @param attempts as they are in the ledger
     */
    public static JsonNode attempts(JsonNode attempts, String caller) {
        if (everythingTo(caller)) {
            return attempts;
        }
        JsonNode shown = attempts.deepCopy();
        for (JsonNode it : shown) {
            if (it instanceof ObjectNode attempt && attempt.has("answer")) {
                attempt.put("answer", HIDDEN);
            }
        }
        return shown;
    }
}

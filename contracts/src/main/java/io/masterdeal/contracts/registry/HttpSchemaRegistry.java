package io.masterdeal.contracts.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry with Confluent's REST API: Confluent's own, Apicurio's compatible one, and others.
 *
 * <p>It caches ids and schemas, which never change. An unknown id is cached for a limited time. A request takes at most {@link
 * #TIMEOUT}; transient failures are tried {@value #ATTEMPTS} times in total. Thread-safe.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    /** The timeout of one request. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How many times a request is tried before the registry counts as unavailable. */
    public static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(HttpSchemaRegistry.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
    private static final long MAX_ANSWER_BYTES = 4L << 20;
    private static final int MAX_UNKNOWN = 10_000;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final @Nullable String authorization;
    private final HttpClient client;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
    private final Map<String, Object> registering = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownSince = new ConcurrentHashMap<>();

    /**
     * Creates a client of a registry.
     *
     * @param baseUrl address of the API, with its path: {@code http://127.0.0.1:8081} for Confluent's,
     *     {@code http://127.0.0.1:8081/apis/ccompat/v7} for Apicurio's. A user and password in it
     *     ({@code https://user:password@host}) are sent as basic authentication and never logged
     */
    public HttpSchemaRegistry(URI baseUrl) {
        String user = baseUrl.getUserInfo();
        this.authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        String rawUser = baseUrl.getRawUserInfo();
        String text = rawUser == null ? baseUrl.toString() : baseUrl.toString().replace(rawUser + "@", "");
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public int register(String subject, Schema schema) {
        var key = new Subject(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        // Many events of a new type may arrive at once; one of them sends the request, the others wait for its result.
        synchronized (registering.computeIfAbsent(subject, name -> new Object())) {
            known = ids.get(key);
            return known != null ? known : registerNow(key);
        }
    }

    private int registerNow(Subject key) {
        String subject = key.name();
        Schema schema = key.schema();
        // In some registries a subject can be configured only after it has a version.
        boolean configured = configure(subject);
        String body = JSON.writeValueAsString(Map.of("schema", schema.toString(), "schemaType", "AVRO"));
        Answer answer = call("POST", "/subjects/" + encode(subject) + "/versions", body);
        // Another process that registers the same schema at the same time is a conflict too, but a transient one.
        for (int attempt = 1; attempt < ATTEMPTS && answer.status() == 409; attempt++) {
            pause(attempt);
            answer = call("POST", "/subjects/" + encode(subject) + "/versions", body);
        }
        if (answer.status() == 409 || answer.status() == 422) {
            throw new IncompatibleSchemaException(
                    "the schema registry refused the schema of " + subject + ": " + answer.text());
        }
        int id = (int) number(answer.expectSuccess("register the schema of " + subject), "id");
        if (!configured && !configure(subject)) {
            LOG.warn(
                    "The schema registry accepts no compatibility rule for {}: incompatible schemas will not be refused",
                    subject);
        }
        ids.put(key, id);
        schemas.put(id, schema);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Long since = unknownSince.get(id);
        if (since != null && System.nanoTime() - since < UNKNOWN_FOR.toNanos()) {
            throw unknown(id);
        }
        Answer answer = call("GET", "/schemas/ids/" + id, null);
        // A node of a clustered registry may see a new schema a moment after it was registered.
        for (int attempt = 1; attempt < ATTEMPTS && answer.status() == 404; attempt++) {
            pause(attempt);
            answer = call("GET", "/schemas/ids/" + id, null);
        }
        if (answer.status() == 404 && answer.saysNotFound()) {
            remember(id);
            throw unknown(id);
        }
        JsonNode text = answer.expectSuccess("get schema " + id).get("schema");
        if (text == null || !text.isString()) {
            throw new RegistryUnavailableException("the schema registry returned schema " + id + " in an unknown form");
        }
        Schema schema = parse(id, text.stringValue());
        schemas.put(id, schema);
        return schema;
    }

    private static Schema parse(int id, String text) {
        try {
            return SchemaParser.parseSingle(text);
        } catch (AvroRuntimeException e) {
            throw new UnknownSchemaException(
                    "schema " + id + " of the registry is not an Avro schema: " + e.getMessage(), e);
        }
    }

    private void remember(int id) {
        if (unknownSince.size() >= MAX_UNKNOWN) {
            unknownSince.clear();
        }
        unknownSince.put(id, System.nanoTime());
    }

    private static UnknownSchemaException unknown(int id) {
        return new UnknownSchemaException("the schema registry has no schema with id " + id);
    }

    private boolean configure(String subject) {
        Answer answer = call("PUT", "/config/" + encode(subject), "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
        if (answer.status() == 404) {
            return false;
        }
        if (answer.status() == 409) {
            return true; // Another process is setting the same rule.
        }
        answer.expectSuccess("set the compatibility of " + subject);
        return true;
    }

    /** Event types are a-z, 0-9, dots and underscores; anything else is escaped. */
    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static long number(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new RegistryUnavailableException(
                    "the schema registry returned no " + field + " where one was expected");
        }
        return value.intValue();
    }

    private Answer call(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        String what = method + " " + base + path;
        RegistryUnavailableException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                HttpResponse<String> response = client.send(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES));
                var answer = new Answer(what, response.statusCode(), response.body());
                if (!answer.mayPass()) {
                    return answer;
                }
                last = new RegistryUnavailableException(what + ": the schema registry answered " + answer.text());
            } catch (IOException e) {
                last = new RegistryUnavailableException(what + ": the schema registry does not answer: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailableException(what + ": interrupted", e);
            }
            pause(attempt);
        }
        throw last == null ? new RegistryUnavailableException(what + ": not tried") : last;
    }

    private static void pause(int attempt) {
        if (attempt < ATTEMPTS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis() * attempt));
        }
    }

    private record Subject(String name, Schema schema) {}

    /** An answer of the registry. */
    private record Answer(String what, int status, String body) {
        private static final int MAX_TEXT = 500;

        /** Whether the same request may succeed later. */
        boolean mayPass() {
            return status >= 500 || status == 408 || status == 429;
        }

        /** Whether the registry itself reports that it is unknown, rather than some other server that lacks the path. */
        boolean saysNotFound() {
            try {
                return JSON.readTree(body).has("error_code");
            } catch (JacksonException e) {
                return false;
            }
        }

        JsonNode expectSuccess(String doing) {
            if (status / 100 == 2) {
                try {
                    return JSON.readTree(body);
                } catch (JacksonException e) {
                    throw new RegistryUnavailableException(what + ": the answer is no JSON; is the address right?", e);
                }
            }
            throw new RegistryUnavailableException(
                    "cannot " + doing + " (" + what + "): the schema registry answered " + text());
        }

        String text() {
            return status + " " + (body.length() > MAX_TEXT ? body.substring(0, MAX_TEXT) + "..." : body);
        }
    }
}

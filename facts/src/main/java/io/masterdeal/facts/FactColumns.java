package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts turned by columns, each an array parameter of one statement. */
final class FactColumns {

    private final List<UUID> eventId = new ArrayList<>();

    private final List<String> contentHash = new ArrayList<>();

    private final List<String> type = new ArrayList<>();

    private final List<String> subject = new ArrayList<>();

    private final List<@Nullable String> status = new ArrayList<>();

    private final List<@Nullable Long> sequence = new ArrayList<>();

    private final List<String> occurredAt = new ArrayList<>();

    private final List<String> links = new ArrayList<>();

    private final List<String> attributes = new ArrayList<>();

    private final List<@Nullable UUID> masterDealId = new ArrayList<>();

    private final List<Boolean> retracted = new ArrayList<>();

    private final List<String> source = new ArrayList<>();

    private final List<@Nullable String> correlationId = new ArrayList<>();

    private final List<@Nullable String> causationId = new ArrayList<>();

    private final List<@Nullable String> traceparent = new ArrayList<>();

    private final List<Boolean> replayed = new ArrayList<>();

    private final List<String> origin = new ArrayList<>();

    void add(ReceivedStatement received, boolean isRetracted) {
        Fact fact = received.fact();
        eventId.add(fact.eventId());
        contentHash.add(received.contentHash());
        type.add(fact.type());
        subject.add(fact.subject().value());
        status.add(fact.status());
        sequence.add(fact.sequence());
        occurredAt.add(fact.occurredAt().toString());
        links.add(Sql.literal(fact.links(), ObjectKey::value));
        attributes.add(StoredJson.attributes(fact.attributes()));
        masterDealId.add(fact.masterDealId());
        retracted.add(isRetracted);
        source.add(received.provenance().source());
        correlationId.add(received.provenance().correlationId());
        causationId.add(received.provenance().causationId());
        traceparent.add(received.provenance().traceparent());
        replayed.add(received.provenance().replayed());
        origin.add(received.provenance().origin());
    }

    @Nullable
    Object[] parameters() {
        return new @Nullable Object[] {
            new Sql.Uuids(eventId),
            new Sql.Texts(contentHash),
            new Sql.Texts(type),
            new Sql.Texts(subject),
            new Sql.Texts(status),
            new Sql.Longs(sequence),
            new Sql.Texts(occurredAt),
            new Sql.Texts(links),
            new Sql.Texts(attributes),
            new Sql.Uuids(masterDealId),
            new Sql.Flags(retracted),
            new Sql.Texts(source),
            new Sql.Texts(correlationId),
            new Sql.Texts(causationId),
            new Sql.Texts(traceparent),
            new Sql.Flags(replayed),
            new Sql.Texts(origin)
        };
    }
}

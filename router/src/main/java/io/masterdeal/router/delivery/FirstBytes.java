package io.masterdeal.router.delivery;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The beginning of a body as text. A body that goes on and on is broken off. */
final class FirstBytes implements BodySubscriber<String> {

    private static final int KEPT = 500;

    private static final int READ = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private final CompletableFuture<String> body = new CompletableFuture<>();

    private Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private long read;

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            read += buffer.remaining();
            byte[] part = new byte[Math.min(buffer.remaining(), KEPT - kept.size())];
            buffer.get(part);
            kept.writeBytes(part);
        }
        if (read > READ) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        // PostgreSQL keeps no U+0000 in text, nor in jsonb.
        body.complete(kept.toString(StandardCharsets.UTF_8).replace('\0', ' ').strip());
    }
}

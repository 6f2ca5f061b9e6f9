package io.masterdeal.routes.endpoints;

import io.masterdeal.worker.Workers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** Aborts a call that takes too long or whose answer is too large, even if a byte arrives now and then. */
final class AnswerBounds implements ExecChainHandler {

    private static final ScheduledExecutorService TIMER = Workers.scheduled("routes-http-bounds");

    private static final long AGAIN_MS = 100;

    private final long mostBytes;

    private final Duration longest;

    AnswerBounds(long mostBytes, Duration longest) {
        this.mostBytes = mostBytes;
        this.longest = longest;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> end = TIMER.scheduleWithFixedDelay(
                () -> {
                    late.set(true);
                    scope.execRuntime.discardEndpoint(); // Repeated, because the client may try a second time.
                },
                longest.toMillis(),
                AGAIN_MS,
                TimeUnit.MILLISECONDS);
        ClassicHttpResponse answer = null;
        try {
            answer = chain.proceed(request, scope);
        } catch (IOException e) {
            throw late.get() ? tooLate(e) : e;
        } finally {
            if (answer == null || answer.getEntity() == null) {
                end.cancel(false);
            }
        }
        if (answer.getEntity() != null) {
            answer.setEntity(new Bounded(answer.getEntity(), end, late));
        }
        return answer;
    }

    private IOException tooLate(IOException cause) {
        SocketTimeoutException told =
                new SocketTimeoutException("the answer had not ended after " + longest.toMillis() + " ms");
        told.initCause(cause);
        return told;
    }

    private final class Bounded extends HttpEntityWrapper {

        private final ScheduledFuture<?> end;

        private final AtomicBoolean late;

        Bounded(HttpEntity entity, ScheduledFuture<?> end, AtomicBoolean late) {
            super(entity);
            this.end = end;
            this.late = late;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new BoundedStream(super.getContent(), end, late);
        }

        @Override
        public void close() throws IOException {
            end.cancel(false);
            super.close();
        }
    }

    private final class BoundedStream extends FilterInputStream {

        private final ScheduledFuture<?> end;

        private final AtomicBoolean late;

        private long count;

        BoundedStream(InputStream in, ScheduledFuture<?> end, AtomicBoolean late) {
            super(in);
            this.end = end;
            this.late = late;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(into, offset, length);
            } catch (IOException e) {
                throw late.get() ? tooLate(e) : e;
            }
            if (read < 0) {
                end.cancel(false);
                return read;
            }
            count += read;
            if (count > mostBytes) {
                throw new IOException("the answer has more than " + mostBytes + " bytes");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            end.cancel(false);
            super.close();
        }
    }
}

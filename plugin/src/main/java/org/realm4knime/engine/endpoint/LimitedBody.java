package org.realm4knime.engine.endpoint;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;

/** Collects a response, unless it is too large to be an answer. */
final class LimitedBody implements BodySubscriber<byte[]> {

    /** Bytes of the longest response: some ten times the longest answer of today's models. */
    static final int MOST_BYTES = 8 << 20;

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (bytes.size() + part.remaining() > MOST_BYTES) {
                subscription.cancel();
                whole.completeExceptionally(
                        new EndpointFault(Kind.REFUSED, "The answer has more than %d MB.".formatted(MOST_BYTES >> 20)));
                return;
            }
            byte[] content = new byte[part.remaining()];
            part.get(content);
            bytes.writeBytes(content);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        whole.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}

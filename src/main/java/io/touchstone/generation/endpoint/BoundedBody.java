package io.touchstone.generation.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A reply's body in memory, up to a number of bytes: past it no more is received. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final int most;
  private final Excess excess;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  /** What becomes of a body that is longer. */
  enum Excess {
    /** What was received is the body. */
    CUT,
    /** There is none: {@link TooLong}. */
    FAIL
  }

  /** A reply with more bytes than any answer that was asked for. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(int most) {
      super("a reply of more than " + most + " bytes");
    }
  }

  BoundedBody(int most, Excess excess) {
    this.most = most;
    this.excess = excess;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), most - received.size())];
      boolean whole = bytes.length == buffer.remaining();
      buffer.get(bytes);
      received.writeBytes(bytes);
      if (!whole) {
        end();
        return;
      }
    }
  }

  private void end() {
    if (subscription != null) {
      subscription.cancel();
    }
    switch (excess) {
      case CUT -> body.complete(received.toByteArray());
      case FAIL -> body.completeExceptionally(new TooLong(most));
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(received.toByteArray());
  }
}

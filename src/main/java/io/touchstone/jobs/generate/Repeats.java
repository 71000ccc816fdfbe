package io.touchstone.jobs.generate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * How many rows there are of one identity or another, by 64 bits of a digest of each: exact as long
 * as there are at most {@value #MOST_KEPT} identities; beyond that the smallest of the digests are
 * kept, and how dense they lie tells how many there are (K. Beyer et al., "On synopses for
 * distinct-value estimation", 2007, the unbiased estimator (k - 1) / U).
 */
public final class Repeats {

  /** 176 KB as the record of a piece has them; an estimate is off by 0.8 % in one case of three. */
  static final int MOST_KEPT = 16_384;

  public static final Repeats NONE = new Repeats(0, new long[0], false);

  private final long rows;

  /** Ascending as unsigned numbers, each once. */
  private final long[] smallest;

  private final boolean isCut;

  private Repeats(long rows, long[] smallest, boolean isCut) {
    this.rows = rows;
    this.smallest = smallest;
    this.isCut = isCut;
  }

  /**
   * @param digests one for each row
   */
  public static Repeats of(long[] digests) {
    long[] distinct =
        Arrays.stream(digests)
            .map(digest -> digest ^ Long.MIN_VALUE)
            .sorted()
            .distinct()
            .map(digest -> digest ^ Long.MIN_VALUE)
            .toArray();
    return kept(digests.length, distinct, false);
  }

  public Repeats plus(Repeats other) {
    long[] all = Arrays.copyOf(smallest, smallest.length + other.smallest.length);
    System.arraycopy(other.smallest, 0, all, smallest.length, other.smallest.length);
    Repeats both = of(all);
    return kept(rows + other.rows, both.smallest, isCut || other.isCut || both.isCut);
  }

  private static Repeats kept(long rows, long[] distinct, boolean isCut) {
    boolean cutNow = distinct.length > MOST_KEPT;
    return new Repeats(
        rows, cutNow ? Arrays.copyOf(distinct, MOST_KEPT) : distinct, isCut || cutNow);
  }

  /** Whether {@link #count} is no estimate. */
  public boolean isExact() {
    return !isCut;
  }

  /** Rows whose identity another row has had before them. */
  public long count() {
    return Math.max(0, rows - distinct());
  }

  private long distinct() {
    if (!isCut) {
      return smallest.length;
    }
    int last = smallest.length - 1;
    double share = ((smallest[last] >>> 1) + 1.0) / 0x1p63;
    return Math.round(last / share);
  }

  /** As a piece's record keeps it: {@code ROWS:DIGESTS}, the digests in base64. */
  @JsonValue
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * smallest.length);
    bytes.asLongBuffer().put(smallest);
    return rows + (isCut ? "+:" : ":") + Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * @throws IllegalArgumentException if the text is none that {@link #toString} gives
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Repeats read(String text) {
    int end = text.indexOf(':');
    if (end < 1) {
      throw new IllegalArgumentException("expected ROWS:DIGESTS, found no colon");
    }
    boolean isCut = text.charAt(end - 1) == '+';
    LongBuffer digests =
        ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(end + 1))).asLongBuffer();
    long[] smallest = new long[digests.remaining()];
    digests.get(smallest);
    return new Repeats(Long.parseLong(text.substring(0, isCut ? end - 1 : end)), smallest, isCut);
  }
}

package io.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/**
 * Runs a check over and over, each round with a seed of its own: for a third of a second in a
 * build, for {@code -Dtouchstone.fuzz.seconds=N} where more is wanted. What fails names its seed,
 * and {@code -Dtouchstone.fuzz.seed=S} runs that round alone.
 */
public final class Fuzz {

  private static final long NANOS =
      Long.getLong("touchstone.fuzz.seconds", 0) * 1_000_000_000L + 300_000_000L;

  /** Bytes that mean something to JSON, lines, templates and archives. */
  private static final byte[] TELLING =
      "{}[]\":,\\u0-.eE+tfn\t\n\r {}%#|()'~=<>\u00e9\ufeff\u2028\u0000".getBytes(UTF_8);

  private Fuzz() {}

  /** One round; throws where anything is wrong. */
  public interface Check {
    void round(Random random) throws Exception;
  }

  public static void run(String what, Check check) {
    Long only = Long.getLong("touchstone.fuzz.seed");
    long first = only == null ? new Random().nextLong() : only;
    long start = System.nanoTime();
    long round = 0;
    do {
      try {
        check.round(new Random(first + round));
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(what + ", seed " + (first + round) + ": " + e, e);
      }
      round++;
    } while (only == null && System.nanoTime() - start < NANOS);
    System.out.println("Fuzz " + what + ": " + round + " rounds from seed " + first);
  }

  /** The bytes with one to four places changed, cut, doubled or moved. */
  public static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
      int at = random.nextInt(mutated.length);
      int to = Math.min(mutated.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
      byte[] chosen = Arrays.copyOfRange(mutated, at, to);
      switch (random.nextInt(7)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = TELLING[random.nextInt(TELLING.length)];
        case 2 -> mutated = replaced(mutated, at, to, new byte[0]);
        case 3 -> mutated = replaced(mutated, at, at, chosen);
        case 4 -> {
          int target = random.nextInt(mutated.length);
          mutated = replaced(mutated, target, target, chosen);
        }
        case 5 -> {
          byte telling = TELLING[random.nextInt(TELLING.length)];
          mutated = replaced(mutated, at, at, new byte[] {telling});
        }
        default -> mutated = Arrays.copyOf(mutated, at + (mutated.length - at) / (1 + at % 9));
      }
    }
    return mutated;
  }

  /** The text with places changed; what is no UTF-8 any more becomes replacement characters. */
  public static String mutated(String text, Random random) {
    return new String(mutated(text.getBytes(UTF_8), random), UTF_8);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] result = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
    return result;
  }
}

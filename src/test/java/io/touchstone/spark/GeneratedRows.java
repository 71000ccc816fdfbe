package io.touchstone.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.conversation.format.RowFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/**
 * Rows of one format as public data has them: 1 to 4 kB of prose with line breaks and quotes. Of 20
 * rows 14 are ASCII, 4 English with accents and emoji, 1 Chinese and Russian, and 1 writes its
 * accents as escapes. One row in 10,000 breaks off in the middle.
 */
final class GeneratedRows {

  private static final int DIFFERENT = 2_000;
  private static final int BROKEN_EVERY = 10_000;

  private final byte[][] rows = new byte[DIFFERENT][];
  private final Prose prose;

  GeneratedRows(RowFormat format, long seed) {
    Random random = new Random(seed);
    this.prose = new Prose(random);
    for (int i = 0; i < DIFFERENT; i++) {
      prose.changeManner();
      rows[i] = fields(format, 1_000 + random.nextInt(3_000)).getBytes(UTF_8);
    }
  }

  /**
   * Writes whole lines until there are so many bytes.
   *
   * @return how many lines
   */
  long write(OutputStream out, long bytes) throws IOException {
    long written = 0;
    long count = 0;
    while (written < bytes) {
      byte[] head = ("{\"id\": \"row-" + count + "\", ").getBytes(UTF_8);
      byte[] row = rows[(int) (count % DIFFERENT)];
      count++;
      int length = count % BROKEN_EVERY == 0 ? row.length / 2 : row.length;
      out.write(head);
      out.write(row, 0, length);
      out.write('\n');
      written += head.length + length + 1;
    }
    return count;
  }

  private String fields(RowFormat format, int size) {
    return switch (format.word()) {
      case "steerlm" ->
          "\"system\": \"\", \"mask\": \"User\", \"conversations\": [%s, %s, %s, %s]}"
              .formatted(
                  said("User", size / 8, "null"),
                  said("Assistant", size * 3 / 8, "\"helpfulness:3,verbosity:1\""),
                  said("User", size / 8, "null"),
                  said("Assistant", size * 3 / 8, "\"helpfulness:4,verbosity:2\""));
      case "helpsteer2" ->
          "\"prompt\": %s, \"response\": %s, \"helpfulness\": 3, \"verbosity\": 2}"
              .formatted(text(size / 4), text(size * 3 / 4));
      case "helpsteer3" ->
          "\"domain\": \"general\", \"context\": [%s], \"response1\": %s, \"response2\": %s}"
              .formatted(message("user", size / 5), text(size * 2 / 5), text(size * 2 / 5));
      case "messages" ->
          "\"messages\": [%s, %s, %s, %s]}"
              .formatted(
                  message("user", size / 8),
                  message("assistant", size * 3 / 8),
                  message("user", size / 8),
                  message("assistant", size * 3 / 8));
      case "sharegpt" ->
          "\"conversations\": [%s, %s]}"
              .formatted(turn("human", size / 4), turn("gpt", size * 3 / 4));
      case "candidates" ->
          "\"prompt\": %s, \"responses\": [%s, %s, %s, %s]}"
              .formatted(
                  text(size / 5), text(size / 5), text(size / 5), text(size / 5), text(size / 5));
      case "preference" -> preference(size);
      case "best-of-n" ->
          "\"input\": %s, \"output\": %s, \"model\": \"a model\"}"
              .formatted(text(size / 4), text(size * 3 / 4));
      case "preference-lists" ->
          "\"prompt\": %s, \"chosen\": [%s], \"rejected\": [%s, %s, %s]}"
              .formatted(
                  text(size / 5), text(size / 5), text(size / 5), text(size / 5), text(size / 5));
      case "judgebench" ->
          "\"label\": \"A>B\", \"question\": %s, \"response_A\": %s, \"response_B\": %s}"
              .formatted(text(size / 5), text(size * 2 / 5), text(size * 2 / 5));
      default -> throw new IllegalArgumentException(format.word());
    };
  }

  /** Two transcripts that begin alike, as HH-RLHF has them. */
  private String preference(int size) {
    String start = "\\n\\nHuman: %s\\n\\nAssistant: ".formatted(prose.of(size / 6));
    return "\"chosen\": \"%s%s\", \"rejected\": \"%s%s\"}"
        .formatted(start, prose.of(size / 3), start, prose.of(size / 3));
  }

  private String text(int size) {
    return '"' + prose.of(size) + '"';
  }

  private String message(String role, int size) {
    return "{\"role\": \"%s\", \"content\": %s}".formatted(role, text(size));
  }

  private String turn(String from, int size) {
    return "{\"from\": \"%s\", \"value\": %s}".formatted(from, text(size));
  }

  private String said(String from, int size, String label) {
    return "{\"value\": %s, \"from\": \"%s\", \"label\": %s}".formatted(text(size), from, label);
  }
}

package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.line.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * MB of JSONL a second that one thread reads and enriches: {@code mvn -q test
 * -Dtest=RowReaderBenchmark}. Rows are about 1.4 kB with five turns, as public preference data has
 * on average; every 40th word is not ASCII.
 */
final class RowReaderBenchmark {

  private static final int ROWS = 2_000;
  private static final int ROUNDS = 40;
  private static final long SEED = 7;

  @ParameterizedTest
  @CsvSource({"STEERLM", "MESSAGES", "PREFERENCE"})
  void readsAndEnriches(RowFormat format) {
    Random random = new Random(SEED);
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add(line(format, random).getBytes(UTF_8));
    }
    RowReader reader = new RowReader(format);
    long bytes = lines.stream().mapToLong(line -> line.length).sum();
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (byte[] line : lines) {
        Row row = (Row) reader.read(line);
        byte[] enriched =
            Lines.enriched(row, Collections.nCopies(row.conversations().size(), "-1.5"));
        assertThat(enriched.length).isGreaterThan(line.length - 100);
      }
      best = Math.max(best, bytes * 1e3 / (System.nanoTime() - start));
    }
    System.out.printf("%s: %d bytes a row, %.0f MB/s%n", format, bytes / ROWS, best);
  }

  private static String line(RowFormat format, Random random) {
    return switch (format.word()) {
      case "preference" ->
          "{\"chosen\": \"%s\", \"rejected\": \"%s\"}"
              .formatted(transcript(random), transcript(random));
      case "messages" ->
          "{\"messages\": [%s], \"id\": 1}"
              .formatted(turns(random, "{\"role\": \"%s\", \"content\": \"%s\"}"));
      case "steerlm" ->
          "{\"system\": \"\", \"mask\": \"user\", \"conversations\": [%s]}"
              .formatted(
                  turns(
                      random,
                      "{\"from\": \"%s\", \"value\": \"%s\", \"label\": \"helpfulness:-1\"}"));
      default -> throw new IllegalArgumentException(format.word());
    };
  }

  private static String transcript(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append("\\n\\nHuman: ").append(words(random, 15));
      text.append("\\n\\nAssistant: ").append(words(random, 25));
    }
    return text.toString();
  }

  private static String turns(Random random, String turn) {
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      turns.add(turn.formatted("user", words(random, 30)));
      turns.add(turn.formatted("assistant", words(random, 50)));
    }
    return String.join(", ", turns);
  }

  private static String words(Random random, int count) {
    return random
        .ints(count, 0, 40)
        .mapToObj(word -> word == 0 ? "don’t" : word == 1 ? "so\\\"" : "word" + word)
        .collect(Collectors.joining(" "));
  }
}

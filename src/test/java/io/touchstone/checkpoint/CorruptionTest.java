package io.touchstone.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happened to its bytes, a folder opens or is refused: no other exception, no endless
 * memory. Damage to weights themselves, or to words that nobody reads, rightly goes unnoticed.
 */
final class CorruptionTest {
  private static final int ROUNDS = 200;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "1",
          "7",
          "2147483648",
          "9223372036854775807",
          "1e400",
          "99999999999999999999");

  @TempDir private Path folder;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private int refused;

  @Test
  void truncatedFilesAreRefused() throws IOException {
    for (String name : weights()) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int round = 0; round < ROUNDS; round++) {
        corrupt(name, Arrays.copyOf(whole, random.nextInt(whole.length)), whole);
      }
    }
    assertThat(refused).as("seed %d", seed).isEqualTo(2 * ROUNDS);
  }

  @Test
  void flippedBytesOfHeadersAreRefusedOrHarmless() throws IOException {
    for (String name : weights()) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      int header = Long.BYTES + (int) headerBytes(whole);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] flipped = whole.clone();
        for (int flips = random.nextInt(3); flips >= 0; flips--) {
          flipped[random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
        }
        corrupt(name, flipped, whole);
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS);
  }

  @Test
  void changedNumbersOfHeadersAreRefused() throws IOException {
    for (String name : weights()) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      int header = (int) headerBytes(whole);
      String json = new String(whole, Long.BYTES, header, StandardCharsets.UTF_8);
      byte[] data = Arrays.copyOfRange(whole, Long.BYTES + header, whole.length);
      for (int round = 0; round < ROUNDS; round++) {
        SafetensorsWriter.write(folder.resolve(name), withANumberChanged(json), data);
        open(name);
        Files.write(folder.resolve(name), whole);
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS);
  }

  @Test
  void changedNumbersAndCutsOfJsonFilesAreRefusedOrHarmless() throws IOException {
    weights();
    for (String name :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", Shards.INDEX)) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      String json = new String(whole, StandardCharsets.UTF_8);
      for (int round = 0; round < ROUNDS; round++) {
        boolean cut = random.nextBoolean();
        String changed =
            cut ? json.substring(0, random.nextInt(json.length())) : withANumberChanged(json);
        corrupt(name, changed.getBytes(StandardCharsets.UTF_8), whole);
        byte[] flipped = whole.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        corrupt(name, flipped, whole);
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS);
  }

  @Test
  void deeplyNestedJsonIsRefused() throws IOException {
    weights();
    String deep = "{\"a\":" + "[".repeat(1_000_000);
    for (String name :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", Shards.INDEX)) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      corrupt(name, deep.getBytes(StandardCharsets.UTF_8), whole);
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), deep, new byte[8]);
    open("model.safetensors");
    assertThat(refused).isEqualTo(5);
  }

  @Test
  void aMillionProblemsMakeAShortMessage() throws IOException {
    String made = CheckpointFolder.of(folder, "LlamaForCausalLM").write().toString();
    StringBuilder header = new StringBuilder("{\"t\":0");
    for (int i = 0; i < 1_000_000; i++) {
      header.append(",\"").append(i).append("\":0");
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), header + "}", new byte[8]);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\":{},\"added_tokens\":[0" + ",0".repeat(1_000_000) + "]}");
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith(
            made
                + ": 22 problems\n[model.safetensors] tensor t: expected a JSON object, found a"
                + " VALUE_NUMBER_INT\n")
        .hasMessageEndingWith(
            "and 99982 more problems in the header of model.safetensors\n"
                + "[tokenizer.json] added_tokens: expected objects, found something else");
  }

  /** A sound folder in two shards, by name. */
  private List<String> weights() throws IOException {
    CheckpointFolder made = CheckpointFolder.of(folder, "Qwen3ForSequenceClassification").shards(2);
    made.write();
    return List.of(made.shard(1), made.shard(2));
  }

  private void corrupt(String name, byte[] bytes, byte[] whole) throws IOException {
    Files.write(folder.resolve(name), bytes);
    open(name);
    Files.write(folder.resolve(name), whole);
  }

  private void open(String name) {
    try {
      Checkpoint.open(folder);
    } catch (Refused e) {
      refused++;
      assertThat(e.problems())
          .as("seed %d", seed)
          .isNotEmpty()
          .allMatch(line -> line.length() < 2_999);
    } catch (RuntimeException | Error e) {
      fail("seed " + seed + ", file " + name, e);
    }
  }

  private String withANumberChanged(String json) {
    List<MatchResult> numbers = NUMBER.matcher(json).results().toList();
    if (numbers.isEmpty()) {
      return json + json;
    }
    MatchResult number = numbers.get(random.nextInt(numbers.size()));
    return json.substring(0, number.start())
        + NUMBERS.get(random.nextInt(NUMBERS.size()))
        + json.substring(number.end());
  }

  private static long headerBytes(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}

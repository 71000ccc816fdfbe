package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that docs/data.md gives for the samples, called as it stands there. */
final class DataPageTest {
  private static final Path SAMPLES = Path.of("data-samples/layouts");
  private static final Path FILES = Path.of("conf/data");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)(?:^ {4}|`)jobs/((?:annotate|select|filter) (?:data-samples/|out/)[^`\n]*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^ ']+)");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]");

  /** A call, and where its result lies. */
  private record Call(List<String> words, Path result) {
    String input() {
      return words.get(1);
    }
  }

  @TempDir private static Path folder;
  private static final List<Call> CALLS = new ArrayList<>();
  private static final Map<Call, String> ERRORS = new LinkedHashMap<>();

  @BeforeAll
  static void callsThemInOrder() throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(Path.of("docs/data.md")));
    while (command.find()) {
      List<String> words = words(command.group(1));
      int output = Math.max(words.indexOf("--output"), words.indexOf("--kept"));
      Call call = new Call(words, Path.of(words.get(output + 1)));
      CALLS.add(call);
      Program program = Program.installed();
      ExitStatus status = program.run(words);
      if (status != ExitStatus.DONE) {
        ERRORS.put(call, status + ": " + program.err());
      }
    }
  }

  @Test
  void everyCommandIsDone() {
    assertThat(ERRORS).isEmpty();
  }

  @Test
  void everyRowIsScored() throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Call call : CALLS) {
      if (call.words.get(0).equals("annotate")) {
        all.assertThat(rows(call.result)).as("%s", call.words).hasSameSizeAs(rows(call.input()));
        all.assertThat(call.result.resolve("_rejected")).as("%s", call.words).doesNotExist();
      }
    }
    all.assertAll();
  }

  @Test
  void everyLayoutAndEveryFileHasACommand() throws IOException {
    assertThat(named("data-samples/layouts/([^/]+[.]jsonl)")).isEqualTo(names(SAMPLES));
    assertThat(named("conf/data/(.+)")).isEqualTo(names(FILES));
  }

  /** As a row of messages, and by transformers. */
  @Test
  void everyScoreIsThatOfTheConversationThatIsWrittenDown() throws IOException {
    Path file = Path.of("data-samples/expected/layouts.jsonl");
    Path scored = folder.resolve("expected");
    Program program = Program.installed();
    program.run("annotate", file.toString(), "--format", "messages", "--output", scored.toString());
    Map<String, List<JsonNode>> results = new LinkedHashMap<>();
    for (Call call : CALLS) {
      String name = call.result.getFileName().toString();
      if (Files.exists(SAMPLES.resolve(name + ".jsonl"))) {
        results.put(name, rows(call.result));
      }
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (JsonNode expected : rows(scored)) {
      String name = expected.get("file").asText();
      String at = expected.get("at").asText();
      JsonNode row = results.get(name).get(expected.get("line").asInt());
      double score = score(row, at);
      assertThat(score)
          .as("%s row %s: %s", name, expected.get("line"), at)
          .isCloseTo(expected.get("reward").asDouble(), within(1e-5))
          .isCloseTo(expected.get("score").asDouble(), within(1e-4));
      seen.merge(name, 1, Integer::sum);
    }
    assertThat(seen.keySet()).isEqualTo(results.keySet());
  }

  /** What stands at a path, {@code rewards[0]} say; a label's number. */
  private static double score(JsonNode row, String path) {
    JsonNode value = row;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      value =
          step.group(1) != null
              ? value.path(step.group(1))
              : value.path(Integer.parseInt(step.group(2)));
    }
    return value.isTextual()
        ? Double.parseDouble(value.asText().replaceFirst("^helpfulness:", ""))
        : value.asDouble(Double.NaN);
  }

  private static Set<String> named(String path) {
    Pattern wanted = Pattern.compile(path);
    return CALLS.stream()
        .flatMap(call -> call.words.stream())
        .map(wanted::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<JsonNode> rows(String input) throws IOException {
    return rows(Path.of(input));
  }

  /** Of a file, or of a folder's parts. */
  private static List<JsonNode> rows(Path input) throws IOException {
    if (Files.isRegularFile(input)) {
      return JsonLines.of(input);
    }
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(input)) {
      for (Path part : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        rows.addAll(JsonLines.of(part));
      }
    }
    return rows;
  }

  /** As a shell parts them; results go below the test's folder. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      String text = word.group(1) != null ? word.group(1) : word.group(2);
      words.add(text.startsWith("out/") ? folder.resolve(text).toString() : text);
    }
    return words;
  }
}

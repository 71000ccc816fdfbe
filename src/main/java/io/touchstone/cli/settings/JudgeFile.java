package io.touchstone.cli.settings;

import io.touchstone.cli.call.ConfFile;
import io.touchstone.cli.call.Installation;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.engine.JudgementAsk;
import io.touchstone.generation.recipe.Recipe;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file with what a judge is told and where its judgement stands.
 *
 * @param recipe of its prompts
 * @param generation what it says of tokens, by the keys of {@code jobs/generate}
 */
public record JudgeFile(Recipe recipe, JudgementAsk judgement, Map<String, String> generation) {
  private static final String MARKER = "judge.marker";
  private static final String ANSWER_TOKENS = "judge.answer-tokens";
  private static final String TURN = "turn.";
  private static final String RESPONSE = "response";

  /** Those that a judgement follows. */
  private static final List<Setting<?>> SAMPLING =
      List.of(
          SamplingSettings.MAX_NEW_TOKENS,
          SamplingSettings.TEMPERATURE,
          SamplingSettings.TOP_P,
          SamplingSettings.TOP_K,
          SamplingSettings.MIN_P);

  public JudgeFile {
    generation = Map.copyOf(generation);
  }

  /** What the file says of a setting; empty where it says nothing. */
  <T> Optional<T> said(Setting<T> setting) {
    return Optional.ofNullable(generation.get(setting.key())).map(setting.reader());
  }

  /**
   * @param text a file, or the name of one in {@code conf/recipes}
   * @throws IllegalArgumentException with every problem of the file
   */
  static JudgeFile read(String text) {
    Problems problems = new Problems();
    Optional<JudgeFile> file = read(path(text), text, problems);
    if (!problems.isEmpty() || file.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems.found()));
    }
    return file.get();
  }

  private static Path path(String text) {
    try {
      return Installation.recipe(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a file, found '" + text + "'", e);
    }
  }

  private static Optional<JudgeFile> read(Path path, String shownAs, Problems problems) {
    Problem here = Problem.in(shownAs);
    Map<String, Layer.Entry> entries =
        new LinkedHashMap<>(ConfFile.read(path, shownAs, problems).entries());
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> turns = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (key.startsWith(TURN)) {
            turns.put(key, entry.text());
          }
        });
    entries.keySet().removeAll(turns.keySet());
    Optional<Recipe> recipe = Recipe.read(turns, here, problems);
    recipe.ifPresent(read -> checkTexts(read, here, problems));
    Optional<String> marker =
        read(entries.remove(MARKER), Readers.notBlank("a text"), problems)
            .or(() -> missing(MARKER, "the text that a judgement stands behind", here, problems));
    Optional<AskSettings.AnswerTokens> tokens =
        read(entries.remove(ANSWER_TOKENS), AskSettings.AnswerTokens::parse, problems)
            .or(() -> missing(ANSWER_TOKENS, "two texts, each one token", here, problems));
    Map<String, String> generation = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          checkSampling(key, entry, problems);
          generation.put(key, entry.text());
        });
    return recipe.isEmpty() || marker.isEmpty() || tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new JudgeFile(
                recipe.get(),
                new JudgementAsk(marker.get(), tokens.get().wanted(), tokens.get().unwanted()),
                generation));
  }

  private static <T> Optional<T> read(
      Layer.@Nullable Entry entry, Function<String, T> reader, Problems problems) {
    if (entry == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(entry.text()));
    } catch (IllegalArgumentException e) {
      problems.add(entry.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Says so, unless it was there and has been complained of. */
  private static <T> Optional<T> missing(
      String key, String expected, Problem here, Problems problems) {
    if (problems.found().stream().noneMatch(problem -> problem.contains("] " + key + ":"))) {
      problems.add(here.field(key).expected(expected).found("none"));
    }
    return Optional.empty();
  }

  private static void checkTexts(Recipe recipe, Problem here, Problems problems) {
    Set<String> texts = new TreeSet<>(recipe.texts());
    if (!texts.contains(RESPONSE)) {
      problems.add(
          here.expected("a turn with {response}, the answer that is judged").found("none"));
    }
    texts.removeAll(Set.of(RESPONSE, "principle"));
    for (String text : texts) {
      problems.add(
          here.expected("places for what a judge is told, {response} and {principle}")
              .found("{" + text + "}"));
    }
  }

  private static void checkSampling(String key, Layer.Entry entry, Problems problems) {
    Optional<Setting<?>> known =
        SAMPLING.stream().filter(setting -> setting.key().equals(key)).findFirst();
    if (known.isPresent()) {
      read(entry, known.get().reader(), problems);
      return;
    }
    problems.add(
        Problem.at(entry.name())
            .expected(
                "turn.N.role, turn.N.content, "
                    + MARKER
                    + ", "
                    + ANSWER_TOKENS
                    + " or one of "
                    + String.join(", ", SAMPLING.stream().map(Setting::key).toList()))
            .found("no such key"));
  }
}

package io.touchstone.checkpoint;

import io.touchstone.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges that are causal models and give no logit of one token, known by their names: that of the
 * folder, or the first heading of its {@code README.md}.
 */
final class NotScalar {
  private static final String ANSWERS =
      "a judge that answers Yes or No to a principle in its prompt (--ask and --answer-tokens ask"
          + " it, as conf/models/Llama-3.3-Nemotron-70B-Reward-Principle.conf does)";

  private static final String WRITES =
      "a generative reward model, which writes its judgement as text (--judge reads it, as"
          + " conf/models/Qwen3-Nemotron-32B-GenRM-Principle.conf does)";

  private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

  static {
    kind("Reward-Principle", ANSWERS);
    kind("GenRM|BRRM", WRITES);
    kind(
        "PairRM|pair-?preference|pairwise|Skywork-Critic",
        "a pairwise model, which compares two answers in one prompt");
  }

  private NotScalar() {}

  private static void kind(String name, String what) {
    KINDS.put(Pattern.compile("(?i)(?<![a-z])(" + name + ")(?![a-z])"), what);
  }

  /** The problem with such a model, if it is not asked as it wants to be. */
  static Optional<String> find(Path folder, FolderFiles files, JudgedBy judgedBy) {
    String name = HubFolder.modelName(folder);
    Optional<String> ofName = kindOf(name);
    Optional<String> kind = ofName.or(() -> files.heading().flatMap(NotScalar::kindOf));
    return kind.filter(
            what ->
                switch (judgedBy) {
                  case CONVERSATION -> true;
                  case ANSWER -> !what.equals(ANSWERS);
                  case TEXT -> false;
                })
        .map(
            what ->
                Problem.in(ofName.isPresent() ? Problem.shown(name) : RewardSign.README)
                    .expected("a model that gives an answer a number")
                    .found(what));
  }

  private static Optional<String> kindOf(String name) {
    return KINDS.entrySet().stream()
        .filter(kind -> kind.getKey().matcher(name).find())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}

package io.touchstone.conversation.format;

import static io.touchstone.conversation.format.Field.messages;
import static io.touchstone.conversation.format.Field.shareGptTurns;
import static io.touchstone.conversation.format.Field.textOrMessages;
import static io.touchstone.conversation.format.ScoreNames.lists;
import static io.touchstone.conversation.format.ScoreNames.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.touchstone.conversation.line.WithScalar;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line format, and the table of those that are known.
 *
 * @param word what a user types
 * @param needs what tells its lines
 * @param scores what is written into its rows
 * @param recipe what is read from its rows, and how that becomes conversations
 */
public record RowFormat(String word, FormatNeeds needs, ScoreNames scores, RowRecipe recipe)
    implements Serializable {

  private static final String FROM = "conversations[].from";
  private static final String VALUE = "conversations[].value";

  public static final RowFormat STEERLM =
      new RowFormat(
          "steerlm",
          FormatNeeds.of("mask", FROM, VALUE),
          ScoreNames.label("label"),
          new SteerlmLabels());

  public static final RowFormat HELPSTEER2 =
      new RowFormat(
          "helpsteer2",
          FormatNeeds.of("prompt", "response"),
          values("reward", "%s"),
          Answers.to(textOrMessages("prompt"), "response"));

  public static final RowFormat HELPSTEER3 =
      new RowFormat(
          "helpsteer3",
          FormatNeeds.of("context", "response1", "response2"),
          values("reward", "%s1", "%s2"),
          Answers.to(messages("context"), "response1", "response2"));

  /** Messages as chat templates take them. */
  public static final RowFormat MESSAGES =
      new RowFormat(
          "messages",
          FormatNeeds.of("messages[].role"),
          values("reward", "%s"),
          new Chat(messages("messages"), ScoredTurns.LAST));

  /** Turns of {@code {from, value}} with ShareGPT's names for the speakers. */
  public static final RowFormat SHAREGPT =
      new RowFormat(
          "sharegpt",
          FormatNeeds.of(FROM, VALUE).without("mask", "conversations[].label"),
          values("reward", "%s"),
          new Chat(shareGptTurns("conversations"), ScoredTurns.LAST));

  public static final RowFormat CANDIDATES =
      new RowFormat(
          "candidates",
          FormatNeeds.of("prompt", "responses"),
          lists("rewards", "%s"),
          AnswerLists.to(textOrMessages("prompt"), "response", "responses"));

  public static final RowFormat PREFERENCE =
      new RowFormat(
          "preference",
          FormatNeeds.of("chosen", "rejected").without("chosen[]"),
          values("reward", "chosen_%s", "rejected_%s"),
          new PreferencePair(
              textOrMessages("prompt").optional(),
              textOrMessages("chosen"),
              textOrMessages("rejected")));

  /** What a selection among candidates leaves. */
  public static final RowFormat BEST_OF_N =
      new RowFormat(
          "best-of-n",
          FormatNeeds.of("input", "output").without("instruction"),
          values("reward", "%s"),
          Answers.to(textOrMessages("input"), "output"));

  /** RM-Bench's and RewardBench 2's rows; RM-Bench's own programs name the scores so. */
  public static final RowFormat PREFERENCE_LISTS =
      new RowFormat(
          "preference-lists",
          FormatNeeds.of("prompt", "chosen[]", "rejected[]"),
          lists("score", "%s_chosen", "%s_rejected"),
          AnswerLists.to(textOrMessages("prompt"), "answer", "chosen", "rejected"));

  public static final RowFormat JUDGEBENCH =
      new RowFormat(
          "judgebench",
          FormatNeeds.of("question", "response_A", "response_B"),
          values("score", "%s_A", "%s_B"),
          Answers.to(textOrMessages("question"), "response_A", "response_B"));

  /** In the order in which they are told to users. */
  public static final List<RowFormat> ALL =
      List.of(
          STEERLM,
          HELPSTEER2,
          HELPSTEER3,
          MESSAGES,
          SHAREGPT,
          CANDIDATES,
          PREFERENCE,
          BEST_OF_N,
          PREFERENCE_LISTS,
          JUDGEBENCH);

  public static Optional<RowFormat> named(String word) {
    return ALL.stream().filter(format -> format.word.equals(word)).findFirst();
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RowFormat planned(String name) {
    return ALL.stream()
        .filter(format -> format.planned().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected a line format, found " + name));
  }

  /** The name by which plans keep the format. */
  @JsonValue
  String planned() {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * The format where so many turns of a row are scored.
   *
   * @param turns heeded by chats, which say no more themselves
   */
  public RowFormat scoring(ScoredTurns turns) {
    return turns == ScoredTurns.ALL && recipe instanceof Chat chat
        ? new RowFormat(word, needs, lists("rewards", "%s"), new Chat(chat.field(), turns))
        : this;
  }

  /** All names under which some format writes scores. */
  public static Set<String> written(ScoreFields fields) {
    return ALL.stream()
        .flatMap(format -> Stream.of(format, format.scoring(ScoredTurns.ALL)))
        .flatMap(format -> WithScalar.inOrder(fields.names(format.scores)).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of what would be written that mean something else in its rows, or stand twice. */
  public List<String> clashes(ScoreFields fields) {
    List<String> names = WithScalar.inOrder(fields.names(scores));
    Set<String> taken = new HashSet<>(recipe.taken(names));
    return names.stream().filter(name -> !taken.add(name)).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}

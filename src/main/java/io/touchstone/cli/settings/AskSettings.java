package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.PrincipleColumns;
import io.touchstone.engine.AnswerScale;
import io.touchstone.engine.Asking;
import io.touchstone.engine.PromptChoice;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.Question;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How a causal model is asked for its reward. */
public final class AskSettings {
  private AskSettings() {}

  private static final String NONE = "none";

  public static final Setting<Optional<String>> ASK =
      Setting.of(Topic.MODEL, "model.ask", "--ask", "TEXT", NONE)
          .withHelp(
              "what a ...ForCausalLM checkpoint is asked behind each scored answer, as a turn of the"
                  + " user's; {principle} in it takes each --principle")
          .as(Readers.optional(NONE, Readers.notBlank("a question")));

  public static final Setting<List<Principle>> PRINCIPLE =
      Setting.of(Topic.MODEL, "model.principle", "--principle", "[NAME=]TEXT", NONE)
          .withALineEach()
          .withHelp(
              "what answers are judged by; repeatable. One writes a number, several an object by NAME"
                  + " or TEXT; a row's own field principle, or list principles, wins")
          .as(Readers.listOr(NONE, Principles::of));

  public static final Setting<List<Principle>> PRINCIPLES =
      Setting.of(Topic.MODEL, "model.principles", "--principles", "FILE", NONE)
          .withHelp("more of them, one a line of a file on this machine")
          .as(Readers.listOr(NONE, Principles::in));

  /**
   * Two texts.
   *
   * @param wanted makes a reward larger
   */
  public record AnswerTokens(String wanted, String unwanted) {

    static AnswerTokens parse(String text) {
      String[] tokens = text.split(",", -1);
      if (tokens.length != 2
          || tokens[0].isEmpty()
          || tokens[1].isEmpty()
          || tokens[0].equals(tokens[1])) {
        throw Readers.refused("two texts with a comma between, such as Yes,No", text);
      }
      return new AnswerTokens(tokens[0], tokens[1]);
    }

    private String shown() {
      return "'" + Problem.shown(wanted) + "' and '" + Problem.shown(unwanted) + "'";
    }
  }

  public static final Setting<Optional<AnswerTokens>> ANSWER_TOKENS =
      Setting.of(Topic.MODEL, "model.answer-tokens", "--answer-tokens", "YES,NO", NONE)
          .withHelp(
              "the reward is how much likelier the model begins an answer with the first token than"
                  + " with the second: the difference of their logits behind the template's generation"
                  + " prompt; texts as they stand, each one token")
          .as(Readers.optional(NONE, AnswerTokens::parse));

  public static final Setting<AnswerScale> AS =
      Setting.of(Topic.MODEL, "model.as", "--as", "difference|probability", "difference")
          .withHelp("that difference as it is, or its logistic: the first token's share of the two")
          .as(Readers.oneOf(AnswerScale.class));

  static final List<Setting<?>> ALL = List.of(ASK, PRINCIPLE, PRINCIPLES, ANSWER_TOKENS, AS);

  private static final List<Setting<?>> PRINCIPLES_OF = List.of(PRINCIPLE, PRINCIPLES);

  /** How the model is asked; empty if it is not. */
  public static Optional<Asking> of(Settings settings) {
    Question question = question(settings);
    return settings
        .get(ANSWER_TOKENS)
        .map(tokens -> new Asking(question, tokens.wanted, tokens.unwanted, settings.get(AS)));
  }

  /** That of the call, or a judge's recipe. */
  private static Question question(Settings settings) {
    String text =
        settings
            .get(JudgeSettings.JUDGE)
            .map(judge -> judge.recipe().text())
            .or(() -> settings.get(ASK))
            .orElse("");
    return text.contains(Question.PLACE)
        ? new Question(text, principles(settings))
        : new Question(text, List.of());
  }

  /** Those of the call. */
  public static List<Principle> principles(Settings settings) {
    return Stream.of(PRINCIPLE, PRINCIPLES).flatMap(each -> settings.get(each).stream()).toList();
  }

  /** What the rows' own principles are to the question. */
  public static PrincipleColumns columns(Settings settings) {
    Question question = question(settings);
    boolean answers =
        settings.get(ANSWER_TOKENS).isPresent() || settings.get(JudgeSettings.JUDGE).isPresent();
    if (!answers || !question.takesPrinciples()) {
      return PrincipleColumns.UNREAD;
    }
    return question.principles().isEmpty() ? PrincipleColumns.REQUIRED : PrincipleColumns.READ;
  }

  /** Adds what does not go together. */
  public static void check(Settings settings, Problems problems) {
    JudgeSettings.check(settings, problems);
    if (settings.get(JudgeSettings.JUDGE).isPresent()) {
      return;
    }
    boolean answered = settings.get(ANSWER_TOKENS).isPresent();
    if (!answered) {
      Stream.of(ASK, PRINCIPLE, PRINCIPLES, AS)
          .filter(setting -> isSet(setting, settings))
          .forEach(
              setting ->
                  problems.add(
                      at(setting, settings)
                          .expected(
                              PRINCIPLES_OF.contains(setting)
                                  ? "--answer-tokens beside it, such as Yes,No, or --judge"
                                  : "--answer-tokens beside it, such as Yes,No")
                          .found(NONE)));
      return;
    }
    if (isSet(ModelSettings.REWARD_TOKEN, settings)) {
      problems.add(
          at(ModelSettings.REWARD_TOKEN, settings)
              .expected("one token's logit, or --answer-tokens")
              .found(
                  "both: token "
                      + settings.get(ModelSettings.REWARD_TOKEN)
                      + ", and "
                      + settings.get(ANSWER_TOKENS).map(AnswerTokens::shown).orElseThrow()));
    }
    if (settings.get(ModelSettings.PROMPT) == PromptChoice.STEERLM) {
      problems.add(
          at(ANSWER_TOKENS, settings)
              .expected("--prompt chat beside it, whose template has a generation prompt")
              .found("steerlm"));
    }
    checkPrinciples(settings.get(ASK).orElse(""), "--ask", settings, problems);
  }

  /**
   * @param question that has a place for principles; empty for none
   * @param what it is called
   */
  static void checkPrinciples(String question, String what, Settings settings, Problems problems) {
    List<Principle> principles = principles(settings);
    if (principles.isEmpty()) {
      return;
    }
    Problem place = at(settings.get(PRINCIPLE).isEmpty() ? PRINCIPLES : PRINCIPLE, settings);
    if (!question.contains(Question.PLACE)) {
      problems.add(
          place
              .expected("a place for it in " + what + ", " + Question.PLACE)
              .found(
                  question.isEmpty()
                      ? "no question"
                      : what.equals("--ask") ? "a question without" : "one without"));
    }
    if (principles.size() > Principles.MOST) {
      problems.add(
          place.expected("at most " + Principles.MOST + " principles").found(principles.size()));
    }
    if (!settings.get(ModelSettings.ATTRIBUTES).isEmpty()) {
      problems.add(
          at(ModelSettings.ATTRIBUTES, settings)
              .expected("names of principles as --principle NAME=TEXT")
              .found("both"));
    }
    Set<String> names = new TreeSet<>();
    principles.stream()
        .map(Principle::name)
        .filter(name -> !names.add(name))
        .distinct()
        .forEach(
            name ->
                problems.add(
                    place
                        .expected("each principle once (NAME=TEXT gives it another name)")
                        .found("'" + Problem.shown(name) + "' twice")));
  }

  /** Where someone sets it. */
  static Problem at(Setting<?> setting, Settings settings) {
    String origin = settings.origin(setting);
    return origin.equals(setting.flag())
        ? Problem.at(origin)
        : Problem.in(origin).field(setting.key());
  }

  /** Whether someone asks for another value than the default, or types it. */
  private static boolean isSet(Setting<?> setting, Settings settings) {
    return settings.origin(setting).equals(setting.flag())
        || !settings.get(setting).equals(setting.reader().apply(setting.fallback()));
  }
}

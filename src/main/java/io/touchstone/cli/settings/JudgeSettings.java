package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Topic;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.reward.VoteField;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How a model judges that writes its judgement. */
public final class JudgeSettings {
  private JudgeSettings() {}

  private static final String NONE = "none";
  private static final String RECIPE = "recipe";

  public static final Setting<Optional<JudgeFile>> JUDGE =
      Setting.of(Topic.MODEL, "model.judge", "--judge", "RECIPE", NONE)
          .withHelp(
              "a ...ForCausalLM checkpoint writes a judgement of each scored answer, and the reward is"
                  + " read in it, as RECIPE says: a file as in conf/recipes, or a name there"
                  + " (genrm-principle)")
          .as(Readers.optional(NONE, JudgeFile::read));

  public static final Setting<OptionalInt> TOKENS =
      Setting.of(Topic.MODEL, "model.judge-tokens", "--judge-tokens", "N", RECIPE)
          .withHelp("after so many tokens a judgement ends, thought and all; recipe takes its own")
          .as(Readers.positiveOr(RECIPE));

  public static final Setting<Integer> VOTES =
      Setting.of(Topic.MODEL, "model.votes", "--votes", "N", "1")
          .withHelp(
              "so many judgements are drawn for each answer: the reward is their mean, and their"
                  + " standard deviation stands beside it (spread)")
          .as(Readers.integer(1, 1_000, "a whole number from 1 to 1000"));

  public static final Setting<OptionalDouble> MISSING =
      Setting.of(Topic.MODEL, "model.missing-judgement", "--missing-judgement", "X", NONE)
          .withHelp(
              "what a judgement without the recipe's marker is worth; none leaves it out of the mean,"
                  + " and rejects a row with nothing else (no-judgement)")
          .as(
              text ->
                  text.equals(NONE)
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(Readers.decimal(text)));

  public static final Setting<Boolean> RATIONALE =
      Setting.of(Topic.MODEL, "model.rationale", "--rationale", "", "no")
          .withBare("yes")
          .withHelp("what the judge wrote stands beside each reward (rationale)")
          .as(Readers::yesOrNo);

  public static final Setting<OptionalDouble> TEMPERATURE =
      drawn(SamplingSettings.TEMPERATURE, "model.temperature")
          .withHelp(
              "judgements are drawn at this temperature, and not greedy, as they are unless one of these"
                  + " flags, the recipe or --votes asks for draws; recipe takes its own, then that of"
                  + " generation_config.json")
          .as(ofRecipe(SamplingSettings.TEMPERATURE, OptionalDouble.empty()));

  public static final Setting<OptionalDouble> TOP_P =
      drawn(SamplingSettings.TOP_P, "model.top-p")
          .withHelp("draws are from the likeliest tokens that together reach this probability")
          .as(ofRecipe(SamplingSettings.TOP_P, OptionalDouble.empty()));

  public static final Setting<OptionalInt> TOP_K =
      drawn(SamplingSettings.TOP_K, "model.top-k")
          .withHelp("draws are from the K likeliest tokens, 0 for all")
          .as(ofRecipe(SamplingSettings.TOP_K, OptionalInt.empty()));

  public static final Setting<OptionalDouble> MIN_P =
      drawn(SamplingSettings.MIN_P, "model.min-p")
          .withHelp("draws are from tokens with this share of the likeliest one's probability")
          .as(ofRecipe(SamplingSettings.MIN_P, OptionalDouble.empty()));

  public static final Setting<Integer> SEED =
      Setting.of(Topic.MODEL, "model.judge-seed", "--judge-seed", "N", "0")
          .withHelp("of the draws: the same one gives an answer the same judgements")
          .as(Readers.integer(0));

  /** Of no use without a judge. */
  private static final List<Setting<?>> OF_JUDGE =
      List.of(TOKENS, VOTES, MISSING, RATIONALE, TEMPERATURE, TOP_P, TOP_K, MIN_P, SEED);

  static final List<Setting<?>> ALL = Setting.all(List.of(JUDGE), OF_JUDGE);

  /** What else a model is read by. */
  private static final List<Setting<?>> OTHER_READINGS =
      List.of(
          AskSettings.ASK,
          AskSettings.ANSWER_TOKENS,
          AskSettings.AS,
          ModelSettings.REWARD_TOKEN,
          ModelSettings.ATTRIBUTES,
          ModelSettings.NORMALIZE_REWARD,
          ModelSettings.MAX_TOKENS);

  private static Setting<String> drawn(Setting<?> like, String key) {
    return Setting.of(Topic.MODEL, key, like.flag(), like.shape(), RECIPE);
  }

  /** As a setting of answers, or the recipe's own. */
  private static <T> java.util.function.Function<String, T> ofRecipe(Setting<T> like, T none) {
    return text -> text.equals(RECIPE) ? none : like.reader().apply(text);
  }

  /** Whether a judge scores. */
  public static boolean isJudged(Settings settings) {
    return settings.get(JUDGE).isPresent();
  }

  /** What of votes is written. */
  public static Set<VoteField> voteFields(Settings settings) {
    Set<VoteField> fields = new TreeSet<>();
    if (settings.get(VOTES) > 1) {
      fields.add(VoteField.SPREAD);
    }
    if (settings.get(RATIONALE)) {
      fields.add(VoteField.RATIONALE);
    }
    return fields;
  }

  /** The most tokens of a judgement; empty where neither call nor recipe says. */
  public static OptionalInt maxNewTokens(Settings settings) {
    return said(settings.get(TOKENS), SamplingSettings.MAX_NEW_TOKENS, settings);
  }

  private static OptionalInt said(
      OptionalInt own, Setting<OptionalInt> recipes, Settings settings) {
    return own.isPresent() ? own : ofFile(recipes, settings).orElse(OptionalInt.empty());
  }

  private static OptionalDouble said(
      OptionalDouble own, Setting<OptionalDouble> recipes, Settings settings) {
    return own.isPresent() ? own : ofFile(recipes, settings).orElse(OptionalDouble.empty());
  }

  private static <T> Optional<T> ofFile(Setting<T> setting, Settings settings) {
    return settings.get(JUDGE).flatMap(file -> file.said(setting));
  }

  /** What is asked of judgements: greedy ones, unless something asks for draws. */
  public static SamplingAsk sampling(Settings settings) {
    OptionalDouble temperature =
        said(settings.get(TEMPERATURE), SamplingSettings.TEMPERATURE, settings);
    OptionalDouble topP = said(settings.get(TOP_P), SamplingSettings.TOP_P, settings);
    OptionalInt topK = said(settings.get(TOP_K), SamplingSettings.TOP_K, settings);
    OptionalDouble minP = said(settings.get(MIN_P), SamplingSettings.MIN_P, settings);
    int votes = settings.get(VOTES);
    int seed = settings.get(SEED);
    boolean draws =
        temperature.isPresent() || topP.isPresent() || topK.isPresent() || minP.isPresent();
    return new SamplingAsk(
        votes == 1 && !draws,
        temperature,
        topP,
        topK,
        minP,
        OptionalDouble.empty(),
        seed == 0 ? OptionalLong.empty() : OptionalLong.of(seed),
        OptionalInt.of(votes),
        maxNewTokens(settings),
        List.of());
  }

  /** Adds what does not go together. */
  public static void check(Settings settings, Problems problems) {
    Optional<JudgeFile> judge = settings.get(JUDGE);
    if (judge.isEmpty()) {
      OF_JUDGE.stream()
          .filter(settings::isChanged)
          .forEach(
              setting ->
                  problems.add(
                      AskSettings.at(setting, settings)
                          .expected("--judge beside it, as only a judge writes")
                          .found(NONE)));
      return;
    }
    Stream.concat(
            OTHER_READINGS.stream().filter(settings::isChanged),
            Stream.of(ModelSettings.PROMPT).filter(settings::isChanged))
        .forEach(
            setting ->
                problems.add(
                    AskSettings.at(setting, settings)
                        .expected("nothing else that a reward is read by beside --judge")
                        .found("both")));
    if (maxNewTokens(settings).isEmpty()) {
      problems.add(
          Problem.at(TOKENS.flag())
              .expected(
                  "the most tokens that a judgement may have, its thought among them, as the recipe"
                      + " does not say; the time and the memory of the job follow from it")
              .found("nothing"));
    }
    if (settings.get(RATIONALE) && settings.get(RunSettings.LEDGER).isPresent()) {
      problems.add(
          Problem.at(RATIONALE.flag())
              .expected("no --ledger beside it, which remembers numbers and no texts")
              .found("both"));
    }
    AskSettings.checkPrinciples(judge.get().recipe().text(), "the recipe", settings, problems);
  }
}

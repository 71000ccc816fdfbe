package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.RewardScale;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.Question;
import io.touchstone.scoring.Scorer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of how a folder was understood. */
final class ModelReadingTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final String CONFIG = "tokenizer_config.json";
  private static final String ALONE = "[{\"name\": \"tool_use\", \"template\": \"x\"}]";

  @TempDir private Path folder;

  @Test
  void ofACausalModelNamesTheLogitAndWarnsWhereNothingSaysReward() throws IOException {
    copy("llama-causal");
    ModelDescription model = describe(config());
    assertThat(model.attributes()).containsExactly("helpfulness");
    assertThat(model.shownNames()).containsExactly("reward");
    assertThat(model.reading().readOut())
        .isEqualTo("logit of token 0 at the last position, as NVIDIA's Reward models");
    assertThat(model.reading().warnings())
        .containsExactly(
            "nothing says that this is a reward model: neither config.json, nor the folder's"
                + " README.md, nor conf/models. Of a chat model the logit of token 0 means"
                + " nothing.");
    assertThat(describe(config(EngineConfig.Known.AS_REWARD_MODEL)).reading().warnings()).isEmpty();
    Files.writeString(folder.resolve("README.md"), "# A reward model\n");
    assertThat(describe(config()).reading().warnings()).isEmpty();
  }

  @Test
  void namesHowMatricesAreQuantisedAndHowManyExpertsATokenPasses() throws IOException {
    copy("llama-modelopt");
    assertThat(describe(config()).reading().notes())
        .containsExactly(
            "weights-only FP8 (modelopt): 14 matrices are multiplied by their scales, activations are"
                + " not quantised");
    assertThat(
            EngineScorerFactory.of(EngineConfig.defaults(REFERENCES.resolve("qwen3-moe")))
                .model()
                .reading()
                .notes())
        .containsExactly("in 2 of its 3 layers a token passes 3 of 10 experts, which fp32 chooses");
  }

  @Test
  void ofAModelThatIsAskedNamesBothTokensAndWarnsWhereNoAnswerFollows() throws IOException {
    copy("llama-causal");
    Asking asking =
        new Asking(
            new Question("Is it\n{principle}?", List.of(new Principle("a", "good"))),
            "Y",
            "N",
            AnswerScale.PROBABILITY);
    ModelDescription model = describe(asked(null, asking));
    assertThat(model.attributes()).containsExactly("a");
    assertThat(model.shownNames()).containsExactly("a", "principles of the rows' own");
    assertThat(model.outputs()).isEqualTo(1);
    assertThat(model.head()).isEqualTo("lm_head.weight[56:57] less [45:46], logistic");
    assertThat(model.prompt()).isEqualTo("chat, answered");
    assertThat(model.reading().readOut())
        .isEqualTo(
            "logistic of the logit of 'Y' (token 56) less that of 'N' (token 45) as an answer's"
                + " first token");
    assertThat(model.reading().notes())
        .containsExactly("asked behind each answer: Is it {principle}?");
    assertThat(model.reading().warnings()).isEmpty();
    String turns = "{% for m in messages %}{{ m.content }}{% endfor %}";
    assertThat(describe(asked(turns, asking)).reading().warnings())
        .containsExactly(
            "the chat template has no generation prompt: the answer is read behind the last turn's"
                + " own end.");
    assertThat(
            describe(asked(turns + "{% if add_generation_prompt %}<think>{% endif %}", asking))
                .reading()
                .warnings())
        .containsExactly(
            "the chat template begins a thought in front of an answer, also with"
                + " enable_thinking=false: what is read is the thought's first token.");
  }

  private EngineConfig asked(String template, Asking asking) {
    EngineConfig config = config(template);
    return new EngineConfig(
        config.model(),
        config.reading(),
        config.known(),
        config.prompt(),
        config.rewardToken(),
        Optional.of(asking),
        config.attributes(),
        config.maxTokens(),
        config.templateDate(),
        config.precision(),
        config.device(),
        config.resources());
  }

  @Test
  void ofAClassifierHasNothingToTell() {
    ModelDescription model =
        describe(EngineConfig.defaults(REFERENCES.resolve("llama-classifier")));
    assertThat(model.reading().readOut()).isEmpty();
    assertThat(model.reading().warnings()).isEmpty();
    assertThat(model.shownNames()).isEqualTo(model.attributes());
  }

  @Test
  void namesAddedTokensThatTheModelCannotEmbedAndRejectsRowsWithThem() throws IOException {
    copy("llama-causal");
    replace(CONFIG, "\"add_bos_token\": true", "\"mask_token\": \"<mask>\"");
    EngineScorerFactory factory = EngineScorerFactory.of(config());
    assertThat(factory.model().reading().notes())
        .containsExactly(
            "1 added token has no row among the model's 560 embeddings, and rows with it are"
                + " rejected: <mask>");
    assertThat(factory.model().reading().tokenizerDifferences())
        .containsExactly("token <mask> added");
    try (Scorer scorer = factory.open()) {
      assertThat(scorer.prepare(List.of(conversation("a <mask>"))))
          .isEqualTo(
              new Preparation.Unpreparable(
                  new Rejected(
                      "unknown-token",
                      "expected token ids below the model's vocab_size, 560, found 560")));
    }
  }

  @Test
  void saysWhereAWindowSlidesUnlessNoRowIsLongEnough() throws IOException {
    copy("qwen3-window");
    assertThat(describe(config()).reading().notes())
        .containsExactly(
            "in 2 of its 4 layers a token sees the last 17, itself among them (sliding_window)");
    assertThat(describe(config(OptionalInt.of(17))).reading().notes()).isEmpty();
  }

  @Test
  void saysOnWhichScaleRewardsAreWhereAFolderHasTwo() throws IOException {
    copy("llama-openrlhf");
    ModelDescription raw = describe(config());
    assertThat(raw.head()).isEqualTo("value_head.weight[0:1]");
    assertThat(raw.reading().notes())
        .containsExactly(
            "rewards are raw; --normalize-reward takes config.json's mean -0.75 off them and divides"
                + " by its std 1.5");
    ModelDescription normalized = describe(normalized());
    assertThat(normalized.head()).isEqualTo("value_head.weight[0:1], less -0.75, over 1.5");
    assertThat(normalized.reading().notes())
        .containsExactly("rewards are less config.json's mean -0.75, over its std 1.5");
    assertThat(score(normalized())).isCloseTo((score(config()) + 0.75f) / 1.5f, within(1e-5f));
  }

  @Test
  void saysThatABiasIsAddedWhichTransformersHasNone() throws IOException {
    copy("qwen2-bias");
    ModelDescription model = describe(config());
    assertThat(model.head()).isEqualTo("score.weight[0:1] + score.bias");
    assertThat(model.reading().notes())
        .containsExactly("score.bias is added; transformers' own class would leave it out");
  }

  @Test
  void namesBothLayersOfAHeadOfTwo() throws IOException {
    copy("llama-inform");
    assertThat(describe(config()).head())
        .isEqualTo("score.0.weight, ReLU, score.2.weight[0:1] + score.2.bias");
  }

  @Test
  void takesTheTemplateThatIsGiven() throws IOException {
    copy("llama-causal");
    try (Scorer own = EngineScorerFactory.of(config()).open();
        Scorer given = EngineScorerFactory.of(config("{{ messages[0].content }}")).open()) {
      assertThat(tokens(given)).isEqualTo(1).isLessThan(tokens(own));
    }
    assertThat(describe(config("x")).fingerprint()).isNotEqualTo(describe(config()).fingerprint());
  }

  @Test
  void refusesATemplateBesideAFixedPrompt() throws IOException {
    copy("llama-causal");
    assertThat(problems(of("x", PromptChoice.STEERLM, OptionalInt.empty(), EngineConfig.Known.NOT)))
        .containsExactly("chat template: expected none beside --prompt steerlm, found one");
  }

  @Test
  void saysWhichWaysThereAreWithoutATemplate() throws IOException {
    copy("llama-causal");
    Files.writeString(folder.resolve(CONFIG), "{\"chat_template\": " + ALONE + "}");
    String ways =
        "[tokenizer_config.json] chat_template: expected one there or in chat_template.jinja;"
            + " --chat-template FILE takes another, --prompt steerlm NeMo's fixed prompt, found ";
    assertThat(problems(config())).containsExactly(ways + "several without a default: tool_use");
    Files.writeString(folder.resolve(CONFIG), "{}");
    assertThat(problems(config())).containsExactly(ways + "none");
  }

  private static long tokens(Scorer scorer) {
    return ((io.touchstone.scoring.PreparedRow) scorer.prepare(List.of(conversation("a"))))
        .presentedTokens();
  }

  private static Conversation conversation(String text) {
    return new Conversation(List.of(Turn.of(Role.USER, text)));
  }

  private static float score(EngineConfig config) {
    try (Scorer scorer = EngineScorerFactory.of(config).open()) {
      PreparedRow row = (PreparedRow) scorer.prepare(List.of(conversation("a")));
      Scored scored = (Scored) scorer.score(List.of(row)).verdicts().get(0);
      return scored.rewards().get(0).values()[0];
    }
  }

  private static ModelDescription describe(EngineConfig config) {
    return EngineScorerFactory.of(config).model();
  }

  private static List<String> problems(EngineConfig config) {
    return catchThrowableOfType(Refused.class, () -> EngineScorerFactory.of(config)).problems();
  }

  private EngineConfig config() {
    return EngineConfig.defaults(folder);
  }

  private EngineConfig config(EngineConfig.Known known) {
    return of(null, PromptChoice.CHAT, OptionalInt.empty(), known);
  }

  private EngineConfig config(OptionalInt maxTokens) {
    return of(null, PromptChoice.CHAT, maxTokens, EngineConfig.Known.NOT);
  }

  private EngineConfig config(String template) {
    return of(template, PromptChoice.CHAT, OptionalInt.empty(), EngineConfig.Known.NOT);
  }

  private EngineConfig normalized() {
    return of(
        RewardScale.NORMALIZED,
        null,
        PromptChoice.CHAT,
        OptionalInt.empty(),
        EngineConfig.Known.NOT);
  }

  private EngineConfig of(
      String template, PromptChoice prompt, OptionalInt maxTokens, EngineConfig.Known known) {
    return of(RewardScale.RAW, template, prompt, maxTokens, known);
  }

  private EngineConfig of(
      RewardScale scale,
      String template,
      PromptChoice prompt,
      OptionalInt maxTokens,
      EngineConfig.Known known) {
    return new EngineConfig(
        folder,
        new Checkpoint.Reading(TokenizerChoice.TRANSFORMERS5, Optional.ofNullable(template), scale),
        known,
        prompt,
        0,
        List.of(),
        maxTokens,
        EngineConfig.TEMPLATE_DATE,
        Precision.FP32,
        new DeviceRule.Cpu(),
        Resources.OF_THE_MACHINE);
  }

  private void copy(String reference) throws IOException {
    try (Stream<Path> files = Files.list(REFERENCES.resolve(reference))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void replace(String file, String text, String other) throws IOException {
    String content = Files.readString(folder.resolve(file));
    assertThat(content).contains(text);
    Files.writeString(folder.resolve(file), content.replace(text, other));
  }
}

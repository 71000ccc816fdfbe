package io.touchstone.cli.settings;

import io.touchstone.checkpoint.ChatTemplateFile;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.engine.PromptChoice;
import io.touchstone.engine.device.PrecisionChoice;
import io.touchstone.reward.Attributes;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which model scores, and how it is told its rows. */
public final class ModelSettings {
  private ModelSettings() {}

  public static final Setting<String> MODEL =
      Setting.of(Topic.MODEL, "model.path", "--model", "DIR", "demo")
          .withHelp(
              "a reward model's folder in Hugging Face form; demo is the bundled demonstration,"
                  + " which is no reward model")
          .as(Readers.notBlank("a folder, or demo"));

  public static final Setting<Optional<Path>> BASE =
      Setting.of(Topic.MODEL, "model.base", "--base", "DIR", "none")
          .withHelp(
              "the model under an adapter, where DIR of --model is one; none takes the folder that"
                  + " its adapter_config.json names")
          .as(Readers.optional("none", ModelSettings::folder));

  public static final Setting<PromptChoice> PROMPT =
      Setting.of(Topic.MODEL, "model.prompt", "--prompt", "chat|steerlm", "chat")
          .withHelp("the checkpoint's chat template, or NeMo's fixed SteerLM prompt")
          .as(Readers.oneOf(PromptChoice.class));

  public static final Setting<Optional<ChatTemplateFile>> CHAT_TEMPLATE =
      Setting.of(Topic.MODEL, "model.chat-template", "--chat-template", "FILE", "none")
          .withHelp(
              "a Jinja chat template, a file on this machine or its own text, in place of the"
                  + " checkpoint's own")
          .as(Readers.optional("none", ChatTemplateFile::of));

  public static final Setting<TokenizerChoice> TOKENIZER =
      Setting.of(
              Topic.MODEL, "model.tokenizer", "--tokenizer", "transformers5|file", "transformers5")
          .withHelp(
              "where they differ: the tokenizer that transformers 5.23 makes of the folder's files, or"
                  + " tokenizer.json as it stands, as transformers 4 took it")
          .as(Readers.oneOf(TokenizerChoice.class));

  public static final Setting<LocalDate> TEMPLATE_DATE =
      Setting.of(Topic.MODEL, "model.template-date", "--template-date", "YYYY-MM-DD", "2024-07-26")
          .withHelp(
              "the date that chat templates see as today, so that scores do not change from day to day")
          .as(ModelSettings::date);

  public static final Setting<List<String>> ATTRIBUTES =
      Setting.of(Topic.MODEL, "model.attributes", "--attributes", "A,B,...", "model")
          .withHelp(
              "names of the model's outputs, one for each; model takes the checkpoint's own, all those"
                  + " of a score and of the objectives that it is made of (ArmoRM)")
          .as(Readers.listOr("model", ModelSettings::attributes));

  public static final Setting<Integer> REWARD_TOKEN =
      Setting.of(Topic.MODEL, "model.reward-token", "--reward-token", "ID", "0")
          .withHelp("the token whose logit is the reward of a ...ForCausalLM checkpoint")
          .as(Readers.integer(0));

  public static final Setting<Boolean> NORMALIZE_REWARD =
      Setting.of(Topic.MODEL, "model.normalize-reward", "--normalize-reward", "", "no")
          .withBare("yes")
          .withHelp(
              "rewards less the mean and over the std that config.json names, as OpenRLHF does"
                  + " when asked")
          .as(Readers::yesOrNo);

  public static final Setting<OptionalInt> MAX_TOKENS =
      Setting.of(Topic.MODEL, "model.max-tokens", "--max-tokens", "N", "model")
          .withHelp(
              "longer conversations are rejected, or cut by --over-long; model takes the checkpoint's"
                  + " max_position_embeddings")
          .as(Readers.positiveOr("model"));

  public static final Setting<PrecisionChoice> PRECISION =
      Setting.of(
              Topic.MODEL,
              "model.precision",
              "--precision",
              "fp32|bf16|bf16-native|bf16-emulated",
              "fp32")
          .withHelp(
              "what the linear layers multiply; all else is fp32. bf16 is the fastest that the device has:"
                  + " on a CPU its own (bf16-native) where the driver's has avx512_bf16 or amx_bf16, else"
                  + " fp32 products of bf16 numbers (bf16-emulated), which are no faster")
          .as(Readers.oneOf(PrecisionChoice.class));

  /** How a model scores, whichever it is. */
  static final List<Setting<?>> OF_SCORING =
      Setting.all(
          List.of(BASE, PROMPT, CHAT_TEMPLATE, TOKENIZER, TEMPLATE_DATE, ATTRIBUTES, REWARD_TOKEN),
          AskSettings.ALL,
          StepSettings.ALL,
          EncoderSettings.ALL,
          JudgeSettings.ALL,
          List.of(NORMALIZE_REWARD, MAX_TOKENS, PRECISION));

  /** The model of a job that does without one unless it is named. */
  static Setting<Optional<String>> orNone(String help) {
    return MODEL.withFallback("none").withHelp(help).as(Readers.optional("none", MODEL.reader()));
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw Readers.refused("a folder", text);
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Readers.refused("a date such as 2024-07-26", text);
    }
  }

  private static List<String> attributes(String text) {
    try {
      return Attributes.ofLabels(Readers.names(text)).names();
    } catch (IllegalArgumentException e) {
      // The flag already says that it is about attributes.
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replaceFirst("^attributes: ", ""), e);
    }
  }
}

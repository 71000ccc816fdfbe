package io.touchstone.engine;

import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.RewardHead;
import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderHead;
import io.touchstone.engine.EncoderWishes.RowKind;
import io.touchstone.engine.device.Placing;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Attributes;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All that could keep an encoder from scoring, looked at before it begins. */
record EncoderCheck(
    Checkpoint checkpoint, EngineConfig config, EncoderConfig encoder, Problems problems) {

  /** Rows of a model without a limit are bounded by memory long before. */
  private static final int NO_LIMIT = 1 << 20;

  /**
   * What the model and the wishes for it come to.
   *
   * @param maxTokens the most that one text or pair may have
   */
  record Passed(
      EncodeChoice encode, List<String> attributes, int maxTokens, ModelReading reading) {}

  /**
   * @param config with a device that is settled
   * @throws Refused with every problem
   */
  static Passed of(Checkpoint checkpoint, EngineConfig config) {
    EncoderCheck check =
        new EncoderCheck(checkpoint, config, checkpoint.encoder().orElseThrow(), new Problems());
    FolderCheck folder = new FolderCheck(checkpoint, check.problems);
    folder.tensors();
    check.encode();
    check.ofDecoders();
    check.scale();
    List<String> attributes = check.attributes();
    int maxTokens = check.maxTokens();
    folder.device(config.device());
    check.memory(folder, maxTokens);
    List<String> beyond = folder.tokenizer(check.encoder.vocabSize(), tokenizer -> {});
    if (!check.problems.isEmpty()) {
      throw Refused.in(config.model(), check.problems.found());
    }
    EncodeChoice encode = config.encoder().encode().orElseThrow();
    return new Passed(
        encode,
        attributes,
        maxTokens,
        new ModelReading(
            config.reading().tokenizer().word(),
            checkpoint.tokenizer().differences(),
            "",
            check.isOneNumber() ? List.of(ReadingText.REWARD) : List.of(),
            check.notes(encode, maxTokens, beyond),
            List.of()));
  }

  /** Whether the one output has no name of its own. */
  private boolean isOneNumber() {
    return encoder.head().outputs() == 1
        && encoder.head().labelNames().isEmpty()
        && config.attributes().isEmpty();
  }

  private void encode() {
    if (config.encoder().encode().isEmpty()) {
      problems.add(
          Problem.at("--encode")
              .expected(
                  "what an encoder reads of a conversation: "
                      + Arrays.stream(EncodeChoice.values())
                          .map(choice -> choice.word() + " (" + choice.meaning() + ")")
                          .collect(Collectors.joining("; ")))
              .found("none, and " + checkpoint.architecture() + " does not say"));
    } else if (config.encoder().rows() == RowKind.DOCUMENTS
        && config.encoder().encode().get() == EncodeChoice.PAIR) {
      problems.add(
          Problem.at("--encode")
              .expected("answer beside --text-field, whose documents have no turns before")
              .found("pair"));
    }
  }

  /** What is asked of decoders only. */
  private void ofDecoders() {
    if (config.asking().isPresent()) {
      refuse("answer tokens", "a causal model for answer tokens");
    }
    if (config.rewardToken() != 0) {
      refuse("reward token", "a causal model for a reward token");
    }
    if (config.prompt() != PromptChoice.CHAT) {
      refuse("--prompt " + config.prompt().word(), "a causal model for a prompt");
    }
    if (config.reading().chatTemplate().isPresent()) {
      refuse("chat template", "a causal model for a template");
    }
  }

  private void refuse(String what, String expected) {
    problems.add(Problem.at(what).expected(expected).found(checkpoint.architecture()));
  }

  private void scale() {
    if (config.encoder().scale() == OutputScale.PROBABILITY
        && encoder.head().problem() == EncoderHead.Problem.REGRESSION) {
      problems.add(
          Problem.at("--as")
              .expected("a model of labels for probabilities")
              .found(
                  encoder.head().outputs() == 1
                      ? "one output, which is a number"
                      : "problem_type regression"));
    }
  }

  private List<String> attributes() {
    try {
      RewardHead.Classifier head = (RewardHead.Classifier) checkpoint.head();
      return Attributes.of(head.outputs(), head.labelNames(), config.attributes()).names();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private int maxTokens() {
    int most = encoder.mostTokens().orElse(NO_LIMIT);
    int asked = config.maxTokens().orElse(most);
    if (asked < 1 || asked > most) {
      problems.add(
          Problem.at("max tokens")
              .expected("from 1 to the model's positions, " + most)
              .found(asked));
    }
    boolean cuts = config.encoder().overLong() == OverLong.CUT;
    if (cuts && encoder.mostTokens().isEmpty() && config.maxTokens().isEmpty()) {
      problems.add(
          Problem.at("--over-long cut")
              .expected("--max-tokens beside it, as the model itself has no limit")
              .found("none"));
    }
    if (!cuts && config.encoder().maxCharacters().isPresent()) {
      problems.add(
          Problem.at("--max-characters")
              .expected("--over-long cut beside it, which it is a part of")
              .found("reject"));
    }
    return asked;
  }

  /** What is left to the machine, each executor finds out on its own. */
  private void memory(FolderCheck folder, int maxTokens) {
    if (config.resources().memory() > 0) {
      folder.attempt(
          () -> {
            Processor processor = Processor.of(Placing.alone(config.device()), config.precision());
            new EncoderMemory(encoder, processor)
                .need(maxTokens)
                .plan(config.resources().on(processor.device()));
          });
    }
  }

  private List<String> notes(EncodeChoice encode, int maxTokens, List<String> beyond) {
    List<String> notes = new ArrayList<>();
    if (!beyond.isEmpty()) {
      notes.add(ReadingText.beyond(beyond, encoder.vocabSize()));
    }
    notes.add(
        config.encoder().rows() == RowKind.DOCUMENTS
            ? "each document is one text"
            : "of each conversation is read " + encode.meaning());
    notes.add(
        config.encoder().overLong() == OverLong.CUT
            ? String.format(
                Locale.ROOT,
                "longer texts are cut to %,d tokens%s (--over-long cut)",
                maxTokens,
                config.encoder().maxCharacters().isPresent()
                    ? String.format(
                        Locale.ROOT,
                        ", and before to %,d characters each",
                        config.encoder().maxCharacters().getAsInt())
                    : "")
            : maxTokens == NO_LIMIT
                ? "the model has no limit of tokens"
                : String.format(
                    Locale.ROOT,
                    "texts of more than %,d tokens are rejected (--over-long cut cuts them)",
                    maxTokens));
    checkpoint
        .tokenizerLimit()
        .ifPresent(
            limit -> {
              if (limit < maxTokens) {
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "its tokenizer speaks of %,d tokens at most (model_max_length), where"
                            + " transformers would cut if asked; --max-tokens %d does so",
                        limit,
                        limit));
              }
            });
    if (config.encoder().scale() == OutputScale.PROBABILITY) {
      notes.add(
          encoder.head().problem() == EncoderHead.Problem.LABELS
              ? "outputs are probabilities: each label's logistic"
              : "outputs are probabilities: the softmax of all labels");
    }
    return notes;
  }
}

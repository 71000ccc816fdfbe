package io.touchstone.cli.settings;

import io.touchstone.cli.call.DataSize;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.engine.Precision;
import io.touchstone.engine.PromptChoice;
import io.touchstone.files.Compression;
import io.touchstone.files.read.Reading;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.LabelStyle;
import io.touchstone.selection.NamedScalar;
import io.touchstone.selection.ScalarPreset;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Everything that can be set for {@code annotate}, with its built-in default. */
public final class AnnotateSettings {
  private AnnotateSettings() {}

  private static final DataSize LARGEST_LINE = new DataSize(Reading.MOST_LINE_BYTES);
  private static final DataSize LARGEST_MEMORY = DataSize.parse("1024TiB");
  private static final DataSize LARGEST_PIECE = DataSize.parse("1TiB");

  public static final Setting<Optional<RowFormat>> FORMAT =
      new Setting<>(
          "input.format",
          "--format",
          "NAME",
          "auto",
          Setting.Topic.INPUT,
          "the line format (table below); auto finds it by the fields of the first lines",
          Readers.optional("auto", AnnotateSettings::format));

  public static final Setting<ScoredTurns> TURNS =
      new Setting<>(
          "input.turns",
          "--turns",
          "last|all",
          "last",
          Setting.Topic.INPUT,
          "which assistant turns of messages and sharegpt rows are scored",
          Readers.oneOf(ScoredTurns.class));

  public static final Setting<DataSize> MAX_LINE_BYTES =
      new Setting<>(
          "input.max-line-bytes",
          "--max-line-bytes",
          "SIZE",
          "64MiB",
          Setting.Topic.INPUT,
          "longer lines are rejected; at most 1GiB",
          Readers.sizeUpTo(LARGEST_LINE));

  static final Setting<DataSize> PIECE_BYTES =
      new Setting<>(
          "input.piece-bytes",
          "--piece-bytes",
          "SIZE",
          "32MiB",
          Setting.Topic.INPUT,
          "about how much of a file one task reads, and one output file holds;"
              + " compressed files are one piece each",
          Readers.sizeUpTo(LARGEST_PIECE));

  public static final Setting<OutputFormat> OUTPUT_FORMAT =
      new Setting<>(
          "output.format",
          "--output-format",
          "jsonl|parquet",
          "jsonl",
          Setting.Topic.OUTPUT,
          "what the scored rows are written as; parquet takes its columns from Parquet inputs or"
              + " from the first 1,000 rows of each other file, and what does not fit them goes"
              + " into the column _extra, as JSON",
          Readers.oneOf(OutputFormat.class));

  public static final Setting<LabelStyle> LABELS =
      new Setting<>(
          "output.labels",
          "--labels",
          "float|rounded",
          "float",
          Setting.Topic.OUTPUT,
          "the score as it is, or clamped to 0-4 and rounded half to even",
          Readers.oneOf(LabelStyle.class));

  public static final Setting<String> CALIBRATION =
      new Setting<>(
          "output.calibration",
          "--calibration",
          "FILE",
          "none",
          Setting.Topic.OUTPUT,
          "a file of jobs/calibrate for this model, which says what label a score becomes; with"
              + " --labels rounded",
          text -> text.equals("none") ? "" : text);

  public static final Setting<Optional<String>> FIELD =
      new Setting<>(
          "output.field",
          "--field",
          "NAME",
          "auto",
          Setting.Topic.OUTPUT,
          "the name under which scores are written, in place of the word reward, rewards or score in"
              + " the names of the table below (steerlm: in place of label, in the same turns), so"
              + " that several models can annotate the same rows one after the other; auto takes"
              + " those names as they are",
          Readers.optional("auto", ScoreFields::checked));

  public static final Setting<Optional<NamedScalar>> SCALAR =
      new Setting<>(
          "output.scalar",
          "--scalar",
          "[NAME=]FORMULA",
          "none",
          Setting.Topic.OUTPUT,
          "one number out of the model's attributes as it gave them, such as"
              + " 0.65*helpfulness+0.8*correctness, written beside each score as the field scalar,"
              + " or NAME; or the published weights of "
              + ScalarPreset.words(),
          Readers.optional("none", NamedScalar::parse));

  public static final Setting<Compression> COMPRESS =
      new Setting<>(
          "output.compress",
          "--compress",
          "none|gz|zst",
          "none",
          Setting.Topic.OUTPUT,
          "how part files are compressed, part-00000.jsonl.zst for instance; the same rows give the"
              + " same bytes, and rejected lines stay plain",
          Readers.oneOf(Compression.class));

  public static final Setting<RejectionLimit> MAX_REJECTED =
      new Setting<>(
          "output.max-rejected",
          "--max-rejected",
          "N|P%",
          "none",
          Setting.Topic.OUTPUT,
          "more rejected lines, or a larger share of all lines, end the job with exit status 3:"
              + " early once N is passed, or once the finished pieces (10,000 lines or more) have"
              + " more rejected lines than P% of the whole input, its lines estimated by its size",
          RejectionLimit::parse);

  public static final Setting<String> MODEL =
      new Setting<>(
          "model.path",
          "--model",
          "DIR",
          "demo",
          Setting.Topic.MODEL,
          "a reward model's folder in Hugging Face form; demo is the bundled demonstration,"
              + " which is no reward model",
          AnnotateSettings::folder);

  public static final Setting<PromptChoice> PROMPT =
      new Setting<>(
          "model.prompt",
          "--prompt",
          "chat|steerlm",
          "chat",
          Setting.Topic.MODEL,
          "the checkpoint's chat template, or NeMo's fixed SteerLM prompt",
          Readers.oneOf(PromptChoice.class));

  public static final Setting<LocalDate> TEMPLATE_DATE =
      new Setting<>(
          "model.template-date",
          "--template-date",
          "YYYY-MM-DD",
          "2024-07-26",
          Setting.Topic.MODEL,
          "the date that chat templates see as today, so that scores do not change from day to day",
          AnnotateSettings::date);

  public static final Setting<List<String>> ATTRIBUTES =
      new Setting<>(
          "model.attributes",
          "--attributes",
          "A,B,...",
          "model",
          Setting.Topic.MODEL,
          "names of the model's outputs, one for each; model takes the checkpoint's own",
          AnnotateSettings::attributes);

  public static final Setting<Integer> REWARD_TOKEN =
      new Setting<>(
          "model.reward-token",
          "--reward-token",
          "ID",
          "0",
          Setting.Topic.MODEL,
          "the token whose logit is the reward of a ...ForCausalLM checkpoint",
          Readers.integer(0));

  public static final Setting<OptionalInt> MAX_TOKENS =
      new Setting<>(
          "model.max-tokens",
          "--max-tokens",
          "N",
          "model",
          Setting.Topic.MODEL,
          "longer conversations are rejected; model takes the checkpoint's"
              + " max_position_embeddings",
          Readers.positiveOr("model"));

  public static final Setting<Precision> PRECISION =
      new Setting<>(
          "model.precision",
          "--precision",
          "fp32|bf16",
          "fp32",
          Setting.Topic.MODEL,
          "what the linear layers multiply; all else is fp32 in both. On a CPU bf16 is no faster:"
              + " it shows what a score loses by it",
          Readers.oneOf(Precision.class));

  public static final Setting<DeviceChoice> DEVICE =
      new Setting<>(
          "scorer.device",
          "--device",
          "auto|cpu|cuda",
          "auto",
          Setting.Topic.RUN,
          "what a replica computes on. cuda: on a cluster the GPU that Spark gives to the task, else"
              + " the first one, or cuda:N. auto: a GPU where Spark gives one or the PyTorch"
              + " library in use sees one, else the CPU. Scores of the two are not mixed. No GPU"
              + " has been tried yet",
          DeviceChoice::parse);

  public static final Setting<String> LEDGER =
      new Setting<>(
          "scorer.ledger",
          "--ledger",
          "DIR",
          "none",
          Setting.Topic.RUN,
          "a folder, on any Hadoop filesystem, that remembers scores: rows whose conversations"
              + " this model has scored before are written without being run, with the same bytes",
          AnnotateSettings::ledger);

  public static final Setting<Optional<DataSize>> MEMORY =
      new Setting<>(
          "scorer.memory",
          "--memory",
          "SIZE",
          "machine",
          Setting.Topic.RUN,
          "what a replica may take beside the Java heap and the mapped checkpoint, or of a GPU's"
              + " memory; machine takes three quarters of what is left beside the largest heap, or"
              + " nine tenths of the GPU's",
          Readers.optional("machine", Readers.sizeUpTo(LARGEST_MEMORY)));

  public static final Setting<OptionalInt> LOAD_TOKENS =
      new Setting<>(
          "scorer.load-tokens",
          "--load-tokens",
          "N",
          "memory",
          Setting.Topic.RUN,
          "tokens that go through the model's layers together; larger loads read a model that does"
              + " not fit the memory more rarely. memory takes 16384 (65536 where layers are brought"
              + " to a GPU one by one), or fewer where they do not fit",
          Readers.positiveOr("memory"));

  public static final Setting<OptionalInt> THREADS =
      new Setting<>(
          "scorer.threads",
          "--threads",
          "N",
          "cores",
          Setting.Topic.RUN,
          "CPU threads of a replica; cores takes every core of the machine",
          Readers.positiveOr("cores"));

  public static final Setting<Integer> EXECUTOR_WAIT =
      new Setting<>(
          "cluster.wait-for-executors",
          "--wait-for-executors",
          "SECONDS",
          "300",
          Setting.Topic.RUN,
          "how long a job on a cluster waits for its first executor before it fails",
          Readers.integer(1));

  public static final Setting<OptionalInt> ROW_TIMEOUT =
      new Setting<>(
          "scorer.row-timeout",
          "--row-timeout",
          "SECONDS",
          "none",
          Setting.Topic.RUN,
          "how long the model may take for a row, and a load for all of its rows together; a process"
              + " that takes longer ends itself, the rows are then run one by one, and one that is"
              + " late alone is rejected",
          Readers.positiveOr("none"));

  public static final Setting<Optional<DeviceModel>> DEVICE_MODEL =
      new Setting<>(
          "estimate.device-model",
          "--device-model",
          "NAME",
          "none",
          Setting.Topic.RUN,
          "with --dry-run: also how long one such GPU would take, on paper: "
              + String.join(", ", Arrays.stream(DeviceModel.values()).map(Readers::word).toList()),
          Readers.optional("none", Readers.oneOf(DeviceModel.class)));

  public static final List<Setting<?>> ALL =
      List.of(
          FORMAT,
          TURNS,
          MAX_LINE_BYTES,
          PIECE_BYTES,
          OUTPUT_FORMAT,
          LABELS,
          CALIBRATION,
          FIELD,
          SCALAR,
          COMPRESS,
          MAX_REJECTED,
          MODEL,
          PROMPT,
          TEMPLATE_DATE,
          ATTRIBUTES,
          REWARD_TOKEN,
          MAX_TOKENS,
          PRECISION,
          DEVICE,
          LEDGER,
          MEMORY,
          LOAD_TOKENS,
          THREADS,
          ROW_TIMEOUT,
          EXECUTOR_WAIT,
          DEVICE_MODEL);

  /**
   * A folder begun with other values of these is not finished, but refused. What else changes the
   * result the plan records by its meaning: the model's fingerprint in place of its path, sizes in
   * bytes.
   */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN = Set.of(REWARD_TOKEN.key());

  private static RowFormat format(String text) {
    return RowFormat.named(text)
        .orElseThrow(
            () ->
                Readers.refused(
                    "auto, "
                        + String.join(", ", RowFormat.ALL.stream().map(RowFormat::word).toList()),
                    text));
  }

  private static String ledger(String text) {
    if (text.isBlank()) {
      throw Readers.refused("a folder, or none", text);
    }
    return text.equals("none") ? "" : text;
  }

  static String folder(String text) {
    if (text.isBlank()) {
      throw Readers.refused("a folder, or demo", text);
    }
    return text;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Readers.refused("a date such as 2024-07-26", text);
    }
  }

  private static List<String> attributes(String text) {
    if (text.equals("model")) {
      return List.of();
    }
    try {
      return new Attributes(Readers.names(text)).names();
    } catch (IllegalArgumentException e) {
      // The flag already says that it is about attributes.
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replaceFirst("^attributes: ", ""), e);
    }
  }
}

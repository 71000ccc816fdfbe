package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.reward.LabelStyle;
import io.touchstone.selection.NamedScalar;
import io.touchstone.selection.ScalarPreset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that can be set for {@code annotate}, with its built-in default. */
public final class AnnotateSettings {
  private AnnotateSettings() {}

  public static final Setting<ScoredTurns> TURNS =
      Setting.of(Topic.INPUT, "input.turns", "--turns", "last|all", "last")
          .withHelp(
              "which assistant turns of messages, conversation, sharegpt and steerlm rows are scored")
          .as(Readers.oneOf(ScoredTurns.class));

  public static final Setting<LabelStyle> LABELS =
      Setting.of(Topic.OUTPUT, "output.labels", "--labels", "float|rounded", "float")
          .withHelp("the score as it is, or clamped to 0-4 and rounded half to even")
          .as(Readers.oneOf(LabelStyle.class));

  public static final Setting<Optional<String>> CALIBRATION =
      Setting.of(Topic.OUTPUT, "output.calibration", "--calibration", "FILE", "none")
          .withHelp(
              "a file of jobs/calibrate for this model, which says what label a score becomes; with"
                  + " --labels rounded")
          .as(Readers::unlessNone);

  public static final Setting<Optional<String>> FIELD =
      Setting.of(Topic.OUTPUT, "output.field", "--field", "NAME", "auto")
          .withHelp(
              "the name under which scores are written, in place of the word reward, rewards or score in"
                  + " the names of the table below (steerlm: in place of label, in the same turns), so"
                  + " that several models can annotate the same rows one after the other; auto takes"
                  + " those names as they are")
          .as(Readers.optional("auto", ScoreFields::checked));

  public static final Setting<Optional<NamedScalar>> SCALAR =
      Setting.of(Topic.OUTPUT, "output.scalar", "--scalar", "[NAME=]FORMULA", "none")
          .withHelp(
              "one number out of the model's attributes as it gave them, such as"
                  + " 0.65*helpfulness+0.8*correctness, written beside each score as the field scalar,"
                  + " or NAME; or the published weights of "
                  + ScalarPreset.words())
          .as(Readers.optional("none", NamedScalar::parse));

  public static final Setting<Optional<DeviceModel>> DEVICE_MODEL =
      Setting.of(Topic.RUN, "estimate.device-model", "--device-model", "NAME", "none")
          .withHelp(
              "with --dry-run: also how long one such GPU would take, on paper: "
                  + Readers.words(DeviceModel.class, ", "))
          .as(Readers.optional("none", Readers.oneOf(DeviceModel.class)));

  public static final List<Setting<?>> ALL =
      Setting.all(
          List.of(
              InputSettings.FORMAT,
              InputSettings.MAP,
              EncoderSettings.TEXT_FIELD,
              TURNS,
              InputSettings.SYSTEM_COLUMN,
              InputSettings.TOOLS,
              InputSettings.DROP_COLUMNS,
              InputSettings.MAX_LINE_BYTES,
              InputSettings.PIECE_BYTES),
          List.of(OutputSettings.FORMAT, LABELS, CALIBRATION, FIELD, SCALAR),
          List.of(OutputSettings.COMPRESS, OutputSettings.MAX_REJECTED, OutputSettings.METRICS),
          List.of(ModelSettings.MODEL),
          ModelSettings.OF_SCORING,
          RunSettings.OF_SCORING,
          List.of(DEVICE_MODEL));

  /**
   * A folder begun with other values of these is not finished, but refused. What else changes the
   * result the plan records by its meaning: the model's fingerprint in place of its path, sizes in
   * bytes.
   */
  public static final Set<String> KEYS_COMPARED_AS_WRITTEN =
      Set.of(ModelSettings.REWARD_TOKEN.key());
}

package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.reward.Attributes;
import io.touchstone.selection.calibration.Kind;
import java.util.List;

/** Everything that can be set for {@code calibrate}, with its built-in default. */
public final class CalibrateSettings {
  private CalibrateSettings() {}

  private static final String NONE = "none";
  private static final int MOST_FOLDS = 100;

  public static final Setting<String> SCORE =
      new Setting<>(
          "calibration.score",
          "--score",
          "FIELD",
          "reward",
          Setting.Topic.INPUT,
          "the field with a row's score",
          CalibrateSettings::name);

  public static final Setting<String> LABEL =
      new Setting<>(
          "calibration.label",
          "--label",
          "FIELD",
          "attribute",
          Setting.Topic.INPUT,
          "the field with its human label, 0 to 4; attribute takes that of the attribute's name",
          text -> text.equals("attribute") ? "" : name(text));

  public static final Setting<List<String>> ATTRIBUTES =
      new Setting<>(
          "calibration.attributes",
          "--attributes",
          "A,B,...",
          "model",
          Setting.Topic.INPUT,
          "the attributes of a score that is an object; model takes those that run.json names",
          text -> text.equals("model") ? List.of() : new Attributes(Readers.names(text)).names());

  public static final Setting<Kind> KIND =
      new Setting<>(
          "calibration.kind",
          "--kind",
          "NAME",
          "isotonic",
          Setting.Topic.CHOICE,
          "isotonic: the rising curve nearest to the labels; linear: the straight line nearest to"
              + " them, clamped; quantile: each label for a fifth of the scores, without human"
              + " labels",
          Readers.oneOf(Kind.class));

  public static final Setting<Integer> FOLDS =
      new Setting<>(
          "calibration.folds",
          "--folds",
          "N",
          "5",
          Setting.Topic.CHOICE,
          "parts of the rows; agreement is measured on each with a curve made from the others",
          CalibrateSettings::folds);

  public static final Setting<Integer> SEED =
      new Setting<>(
          "calibration.seed",
          "--seed",
          "N",
          "1",
          Setting.Topic.CHOICE,
          "of the parting into folds",
          Readers.integer(0));

  public static final Setting<String> MODEL =
      new Setting<>(
          "model.path",
          "--model",
          "DIR",
          NONE,
          Setting.Topic.MODEL,
          "the model that made the scores; none takes the one that run.json beside the rows names",
          AnnotateSettings::folder);

  public static final List<Setting<?>> ALL =
      List.of(
          SCORE,
          LABEL,
          ATTRIBUTES,
          AnnotateSettings.MAX_LINE_BYTES,
          KIND,
          FOLDS,
          SEED,
          AnnotateSettings.MAX_REJECTED,
          MODEL);

  public static boolean hasModel(Settings settings) {
    return !settings.get(MODEL).equals(NONE);
  }

  private static int folds(String text) {
    int folds = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (folds < 2 || folds > MOST_FOLDS) {
      throw Readers.refused("2 to " + MOST_FOLDS, text);
    }
    return folds;
  }

  private static String name(String text) {
    if (text.isBlank()) {
      throw Readers.refused("the name of a field", text);
    }
    return text;
  }
}

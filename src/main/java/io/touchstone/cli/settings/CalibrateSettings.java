package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.selection.calibration.Kind;
import io.touchstone.selection.calibration.LabelRange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Everything that can be set for {@code calibrate}, with its built-in default. */
public final class CalibrateSettings {
  private CalibrateSettings() {}

  private static final int MOST_FOLDS = 100;

  private static final Function<String, String> NAME = Readers.notBlank("the name of a field");

  public static final Setting<String> SCORE =
      Setting.of(Topic.INPUT, "calibration.score", "--score", "FIELD", "reward")
          .withHelp("the field with a row's score")
          .as(NAME);

  public static final Setting<Optional<String>> LABEL =
      Setting.of(Topic.INPUT, "calibration.label", "--label", "FIELD", "attribute")
          .withHelp("the field with its human label; attribute takes that of the attribute's name")
          .as(Readers.optional("attribute", NAME));

  public static final Setting<LabelRange> LABEL_RANGE =
      Setting.of(Topic.INPUT, "calibration.label-range", "--label-range", "LOW..HIGH", "0..4")
          .withHelp(
              "the scale of the human labels, such as 1..5; a straight line brings it onto that from 0 to"
                  + " 4, and a label outside of it ends the call")
          .as(LabelRange::parse);

  public static final Setting<List<String>> ATTRIBUTES =
      Setting.of(Topic.INPUT, "calibration.attributes", "--attributes", "A,B,...", "model")
          .withHelp(
              "the attributes of a score that is an object; model takes those that _run.json names")
          .as(ModelSettings.ATTRIBUTES.reader());

  public static final Setting<Kind> KIND =
      Setting.of(Topic.CHOICE, "calibration.kind", "--kind", "NAME", "isotonic")
          .withHelp(
              "isotonic: the rising curve nearest to the labels; linear: the straight line nearest to"
                  + " them, clamped; quantile: each label for a fifth of the scores, without human"
                  + " labels")
          .as(Readers.oneOf(Kind.class));

  public static final Setting<Integer> FOLDS =
      Setting.of(Topic.CHOICE, "calibration.folds", "--folds", "N", "5")
          .withHelp(
              "parts of the prompts; agreement is measured on the rows of each with a curve made from the"
                  + " others")
          .as(Readers.integer(2, MOST_FOLDS, "2 to " + MOST_FOLDS));

  public static final Setting<Integer> SEED =
      Setting.of(Topic.CHOICE, "calibration.seed", "--seed", "N", "1")
          .withHelp("of the parting into folds")
          .as(Readers.integer(0));

  public static final Setting<Optional<String>> MODEL =
      ModelSettings.orNone(
          "the model that made the scores; none takes the one that _run.json beside the rows names");

  public static final List<Setting<?>> ALL =
      List.of(
          SCORE,
          LABEL,
          LABEL_RANGE,
          ATTRIBUTES,
          InputSettings.MAX_LINE_BYTES,
          KIND,
          FOLDS,
          SEED,
          OutputSettings.MAX_REJECTED,
          OutputSettings.METRICS,
          MODEL,
          ModelSettings.CHAT_TEMPLATE,
          ModelSettings.TOKENIZER,
          ModelSettings.NORMALIZE_REWARD,
          ModelSettings.BASE);
}

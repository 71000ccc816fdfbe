package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import io.touchstone.selection.report.DriftLimit;
import java.util.List;
import java.util.Optional;

/** Everything that can be set for {@code report}, with its built-in default. */
public final class ReportSettings {
  private ReportSettings() {}

  private static final String NONE = "none";
  private static final int MOST_EXTREMES = 1_000;

  public static final Setting<Optional<String>> AGAINST =
      Setting.of(Topic.INPUT, "report.against", "--against", "DIR", NONE)
          .withHelp("another finished result, such as yesterday's, to compare the scores with")
          .as(Readers::unlessNone);

  public static final Setting<List<String>> FIELDS =
      Setting.of(Topic.INPUT, "report.fields", "--fields", "A,B,...", "auto")
          .withHelp(
              "the names that jobs/annotate --field gave to the scores of several models; auto takes those"
                  + " of the run that made DIR and of the runs whose results it read")
          .as(Readers.listOr("auto", ReportSettings::fields));

  public static final Setting<Optional<DriftLimit>> MAX_DRIFT =
      Setting.of(Topic.CHOICE, "report.max-drift", "--max-drift", "X|chance", NONE)
          .withHelp(
              "a population stability index beyond it, and beyond what chance passes once in a hundred"
                  + " times with so many scores, ends the job with exit status 3; 0.1 is a slight drift,"
                  + " 0.25 a shift; chance is 0.1, below which the page says 'as before'; needs"
                  + " --against")
          .as(ReportSettings::maxDrift);

  public static final Setting<Integer> EXTREMES =
      Setting.of(Topic.CHOICE, "report.extremes", "--extremes", "N", "5")
          .withHelp("how many of the highest and of the lowest responses are listed, at most 1000")
          .as(Readers.integer(0, MOST_EXTREMES, "a whole number from 0 to " + MOST_EXTREMES));

  public static final Setting<Boolean> SHOW_TEXT =
      Setting.of(Topic.OUTPUT, "report.show-text", "--show-text", "", "no")
          .withBare("yes")
          .withHelp(
              "quotes the highest and lowest responses and what was asked; without it no text leaves the"
                  + " rows")
          .as(Readers::yesOrNo);

  public static final Setting<Optional<String>> OUTPUT =
      Setting.of(Topic.OUTPUT, "report.output", "--output", "FOLDER", NONE)
          .withHelp(
              "the folder that receives report.html and report.json; none puts them into DIR, as _report.html and _report.json")
          .as(Readers::unlessNone);

  public static final List<Setting<?>> ALL =
      List.of(
          AGAINST,
          FIELDS,
          InputSettings.MAX_LINE_BYTES,
          MAX_DRIFT,
          EXTREMES,
          SHOW_TEXT,
          OUTPUT,
          OutputSettings.METRICS);

  private static List<String> fields(String text) {
    List<String> names = Readers.names(text);
    if (names.contains("") || names.stream().distinct().count() < names.size()) {
      throw Readers.refused("different names, separated by commas, or auto", text);
    }
    return names;
  }

  private static Optional<DriftLimit> maxDrift(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    if (text.equals(DriftLimit.CHANCE.typed())) {
      return Optional.of(DriftLimit.CHANCE);
    }
    double least;
    try {
      least = Readers.decimal(text);
    } catch (IllegalArgumentException e) {
      throw Readers.refused("a number from 0, chance or none", text);
    }
    if (least < 0) {
      throw Readers.refused("a number from 0, chance or none", text);
    }
    return Optional.of(new DriftLimit(text, least));
  }
}

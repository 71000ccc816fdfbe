package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Settings;
import io.touchstone.selection.report.Texts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Everything that can be set for {@code report}, with its built-in default. */
public final class ReportSettings {
  private ReportSettings() {}

  private static final String NONE = "none";
  private static final int MOST_EXTREMES = 1_000;

  public static final Setting<String> AGAINST =
      new Setting<>(
          "report.against",
          "--against",
          "DIR",
          NONE,
          Setting.Topic.INPUT,
          "another finished result, such as yesterday's, to compare the scores with",
          text -> text.equals(NONE) ? "" : text);

  public static final Setting<List<String>> FIELDS =
      new Setting<>(
          "report.fields",
          "--fields",
          "A,B,...",
          "auto",
          Setting.Topic.INPUT,
          "the names that jobs/annotate --field gave to the scores of several models; auto takes those"
              + " of the run that made DIR and of the runs whose results it read",
          ReportSettings::fields);

  public static final Setting<OptionalDouble> MAX_DRIFT =
      new Setting<>(
          "report.max-drift",
          "--max-drift",
          "X",
          NONE,
          Setting.Topic.CHOICE,
          "a population stability index beyond it ends the job with exit status 3; 0.1 is a slight"
              + " drift, 0.25 a shift; needs --against",
          ReportSettings::maxDrift);

  public static final Setting<Integer> EXTREMES =
      new Setting<>(
          "report.extremes",
          "--extremes",
          "N",
          "5",
          Setting.Topic.CHOICE,
          "how many of the highest and of the lowest responses are listed, at most 1000",
          ReportSettings::extremes);

  static final Setting<Boolean> SHOW_TEXT =
      new Setting<>(
          "report.show-text",
          "--show-text",
          "",
          "no",
          Setting.Topic.OUTPUT,
          "quotes the highest and lowest responses and what was asked; without it no text leaves the"
              + " rows",
          Optional.of("yes"),
          Readers::yesOrNo);

  public static final Setting<String> OUTPUT =
      new Setting<>(
          "report.output",
          "--output",
          "FOLDER",
          NONE,
          Setting.Topic.OUTPUT,
          "the folder that receives report.html and report.json; none puts them into DIR",
          text -> text.equals(NONE) ? "" : text);

  public static final List<Setting<?>> ALL =
      List.of(
          AGAINST, FIELDS, AnnotateSettings.MAX_LINE_BYTES, MAX_DRIFT, EXTREMES, SHOW_TEXT, OUTPUT);

  public static Texts texts(Settings settings) {
    return settings.get(SHOW_TEXT) ? Texts.SHOWN : Texts.HIDDEN;
  }

  private static List<String> fields(String text) {
    if (text.equals("auto")) {
      return List.of();
    }
    List<String> names = Readers.names(text);
    if (names.contains("") || names.stream().distinct().count() < names.size()) {
      throw Readers.refused("different names, separated by commas, or auto", text);
    }
    return names;
  }

  private static OptionalDouble maxDrift(String text) {
    if (text.equals(NONE)) {
      return OptionalDouble.empty();
    }
    double most;
    try {
      most = Readers.decimal(text);
    } catch (IllegalArgumentException e) {
      throw Readers.refused("a number from 0, or none", text);
    }
    if (most < 0) {
      throw Readers.refused("a number from 0, or none", text);
    }
    return OptionalDouble.of(most);
  }

  private static int extremes(String text) {
    int extremes = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    if (extremes < 0 || extremes > MOST_EXTREMES) {
      throw Readers.refused("a whole number from 0 to " + MOST_EXTREMES, text);
    }
    return extremes;
  }
}

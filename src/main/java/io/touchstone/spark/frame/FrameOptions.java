package io.touchstone.spark.frame;

import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.problem.NearestName;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Annotate's settings as options of a call: each has the name of its flag, without the dashes.
 *
 * <p>A value is a text as the flag takes it, a number, or true and false for a flag that stands
 * alone; a list where the flag is repeated or takes texts with commas between; for {@code map} also
 * a map from targets to paths.
 */
final class FrameOptions {

  /** What says something of files, folders, or what a job promises. */
  private static final Set<Setting<?>> OF_JOBS =
      Set.of(
          InputSettings.PIECE_BYTES,
          InputSettings.DROP_COLUMNS,
          OutputSettings.FORMAT,
          OutputSettings.COMPRESS,
          OutputSettings.MAX_REJECTED,
          RunSettings.LEDGER,
          RunSettings.ROW_TIMEOUT,
          RunSettings.EXECUTOR_WAIT,
          AnnotateSettings.DEVICE_MODEL);

  /** Names files of settings, as {@code --conf} does. */
  private static final String CONF = "conf";

  private static final Pattern FLAG =
      Pattern.compile("(?<![\\w-])--([a-z]+(?:-[a-z]+)*)(?![\\w-])");

  private final Map<String, Setting<?>> settings = new TreeMap<>();

  FrameOptions(Collection<Setting<?>> ofAnnotate) {
    ofAnnotate.forEach(setting -> settings.put(setting.flag().substring(2), setting));
    OF_JOBS.forEach(setting -> settings.remove(setting.flag().substring(2)));
  }

  /**
   * The settings that options say; what is wrong with them is added.
   *
   * @param options by their names
   */
  Layer layer(Map<String, ?> options, Problems problems) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          Setting<?> setting = settings.get(name);
          if (name.equals(CONF)) {
            return;
          }
          if (setting == null) {
            problems.add(unknown(name));
          } else {
            text(setting, value, problems)
                .ifPresent(
                    text ->
                        entries.put(
                            setting.key(), new Layer.Entry(text, setting.flag(), setting.flag())));
          }
        });
    if (!options.containsKey(name(ModelSettings.MODEL)) && !options.containsKey(CONF)) {
      problems.add(
          Problem.at(ModelSettings.MODEL.flag())
              .expected("a reward model's folder, or demo")
              .found("nothing"));
    }
    return new Layer(entries);
  }

  /** Files that say settings; what an option says wins. */
  List<String> confFiles(Map<String, ?> options, Problems problems) {
    Object value = options.get(CONF);
    if (value == null) {
      return List.of();
    }
    List<?> files = value instanceof List<?> several ? several : List.of(value);
    if (!files.stream().allMatch(String.class::isInstance)) {
      problems.add(Problem.at(CONF).expected("a file, or a list of files").found(shown(value)));
      return List.of();
    }
    return files.stream().map(String.class::cast).toList();
  }

  private static String name(Setting<?> setting) {
    return setting.flag().substring(2);
  }

  private String unknown(String name) {
    if (OF_JOBS.stream().anyMatch(setting -> name(setting).equals(name))) {
      return Problem.at(name)
          .expected("an option of frames")
          .found("one of jobs/annotate alone, which writes files");
    }
    return Problem.at(name)
        .expected("one of " + CONF + ", " + String.join(", ", settings.keySet()))
        .found(
            "no such option"
                + NearestName.of(name, settings.keySet())
                    .map(nearest -> " (" + nearest + "?)")
                    .orElse(""));
  }

  private static Optional<String> text(
      Setting<?> setting, @Nullable Object value, Problems problems) {
    if (setting.shape().isEmpty()) {
      return bare(setting, value, problems);
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    if (value instanceof Number number) {
      return Optional.of(number.toString());
    }
    if (value instanceof List<?> list) {
      return joined(setting, list, problems);
    }
    if (value instanceof Map<?, ?> map && setting.equals(InputSettings.MAP)) {
      return Optional.of(paths(map));
    }
    return problems.none(Problem.at(setting.flag()).expected(setting.shape()).found(shown(value)));
  }

  private static String shown(@Nullable Object value) {
    return value == null || value instanceof Boolean
        ? String.valueOf(value)
        : "a " + value.getClass().getSimpleName();
  }

  /** Of a flag that takes no value. */
  private static Optional<String> bare(
      Setting<?> setting, @Nullable Object value, Problems problems) {
    return switch (String.valueOf(value)) {
      case "true" -> setting.bare();
      case "false" -> Optional.of(setting.fallback());
      default ->
          problems.none(
              Problem.at(setting.flag())
                  .expected("true or false")
                  .found(value instanceof String text ? "'" + text + "'" : shown(value)));
    };
  }

  private static Optional<String> joined(Setting<?> setting, List<?> values, Problems problems) {
    String between = setting.times() == Setting.Times.ONCE ? "," : "\n";
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      String text = String.valueOf(value);
      if (text.contains(between)) {
        return problems.none(
            Problem.at(setting.flag())
                .expected(
                    "a list of texts without " + (between.equals(",") ? "commas" : "line ends"))
                .found("one in '" + Problem.shown(text) + "'"));
      }
      texts.add(text);
    }
    return Optional.of(String.join(between, texts));
  }

  private static String paths(Map<?, ?> map) {
    return map.entrySet().stream()
        .flatMap(
            target ->
                (target.getValue() instanceof List<?> several
                        ? several
                        : List.of(String.valueOf(target.getValue())))
                    .stream().map(path -> target.getKey() + "=" + path))
        .collect(Collectors.joining(","));
  }

  /**
   * What is given, or refused with problems that name options as they were given.
   *
   * @throws Refused as it was thrown
   */
  <T> T telling(Supplier<T> work) {
    try {
      return work.get();
    } catch (Refused refused) {
      throw new Refused(
          refused.problems().stream()
              .map(problem -> FLAG.matcher(problem).replaceAll(this::option))
              .toList());
    }
  }

  private String option(MatchResult flag) {
    return Matcher.quoteReplacement(
        settings.containsKey(flag.group(1)) ? flag.group(1) : flag.group());
  }
}

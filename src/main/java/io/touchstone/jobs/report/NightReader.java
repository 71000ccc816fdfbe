package io.touchstone.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.selection.report.Distribution;
import io.touchstone.selection.report.RunFigures;
import io.touchstone.selection.report.history.Night;
import io.touchstone.selection.report.history.NightScores;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a trend is made of from a {@code report.json}, this version's or an older one's.
 *
 * @param name of the report's folder, which may hold the night's date
 */
record NightReader(String name) {

  private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)");
  private static final int PERCENTILES = 101;

  /**
   * @throws NotANight with the field, what was expected and what was found
   */
  Night read(JsonNode report) throws NotANight {
    if (!report.path("program").isTextual()
        || !report.path("run").isObject()
        || !report.path("columns").isObject()) {
      throw new NotANight("expected a report of jobs/report, found other JSON");
    }
    if (report.path("columns").isEmpty()) {
      throw new NotANight("expected a report on scores, found one on answers without scores");
    }
    RunFigures run = run(report.path("run"));
    Map<String, NightScores> columns = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> column : report.path("columns").properties()) {
      columns.put(
          column.getKey(),
          scores(
              "columns." + column.getKey(), column.getValue(), report.path("against").asText("")));
    }
    return new Night(
        date(run.finished()),
        name,
        text("result", report.path("result")),
        run,
        count("responses", report.path("responses")),
        columns);
  }

  /** The last date of the folder's name, or the day on which the run was finished. */
  private LocalDate date(@Nullable String finished) throws NotANight {
    Matcher named = DATE.matcher(name);
    LocalDate last = null;
    while (named.find()) {
      try {
        last = LocalDate.parse(named.group());
      } catch (DateTimeException e) {
        // Digits that only look like one.
        continue;
      }
    }
    if (last != null) {
      return last;
    }
    try {
      return Instant.parse(finished == null ? "" : finished).atZone(ZoneOffset.UTC).toLocalDate();
    } catch (DateTimeException e) {
      throw new NotANight(
          "expected a date such as 2026-11-29 in its path, or the run's in run.finished, found"
              + " neither");
    }
  }

  private static RunFigures run(JsonNode run) throws NotANight {
    JsonNode model = run.path("model");
    JsonNode rows = run.path("rows");
    JsonNode speed = run.path("speed");
    return new RunFigures(
        run.path("finished").isTextual() ? run.path("finished").asText() : null,
        new RunFigures.Model(
            model.path("path").asText(),
            model.path("architecture").asText(),
            text("run.model.fingerprint", model.path("fingerprint")),
            model.path("precision").asText()),
        run.path("labels").isTextual() ? run.path("labels").asText() : null,
        new RunFigures.Rows(
            count("run.rows.in", rows.path("in")),
            count("run.rows.out", rows.path("out")),
            count("run.rows.rejected", rows.path("rejected")),
            count("run.rows.blank", rows.path("blank"))),
        RunFigures.Tokens.of(
            run.path("tokens").path("presented").asLong(),
            run.path("tokens").path("computed").asLong(),
            run.path("tokens").path("known").asLong()),
        speed.isObject()
            ? new RunFigures.Speed(
                number("run.speed.seconds", speed.path("seconds")),
                number("run.speed.rowsPerSecond", speed.path("rowsPerSecond")),
                number("run.speed.tokensPerSecond", speed.path("tokensPerSecond")))
            : null);
  }

  private static NightScores scores(String path, JsonNode column, String against) throws NotANight {
    JsonNode scores = column.path("scores");
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int percent : Distribution.percents()) {
      String name = "p" + percent;
      quantiles.put(
          name, number(path + ".scores.quantiles." + name, scores.path("quantiles").path(name)));
    }
    List<Double> percentiles = new ArrayList<>();
    for (JsonNode value : column.path("percentiles")) {
      double next = number(path + ".percentiles", value);
      if (!percentiles.isEmpty() && next < percentiles.get(percentiles.size() - 1)) {
        throw new NotANight(path + ".percentiles: expected numbers that rise, found others");
      }
      percentiles.add(next);
    }
    if (!percentiles.isEmpty() && percentiles.size() != PERCENTILES) {
      throw new NotANight(
          path + ".percentiles: expected " + PERCENTILES + ", found " + percentiles.size());
    }
    JsonNode drift = column.path("drift");
    JsonNode winRate = column.path("preference").path("winRate");
    return new NightScores(
        new Distribution(
            some(path + ".scores.count", scores.path("count")),
            number(path + ".scores.mean", scores.path("mean")),
            number(path + ".scores.std", scores.path("std")),
            number(path + ".scores.min", scores.path("min")),
            number(path + ".scores.max", scores.path("max")),
            quantiles),
        percentiles,
        labels(path + ".labels", column.path("labels")),
        winRate.isNumber() ? winRate.asDouble() : null,
        drift.isObject()
            ? new NightScores.Reported(
                number(path + ".drift.psi", drift.path("psi")),
                drift.path("verdict").asText(),
                against)
            : null);
  }

  private static SortedMap<Long, Long> labels(String path, JsonNode labels) throws NotANight {
    SortedMap<Long, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      try {
        counts.put(Long.parseLong(label.getKey()), some(path, label.getValue()));
      } catch (NumberFormatException e) {
        throw new NotANight(path + ": expected whole numbers for names, found another");
      }
    }
    return counts;
  }

  private static String text(String path, JsonNode value) throws NotANight {
    if (!value.isTextual()) {
      throw new NotANight(path + ": expected a text, found " + found(value));
    }
    return value.asText();
  }

  private static double number(String path, JsonNode value) throws NotANight {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new NotANight(path + ": expected a number, found " + found(value));
    }
    return value.asDouble();
  }

  private static long count(String path, JsonNode value) throws NotANight {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new NotANight(path + ": expected a number of rows or scores, found " + found(value));
    }
    return value.asLong();
  }

  /** What nothing has been counted of is in no report. */
  private static long some(String path, JsonNode value) throws NotANight {
    long counted = count(path, value);
    if (counted == 0) {
      throw new NotANight(path + ": expected at least one, found 0");
    }
    return counted;
  }

  /** Its kind alone: a foreign file may hold anything. */
  private static String found(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}

package io.touchstone.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures of one run in Prometheus' text exposition format, version 0.0.4: gauges, as each run says
 * anew what it did. A name ends with its unit.
 */
public final class MetricsText {

  private static final String PREFIX = "touchstone_";

  private final Map<String, String> common;
  private final Map<String, Family> families = new LinkedHashMap<>();

  private record Family(String help, List<String> samples) {}

  /**
   * @param common labels of every sample
   */
  public MetricsText(Map<String, String> common) {
    this.common = new LinkedHashMap<>(common);
  }

  /**
   * @param name without the program's, such as {@code read_rows}
   */
  public MetricsText gauge(String name, String help, double value) {
    return add(name, help, Map.of(), value);
  }

  /** One sample for each value, told apart by a label. */
  public MetricsText gauges(
      String name, String help, String label, Map<String, ? extends Number> values) {
    values.forEach((of, value) -> add(name, help, Map.of(label, of), value.doubleValue()));
    return this;
  }

  private MetricsText add(String name, String help, Map<String, String> own, double value) {
    Map<String, String> labels = new LinkedHashMap<>(common);
    labels.putAll(own);
    String all =
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    families
        .computeIfAbsent(PREFIX + name, none -> new Family(help, new ArrayList<>()))
        .samples
        .add(all + " " + number(value));
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Whole numbers without a point, and the format's words for what is no number. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
          text.append("# TYPE ").append(name).append(" gauge\n");
          family.samples.forEach(sample -> text.append(name).append(sample).append('\n'));
        });
    return text.toString();
  }
}

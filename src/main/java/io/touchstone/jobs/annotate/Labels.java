package io.touchstone.jobs.annotate;

import io.touchstone.reward.Attributes;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.RewardText;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What scores become in rows.
 *
 * @param calibration from scores to rounded labels; null for none
 */
public record Labels(LabelStyle style, @Nullable Calibration calibration) implements Serializable {

  private static final long serialVersionUID = 1L;

  public static Labels of(LabelStyle style) {
    return new Labels(style, null);
  }

  /** How rows spell scores of these attributes. */
  public RewardText text(List<String> attributes, RowWriting writing) {
    return new RewardText(new Attributes(attributes), style, calibration, writing.weighing())
        .with(writing.voteFields());
  }

  /** What an output folder's plan keeps. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("labels", style.name().toLowerCase(Locale.ROOT));
    if (calibration != null) {
      settings.put("calibration", calibration.digest());
    }
    return settings;
  }
}

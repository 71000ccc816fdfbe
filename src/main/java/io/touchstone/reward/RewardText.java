package io.touchstone.reward;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rewards as the text that is written into rows.
 *
 * @param calibration from scores to the labels of {@link LabelStyle#ROUNDED}; null where scores lie
 *     on the scale of labels
 * @param scalar made of a reward's values as they are, whatever the style; null for none
 * @param keys when a reward is written with the attributes' names
 * @param voteFields what of a judge's votes stands beside it
 */
public record RewardText(
    Attributes attributes,
    LabelStyle style,
    @Nullable Calibration calibration,
    @Nullable Scalar scalar,
    Keys keys,
    Set<VoteField> voteFields) {

  /** When a reward is an object. */
  public enum Keys {
    /** A single value is a number. */
    OF_SEVERAL,
    ALWAYS
  }

  public RewardText {
    voteFields = Collections.unmodifiableSet(new TreeSet<>(voteFields));
    if (calibration != null && !calibration.missing(attributes.names()).isEmpty()) {
      throw new IllegalArgumentException(
          "calibration: expected curves for "
              + attributes.names()
              + ", found none for "
              + calibration.missing(attributes.names()));
    }
  }

  /** With names where there are several values. */
  public RewardText(
      Attributes attributes,
      LabelStyle style,
      @Nullable Calibration calibration,
      @Nullable Scalar scalar) {
    this(attributes, style, calibration, scalar, Keys.OF_SEVERAL, Set.of());
  }

  /** The same, with something of a judge's votes beside each reward. */
  public RewardText with(Set<VoteField> fields) {
    return new RewardText(attributes, style, calibration, scalar, keys, fields);
  }

  /** As rewards are written that have names of their own, of which nothing else is known. */
  public RewardText of(Attributes others, Keys withKeys) {
    return new RewardText(others, style, null, null, withKeys, voteFields);
  }

  /** Whether something is made of a reward that only its attributes' names tell. */
  public boolean needsNames() {
    return calibration != null || scalar != null;
  }

  /**
   * A reward's scalar as JSON, if there is one.
   *
   * @throws ArithmeticException if it is no finite number
   */
  public Optional<String> scalarText(Reward reward) {
    return scalar == null
        ? Optional.empty()
        : Optional.of(Double.toString(scalar.of(name -> decimal(reward, name))));
  }

  /**
   * What is written beside a reward, as JSON: its scalar, then what its votes tell.
   *
   * @throws ArithmeticException if the scalar is no finite number
   */
  public List<String> beside(Reward reward) {
    return Stream.concat(
            scalarText(reward).stream(), voteFields.stream().map(field -> ofVotes(reward, field)))
        .toList();
  }

  private String ofVotes(Reward reward, VoteField field) {
    if (reward.votes().size() != reward.values().length) {
      throw new IllegalArgumentException("reward: expected a judge's votes, found none");
    }
    return keyed(
        reward.values().length,
        i -> {
          Votes votes = reward.votes().get(i);
          return switch (field) {
            case SPREAD -> shortest(votes.spread());
            case RATIONALE -> rationale(votes.rationales());
          };
        });
  }

  /** A text of one vote, a list of those of several. */
  private static String rationale(List<String> texts) {
    return texts.size() == 1
        ? quoted(texts.get(0))
        : texts.stream().map(RewardText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Why a row cannot be written: a scalar of its rewards is no finite number. */
  public Optional<Rejected> unweighable(Scored scored) {
    try {
      scored.rewards().forEach(this::scalarText);
      return Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.of(new Rejected("not-finite", "scalar: " + e.getMessage()));
    }
  }

  /** The number that a reader of the row gets, so that it can compute the same. */
  private double decimal(Reward reward, String attribute) {
    int output = attributes.names().indexOf(attribute);
    if (output < 0) {
      throw new IllegalArgumentException(
          "scalar: expected one of " + attributes.names() + ", found " + attribute);
    }
    return Double.parseDouble(shortest(reward.values()[output]));
  }

  /** A JSON number for one output, else an object of the attributes in their order. */
  public String json(Reward reward) {
    float[] values = reward.values();
    check(values);
    return keyed(values.length, i -> number(values, i));
  }

  private String keyed(int count, IntFunction<String> value) {
    if (count == 1 && keys == Keys.OF_SEVERAL) {
      return value.apply(0);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> quoted(attributes.names().get(i)) + ": " + value.apply(i))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** SteerLM's label text as a JSON string: {@code "helpfulness:3,correctness:4"}. */
  public String label(Reward reward) {
    float[] values = reward.values();
    check(values);
    return quoted(
        IntStream.range(0, values.length)
            .mapToObj(i -> attributes.names().get(i) + ":" + number(values, i))
            .collect(Collectors.joining(",")));
  }

  /** The label that each of the reward's values becomes; none where scores are written. */
  public int[] labels(Reward reward) {
    float[] values = reward.values();
    check(values);
    return style == LabelStyle.FLOAT
        ? new int[0]
        : IntStream.range(0, values.length).map(i -> label(values, i)).toArray();
  }

  /** How many of the reward's values had to be moved onto the scale from 0 to 4. */
  public int clamped(Reward reward) {
    int clamped = 0;
    if (style == LabelStyle.ROUNDED && calibration == null) {
      for (float value : reward.values()) {
        clamped += value < 0 || value > 4 ? 1 : 0;
      }
    }
    return clamped;
  }

  private void check(float[] values) {
    if (values.length != attributes.names().size()) {
      throw new IllegalArgumentException(
          "reward: expected "
              + attributes.names().size()
              + " values, one for each attribute, found "
              + values.length);
    }
  }

  private String number(float[] values, int output) {
    float value = values[output];
    return switch (style) {
      case FLOAT -> shortest(value);
      case ROUNDED -> Integer.toString(label(values, output));
    };
  }

  private int label(float[] values, int output) {
    return calibration == null
        ? rounded(values[output])
        : calibration.label(attributes.names().get(output), values[output]);
  }

  /**
   * Clamped to [0, 4], then to the nearest integer, halves to the even one, as NeMo-Aligner does.
   */
  static int rounded(float value) {
    if (Float.isNaN(value)) {
      throw new IllegalArgumentException("reward: expected a number, found NaN");
    }
    return (int) Math.rint(Math.min(4, Math.max(0, value)));
  }

  /**
   * The decimal with the fewest digits that reads back as the same float32; among those the nearest
   * one. Always with a point or an exponent, so that a column of floats stays one.
   *
   * <p>Float.toString of JDK 17 is not it: it writes a digit too many for some values
   * (JDK-4511638).
   */
  static String shortest(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("reward: expected a finite number, found " + value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    // Decimals of 6 digits lie further apart than floats: where 6 are too few, fewer are as well.
    int digits = readsBack(rounded(exact, 6), value) ? 1 : 7;
    while (digits < 9 && !readsBack(rounded(exact, digits), value)) {
      digits++;
    }
    BigDecimal rounded = rounded(exact, digits).stripTrailingZeros();
    int magnitude = rounded.precision() - rounded.scale();
    if (magnitude < -4 || magnitude > 16) {
      return rounded.unscaledValue() + "E" + -rounded.scale();
    }
    return rounded.scale() <= 0
        ? rounded.setScale(1, RoundingMode.UNNECESSARY).toPlainString()
        : rounded.toPlainString();
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static boolean readsBack(BigDecimal decimal, float value) {
    // Not floatValue(), which rounds twice in JDK 17.
    return Float.parseFloat(decimal.toString()) == value;
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}

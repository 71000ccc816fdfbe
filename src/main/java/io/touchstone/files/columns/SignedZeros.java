package io.touchstone.files.columns;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads {@code -0.0} as a zero of its own, as no decimal has a sign without a value. */
final class SignedZeros extends JsonParserDelegate {

  /** Told from other zeros by being this very one. */
  private static final BigDecimal NEGATIVE = new BigDecimal("0.0");

  SignedZeros(JsonParser in) {
    super(in);
  }

  /** A number, or the name of what is none, as it stands in its column. */
  @SuppressWarnings("ReferenceEquality") // That is what the constant is for.
  static String text(JsonNode value) {
    return value.isBigDecimal() && value.decimalValue() == NEGATIVE ? "-0.0" : value.asText();
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    BigDecimal value = super.getDecimalValue();
    return value.signum() == 0 && getText().startsWith("-") ? NEGATIVE : value;
  }
}

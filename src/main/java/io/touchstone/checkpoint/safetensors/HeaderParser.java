package io.touchstone.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.touchstone.problem.Problem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors header as a stream, so that a hostile one costs little more than its size.
 */
public record HeaderParser(
    JsonParser parser, Problem here, List<String> problems, List<HeaderEntry> entries) {
  private static final int MAX_TENSORS = 100_000;
  private static final int MAX_RANK = 8;
  private static final String METADATA = "__metadata__";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * @param problems receives all of them, also a million
   */
  public static List<HeaderEntry> parse(byte[] header, Problem here, List<String> problems) {
    try (JsonParser parser = JSON.createParser(header)) {
      List<HeaderEntry> entries = new ArrayList<>();
      if (isUtf8(header)) {
        new HeaderParser(parser, here, problems, entries).read();
      } else {
        problems.add(here.field("header").expected("UTF-8").found("other bytes"));
      }
      return entries;
    } catch (IOException e) {
      problems.add(UnfitFile.notJson(here.field("header"), e));
      return List.of();
    }
  }

  /** Jackson passes over what it skips without looking. */
  private static boolean isUtf8(byte[] header) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problems.add(
          here.field("header").expected("a JSON object").found(shown(parser.currentToken())));
      return;
    }
    for (int seen = 0; parser.nextToken() == JsonToken.FIELD_NAME; seen++) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(METADATA)) {
        parser.skipChildren();
      } else if (seen > MAX_TENSORS) {
        problems.add(
            here.field("header").expected("at most " + MAX_TENSORS + " tensors").found("more"));
        return;
      } else {
        entry(name).ifPresent(entries::add);
      }
    }
    if (parser.nextToken() != null) {
      problems.add(here.field("header").expected("one JSON object").found("more after it"));
    }
  }

  private Optional<HeaderEntry> entry(String name) throws IOException {
    Problem at = here.field("tensor " + Problem.shown(name));
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      problems.add(at.expected("a JSON object").found(shown(parser.currentToken())));
      parser.skipChildren();
      return Optional.empty();
    }
    @Nullable String dtype = null;
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        case "shape" -> shape = numbers();
        case "data_offsets" -> offsets = numbers();
        default -> {}
      }
      if (parser.currentToken() == JsonToken.START_OBJECT
          || parser.currentToken() == JsonToken.START_ARRAY) {
        parser.skipChildren();
      }
    }
    if (dtype == null) {
      return none(at.expected("a dtype").found("none"));
    }
    if (shape.isEmpty()) {
      return none(
          at.expected("a shape of at most " + MAX_RANK + " sizes from 0").found("none such"));
    }
    List<Long> range = offsets.orElse(List.of());
    if (range.size() != 2 || range.get(0) > range.get(1)) {
      return none(
          at.expected("data_offsets [begin, end] with 0 <= begin <= end")
              .found(offsets.map(List::toString).orElse("none such")));
    }
    HeaderEntry entry = new HeaderEntry(name, dtype, shape.get(), range.get(0), range.get(1));
    return fits(entry, at) ? Optional.of(entry) : Optional.empty();
  }

  private Optional<HeaderEntry> none(String problem) {
    problems.add(problem);
    return Optional.empty();
  }

  private boolean fits(HeaderEntry entry, Problem at) {
    Optional<DType> dtype = DType.named(entry.dtype());
    if (dtype.isEmpty()) {
      return true;
    }
    BigInteger bytes =
        entry.shape().stream()
            .map(BigInteger::valueOf)
            .reduce(BigInteger.valueOf(dtype.get().bytes()), BigInteger::multiply);
    if (bytes.equals(BigInteger.valueOf(entry.length()))) {
      return true;
    }
    Object told = bytes.bitLength() < Long.SIZE ? bytes : "more than 2^63";
    problems.add(
        at.expected(told + " bytes for " + entry.dtype() + " " + entry.shape())
            .found(entry.length()));
    return false;
  }

  /** The list that begins here; empty when it holds anything but counts, or too many. */
  private Optional<List<Long>> numbers() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return Optional.empty();
    }
    List<Long> numbers = new ArrayList<>();
    boolean good = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      good =
          good
              && numbers.size() < MAX_RANK
              && parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0;
      if (good) {
        numbers.add(parser.getLongValue());
      } else {
        parser.skipChildren();
      }
    }
    return good ? Optional.of(numbers) : Optional.empty();
  }

  private static String shown(@Nullable JsonToken token) {
    return token == null ? "nothing" : "a " + token.name();
  }
}

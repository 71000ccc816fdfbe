package io.touchstone.template.jinja;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of test files as the plain values that a template is handed. */
final class JsonValues {
  private JsonValues() {}

  static @Nullable Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        node.forEach(item -> items.add(of(item)));
        yield items;
      }
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL -> null;
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON value: " + node);
    };
  }

  static Map<String, @Nullable Object> map(JsonNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.fields().forEachRemaining(field -> map.put(field.getKey(), of(field.getValue())));
    return map;
  }

  static List<Map<String, @Nullable Object>> maps(JsonNode node) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    node.forEach(item -> maps.add(map(item)));
    return maps;
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return node.doubleValue();
    }
    BigInteger value = node.bigIntegerValue();
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }
}

package io.touchstone.files.columns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of one row that no column has room for, each as it stands there. */
final class ExtraFields {

  private final StringBuilder json = new StringBuilder();
  private final List<String> names = new ArrayList<>();

  void add(JsonFields.JsonField field) throws IOException {
    names.add(field.name());
    json.append(json.isEmpty() ? "{" : ", ");
    json.append(JsonFields.quoted(field.name())).append(": ");
    json.append(new String(field.raw(), StandardCharsets.UTF_8));
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  List<String> names() {
    return names;
  }

  /** All of them as the text of one object. */
  JsonNode value() {
    return TextNode.valueOf(json + "}");
  }
}

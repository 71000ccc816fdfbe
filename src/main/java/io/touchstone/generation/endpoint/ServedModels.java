package io.touchstone.generation.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.NearestName;
import io.touchstone.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The models that a server names.
 *
 * @param lengths by name, the most tokens of a prompt and its answer, which vLLM and SGLang tell
 */
record ServedModels(Map<String, OptionalInt> lengths) {

  private static final int SHOWN = 10;

  ServedModels {
    lengths = new LinkedHashMap<>(lengths);
  }

  /** Of the reply to {@code GET /models}; none where it has another form. */
  static ServedModels of(HttpReply reply) {
    Map<String, OptionalInt> lengths = new LinkedHashMap<>();
    Optional<JsonNode> json = reply.isOk() ? ReplyJson.parsed(reply.body()) : Optional.empty();
    for (JsonNode model : json.map(root -> root.path("data")).orElse(ReplyJson.NOTHING)) {
      if (model.path("id").isTextual()) {
        JsonNode length = model.path("max_model_len");
        lengths.put(
            model.path("id").textValue(),
            length.canConvertToInt() && length.intValue() > 0
                ? OptionalInt.of(length.intValue())
                : OptionalInt.empty());
      }
    }
    return new ServedModels(lengths);
  }

  /** What is wrong with a name; empty if it is known, or none is. */
  Optional<String> problem(EndpointUrl url, String name) {
    if (lengths.isEmpty() || lengths.containsKey(name)) {
      return Optional.empty();
    }
    List<String> names = List.copyOf(lengths.keySet());
    String nearest =
        NearestName.of(name, names)
            .map(near -> "; did you mean " + Problem.shown(near) + "?")
            .orElse("");
    String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
    return Optional.of(
        Problem.in(url)
            .field("model")
            .expected(
                "one that the server has: "
                    + String.join(", ", names.stream().limit(SHOWN).map(Problem::shown).toList())
                    + more)
            .found(Problem.shown(name) + nearest));
  }

  OptionalInt length(String name) {
    return lengths.getOrDefault(name, OptionalInt.empty());
  }
}

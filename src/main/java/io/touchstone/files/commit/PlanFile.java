package io.touchstone.files.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import java.io.IOException;

/**
 * What {@code _plan.json} holds.
 *
 * @param run new whenever a folder is begun or thrown away and begun again: what an attempt of
 *     another run has written can never be committed
 * @param names of what lies beside the rows; a plan that does not say so was placed when there were
 *     only plain ones
 */
public record PlanFile(String run, ResultNames names, PlanRecord plan) {

  private static final String NAMES = "names";

  /** Of an input; not written where nothing of its rows is left out. */
  private static final String DROPPED = "dropped";

  /**
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no plan
   */
  public static PlanFile read(byte[] json) throws IOException {
    JsonNode plan = JsonFile.tree(json);
    if (plan instanceof ObjectNode fields && !fields.has(NAMES)) {
      fields.put(NAMES, ResultNames.PLAIN.name());
    }
    for (JsonNode input : plan.path("plan").path("inputs")) {
      if (input instanceof ObjectNode file && !file.has(DROPPED)) {
        file.putArray(DROPPED);
      }
    }
    return JsonFile.convert(plan, PlanFile.class);
  }
}

package io.touchstone.jobs.generate;

import io.touchstone.conversation.format.PromptReader;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.generation.recipe.RecipeReader;
import io.touchstone.generation.recipe.RowPrompts;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a row is answered.
 *
 * @param rules by which rows are read
 * @param recipe null where a row's own prompt is answered
 */
public record PromptMaking(PromptRules rules, @Nullable RowPrompts recipe) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The prompt of each row, without its answers. */
  public static final PromptMaking OWN = new PromptMaking(PromptRules.DEFAULT, null);

  /** Reads lines of a format. */
  public PromptSource source(RowFormat format) {
    return recipe == null
        ? new PromptReader(format, rules)
        : new RecipeReader(format, rules, recipe);
  }

  /** The recipe as it holds; empty where there is none. */
  public SortedMap<String, String> recipeSettings() {
    return recipe == null ? new TreeMap<>() : recipe.settings();
  }

  /** Fields that each row must have to be answered, by the flags that name them. */
  SortedMap<String, String> namedFields() {
    SortedMap<String, String> fields = new TreeMap<>();
    if (rules.idField() != null) {
      fields.put("--id-field", rules.idField());
    }
    if (recipe != null && recipe.takesFeedback()) {
      fields.put("--feedback-from", recipe.fields().feedback());
    }
    return fields;
  }

  /** What an output folder's plan keeps. */
  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>(rules.settings());
    recipeSettings().forEach((key, value) -> settings.put("recipe." + key, value));
    return settings;
  }
}

package io.touchstone.conversation.format;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.touchstone.conversation.line.Accompanied;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line format; {@link FormatTable} has those that are known.
 *
 * @param word what a user types
 * @param needs what tells its lines
 * @param scores what is written into its rows
 * @param recipe what is read from its rows, and how that becomes conversations
 * @param map where its rows hold what is read, if not under the format's own names
 */
public record RowFormat(
    String word, FormatNeeds needs, ScoreNames scores, RowRecipe recipe, FieldMap map)
    implements Serializable {

  RowFormat(String word, FormatNeeds needs, ScoreNames scores, RowRecipe recipe) {
    this(word, needs, scores, recipe, FieldMap.NONE);
  }

  /** The format of this name, as users and other programs know it. */
  public static Optional<RowFormat> named(String word) {
    return FormatTable.NAMED.stream().filter(format -> format.word.equals(word)).findFirst();
  }

  /**
   * Rows that are documents without turns.
   *
   * @param text where the text is, as {@link FieldMap#ofText} has it
   */
  public static RowFormat documents(FieldMap text) {
    return Document.FORMAT.mapped(text);
  }

  /**
   * The same format, in rows that hold its fields elsewhere.
   *
   * @throws IllegalArgumentException with all that is wrong with the map
   */
  public RowFormat mapped(FieldMap fields) {
    List<String> problems = new ArrayList<>();
    if (recipe instanceof SteerlmLabels) {
      problems.add("expected another format than steerlm, whose labels stand within its turns");
    }
    if (recipe instanceof Edits) {
      problems.add("expected another format than edits, whose lists grow where they stand");
    }
    Map<String, Field<?>> read =
        Stream.concat(recipe.reads().stream(), RowColumns.all().stream())
            .collect(
                Collectors.toMap(
                    Field::name, field -> field, (one, other) -> one, LinkedHashMap::new));
    fields
        .paths()
        .forEach(
            (target, places) -> {
              Field<?> field = read.get(target);
              if (field == null) {
                problems.add(
                    "expected a field that "
                        + word
                        + " rows have ("
                        + String.join(", ", read.keySet())
                        + "), found '"
                        + target
                        + "'");
              } else if (places.isEmpty()
                  && recipe.reads().contains(field)
                  && !recipe.optional().contains(target)) {
                problems.add(
                    "expected a path for " + target + ", which " + word + " rows need, found none");
              } else if (places.size() > 1
                  && (!field.isOfMany() || places.stream().anyMatch(FieldPath::isOfEach))) {
                problems.add("expected one path for " + target + ", found " + places.size());
              }
            });
    recipe.reads().stream()
        .map(Field::name)
        .filter(name -> fields.takesAway(name) && !recipe.optional().contains(name))
        .forEach(
            name ->
                problems.add(
                    "expected a path for "
                        + name
                        + ", whose own field is read as another one, found none"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new RowFormat(word, needs, scores, recipe, map.with(fields));
  }

  /** Travels by its name, as plans keep it: what a recipe holds need not. */
  private Object writeReplace() {
    return new Named(planned());
  }

  private record Named(String name) implements Serializable {
    private Object readResolve() {
      return planned(name);
    }
  }

  /** The format that a plan keeps by this name. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RowFormat planned(String name) {
    int end = name.indexOf(' ') < 0 ? name.length() : name.indexOf(' ');
    String word = name.substring(0, end);
    RowFormat format =
        Stream.concat(FormatTable.NAMED.stream(), Stream.of(Document.FORMAT))
            .filter(each -> each.planned().equals(word))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("expected a line format, found " + name));
    return end == name.length() ? format : format.mapped(FieldMap.parse(name.substring(end + 1)));
  }

  /** The name by which plans keep the format. */
  @JsonValue
  String planned() {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    FieldMap own = named(word).map(RowFormat::map).orElse(FieldMap.NONE);
    return map.equals(own) ? name : name + " " + map;
  }

  /**
   * The format where so many turns of a row are scored.
   *
   * @param turns heeded by chats and steerlm rows
   */
  public RowFormat scoring(ScoredTurns turns) {
    if (turns == ScoredTurns.LAST) {
      return this;
    }
    if (recipe instanceof Chat chat) {
      return new RowFormat(
          word, needs, ScoreNames.lists("rewards", "%s"), new Chat(chat.field(), turns), map);
    }
    return recipe instanceof SteerlmLabels
        ? new RowFormat(word, needs, scores, new SteerlmLabels(turns), map)
        : this;
  }

  /** Whether its rows hold the steps of answers one by one, for models that judge steps. */
  public boolean isOfSteps() {
    return recipe instanceof StepAnswers;
  }

  /**
   * The format that rows of this one have once they are scored: that of edits is left with the
   * response that is best.
   */
  public RowFormat scored() {
    return recipe instanceof Edits ? FormatTable.HELPSTEER2 : this;
  }

  /** Whether a field of this name is read of some format's rows, or written into them. */
  public static boolean isMeant(String field) {
    return RowColumns.NAMES.contains(field)
        || written(ScoreFields.OWN).contains(field)
        || FormatTable.ALL.stream()
            .flatMap(format -> format.recipe.reads().stream())
            .anyMatch(read -> read.name().equals(field));
  }

  /** All names under which some format writes scores. */
  public static Set<String> written(ScoreFields fields) {
    return FormatTable.ALL.stream()
        .flatMap(format -> Stream.of(format, format.scoring(ScoredTurns.ALL)))
        .flatMap(format -> Accompanied.inOrder(fields.names(format.scores)).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The names of what is written for each score, with what stands beside it, as {@link
   * io.touchstone.conversation.line.Row#enrich} takes the values; one for each field, or each list.
   */
  public List<Accompanied<String>> names(ScoreFields fields) {
    return fields.names(scores);
  }

  /** The names of what would be written that mean something else in its rows, or stand twice. */
  public List<String> clashes(ScoreFields fields) {
    List<String> names = Accompanied.inOrder(names(fields));
    Set<String> taken = new HashSet<>(recipe.taken(names));
    map.paths().values().forEach(places -> places.forEach(place -> taken.add(place.name())));
    return names.stream().filter(name -> !taken.add(name)).toList();
  }

  /** The format as a plan's settings name it, with the map that a user has given or it has. */
  public String described() {
    return map.isEmpty() ? word : word + " with " + map;
  }

  @Override
  public String toString() {
    return word;
  }
}

package io.touchstone.template.jinja.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one scope, as jinja2's compiler sees them: whatever a scope writes before it reads
 * it, outside of any {@code if}, is the scope's own from its beginning, and hides a variable of the
 * same name that was handed to the template.
 */
final class FrameNames {
  private final @Nullable FrameNames parent;
  private final Set<String> hidden = new HashSet<>();
  private Set<String> known = new HashSet<>();
  private Set<String> stored = new HashSet<>();

  FrameNames(@Nullable FrameNames parent) {
    this.parent = parent;
  }

  void parameter(String name) {
    known.add(name);
    stored.add(name);
  }

  void load(String name) {
    known.add(name);
  }

  void store(String name) {
    stored.add(name);
    if (known.add(name)) {
      hidden.add(name);
    }
  }

  boolean isStored(String name) {
    return stored.contains(name) || parent != null && parent.isStored(name);
  }

  /** The branches of one {@code if}, in turn; {@link #end} takes their names over. */
  final class Branches {
    private final Set<String> knownBefore = new HashSet<>(known);
    private final Set<String> storedBefore = new HashSet<>(stored);
    private final List<Set<String>> allKnown = new ArrayList<>();
    private final List<Set<String>> allStored = new ArrayList<>();

    void endOne() {
      allKnown.add(known);
      allStored.add(stored);
      known = new HashSet<>(knownBefore);
      stored = new HashSet<>(storedBefore);
    }

    void end() {
      allKnown.forEach(known::addAll);
      allStored.forEach(stored::addAll);
      for (String name : stored) {
        if (!storedBefore.contains(name)) {
          hidden.remove(name);
        }
      }
    }
  }

  Branches branches() {
    return new Branches();
  }

  /** Final once the whole template is parsed. */
  Set<String> hidden() {
    return hidden;
  }

  /** A name that an outer scope knows is that scope's until this one writes it. */
  void settle() {
    hidden.removeIf(name -> parent != null && parent.isKnown(name));
  }

  private boolean isKnown(String name) {
    return known.contains(name) || parent != null && parent.isKnown(name);
  }
}

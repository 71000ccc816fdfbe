package io.touchstone.cli.call;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that a flag or a line of a configuration file sets.
 *
 * @param key its name in files and in {@code _run.json}
 * @param flag its name on the command line
 * @param shape what a value looks like, as {@code --help} shows it; empty for a flag that takes
 *     none
 * @param fallback the built-in default, in the same words as a user would type it
 * @param bare the value that the flag stands for where it stands alone; empty if it needs one
 * @param times how often the flag may stand on a command line
 * @param reader throws IllegalArgumentException with "expected …, found …"
 */
public record Setting<T>(
    Topic topic,
    String key,
    String flag,
    String shape,
    String fallback,
    Optional<String> bare,
    String help,
    Times times,
    Function<String, T> reader) {

  /** How often a flag may stand. */
  public enum Times {
    ONCE,
    /** Any number of times, with a line of the setting's text each. */
    A_LINE_EACH,
    /** Any number of times, with a text as it is each; files have them as {@link Texts} does. */
    A_TEXT_EACH
  }

  /** A setting that is taken as it is typed and whose flag needs a value; its help is to follow. */
  public static Setting<String> of(
      Topic topic, String key, String flag, String shape, String fallback) {
    return new Setting<>(
        topic, key, flag, shape, fallback, Optional.empty(), "", Times.ONCE, Function.identity());
  }

  public Setting<T> withFallback(String other) {
    return new Setting<>(topic, key, flag, shape, other, bare, help, times, reader);
  }

  /** The same, but its flag may stand alone. */
  public Setting<T> withBare(String meant) {
    return new Setting<>(
        topic, key, flag, shape, fallback, Optional.of(meant), help, times, reader);
  }

  public Setting<T> withHelp(String other) {
    return new Setting<>(topic, key, flag, shape, fallback, bare, other, times, reader);
  }

  /** The same, but its flag may be repeated. */
  public Setting<T> withALineEach() {
    return new Setting<>(topic, key, flag, shape, fallback, bare, help, Times.A_LINE_EACH, reader);
  }

  /** A list of texts, which may have line ends, for each of which the flag is given. */
  public Setting<List<String>> withATextEach() {
    return new Setting<>(
        topic, key, flag, shape, fallback, bare, help, Times.A_TEXT_EACH, Texts::parse);
  }

  /** The same words with another meaning. */
  public <U> Setting<U> as(Function<String, U> other) {
    return new Setting<>(topic, key, flag, shape, fallback, bare, help, times, other);
  }

  public static Set<String> keys(Setting<?>... settings) {
    return Arrays.stream(settings).map(Setting::key).collect(Collectors.toUnmodifiableSet());
  }

  /** One list of several. */
  @SafeVarargs
  public static List<Setting<?>> all(List<Setting<?>>... groups) {
    return Arrays.stream(groups).<Setting<?>>flatMap(List::stream).toList();
  }
}

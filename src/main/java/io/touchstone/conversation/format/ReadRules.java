package io.touchstone.conversation.format;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is read of rows, where their format leaves a choice.
 *
 * @param scored which assistant turns count where a row has several
 * @param systemColumns whether {@code system} and {@code system_prompt} are the system's turn
 * @param tools whether {@code tools} are what the assistant was offered
 * @param markers what HelpSteer2's turn markers inside of a prompt are
 * @param principles what {@code principle} and {@code principles} are
 */
public record ReadRules(
    ScoredTurns scored,
    boolean systemColumns,
    boolean tools,
    TurnMarkers markers,
    PrincipleColumns principles)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String TURNS = "turns";
  private static final String SYSTEM_COLUMN = "system-column";
  private static final String TOOLS = "tools";
  private static final String MARKERS = "turn-markers";
  private static final String UNREAD = "unread";
  private static final String PRINCIPLES = "principles";

  /** Everything that a row says. */
  public static final ReadRules ALL = of(ScoredTurns.LAST);

  /** Of rows whose principles nobody asks for. */
  public ReadRules(ScoredTurns scored, boolean systemColumns, boolean tools, TurnMarkers markers) {
    this(scored, systemColumns, tools, markers, PrincipleColumns.UNREAD);
  }

  /** Everything that a row says, of these turns; but for principles, which only some ask for. */
  public static ReadRules of(ScoredTurns scored) {
    return new ReadRules(scored, true, true, TurnMarkers.TURNS);
  }

  /** What NeMo's own prompt has a place for: turns, whose texts it takes as they are. */
  public ReadRules forSteerLm() {
    return new ReadRules(scored, false, false, TurnMarkers.TEXT, principles);
  }

  public ReadRules with(PrincipleColumns columns) {
    return new ReadRules(scored, systemColumns, tools, markers, columns);
  }

  /** What an output folder's plan keeps: nothing of what is as by default, but the turns. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(TURNS, scored.name().toLowerCase(Locale.ROOT));
    if (!systemColumns) {
      settings.put(SYSTEM_COLUMN, UNREAD);
    }
    if (!tools) {
      settings.put(TOOLS, UNREAD);
    }
    if (markers == TurnMarkers.TEXT) {
      settings.put(MARKERS, "text");
    }
    if (principles != PrincipleColumns.UNREAD) {
      settings.put(PRINCIPLES, principles.name().toLowerCase(Locale.ROOT));
    }
    return settings;
  }

  /** The rules that a plan keeps. */
  public static ReadRules of(Map<String, String> settings) {
    return new ReadRules(
        ScoredTurns.valueOf(settings.getOrDefault(TURNS, "last").toUpperCase(Locale.ROOT)),
        !settings.containsKey(SYSTEM_COLUMN),
        !settings.containsKey(TOOLS),
        settings.containsKey(MARKERS) ? TurnMarkers.TEXT : TurnMarkers.TURNS,
        PrincipleColumns.valueOf(
            settings.getOrDefault(PRINCIPLES, "unread").toUpperCase(Locale.ROOT)));
  }
}

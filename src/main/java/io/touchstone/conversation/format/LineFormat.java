package io.touchstone.conversation.format;

import io.touchstone.conversation.line.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one line format reads from a row, what it writes, and which conversations a row holds. */
sealed interface LineFormat
    permits SteerlmFormat,
        HelpSteer2Format,
        HelpSteer3Format,
        MessagesFormat,
        ShareGptFormat,
        CandidatesFormat,
        PreferenceFormat,
        BestOfNFormat,
        PreferenceListsFormat,
        JudgeBenchFormat {

  Map<String, Field<?>> reads();

  /** Of what is written, in the order of the values. */
  List<String> names();

  /** Those of the names that are top-level fields; none of them is read. */
  default Set<String> writes() {
    return Set.copyOf(names());
  }

  /** What the names may not be: fields that this format reads, or that tell one format or other. */
  default Set<String> taken() {
    Set<String> taken = new HashSet<>(FormatNeeds.fields());
    taken.addAll(reads().keySet());
    return taken;
  }

  Row row(RowFields fields);
}

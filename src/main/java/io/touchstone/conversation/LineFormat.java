package io.touchstone.conversation;

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

  /** Top-level fields; none of them is read. */
  Set<String> writes();

  Row row(RowFields fields);
}

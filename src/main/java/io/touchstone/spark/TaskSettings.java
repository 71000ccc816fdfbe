package io.touchstone.spark;

import io.touchstone.conversation.ScoredTurns;
import io.touchstone.reward.LabelStyle;
import java.io.Serializable;

/** What a task needs to know of the job's configuration. */
record TaskSettings(ScoredTurns turns, LabelStyle labels, long maxLineBytes)
    implements Serializable {}

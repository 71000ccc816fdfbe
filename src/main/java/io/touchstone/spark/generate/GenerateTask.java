package io.touchstone.spark.generate;

import io.touchstone.conversation.format.PromptRules;
import java.io.Serializable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param passSeconds that a pass may take; 0 for any time
 */
public record GenerateTask(PromptRules rules, long maxLineBytes, int passSeconds)
    implements Serializable {}

package io.touchstone.spark.generate;

import io.touchstone.jobs.generate.PromptMaking;
import java.io.Serializable;

/**
 * What a task needs to know of the job's configuration.
 *
 * @param prompts what of a row is answered
 * @param passSeconds that a pass may take; 0 for any time
 */
public record GenerateTask(PromptMaking prompts, long maxLineBytes, int passSeconds)
    implements Serializable {}

/**
 * What a dry run sees of a job's rows; imports conversation.format, conversation.line, files.read,
 * generation, jobs.annotate, jobs.generate, problem, progress, reward, scoring and
 * scoring.pipeline.
 */
@NullMarked
package io.touchstone.jobs.survey;

import org.jspecify.annotations.NullMarked;

/**
 * What a dry run sees of a job's rows; imports conversation.format, files.read, jobs.annotate,
 * problem, progress, scoring and scoring.pipeline.
 */
@NullMarked
package io.touchstone.jobs.survey;

import org.jspecify.annotations.NullMarked;

/**
 * A benchmark's table of scored rows; imports conversation.format, conversation.line, files,
 * files.commit, files.part, files.read, files.scan, jobs, jobs.annotate, problem, progress, reward,
 * scoring, selection.benchmark and selection.statistics.
 */
@NullMarked
package io.touchstone.jobs.evaluate;

import org.jspecify.annotations.NullMarked;

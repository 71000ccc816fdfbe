/**
 * A report on the rows of a finished annotate or generate job; imports conversation.format,
 * conversation.line, files, files.commit, files.read, files.scan, generation.recipe, jobs,
 * jobs.annotate, problem, progress and selection.report.
 */
@NullMarked
package io.touchstone.jobs.report;

import org.jspecify.annotations.NullMarked;

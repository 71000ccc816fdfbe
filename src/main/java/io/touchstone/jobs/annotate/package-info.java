/**
 * What an annotate job is asked, decides and gives back; imports conversation.format,
 * conversation.line, files, files.columns, files.commit, files.part, files.read, jobs, ledger,
 * problem, reward, scoring, scoring.pipeline and selection.
 */
@NullMarked
package io.touchstone.jobs.annotate;

import org.jspecify.annotations.NullMarked;

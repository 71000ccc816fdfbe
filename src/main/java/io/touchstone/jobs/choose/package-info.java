/**
 * What select and filter jobs are asked, decide and give back; imports conversation.format,
 * conversation.line, files, files.commit, files.read, files.scan, jobs, jobs.annotate, problem and
 * selection.
 */
@NullMarked
package io.touchstone.jobs.choose;

import org.jspecify.annotations.NullMarked;

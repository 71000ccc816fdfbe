/**
 * What select and filter jobs are asked, decide and give back; imports jobs, jobs.annotate, files
 * and selection.
 */
@NullMarked
package io.touchstone.jobs.choose;

import org.jspecify.annotations.NullMarked;

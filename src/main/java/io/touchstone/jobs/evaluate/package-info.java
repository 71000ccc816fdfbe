/** A benchmark's table of scored rows; imports jobs, jobs.annotate, files and selection. */
@NullMarked
package io.touchstone.jobs.evaluate;

import org.jspecify.annotations.NullMarked;

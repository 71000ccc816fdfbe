/** What a dry run sees of a job's rows; imports jobs.annotate, files and scoring. */
@NullMarked
package io.touchstone.jobs.survey;

import org.jspecify.annotations.NullMarked;

/**
 * What a generate job is asked, decides and gives back; no Spark in here or below; imports
 * conversation.format, conversation.line, files, files.commit, files.part, files.read, generation,
 * generation.recipe, jobs, jobs.annotate and problem.
 */
@NullMarked
package io.touchstone.jobs.generate;

import org.jspecify.annotations.NullMarked;

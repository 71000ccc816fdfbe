/**
 * What the results of all jobs have in common; no Spark in here or below; imports
 * conversation.line, files, files.columns, files.commit, files.part, files.read and problem.
 */
@NullMarked
package io.touchstone.jobs;

import org.jspecify.annotations.NullMarked;

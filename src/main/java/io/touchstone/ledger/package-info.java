/**
 * Scores that outlive jobs: immutable sorted files in a folder of any Hadoop filesystem; imports
 * digest, files, problem, reward, scoring and scoring.prompt.
 */
@NullMarked
package io.touchstone.ledger;

import org.jspecify.annotations.NullMarked;

package io.touchstone.jobs.choose;

import java.util.List;

/**
 * What becomes of a row.
 *
 * @param folder which of the job's output folders its lines go to
 * @param lines without line ends
 * @param verdict the word by which it is counted; each row has one
 * @param notes more that is to be counted of it
 */
public record Outcome(int folder, List<byte[]> lines, String verdict, List<String> notes) {}

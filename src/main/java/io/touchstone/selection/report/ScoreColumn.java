package io.touchstone.selection.report;

/**
 * One number of a response's scores.
 *
 * @param field which of the row's score fields, counted from 0
 * @param attribute {@link ScoreValue#PLAIN} where the score is a number
 * @param name by which the report knows it
 */
record ScoreColumn(int field, String attribute, String name) {}

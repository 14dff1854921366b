package org.realm4knime.engine.problem;

/** What kind of answer a problem has, and so how answers are found in a text and compared. */
public enum AnswerType {
    /** A number in any usual notation; an attached unit or currency is ignored. */
    NUMBER,
    /** A number with a unit or currency, both of which must agree; units of the same dimension are converted. */
    QUANTITY,
    /** A ratio, compared exactly: {@code 3/4}, {@code 0.75} and {@code \frac{6}{8}} are the same. */
    FRACTION,
    /** A percentage: {@code 15%}, {@code 15 percent}, {@code 15} and {@code 0.15} are the same. */
    PERCENTAGE,
    /** The letter of one of several choices. */
    MULTIPLE_CHOICE,
    /** Words, compared without regard to case, punctuation, articles and spacing. */
    TEXT,
    /** Several values in any order. */
    SET,
    /** Several values in a given order. */
    LIST,
    /** The reference is a regular expression that the whole answer must match. */
    REGEX
}

package org.realm4knime.engine.problem;

import java.util.Objects;

/**
 * How a file holds problems.
 *
 * @param layout how a record is laid out
 * @param fields what the fields are called
 */
public record DatasetFormat(Layout layout, FieldNames fields) {

    /** How a record of a data set is laid out. */
    public enum Layout {
        /** One of the others, by the name of the file and its first record. */
        GUESS,
        /** One JSON object a line. */
        JSONL,
        /** A table with a header; separated by comma, semicolon or tab. */
        CSV,
        /** JSON lines whose answer is a rationale, then {@code ####}, then the final answer. */
        GSM8K,
        /** A question with choices and the right one, in one of the layouts of the usual benchmarks. */
        MULTIPLE_CHOICE
    }

    /**
     * What the fields are called; {@code null} for a name to be guessed. A field inside another is written with a dot:
     * {@code question.stem}.
     *
     * @param id the field that names the problem; if there is none, problems are numbered
     * @param question the question
     * @param answer the reference answer
     * @param rationale the worked solution
     * @param domain the part of the data the problem belongs to
     */
    public record FieldNames(String id, String question, String answer, String rationale, String domain) {

        /**
         * No name given, all to be guessed.
         *
         * @return the names
         */
        public static FieldNames guessed() {
            return new FieldNames(null, null, null, null, null);
        }
    }

    /** Checks the values. */
    public DatasetFormat {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(fields, "fields");
    }

    /**
     * A layout with guessed field names.
     *
     * @param layout the layout
     * @return the format
     */
    public static DatasetFormat of(Layout layout) {
        return new DatasetFormat(layout, FieldNames.guessed());
    }
}

package org.realm4knime.engine.model.gguf;

import java.util.List;

/**
 * A tensor to write.
 *
 * @param name its name in the file
 * @param type number format of its weights
 * @param rows number of rows, 1 for a vector
 * @param columns weights of a row
 * @param vector whether it has one dimension
 * @param block number of rows that must be read together; divides {@code rows}
 * @param source gives its weights
 */
record GgufTensor(String name, GgufType type, int rows, int columns, boolean vector, int block, Source source) {

    /** Gives rows of weights. */
    @FunctionalInterface
    interface Source {

        /**
         * Rows in the file's order.
         *
         * @param first the first row, a multiple of the block
         * @param count number of rows, a multiple of the block
         * @return count x columns weights, row by row
         */
        float[] read(int first, int count);
    }

    /** Lengths of the dimensions, the fastest first as GGUF has them. */
    List<Long> shape() {
        return vector ? List.of((long) columns) : List.of((long) columns, (long) rows);
    }

    /** Bytes of its weights. */
    long bytes() {
        return rows * type.bytes(columns);
    }
}

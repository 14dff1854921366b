package org.realm4knime.engine.model;

import java.util.Arrays;
import java.util.List;

/**
 * One tensor of a model as the programs use it, with the Hugging Face tensors it is made of.
 *
 * <p>Projections that read the same input are stacked into one tensor, since one large matrix product is faster than
 * several small ones.
 *
 * @param name name in the style of Hugging Face, {@code model.layers.0.self_attn.qkv_proj.weight} for a stacked one
 * @param shape lengths of the dimensions
 * @param role what it does in the decoder
 * @param parts the Hugging Face tensors, stacked along the first dimension in this order; a single one if not stacked
 */
public record Parameter(String name, List<Long> shape, Role role, List<Part> parts) {

    /** What a parameter does; decides its start values and whether weight decay applies. */
    public enum Role {
        /** Token embedding or output projection. */
        EMBEDDING,
        /** A projection that reads the residual stream. */
        INPUT_PROJECTION,
        /** A projection that is added to the residual stream. */
        OUTPUT_PROJECTION,
        /** Additive bias. */
        BIAS,
        /** Scale of a norm. */
        NORM,
        /** The matrix A of a low-rank adapter, which reads the projection's input. */
        ADAPTER_DOWN,
        /** The matrix B of a low-rank adapter, which is added to the projection's output. */
        ADAPTER_UP
    }

    /**
     * A Hugging Face tensor within a stacked parameter.
     *
     * @param name its name in the checkpoint
     * @param rows length of its first dimension
     * @param columns length of its second dimension, or 1 for a vector
     * @param vector whether it has one dimension
     * @param rotated which of its rows are reordered for the rotary embedding; null for none
     * @param lessOne whether the checkpoint has its values less 1
     */
    public record Part(String name, int rows, int columns, boolean vector, Rotated rotated, boolean lessOne) {

        static Part matrix(String name, int rows, int columns) {
            return new Part(name, rows, columns, false, null, false);
        }

        static Part vector(String name, int size) {
            return new Part(name, size, 1, true, null, false);
        }

        Part rotated(Rotated heads) {
            return new Part(name, rows, columns, vector, heads, lessOne);
        }

        Part lessOne(boolean stored) {
            return new Part(name, rows, columns, vector, rotated, stored);
        }

        /** Lengths of the dimensions in the checkpoint. */
        public List<Long> shape() {
            return vector ? List.of((long) rows) : List.of((long) rows, (long) columns);
        }

        /** Rows that are reordered among themselves, so that a reader takes a multiple of them at a time. */
        public int block() {
            return rotated == null ? 1 : rotated.headDim();
        }

        /** Row of the checkpoint that belongs at a row of the program's tensor; of the same block. */
        public int checkpointRow(int programRow) {
            return rotated == null ? programRow : rotated.checkpointRow(programRow);
        }

        /** What is added to the checkpoint's values. */
        float offset() {
            return lessOne ? 1 : 0;
        }
    }

    /**
     * Rows of heads that are rotated. Hugging Face rotates row i of a head together with row i + n/2, n being the rows
     * that are rotated; the program rotates neighbours.
     *
     * @param headDim rows of a head
     * @param dimensions the first rows of each head, which are rotated; even
     * @param rows rows of all heads that are rotated; those behind stay where they are
     */
    public record Rotated(int headDim, int dimensions, int rows) {

        int checkpointRow(int programRow) {
            int within = programRow % headDim;
            if (programRow >= rows || within >= dimensions) {
                return programRow;
            }
            return programRow - within + (within % 2 == 0 ? within / 2 : dimensions / 2 + within / 2);
        }
    }

    /** Number of values. */
    public long size() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /** The shape as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    static Parameter single(Role role, Part part) {
        return new Parameter(part.name(), part.shape(), role, List.of(part));
    }

    static Parameter stacked(String name, Role role, Part... parts) {
        long rows = Arrays.stream(parts).mapToLong(Part::rows).sum();
        List<Long> shape = parts[0].vector() ? List.of(rows) : List.of(rows, (long) parts[0].columns());
        return new Parameter(name, shape, role, List.of(parts));
    }
}

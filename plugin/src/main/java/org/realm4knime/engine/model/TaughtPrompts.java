package org.realm4knime.engine.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which prompts a model was taught answers to, so that a later training can tell whether it is watched by problems that
 * the model may know by heart. Of a prompt no more is kept than 32 bits, by which it is recognised and cannot be read.
 */
public final class TaughtPrompts {

    /** Of more prompts than these only so many are kept: 400 kB beside the weights. */
    static final int MOST = 100_000;

    /** No prompts. */
    public static final TaughtPrompts NONE = new TaughtPrompts(new int[0]);

    /** Sorted, each once. */
    private final int[] marks;

    private TaughtPrompts(int[] marks) {
        this.marks = marks;
    }

    /** These and further prompts, as token ids. */
    public TaughtPrompts with(Stream<int[]> prompts) {
        return of(IntStream.concat(Arrays.stream(marks), prompts.mapToInt(TaughtPrompts::mark)));
    }

    private static TaughtPrompts of(IntStream marks) {
        return new TaughtPrompts(marks.sorted().distinct().limit(MOST).toArray());
    }

    /** Whether a prompt was taught; by chance one in 40,000 others counts as such where 100,000 were taught. */
    public boolean contains(int[] prompt) {
        return Arrays.binarySearch(marks, mark(prompt)) >= 0;
    }

    /** FNV-1a over the token ids, with its bits mixed at the end as MurmurHash3 does. */
    private static int mark(int[] prompt) {
        int hash = 0x811c9dc5;
        for (int token : prompt) {
            hash = (hash ^ token) * 0x01000193;
        }
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    /** For a file: the numbers in base 64. */
    String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * marks.length);
        bytes.asIntBuffer().put(marks);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /**
     * Reads what {@link #encoded} gave.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static TaughtPrompts decoded(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length % Integer.BYTES != 0) {
            throw new IllegalArgumentException("The taught prompts are cut off.");
        }
        int[] marks = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(marks);
        return of(Arrays.stream(marks));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaughtPrompts prompts && Arrays.equals(marks, prompts.marks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(marks);
    }

    @Override
    public String toString() {
        return marks.length + " taught prompts";
    }
}

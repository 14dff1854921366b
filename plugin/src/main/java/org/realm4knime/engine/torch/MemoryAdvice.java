package org.realm4knime.engine.torch;

/** What to do where memory is short, for messages. */
public final class MemoryAdvice {

    /** Java's own memory, of which tables, texts and logs are made. */
    public static final String HEAP = "Java's memory (heap) is full. Give it more: a larger -Xmx in knime.ini, or"
            + " REALM_JAVA_OPTS=-Xmx8g before ./realm. Or use fewer rows at once.";

    /** The memory of tensors. */
    static final String NATIVE = "not enough memory. Use a smaller batch, shorter texts, LoRA or a smaller model, or"
            + " close other programs.";

    private MemoryAdvice() {}
}

package org.realm4knime.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What whoever reads foreign input may throw: the exceptions that the project declares, with a message for people. */
public final class Declared {

    /** What would tell a user of this project's insides, or of a library's. */
    private static final List<String> INSIDES = List.of("Exception", "java.", "com.google", "github.com", "org.realm4");

    private Declared() {}

    /** Something that reads input. */
    @FunctionalInterface
    public interface Reading {

        /** Reads. */
        void run() throws Exception;
    }

    /**
     * Reads, and lets nothing out but what is neither declared nor said in plain words.
     *
     * @param input what is read, which messages may quote
     * @param reading reads it
     * @param declared names of the exceptions that it may throw
     */
    @SafeVarargs
    public static void only(byte[] input, Reading reading, Class<? extends Exception>... declared) {
        try {
            reading.run();
        } catch (Exception e) {
            boolean known = false;
            for (Class<? extends Exception> type : declared) {
                known |= type == e.getClass();
            }
            if (!known) {
                throw new AssertionError("Not declared: " + e, e);
            }
            requireWords(e, new String(input, StandardCharsets.ISO_8859_1));
        }
    }

    private static void requireWords(Exception e, String input) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            throw new AssertionError("No message: " + e, e);
        }
        INSIDES.stream()
                .filter(message::contains)
                .filter(word -> !input.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new AssertionError("A message that tells of insides (" + word + "): " + message, e);
                });
    }
}

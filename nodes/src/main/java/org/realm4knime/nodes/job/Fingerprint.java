package org.realm4knime.nodes.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for the settings and input of a job: the same for the same job, another for any other. */
final class Fingerprint {

    private static final int LENGTH = 16;

    private Fingerprint() {}

    /**
     * Computes the fingerprint.
     *
     * @param parts settings and rows, told apart by {@link Object#toString()}; records, strings, numbers and lists do
     * @return 16 hexadecimal digits
     */
    static String of(List<?> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                add(digest, part);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Object part) {
        if (part instanceof List<?> list) {
            digest.update((byte) 1);
            list.forEach(element -> add(digest, element));
        } else {
            digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
    }
}

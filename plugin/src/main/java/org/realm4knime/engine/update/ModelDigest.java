package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.realm4knime.engine.model.LanguageModel;

/** Digest of a model's weights, by which one is told from another. */
public final class ModelDigest {

    private ModelDigest() {}

    /** SHA-256 of all weights and, where there is one, of the adapter's, as 64 hexadecimal digits. */
    public static String of(LanguageModel model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(model.tensors(), digest);
            model.adapter().ifPresent(adapter -> add(adapter.tensors(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void add(List<NDArray> tensors, MessageDigest digest) {
        tensors.forEach(tensor -> digest.update(tensor.toByteBuffer()));
    }
}

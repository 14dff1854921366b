package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;

/** Digest of a model's weights, by which one is told from another. */
public final class ModelDigest {

    /** What is hashed at once, in bytes: a fraction of a second. */
    private static final int AT_ONCE = 16 << 20;

    private ModelDigest() {}

    /**
     * SHA-256 of all weights and, where there is one, of the adapter's, as 64 hexadecimal digits.
     *
     * @throws CanceledJobException if the user asked to stop
     */
    public static String of(LanguageModel model, Progress progress) throws CanceledJobException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(model.tensors(), digest, progress);
            if (model.adapter().isPresent()) {
                add(model.adapter().get().tensors(), digest, progress);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void add(List<NDArray> tensors, MessageDigest digest, Progress progress)
            throws CanceledJobException {
        for (NDArray tensor : tensors) {
            progress.checkCanceled();
            ByteBuffer bytes = tensor.toByteBuffer();
            int end = bytes.limit();
            for (int at = bytes.position(); at < end; at += Math.min(AT_ONCE, end - at)) {
                progress.checkCanceled();
                digest.update(bytes.duplicate().position(at).limit(at + Math.min(AT_ONCE, end - at)));
            }
        }
    }
}

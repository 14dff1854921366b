package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.realm4knime.engine.model.LanguageModel;

/** Digest of all that a training's result depends on, by which a checkpoint is recognised as its own. */
public final class Fingerprint {

    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Adds a setting, or a record of data; its text must show its value. */
    public Fingerprint add(Object value) {
        byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        digest.update(text);
        return this;
    }

    /** Adds data in order. */
    public Fingerprint addAll(List<?> values) {
        add(values.size());
        values.forEach(this::add);
        return this;
    }

    /** Adds a model's configuration, weights and adapter. */
    public Fingerprint add(LanguageModel model) {
        add(model.config());
        for (NDArray tensor : model.tensors()) {
            digest.update(tensor.toByteBuffer());
        }
        model.adapter().ifPresent(adapter -> {
            add(adapter.settings());
            adapter.tensors().forEach(tensor -> digest.update(tensor.toByteBuffer()));
        });
        return this;
    }

    /** The digest as 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

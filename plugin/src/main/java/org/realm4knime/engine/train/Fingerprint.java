package org.realm4knime.engine.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.ModelDigest;

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
        model.adapter().ifPresent(adapter -> add(adapter.settings()));
        return add(model.config()).add(ModelDigest.of(model));
    }

    /** The digest as 64 hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

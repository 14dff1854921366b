package org.realm4knime.engine.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.update.ModelDigest;

/**
 * Digest of all that a training's result depends on, by which a checkpoint is recognised as its own: the same for the
 * same training, another for any other.
 */
public final class Fingerprint {

    /** Begins a list among other values; no length of a text begins so. */
    private static final byte LIST = -1;

    private static final int SHORT = 16;

    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Adds a setting, a record of data, whose text must show its value, or a list of these. */
    public Fingerprint add(Object value) {
        if (value instanceof List<?> list) {
            digest.update(LIST);
            return addAll(list);
        }
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
    public Fingerprint add(LanguageModel model, Progress progress) throws CanceledJobException {
        model.adapter().ifPresent(adapter -> add(adapter.settings()));
        return add(model.config()).add(ModelDigest.of(model, progress));
    }

    /** The digest as 64 hexadecimal digits. To be asked once, after all was added. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The first 16 digits, for the name of a file. To be asked once, after all was added. */
    public String shortHex() {
        return hex().substring(0, SHORT);
    }
}

package org.knime.core.data.filestore;

import java.util.Objects;
import java.util.UUID;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** Names a file store: the handler that keeps it, its number there, and its own name. */
public final class FileStoreKey {

    private static final int NO_LOOP = -1;

    private final UUID m_storeUUID;
    private final int m_index;
    private final String m_name;

    /**
     * @param nestedLoopPath null: loops do not occur here
     * @param iterationIndex -1: loops do not occur here
     */
    public FileStoreKey(
            final UUID storeUUID,
            final int index,
            final int[] nestedLoopPath,
            final int iterationIndex,
            final String name) {
        if (nestedLoopPath != null || iterationIndex >= 0) {
            throw new IllegalArgumentException("File stores of loops are not supported: " + name);
        }
        m_storeUUID = Objects.requireNonNull(storeUUID);
        m_index = index;
        m_name = Objects.requireNonNull(name);
    }

    public UUID getStoreUUID() {
        return m_storeUUID;
    }

    public int getIndex() {
        return m_index;
    }

    public String getName() {
        return m_name;
    }

    /** The name of the file or folder on disk. */
    public String getNameOnDisc() {
        return m_name;
    }

    public void save(final ModelContentWO output) {
        output.addString("storeUUID", m_storeUUID.toString());
        output.addInt("index", m_index);
        output.addString("name", m_name);
        output.addInt("iterationIndex", NO_LOOP);
    }

    public static FileStoreKey load(final ModelContentRO input) throws InvalidSettingsException {
        try {
            return new FileStoreKey(
                    UUID.fromString(input.getString("storeUUID")),
                    input.getInt("index"),
                    null,
                    input.getInt("iterationIndex"),
                    input.getString("name"));
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException("A file store key cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof FileStoreKey other
                && m_storeUUID.equals(other.m_storeUUID)
                && m_index == other.m_index
                && m_name.equals(other.m_name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(m_storeUUID, m_index, m_name);
    }

    @Override
    public String toString() {
        return m_name + "-(" + m_storeUUID + ")";
    }
}

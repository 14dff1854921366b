package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/**
 * Read access to a settings tree. A getter without a default throws {@link InvalidSettingsException} when the key is
 * missing or holds another type; one with a default returns the default then. An array is a sub config with the entry
 * {@code array-size} and the elements under "0", "1", ...
 */
public interface ConfigBaseRO {

    Set<String> keySet();

    boolean containsKey(String key);

    int getInt(String key) throws InvalidSettingsException;

    int getInt(String key, int def);

    int[] getIntArray(String key, int... def);

    long getLong(String key) throws InvalidSettingsException;

    double getDouble(String key) throws InvalidSettingsException;

    boolean getBoolean(String key) throws InvalidSettingsException;

    boolean getBoolean(String key, boolean def);

    String getString(String key) throws InvalidSettingsException;

    String getString(String key, String def);

    String[] getStringArray(String key, String... def);

    /** Writes the tree as KNIME's settings XML and closes the stream. */
    void saveToXML(OutputStream os) throws IOException;
}

package org.knime.core.node.config.base;

/** Write access to a settings tree. What is under the key is replaced. */
public interface ConfigBaseWO {

    void addInt(String key, int value);

    void addIntArray(String key, int... values);

    void addLong(String key, long value);

    void addDouble(String key, double value);

    void addBoolean(String key, boolean value);

    /** @param value may be null */
    void addString(String key, String value);

    void addStringArray(String key, String... values);
}

package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.knime.core.node.InvalidSettingsException;
import org.xml.sax.SAXException;

/** A settings tree: entries in the order they were added. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {

    private static final String ARRAY_SIZE = "array-size";

    private final Map<String, AbstractConfigEntry> m_entries = new LinkedHashMap<>();

    protected ConfigBase(final String key) {
        super(ConfigEntries.config, key);
    }

    /** A new empty config of this class. */
    public abstract ConfigBase getInstance(String key);

    /** The entry or sub config under the key; null if there is none. */
    public AbstractConfigEntry getEntry(final String key) {
        return m_entries.get(key);
    }

    public void addEntry(final AbstractConfigEntry entry) {
        m_entries.put(entry.getKey(), entry);
    }

    /** Adds and returns an empty sub config. */
    public final ConfigBase addConfigBase(final String key) {
        final ConfigBase config = getInstance(key);
        addEntry(config);
        return config;
    }

    /** @throws InvalidSettingsException if there is no sub config under the key */
    public final ConfigBase getConfigBase(final String key) throws InvalidSettingsException {
        if (getEntry(key) instanceof ConfigBase config) {
            return config;
        }
        throw missing("Config", key);
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(m_entries.keySet());
    }

    @Override
    public boolean containsKey(final String key) {
        return m_entries.containsKey(key);
    }

    private InvalidSettingsException missing(final String what, final String key) {
        return new InvalidSettingsException(
                String.format("%s for key \"%s\" not found in \"%s\".", what, key, getKey()));
    }

    private void add(final ConfigEntries type, final String key, final Object value) {
        addEntry(type.createEntry(key, value == null ? null : value.toString()));
    }

    /** The entry of that type under the key, if there is one. */
    private Optional<AbstractConfigEntry> find(final ConfigEntries type, final String key) {
        return Optional.ofNullable(getEntry(key)).filter(entry -> entry.getType() == type);
    }

    private String text(final ConfigEntries type, final String what, final String key) throws InvalidSettingsException {
        return find(type, key).orElseThrow(() -> missing(what, key)).toStringValue();
    }

    @Override
    public void addInt(final String key, final int value) {
        add(ConfigEntries.xint, key, value);
    }

    @Override
    public int getInt(final String key) throws InvalidSettingsException {
        return Integer.parseInt(text(ConfigEntries.xint, "Integer", key));
    }

    @Override
    public int getInt(final String key, final int def) {
        return find(ConfigEntries.xint, key)
                .map(entry -> Integer.parseInt(entry.toStringValue()))
                .orElse(def);
    }

    @Override
    public void addIntArray(final String key, final int... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt(ARRAY_SIZE, values.length);
        IntStream.range(0, values.length).forEach(i -> array.addInt(Integer.toString(i), values[i]));
    }

    /** Whether the size that it claims can be, so that no file makes an array of another size. */
    private boolean isArray() {
        final int size = getInt(ARRAY_SIZE, 0);
        return size >= 0 && size <= m_entries.size();
    }

    @Override
    public int[] getIntArray(final String key, final int... def) {
        if (!(getEntry(key) instanceof ConfigBase array)) {
            return def;
        }
        if (!array.isArray()) {
            return def;
        }
        final int[] values = new int[array.getInt(ARRAY_SIZE, 0)];
        for (int i = 0; i < values.length; i++) {
            if (array.find(ConfigEntries.xint, Integer.toString(i)).isEmpty()) {
                return def;
            }
            values[i] = array.getInt(Integer.toString(i), 0);
        }
        return values;
    }

    @Override
    public void addLong(final String key, final long value) {
        add(ConfigEntries.xlong, key, value);
    }

    @Override
    public long getLong(final String key) throws InvalidSettingsException {
        return Long.parseLong(text(ConfigEntries.xlong, "Long", key));
    }

    @Override
    public void addDouble(final String key, final double value) {
        add(ConfigEntries.xdouble, key, value);
    }

    @Override
    public double getDouble(final String key) throws InvalidSettingsException {
        return Double.parseDouble(text(ConfigEntries.xdouble, "Double", key));
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        add(ConfigEntries.xboolean, key, value);
    }

    @Override
    public boolean getBoolean(final String key) throws InvalidSettingsException {
        return Boolean.parseBoolean(text(ConfigEntries.xboolean, "Boolean", key));
    }

    @Override
    public boolean getBoolean(final String key, final boolean def) {
        return find(ConfigEntries.xboolean, key)
                .map(entry -> Boolean.parseBoolean(entry.toStringValue()))
                .orElse(def);
    }

    @Override
    public void addString(final String key, final String value) {
        add(ConfigEntries.xstring, key, value);
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        return text(ConfigEntries.xstring, "String", key);
    }

    @Override
    public String getString(final String key, final String def) {
        final Optional<AbstractConfigEntry> entry = find(ConfigEntries.xstring, key);
        return entry.isPresent() ? entry.get().toStringValue() : def;
    }

    @Override
    public void addStringArray(final String key, final String... values) {
        final ConfigBase array = addConfigBase(key);
        array.addInt(ARRAY_SIZE, values.length);
        IntStream.range(0, values.length).forEach(i -> array.addString(Integer.toString(i), values[i]));
    }

    @Override
    public String[] getStringArray(final String key, final String... def) {
        if (!(getEntry(key) instanceof ConfigBase array)) {
            return def;
        }
        if (!array.isArray()) {
            return def;
        }
        final String[] values = new String[array.getInt(ARRAY_SIZE, 0)];
        for (int i = 0; i < values.length; i++) {
            if (array.find(ConfigEntries.xstring, Integer.toString(i)).isEmpty()) {
                return def;
            }
            values[i] = array.getString(Integer.toString(i), null);
        }
        return values;
    }

    @Override
    public final void saveToXML(final OutputStream os) throws IOException {
        SettingsXML.write(this, os);
    }

    /** @throws IOException if the stream breaks or is not settings XML; the message names line and column */
    protected static ConfigBase loadFromXML(final ConfigBase config, final InputStream in) throws IOException {
        try (in) {
            SettingsXML.read(config, in);
            return config;
        } catch (final SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigBase config
                && m_entries.keySet().equals(config.m_entries.keySet())
                && m_entries.values().stream().allMatch(e -> e.isIdentical(config.getEntry(e.getKey())));
    }

    @Override
    public final String toStringValue() {
        return getKey();
    }
}

package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.swing.tree.TreeNode;
import org.knime.core.node.InvalidSettingsException;
import org.xml.sax.SAXException;

/** A settings tree: entries in the order they were added. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {

    private static final long serialVersionUID = 1L;
    private static final String ARRAY_SIZE = "array-size";

    private final Map<String, AbstractConfigEntry> m_entries = new LinkedHashMap<>();

    public ConfigBase(final String key) {
        super(ConfigEntries.config, key);
    }

    /** A new empty config of this class. */
    public abstract ConfigBase getInstance(String key);

    protected void put(final AbstractConfigEntry entry) {
        m_entries.put(entry.getKey(), entry);
        entry.setParent(this);
    }

    protected AbstractConfigEntry get(final String key) {
        return m_entries.get(key);
    }

    /** The entry or sub config under the key; null if there is none. */
    public AbstractConfigEntry getEntry(final String key) {
        return get(key);
    }

    public void addEntry(final AbstractConfigEntry entry) {
        put(entry);
    }

    @Override
    public final ConfigBase addConfigBase(final String key) {
        final ConfigBase config = getInstance(key);
        put(config);
        return config;
    }

    protected final void addConfigBase(final ConfigBase config) {
        put(config);
    }

    @Override
    public final ConfigBase getConfigBase(final String key) throws InvalidSettingsException {
        if (get(key) instanceof ConfigBase config) {
            return config;
        }
        throw missing("Config", key);
    }

    /** Removes and returns what is under the key; null if there is nothing. */
    public final AbstractConfigEntry removeConfig(final String key) {
        return m_entries.remove(key);
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(m_entries.keySet());
    }

    @Override
    public final Iterator<String> iterator() {
        return keySet().iterator();
    }

    @Override
    public boolean containsKey(final String key) {
        return m_entries.containsKey(key);
    }

    private InvalidSettingsException missing(final String what, final String key) {
        return new InvalidSettingsException(
                String.format("%s for key \"%s\" not found in \"%s\".", what, key, getKey()));
    }

    private <E extends AbstractConfigEntry> E entry(final String what, final String key, final Class<E> type)
            throws InvalidSettingsException {
        final AbstractConfigEntry entry = get(key);
        if (type.isInstance(entry)) {
            return type.cast(entry);
        }
        throw missing(what, key);
    }

    private <E extends AbstractConfigEntry, V> V valueOr(
            final String key, final Class<E> type, final Function<E, V> value, final V def) {
        final AbstractConfigEntry entry = get(key);
        return type.isInstance(entry) ? value.apply(type.cast(entry)) : def;
    }

    @FunctionalInterface
    private interface ArrayReader<A> {
        A read(ConfigBase array, int size) throws InvalidSettingsException;
    }

    private <A> A array(final String key, final ArrayReader<A> reader) throws InvalidSettingsException {
        final ConfigBase array = getConfigBase(key);
        final int size = array.getInt(ARRAY_SIZE, -1);
        return size < 0 ? null : reader.read(array, size);
    }

    private <A> A arrayOr(final String key, final ArrayReader<A> reader, final A def) {
        try {
            return array(key, reader);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    private void addArray(final String key, final int size, final IntFunction<AbstractConfigEntry> element) {
        final ConfigBase array = addConfigBase(key);
        if (size >= 0) {
            array.addInt(ARRAY_SIZE, size);
            IntStream.range(0, size).mapToObj(element).forEach(array::put);
        }
    }

    @Override
    public void addInt(final String key, final int value) {
        put(new ConfigIntEntry(key, value));
    }

    @Override
    public int getInt(final String key) throws InvalidSettingsException {
        return entry("Integer", key, ConfigIntEntry.class).getInt();
    }

    @Override
    public int getInt(final String key, final int def) {
        return valueOr(key, ConfigIntEntry.class, ConfigIntEntry::getInt, def);
    }

    @Override
    public int[] getIntArray(final String key) throws InvalidSettingsException {
        return array(key, ConfigArrays::ints);
    }

    @Override
    public int[] getIntArray(final String key, final int... def) {
        return arrayOr(key, ConfigArrays::ints, def);
    }

    @Override
    public void addIntArray(final String key, final int... values) {
        addArray(key, values == null ? -1 : values.length, i -> new ConfigIntEntry(Integer.toString(i), values[i]));
    }

    @Override
    public void addLong(final String key, final long value) {
        put(new ConfigLongEntry(key, value));
    }

    @Override
    public long getLong(final String key) throws InvalidSettingsException {
        return entry("Long", key, ConfigLongEntry.class).getLong();
    }

    @Override
    public long getLong(final String key, final long def) {
        return valueOr(key, ConfigLongEntry.class, ConfigLongEntry::getLong, def);
    }

    @Override
    public long[] getLongArray(final String key) throws InvalidSettingsException {
        return array(key, ConfigArrays::longs);
    }

    @Override
    public long[] getLongArray(final String key, final long... def) {
        return arrayOr(key, ConfigArrays::longs, def);
    }

    @Override
    public void addLongArray(final String key, final long... values) {
        addArray(key, values == null ? -1 : values.length, i -> new ConfigLongEntry(Integer.toString(i), values[i]));
    }

    @Override
    public void addDouble(final String key, final double value) {
        put(new ConfigDoubleEntry(key, value));
    }

    @Override
    public double getDouble(final String key) throws InvalidSettingsException {
        return entry("Double", key, ConfigDoubleEntry.class).getDouble();
    }

    @Override
    public double getDouble(final String key, final double def) {
        return valueOr(key, ConfigDoubleEntry.class, ConfigDoubleEntry::getDouble, def);
    }

    @Override
    public double[] getDoubleArray(final String key) throws InvalidSettingsException {
        return array(key, ConfigArrays::doubles);
    }

    @Override
    public double[] getDoubleArray(final String key, final double... def) {
        return arrayOr(key, ConfigArrays::doubles, def);
    }

    @Override
    public void addDoubleArray(final String key, final double... values) {
        addArray(key, values == null ? -1 : values.length, i -> new ConfigDoubleEntry(Integer.toString(i), values[i]));
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        put(new ConfigBooleanEntry(key, value));
    }

    @Override
    public boolean getBoolean(final String key) throws InvalidSettingsException {
        return entry("Boolean", key, ConfigBooleanEntry.class).getBoolean();
    }

    @Override
    public boolean getBoolean(final String key, final boolean def) {
        return valueOr(key, ConfigBooleanEntry.class, ConfigBooleanEntry::getBoolean, def);
    }

    @Override
    public boolean[] getBooleanArray(final String key) throws InvalidSettingsException {
        return array(key, ConfigArrays::booleans);
    }

    @Override
    public boolean[] getBooleanArray(final String key, final boolean... def) {
        return arrayOr(key, ConfigArrays::booleans, def);
    }

    @Override
    public void addBooleanArray(final String key, final boolean... values) {
        addArray(key, values == null ? -1 : values.length, i -> new ConfigBooleanEntry(Integer.toString(i), values[i]));
    }

    @Override
    public void addString(final String key, final String value) {
        put(new ConfigStringEntry(key, value));
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        return entry("String", key, ConfigStringEntry.class).getString();
    }

    @Override
    public String getString(final String key, final String def) {
        return valueOr(key, ConfigStringEntry.class, ConfigStringEntry::getString, def);
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        return array(key, ConfigArrays::strings);
    }

    @Override
    public String[] getStringArray(final String key, final String... def) {
        return arrayOr(key, ConfigArrays::strings, def);
    }

    @Override
    public void addStringArray(final String key, final String... values) {
        addArray(key, values == null ? -1 : values.length, i -> new ConfigStringEntry(Integer.toString(i), values[i]));
    }

    @Override
    public void addTransientString(final String key, final String value) {
        put(new ConfigTransientStringEntry(key, value));
    }

    @Override
    public String getTransientString(final String key) {
        return valueOr(key, ConfigTransientStringEntry.class, ConfigTransientStringEntry::getTransientString, null);
    }

    @Override
    public void copyTo(final ConfigBaseWO dest) {
        for (final AbstractConfigEntry entry : m_entries.values()) {
            if (entry instanceof ConfigBase config) {
                config.copyTo(dest.addConfigBase(config.getKey()));
            } else {
                ((ConfigBase) dest).addEntry(entry);
            }
        }
    }

    @Override
    public final void saveToXML(final OutputStream os) throws IOException {
        SettingsXML.write(this, os);
    }

    /** @throws IOException if the stream breaks or is not settings XML; the message names line and column */
    protected static ConfigBase loadFromXML(final ConfigBase config, final InputStream in) throws IOException {
        try (in) {
            config.m_entries.clear();
            SettingsXML.read(config, in);
            return config;
        } catch (final SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Replaces the content by what the stream holds. */
    public void load(final InputStream is) throws IOException {
        loadFromXML(this, is);
    }

    @Override
    boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return other instanceof ConfigBase config
                && m_entries.keySet().equals(config.m_entries.keySet())
                && m_entries.values().stream().allMatch(e -> e.isIdentical(config.get(e.getKey())));
    }

    @Override
    public final String toStringValue() {
        return getKey();
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        append(text, "");
        return text.toString();
    }

    private void append(final StringBuilder text, final String indent) {
        text.append(indent).append("config=").append(getKey()).append('\n');
        for (final AbstractConfigEntry entry : m_entries.values()) {
            if (entry instanceof ConfigBase config) {
                config.append(text, indent + "  ");
            } else {
                text.append(indent).append("  ").append(entry).append('\n');
            }
        }
    }

    @Override
    public TreeNode getChildAt(final int childIndex) {
        return List.copyOf(m_entries.values()).get(childIndex);
    }

    @Override
    public int getChildCount() {
        return m_entries.size();
    }

    @Override
    public int getIndex(final TreeNode node) {
        return new ArrayList<>(m_entries.values()).indexOf(node);
    }

    @Override
    public final boolean isLeaf() {
        return false;
    }

    @Override
    public final Enumeration<TreeNode> children() {
        return Collections.enumeration(new ArrayList<>(m_entries.values()));
    }
}

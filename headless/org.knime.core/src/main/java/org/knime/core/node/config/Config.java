package org.knime.core.node.config;

import java.io.IOException;
import java.io.InputStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.base.ConfigBase;

/** A settings tree that also holds cells of the basic types, and data types. */
public abstract class Config extends ConfigBase implements ConfigRO, ConfigWO {

    private static final long serialVersionUID = 1L;
    private static final String ARRAY_SIZE = "array-size";
    private static final String IS_NULL = "is_null";
    private static final String CELL_CLASS = "datacell";

    protected Config(final String key) {
        super(key);
    }

    @Override
    public abstract Config getInstance(String key);

    @Override
    public final Config addConfig(final String key) {
        return (Config) addConfigBase(key);
    }

    protected final void addConfig(final Config config) {
        addConfigBase(config);
    }

    @Override
    public final Config getConfig(final String key) throws InvalidSettingsException {
        return (Config) getConfigBase(key);
    }

    @Override
    public void addDataCell(final String key, final DataCell cell) {
        final Config config = addConfig(key);
        if (cell == null) {
            config.addString(CELL_CLASS, null);
            return;
        }
        final String className = cell.getClass().getName();
        final String simpleName = cell.getClass().getSimpleName();
        config.addString(CELL_CLASS, className);
        final Config value = config.addConfig(className);
        if (cell instanceof BooleanCell c) {
            value.addBoolean(simpleName, c.getBooleanValue());
        } else if (cell instanceof IntCell c) {
            value.addInt(simpleName, c.getIntValue());
        } else if (cell instanceof LongCell c) {
            value.addLong(simpleName, c.getLongValue());
        } else if (cell instanceof DoubleCell c) {
            value.addDouble(simpleName, c.getDoubleValue());
        } else if (cell instanceof StringCell c) {
            value.addString(simpleName, c.getStringValue());
        } else if (!cell.isMissing()) {
            throw new IllegalArgumentException("A cell of class " + className + " cannot be written to settings");
        }
    }

    @Override
    public DataCell getDataCell(final String key) throws InvalidSettingsException {
        final Config config = getConfig(key);
        final String className = config.getString(CELL_CLASS);
        if (className == null) {
            return null;
        }
        final Config value = config.getConfig(className);
        final String simpleName = className.substring(className.lastIndexOf('.') + 1);
        return switch (simpleName) {
            case "BooleanCell" -> BooleanCell.get(value.getBoolean(simpleName));
            case "IntCell" -> new IntCell(value.getInt(simpleName));
            case "LongCell" -> new LongCell(value.getLong(simpleName));
            case "DoubleCell" -> new DoubleCell(value.getDouble(simpleName));
            case "StringCell" -> new StringCell(value.getString(simpleName));
            case "MissingCell" -> DataType.getMissingCell();
            default -> throw new InvalidSettingsException("Cells of class " + className + " are not supported here");
        };
    }

    @Override
    public DataCell getDataCell(final String key, final DataCell def) {
        try {
            return getDataCell(key);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    @Override
    public void addDataCellArray(final String key, final DataCell... values) {
        final Config config = addConfig(key);
        if (values != null) {
            config.addInt(ARRAY_SIZE, values.length);
            for (int i = 0; i < values.length; i++) {
                config.addDataCell(Integer.toString(i), values[i]);
            }
        }
    }

    @Override
    public DataCell[] getDataCellArray(final String key) throws InvalidSettingsException {
        final Config config = getConfig(key);
        final int size = config.getInt(ARRAY_SIZE, -1);
        if (size < 0) {
            return null;
        }
        final DataCell[] cells = new DataCell[size];
        for (int i = 0; i < size; i++) {
            cells[i] = config.getDataCell(Integer.toString(i));
        }
        return cells;
    }

    @Override
    public DataCell[] getDataCellArray(final String key, final DataCell... def) {
        try {
            return getDataCellArray(key);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    @Override
    public void addDataType(final String key, final DataType type) {
        final Config config = addConfig(key);
        if (type == null) {
            config.addBoolean(IS_NULL, true);
        } else {
            type.save(config);
            config.addBoolean(IS_NULL, false);
        }
    }

    @Override
    public DataType getDataType(final String key) throws InvalidSettingsException {
        final Config config = getConfig(key);
        return config.getBoolean(IS_NULL) ? null : DataType.load(config);
    }

    @Override
    public DataType getDataType(final String key, final DataType def) {
        try {
            return getDataType(key);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    /** Fills the config from settings XML; see {@link ConfigBase#loadFromXML}. */
    protected static Config loadFromXML(final Config config, final InputStream in) throws IOException {
        ConfigBase.loadFromXML(config, in);
        return config;
    }
}

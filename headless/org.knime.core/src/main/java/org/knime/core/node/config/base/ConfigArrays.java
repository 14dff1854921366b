package org.knime.core.node.config.base;

import org.knime.core.node.InvalidSettingsException;

/** Reads the elements of arrays, which a config holds under "0", "1", ... */
final class ConfigArrays {

    private ConfigArrays() {}

    static int[] ints(final ConfigBase array, final int size) throws InvalidSettingsException {
        final int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = array.getInt(Integer.toString(i));
        }
        return values;
    }

    static long[] longs(final ConfigBase array, final int size) throws InvalidSettingsException {
        final long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = array.getLong(Integer.toString(i));
        }
        return values;
    }

    static double[] doubles(final ConfigBase array, final int size) throws InvalidSettingsException {
        final double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = array.getDouble(Integer.toString(i));
        }
        return values;
    }

    static boolean[] booleans(final ConfigBase array, final int size) throws InvalidSettingsException {
        final boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = array.getBoolean(Integer.toString(i));
        }
        return values;
    }

    static String[] strings(final ConfigBase array, final int size) throws InvalidSettingsException {
        final String[] values = new String[size];
        for (int i = 0; i < size; i++) {
            values[i] = array.getString(Integer.toString(i));
        }
        return values;
    }
}

package org.knime.core.node.util;

import org.knime.core.node.InvalidSettingsException;

/** Argument, state and setting checks that throw with a formatted message ({@link String#format}). */
public final class CheckUtils {

    private CheckUtils() {}

    public static <T> T checkArgumentNotNull(final T toCheck, final String template, final Object... templateArgs) {
        checkArgument(toCheck != null, template, templateArgs);
        return toCheck;
    }

    public static <T> T checkArgumentNotNull(final T toCheck) {
        return checkArgumentNotNull(toCheck, "Argument must not be null");
    }

    public static void checkArgument(final boolean predicate, final String message) {
        if (!predicate) {
            throw new IllegalArgumentException(message);
        }
    }

    public static void checkArgument(final boolean predicate, final String template, final Object... templateArgs) {
        if (!predicate) {
            throw new IllegalArgumentException(format(template, templateArgs));
        }
    }

    public static void checkState(final boolean predicate, final String message) {
        if (!predicate) {
            throw new IllegalStateException(message);
        }
    }

    public static void checkState(final boolean predicate, final String template, final Object... templateArgs) {
        if (!predicate) {
            throw new IllegalStateException(format(template, templateArgs));
        }
    }

    public static <T> T checkNotNull(final T toCheck) {
        return checkNotNull(toCheck, "Argument must not be null");
    }

    public static <T> T checkNotNull(final T toCheck, final String message) {
        if (toCheck == null) {
            throw new NullPointerException(message);
        }
        return toCheck;
    }

    /** @throws InvalidSettingsException with the formatted message if the predicate is false */
    public static void checkSetting(final boolean predicate, final String template, final Object... templateArgs)
            throws InvalidSettingsException {
        if (!predicate) {
            throw new InvalidSettingsException(format(template, templateArgs));
        }
    }

    /** @throws InvalidSettingsException with the formatted message if the value is null */
    public static <T> T checkSettingNotNull(final T toCheck, final String template, final Object... templateArgs)
            throws InvalidSettingsException {
        checkSetting(toCheck != null, template, templateArgs);
        return toCheck;
    }

    private static String format(final String template, final Object... templateArgs) {
        return templateArgs.length == 0 ? template : String.format(template, templateArgs);
    }
}

package org.realm4knime.nodes.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/**
 * Bounds of number settings: those that KNIME's dialog has no class for, and checks of values that come from elsewhere,
 * such as flow variables, which the dialog never sees.
 */
public final class Bounds {

    private Bounds() {}

    /**
     * Checks that a number is not too small.
     *
     * @param title of the setting in the dialog
     * @throws InvalidSettingsException if it is, or is no number
     */
    public static void atLeast(String title, double value, double least) throws InvalidSettingsException {
        require(value >= least, title, value, "of at least " + plain(least));
    }

    /** As {@link #atLeast}, but the bound itself is too small. */
    public static void above(String title, double value, double bound) throws InvalidSettingsException {
        require(value > bound, title, value, "above " + plain(bound));
    }

    /** As {@link #atLeast}, for a number that must not be too large. */
    public static void atMost(String title, double value, double most) throws InvalidSettingsException {
        require(value <= most, title, value, "of at most " + plain(most));
    }

    /** As {@link #atMost}, but the bound itself is too large. */
    public static void below(String title, double value, double bound) throws InvalidSettingsException {
        require(value < bound, title, value, "below " + plain(bound));
    }

    private static void require(boolean holds, String title, double value, String wanted)
            throws InvalidSettingsException {
        if (!holds) {
            throw new InvalidSettingsException(title + " is " + plain(value) + ". Give a number " + wanted + ".");
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** At least 2. */
    public static final class AtLeastTwo extends MinValidation {
        @Override
        protected double getMin() {
            return 2;
        }
    }

    /**
     * The largest learning rate. No language model is trained with as much; the bound is for the arrow beside the
     * number in KNIME's dialog, which adds 0.1 to whatever stands there, and takes no other step in the versions that
     * this runs on.
     */
    public static final double MAX_LEARNING_RATE = 0.05;

    /** At most {@link #MAX_LEARNING_RATE}. */
    public static final class AtMostLearningRate extends MaxValidation {
        @Override
        protected double getMax() {
            return MAX_LEARNING_RATE;
        }
    }

    /** At most 1. */
    public static final class AtMostOne extends MaxValidation {
        @Override
        protected double getMax() {
            return 1;
        }
    }

    /** Below 1. */
    public static final class BelowOne extends MaxValidation {
        @Override
        protected double getMax() {
            return 1;
        }

        @Override
        public boolean isExclusive() {
            return true;
        }
    }
}

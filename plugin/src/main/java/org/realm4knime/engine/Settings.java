package org.realm4knime.engine;

/** Checks of settings, with messages that a user can act on. */
public final class Settings {

    private Settings() {}

    public static void require(boolean holds, String setting, Object value, String expected) {
        if (!holds) {
            throw new EngineException("%s is %s. Give %s.".formatted(setting, value, expected));
        }
    }

    public static void requireShare(double value, String setting) {
        require(value >= 0 && value <= 1, setting, value, "a number from 0 to 1");
    }

    public static void requirePositive(double value, String setting) {
        require(value > 0 && Double.isFinite(value), setting, value, "a number above 0");
    }

    public static void requireNotNegative(double value, String setting) {
        require(value >= 0 && Double.isFinite(value), setting, value, "a number of at least 0");
    }

    public static void requireAtLeast(int minimum, int value, String setting) {
        require(value >= minimum, setting, value, "a whole number of at least " + minimum);
    }
}

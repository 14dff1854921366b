package org.realm4knime.headless.catalog;

import java.util.List;

/**
 * A parameter of a node.
 *
 * @param key under which it is stored; what {@code --set} takes after the slash
 * @param title in the node's dialog; empty if the dialog does not show it
 * @param section of the dialog that it is in; empty if the dialog has none
 * @param shown when the dialog shows it
 * @param type what it takes, with the options of a choice
 * @param value default value in text form
 * @param description Markdown; may be empty
 * @param options of a choice, in their order; empty where anything else is taken
 */
public record ParameterInfo(
        String key,
        String title,
        String section,
        Shown shown,
        String type,
        String value,
        String description,
        List<Option> options) {

    /** When a dialog shows a parameter. */
    public enum Shown {
        /** At once. */
        ALWAYS,
        /** At once, where another parameter makes it count. */
        SOMETIMES,
        /** Where a user asks for advanced settings. */
        ADVANCED
    }

    /**
     * What a choice can be.
     *
     * @param value as it is stored
     * @param label as the dialog shows it
     * @param description Markdown; may be empty
     */
    public record Option(String value, String label, String description) {}
}

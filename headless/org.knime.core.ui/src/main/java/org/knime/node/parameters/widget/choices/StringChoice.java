package org.knime.node.parameters.widget.choices;

/** A choice: the value and what users read. */
public record StringChoice(String id, String text) {

    public static StringChoice fromId(final String id) {
        return new StringChoice(id, id);
    }
}

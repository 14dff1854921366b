package org.knime.node.parameters.widget.choices;

import org.knime.core.data.DataColumnSpec;

/** A choice with a type, such as a column. */
public record TypedStringChoice(String id, String text, PossibleTypeValue type) {

    /** The type of a choice and what users read. */
    public record PossibleTypeValue(String id, String text) {}

    public static TypedStringChoice fromColSpec(final DataColumnSpec colSpec) {
        final PossibleTypeValue type = new PossibleTypeValue(
                colSpec.getType().getPreferredValueClass().getName(),
                colSpec.getType().toString());
        return new TypedStringChoice(colSpec.getName(), colSpec.getName(), type);
    }
}

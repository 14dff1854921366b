package org.knime.node.parameters.widget.choices;

/** Provides what users may choose from. */
public sealed interface ChoicesStateProvider permits ColumnChoicesProvider, StringChoicesProvider {}

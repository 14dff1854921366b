package org.knime.node.parameters;

/** A class whose fields are shown in a dialog; as a field's type, its fields are shown in its place. */
public interface WidgetGroup {}

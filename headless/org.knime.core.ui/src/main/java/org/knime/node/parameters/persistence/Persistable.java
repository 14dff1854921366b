package org.knime.node.parameters.persistence;

/** A class whose fields are written to and read from settings; as a field's type, under the field's key. */
public interface Persistable {}

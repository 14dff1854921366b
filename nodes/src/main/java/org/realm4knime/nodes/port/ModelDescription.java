package org.realm4knime.nodes.port;

/**
 * What is known of a model without opening it. A local checkpoint today; a chat endpoint has its own description, so
 * code that handles models switches over this type.
 */
public sealed interface ModelDescription permits LocalModel {

    /** Name under which the model stands in tables and charts, for example {@code base} or {@code trained}. */
    String name();
}

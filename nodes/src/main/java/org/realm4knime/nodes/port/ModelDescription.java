package org.realm4knime.nodes.port;

/**
 * What is known of a model without opening it: a checkpoint in the workflow, or a model behind a server. Code that
 * handles models switches over this type.
 */
public sealed interface ModelDescription permits LocalModel, EndpointDescription {

    /** Name under which the model stands in tables and charts, for example {@code base} or {@code trained}. */
    String name();
}

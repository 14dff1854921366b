package org.realm4knime.headless.catalog;

import java.util.List;

/**
 * A node as its definition describes it.
 *
 * @param name for people
 * @param factory class name of its factory
 * @param category path in the node repository
 * @param summary one sentence
 * @param description Markdown
 * @param inputs its inputs
 * @param outputs its outputs
 * @param parameters its parameters, in the order in which they are stored
 */
public record NodeInfo(
        String name,
        String factory,
        String category,
        String summary,
        String description,
        List<PortInfo> inputs,
        List<PortInfo> outputs,
        List<ParameterInfo> parameters) {}

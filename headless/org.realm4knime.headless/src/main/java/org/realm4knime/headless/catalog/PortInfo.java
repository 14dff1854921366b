package org.realm4knime.headless.catalog;

/**
 * An input or output of a node, or a group of them.
 *
 * @param name of the port or group
 * @param type what goes through it
 * @param number how often it is there: empty for once, else {@code optional} or {@code one or more}
 * @param description Markdown; may be empty
 */
public record PortInfo(String name, String type, String number, String description) {}

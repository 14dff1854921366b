package org.realm4knime.headless.catalog;

/**
 * A parameter of a node.
 *
 * @param key under which it is stored; what {@code --set} takes after the slash
 * @param title in the node's dialog; empty if the dialog does not show it
 * @param type what it takes, with the options of a choice
 * @param value default value in text form
 * @param description Markdown; may be empty
 */
public record ParameterInfo(String key, String title, String type, String value, String description) {}

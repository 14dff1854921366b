package org.realm4knime.standin.node;

import java.util.function.Function;
import org.knime.core.webui.page.Page;
import org.knime.node.DefaultView.ViewInput;

/**
 * The view of a node.
 *
 * @param page its page
 * @param initialData makes what the page starts with: JSON as text, or an object that Jackson can write
 */
public record ViewDefinition(Page page, Function<ViewInput, ?> initialData) {}

package org.knime.core.webui.node.dialog.defaultdialog.util;

import java.util.Collection;
import java.util.stream.Collectors;

/** Texts of node descriptions. */
public final class DescriptionUtil {

    private DescriptionUtil() {}

    /**
     * A title and what users read about it.
     *
     * @param description may be null
     */
    public record TitleAndDescription(String title, String description) {

        boolean hasDescription() {
            return description != null && !description.isBlank();
        }
    }

    /** The items as an HTML list; empty if none has a description. */
    public static String getDescriptionsUlString(final Collection<TitleAndDescription> items) {
        if (items.stream().noneMatch(TitleAndDescription::hasDescription)) {
            return "";
        }
        return items.stream().map(DescriptionUtil::listItem).collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    private static String listItem(final TitleAndDescription item) {
        final String title = item.title().replace("&", "&amp;").replace("<", "&lt;");
        return "<li><b>" + title + "</b>" + (item.hasDescription() ? ": " + item.description() : "") + "</li>";
    }
}

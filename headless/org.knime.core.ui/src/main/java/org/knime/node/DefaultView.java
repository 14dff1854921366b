package org.knime.node;

import java.util.Arrays;
import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;

/** The view of a {@link DefaultNode}: a web page and the data it starts with. */
public final class DefaultView {

    final Page m_page;
    Function<ViewInput, ?> m_initialData = input -> null;

    private DefaultView(final Page page) {
        m_page = page;
    }

    static RequireViewParameters create() {
        return () -> description -> page -> new DefaultView(page.apply(Page.create()));
    }

    /** The data with which the page starts. */
    public <D> DefaultView initialData(final Function<RequireInitialData, DefaultInitialData<D>> initialData) {
        m_initialData = initialData.apply(DefaultInitialData::new).m_data;
        return this;
    }

    /** The stage that requires the parameters; views have none here. */
    public interface RequireViewParameters {
        RequireDescription withoutParameters();
    }

    /** The stage that requires the description. */
    public interface RequireDescription {

        /** @param description well-formed simple HTML */
        RequirePage description(String description);
    }

    /** The stage that requires the page. */
    public interface RequirePage {
        DefaultView page(Function<RequireFromFileOrString, Page> page);
    }

    /** The stage that requires the data with which the page starts. */
    @FunctionalInterface
    public interface RequireInitialData {

        /** @param data makes an object that can be written as JSON; a text that is JSON is taken as such */
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /** The data with which the page starts. */
    public static final class DefaultInitialData<D> {

        private final Function<ViewInput, D> m_data;

        DefaultInitialData(final Function<ViewInput, D> data) {
            m_data = data;
        }
    }

    /** What a view has got. */
    public interface ViewInput {

        /** What the node kept; null if nothing, for instance because it is on a branch that was not executed. */
        PortObject[] getInternalPortObjects();

        /** @throws ClassCastException if something else than tables was kept */
        default BufferedDataTable[] getInternalTables() {
            return Arrays.stream(getInternalPortObjects())
                    .map(BufferedDataTable.class::cast)
                    .toArray(BufferedDataTable[]::new);
        }
    }
}

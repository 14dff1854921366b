package org.knime.node;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.data.InitialDataService;
import org.knime.core.webui.data.InitialDataService.Serializer;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;
import org.knime.node.parameters.NodeParameters;

/** The view of a {@link DefaultNode}: a web page and the data it starts with. */
public final class DefaultView {

    final String m_description;
    final Page m_page;
    private final Class<? extends NodeParameters> m_parametersClass;
    private Function<ViewInput, InitialDataService<?>> m_initialData;

    private DefaultView(
            final Class<? extends NodeParameters> parametersClass, final String description, final Page page) {
        m_parametersClass = parametersClass;
        m_description = description;
        m_page = page;
    }

    static RequireViewParameters create() {
        return parametersClass ->
                description -> page -> new DefaultView(parametersClass, description, page.apply(Page.create()));
    }

    Optional<Class<? extends NodeParameters>> getParametersClass() {
        return Optional.ofNullable(m_parametersClass);
    }

    Optional<InitialDataService<?>> createInitialDataService(final ViewInput input) {
        return Optional.ofNullable(m_initialData).map(service -> service.apply(input));
    }

    /** The data with which the page starts. */
    public <D> DefaultView initialData(final Function<RequireInitialData, DefaultInitialData<D>> initialData) {
        final DefaultInitialData<D> data = initialData.apply(DefaultInitialData::new);
        m_initialData = data::toInitialDataService;
        return this;
    }

    /** The stage that requires the parameters. */
    public interface RequireViewParameters {

        RequireDescription parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireDescription withoutParameters() {
            return parametersClass(null);
        }
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
        private Serializer<D> m_serializer;

        DefaultInitialData(final Function<ViewInput, D> data) {
            m_data = data;
        }

        /** @throws IllegalStateException if there is a serializer already */
        public DefaultInitialData<D> serializer(final Serializer<D> serializer) {
            if (m_serializer != null) {
                throw new IllegalStateException("The initial data has a serializer already");
            }
            m_serializer = serializer;
            return this;
        }

        InitialDataService<D> toInitialDataService(final ViewInput input) {
            return InitialDataService.builder(() -> m_data.apply(input))
                    .serializer(m_serializer)
                    .build();
        }
    }

    /** What a view has got. */
    public interface ViewInput {

        <S extends NodeParameters> S getParameters();

        /** What the node kept; null if nothing. */
        PortObject[] getInternalPortObjects();

        /** @throws ClassCastException if something else than tables was kept */
        default BufferedDataTable[] getInternalTables() {
            return Arrays.stream(getInternalPortObjects())
                    .map(BufferedDataTable.class::cast)
                    .toArray(BufferedDataTable[]::new);
        }
    }
}

package org.knime.core.webui.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.workflow.NodeContainer;
import org.knime.core.node.workflow.NodeContext;

/** Makes the data with which a view starts, as JSON text. */
public final class InitialDataService<D> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Supplier<D> m_data;
    private final Serializer<D> m_serializer;
    private final NodeContainer m_node; // null if made outside of a node's context

    private InitialDataService(final InitialDataServiceBuilder<D> builder) {
        m_data = builder.m_data;
        m_serializer = builder.m_serializer == null ? InitialDataService::toJson : builder.m_serializer;
        m_node = NodeContext.getContextOptional()
                .map(NodeContext::getNodeContainer)
                .orElse(null);
    }

    private static <D> String toJson(final D data) throws IOException {
        return data instanceof String text ? text : MAPPER.writeValueAsString(data);
    }

    public static <D> InitialDataServiceBuilder<D> builder(final Supplier<D> dataSupplier) {
        return new InitialDataServiceBuilder<>(dataSupplier);
    }

    /**
     * A JSON object with the key {@code result}; if the data cannot be made, with the key {@code userError} (message
     * and details) or {@code internalError} (message, typeName and stackTrace).
     */
    public String getInitialData() {
        if (m_node != null) {
            NodeContext.pushContext(m_node);
        }
        try {
            final ObjectNode root = MAPPER.createObjectNode();
            root.set("result", parse(m_serializer.serialize(m_data.get())));
            return root.toString();
        } catch (final DataServiceException e) {
            final ObjectNode root = MAPPER.createObjectNode();
            root.putObject("userError").put("message", e.getMessage()).put("details", e.getDetails());
            return root.toString();
        } catch (final IOException | RuntimeException | LinkageError e) {
            NodeLogger.getLogger(InitialDataService.class).error("The data of a view cannot be made", e);
            final ObjectNode root = MAPPER.createObjectNode();
            final ObjectNode error = root.putObject("internalError");
            error.put("message", e.getMessage()).put("typeName", e.getClass().getName());
            Arrays.stream(e.getStackTrace()).map(Object::toString).forEach(error.putArray("stackTrace")::add);
            return root.toString();
        } finally {
            if (m_node != null) {
                NodeContext.removeLastContext();
            }
        }
    }

    private static JsonNode parse(final String text) {
        try {
            return MAPPER.readTree(text);
        } catch (final JsonProcessingException e) { // a text that is not JSON is a text
            return MAPPER.getNodeFactory().textNode(text);
        }
    }

    /** Builds an initial data service. */
    public static final class InitialDataServiceBuilder<D> {

        private final Supplier<D> m_data;
        private Serializer<D> m_serializer;

        private InitialDataServiceBuilder(final Supplier<D> data) {
            m_data = data;
        }

        /** @param serializer null for the default one */
        public InitialDataServiceBuilder<D> serializer(final Serializer<D> serializer) {
            m_serializer = serializer;
            return this;
        }

        public InitialDataService<D> build() {
            return new InitialDataService<>(this);
        }
    }

    /** Writes data as JSON text, or as any text. */
    @FunctionalInterface
    public interface Serializer<D> {
        String serialize(D obj) throws IOException;
    }
}
